#!/usr/bin/env python3
"""Writes certificates.v: Pocklington certificates of the group orders of spec §3.4, and of the primes that they rest on.

Each certificate lists prime factors of p - 1 whose product is above the cube root of p, and a witness whose order they
divide; those of the factors follow it, down to 2.  Needs sympy to find the small factors; the large ones, which elliptic
curves or sieves found, are listed here.  The check is Coq's alone, so nothing here has to be trusted.
"""

import math

import sympy

ORDERS = {
    "secp256k1": 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141,
    "bls12381": 0x73EDA753299D7D483339D80809A1D80553BDA402FFFE5BFEFFFFFFFF00000001,
    "p256": 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    "p384": 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973,
    "ed25519": 2**252 + 0x14DEF9DEA2F79CD65812631A5CF5D3ED,
    "ed448": 2**446 - 0x8335DC163BB124B65129C96FDE933D8D723A70AADC873D6D54A7BB0D,
    "jubjub": 0x0E7DB4EA6533AFA906673B0101343B00A6682093CCC81082D0970E5ED6F72CB7,
    "pallas": 0x40000000000000000000000000000000224698FC0994A8DD8C46EB2100000001,
}

# Without these, sympy takes hours: second largest factors of some p - 1.
LARGE = (
    213441916511,
    342682509629,
    1002328039319,
    1436833069313,
    55942463741690639,
    1710050753150114629,
    203928654140967434528233,
    1690502597179744445941507,
    1124679999981664229965379347,
    6730519843040614479184435237013,
    198211423230930754013084525763697,
    3591893631361984318311655378233263,
)

HEADER = """\
(* Made by certificates.py: primes, each with factors of its predecessor and a
   witness, and the certificates of those factors after it.                    *)
From Coq Require Import ZArith Znumtheory List.
From Coqprime Require Import PocklingtonCertificat.

Import ListNotations.
Local Open Scope positive_scope.

Definition certificates : Certif :=
"""


def factors(n):
    """The prime factors of n and their exponents, the greatest first."""
    known = [(p, sympy.multiplicity(p, n)) for p in LARGE if n % p == 0]
    for p, exponent in known:
        n //= p**exponent
    return sorted([*known, *sympy.factorint(n).items()], reverse=True)


def root(p, factored):
    """What a certificate with this factor of p - 1 needs beside it, or None if the factor is too small."""
    s, r = divmod((p - 1) // factored, 2 * factored)
    if p > ((2 * factored + r + 1) * factored + r) * factored:
        return None
    square = r * r - 8 * s
    found = max(math.isqrt(max(square, 0)), 1)
    return found if s == 0 or square < 0 or found**2 < square else None


def enough(p):
    """The power of 2 in p - 1, and as few other prime powers as do, the greatest first; with their root."""
    *odd, two = factors(p - 1)
    for count in range(len(odd) + 1):
        found = [*odd[:count], two]
        if number := root(p, math.prod(q**exponent for q, exponent in found)):
            return found, number


def certificate(p):
    found, number = enough(p)
    a = next(a for a in range(2, p) if all(pow(a, (p - 1) // q, p) != 1 for q, _ in found))
    listed = "; ".join(f"({q}, {e})" for q, e in found)
    return f"Pock_certif {p} {a} [{listed}] {number}", [q for q, _ in found]


def certificates():
    """Of the orders and of all primes below them, the greatest first."""
    lines, waiting = {}, set(ORDERS.values())
    while waiting:
        p = waiting.pop()
        if p not in lines:
            lines[p], below = ("Proof_certif 2 prime_2", []) if p == 2 else certificate(p)
            waiting.update(below)
    return [lines[p] for p in sorted(lines, reverse=True)]


def main():
    print(HEADER + "  [ " + ";\n    ".join(certificates()) + " ].")


if __name__ == "__main__":
    main()
