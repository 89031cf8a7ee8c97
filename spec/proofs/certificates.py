#!/usr/bin/env python3
"""Prints the Pocklington certificates of orders.v.

Each certificate lists the factors of p - 1 and one witness a of full order;
it recurses into the factors down to 2.  Needs sympy to find the factors; the
check is Coq's alone, so nothing here has to be trusted.
"""
import sympy

ORDERS = {
    "secp256k1_n": 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141,
    "bls12381_r": 0x73EDA753299D7D483339D80809A1D80553BDA402FFFE5BFEFFFFFFFF00000001,
}


def lines(p, seen):
    """Certificates of p and of the primes below it, larger first."""
    if p == 2 or p in seen:
        return []
    seen.add(p)
    factors = sympy.factorint(p - 1)
    a = next(a for a in range(2, p) if all(pow(a, (p - 1) // q, p) != 1 for q in factors))
    dec = "; ".join(f"({q}, {e})" for q, e in sorted(factors.items(), reverse=True))
    out = [(p, f"Pock_certif {p} {a} [{dec}] 1")]
    for q in factors:
        out += lines(q, seen)
    return out


def main():
    for name, p in ORDERS.items():
        certs = sorted(lines(p, set()), reverse=True)
        print(f"Definition {name}_certificate : Certif :=")
        print("  [ " + ";\n    ".join(c for _, c in certs) + ";\n    Proof_certif 2 prime_2 ].\n")


if __name__ == "__main__":
    main()
