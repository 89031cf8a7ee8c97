"""Writes 15-examples.md: an object of every wire structure, field by field.

The objects are those of accepted test vectors, and what takes them apart are the structures of 15-wire.md as they stand
there, so that the page shows that both agree. `--check` writes nothing, and fails if the page would change.
"""

import json
import math
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

SPEC = Path(__file__).resolve().parent
PAGE = SPEC / "15-examples.md"
FIELD = re.compile(r"(\w+) (\w+)(?:<(\d+)\.\.([^>]+)>|\[([^\]]+)\])?(?: = \d+)?;")
STRUCT = re.compile(r"^struct \{(.*?)\} (\w+);", re.MULTILINE | re.DOTALL)
SELECT = re.compile(r"select \((\w+)\) \{(.*?)\};", re.DOTALL)
CASE = re.compile(r"case (\d+):(.*?)(?=case \d+:|$)", re.DOTALL)
SHOWN = 32
INTRODUCTION = """# Examples of the wire format

One object of every structure of Section 15.3, or one of every kind, from the accepted cases of the test vectors.
`examples.py` writes this page with the structures as that section has them.
Bytes are hexadecimal.
A vector has its length before it, apart; of more than 32 bytes the first and the last are shown, and their number.
A structure within another one stands in one line, with its name.
"""


class Field(NamedTuple):
    kind: str
    name: str
    least: str
    most: str
    number: str


class Select(NamedTuple):
    name: str
    cases: dict[int, list[Field]]


@dataclass(frozen=True)
class Value:
    """A field with its bytes; `parts` are the fields of a structure, or the items of a list."""

    field: Field
    prefix: bytes
    body: bytes
    parts: list["Value"]

    def __getitem__(self, name: str | int) -> "Value":
        if isinstance(name, int):
            return self.parts[name]
        return next(part for part in self.parts if part.field.name == name)

    def number(self) -> int:
        return int.from_bytes(self.body, "big")


def fields(text: str) -> list[Field]:
    return [Field(*found) for found in FIELD.findall(text)]


def structure(body: str) -> list[Field | Select]:
    body = re.sub(r"/\*.*?\*/", "", body)
    found = SELECT.search(body)
    if not found:
        return list(fields(body))
    cases = {int(number): fields(case) for number, case in CASE.findall(found[2])}
    return [*fields(body[: found.start()]), Select(found[1], cases), *fields(body[found.end() :])]


def table(page: str, head: str) -> list[list[str]]:
    """The rows of the table with this head."""
    text = (SPEC / page).read_text(encoding="utf-8")
    lines = text[text.index(head) :].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


CHAPTERS = {path.name: path.read_text(encoding="utf-8") for path in SPEC.glob("[0-9]*.md") if path != PAGE}
WIRE: dict[str, str] = {name: body for body, name in STRUCT.findall(CHAPTERS.pop("15-wire.md"))}
STRUCTURES = {name: structure(body) for name, body in WIRE.items()}
# Lengths of a scalar and of a point of each curve; M, T and W of each parameter set.
CURVES = {int(row[0]): (int(row[4].split()[0]), int(row[5].split()[0])) for row in table("3-primitives.md", "| id |")}
SETS = {int(row[1], 0): [int(cell) for cell in row[2:5]] for row in table("6-encryption.md", "| name |")}


class Reader:
    """Takes an object apart. `known` has the numbers that lengths in the text are made of."""

    def __init__(self, data: bytes, **known: int):
        self.data = data
        self.known = {"curve": 2, **known}
        self.curves: list[int] = []

    def size(self, text: str) -> int:
        scalar, point = CURVES[self.known["curve"]]
        known = {**self.known, "P_C": point, "S_C": scalar}
        numbers = [int(part) if part.isdigit() else known[part] for part in re.split(" [*-] ", text)]
        return numbers[0] - numbers[1] if " - " in text else math.prod(numbers)

    def take(self, size: int) -> bytes:
        taken, self.data = self.data[:size], self.data[size:]
        if len(taken) < size:
            raise ValueError("bytes are missing")
        return taken

    def structure(self, name: str) -> list[Value]:
        parts: list[Value] = []
        for field in STRUCTURES[name]:
            if isinstance(field, Select):
                number = next(part.number() for part in parts if part.field.name == field.name)
                parts += [self.value(inner) for inner in field.cases[number]]
            else:
                parts.append(self.value(field))
        if name == "Statement":
            self.claim(parts)
        return parts

    def value(self, field: Field) -> Value:
        start = self.data
        if field.most:
            return self.vector(field)
        if field.kind == "opaque":
            return Value(field, b"", self.take(self.size(field.number)), [])
        if field.number:
            parts = [self.item(field, number) for number in range(self.size(field.number))]
        elif field.kind in STRUCTURES:
            parts = self.structure(field.kind)
        else:
            self.take(int(field.kind.removeprefix("uint")) // 8)
            parts = []
        body = start[: len(start) - len(self.data)]
        if field.name == "curve":
            self.known["curve"] = int.from_bytes(body)
        return Value(field, b"", body, parts)

    def item(self, field: Field, number: int) -> Value:
        if number < len(self.curves):
            self.known["curve"] = self.curves[number]
        return self.value(Field(field.kind, f"{field.name}[{number}]", "", "", ""))

    def vector(self, field: Field) -> Value:
        bits = bound(field.most).bit_length()
        prefix = self.take((bits + 7) // 8)
        body = self.take(int.from_bytes(prefix))
        self.known[f"number of {field.name}"] = len(body) // max(int(field.least), 1)
        parts: list[Value] = []
        if field.kind != "opaque":
            rest, self.data = self.data, body
            while self.data:
                parts.append(self.item(field, len(parts)))
            self.data = rest
        return Value(field, prefix, body, parts)

    def claim(self, statement: list[Value]) -> None:
        """What the lengths of a proof for this statement follow from."""
        compartments = Value(statement[0].field, b"", b"", statement)["compartments"]
        curves = [[entry["curve"].number() for entry in part["entries"].parts] for part in compartments.parts]
        self.known |= proof_numbers(statement[1].number(), curves)


def bound(text: str) -> int:
    return 2**32 - 1 if text == "2^32-1" else int(text)


def proof_numbers(parameter_set: int, compartments: list[list[int]]) -> dict[str, int]:
    m, t, w = SETS[parameter_set]
    packs = [
        curve for curves in compartments for curve in set(curves) for _ in range(math.ceil(curves.count(curve) / w))
    ]
    responses = sum(CURVES[curve][0] for curve in packs)
    return {"M": m, "T": t, "compartments": len(compartments), "sum of S_C over the packs": responses}


def read(name: str, data: bytes, curves: list[int] | None = None, **known: int) -> Value:
    reader = Reader(data, **known)
    reader.curves = curves or []
    parts = reader.structure(name)
    if reader.data:
        raise ValueError(f"{name}: bytes are left")
    return Value(Field(name, "", "", "", ""), b"", data, parts)


def shown(value: Value) -> str:
    body = value.body
    text = body.hex() if len(body) <= SHOWN else f"{body[:8].hex()}..{body[-8:].hex()}"
    notes = [] if len(body) <= SHOWN else [f"{len(body)} bytes"]
    if value.field.kind in STRUCTURES:
        number = len(value.parts) if value.field.most or value.field.number else 1
        notes.append(value.field.kind if number == 1 else f"{number} x {value.field.kind}")
    elif value.field.most and body and all(0x20 <= byte < 0x7F for byte in body):
        notes.append(f'"{body.decode("ascii")}"')
    return " ".join(part for part in (value.prefix.hex(), text, f"({', '.join(notes)})" if notes else "") if part)


def lines(value: Value) -> Iterator[str]:
    width = max(len(part.field.name) for part in value.parts)
    for part in value.parts:
        yield f"{part.field.name:{width}}  {shown(part)}".rstrip()


def case(file: str, name: str = "") -> tuple[str, dict[str, Any]]:
    """The first accepted case, or the first one with this name, as the page names it, with its fields."""
    accepted = json.loads((SPEC / "vectors" / f"{file}.json").read_text(encoding="utf-8"))["accepted"]
    found = next(entry for entry in accepted if entry["name"].startswith(name))
    return f'`{file}.json`, "{found["name"]}"', {**found["input"], **found["output"]}


def plain(structure: str, file: str, field: str = "", name: str = "") -> tuple[str, Value]:
    where, data = case(file, name)
    known = {"curve": data["curve"]} if isinstance(data.get("curve"), int) else {}
    return where, read(structure, bytes.fromhex(data[field or file]), **known)


def proof() -> tuple[str, Value]:
    where, data = case("verify")
    statement = read("Statement", bytes.fromhex(data["statement"]))
    curves = [[entry["curve"].number() for entry in part["entries"].parts] for part in statement["compartments"].parts]
    numbers = proof_numbers(statement["parameter_set"].number(), curves)
    return where, read("Proof", bytes.fromhex(data["proof"]), None, **numbers)


def dealing() -> tuple[str, Value]:
    where, data = case("dealing_verify")
    ceremony = read("Ceremony", bytes.fromhex(data["ceremony"]))
    curves = [item.number() for item in ceremony["curves"].parts]
    numbers = proof_numbers(ceremony["parameter_set"].number(), [curves] * len(ceremony["recipients"].parts))
    numbers |= {"threshold": ceremony["threshold"].number(), "number of keys": len(curves)}
    return where, read("Dealing", bytes.fromhex(data["dealing"]), curves, **numbers)


def inside(example: tuple[str, Value], *path: str | int) -> tuple[str, Value]:
    """A structure within an example."""
    where, value = example
    for step in path:
        value = value[step]
    return where, value


def listed(structure: str, example: tuple[str, Value], field: str) -> tuple[str, Value]:
    """The first of the structures in an opaque vector of an example."""
    where, value = example
    reader = Reader(value[field].body)
    parts = reader.structure(structure)
    size = len(value[field].body) - len(reader.data)
    return where, Value(Field(structure, "", "", "", ""), b"", value[field].body[:size], parts)


def examples() -> Iterator[tuple[str, tuple[str, Value]]]:
    statement = plain("Statement", "statement")
    both = plain("Statement", "statement", name="compartments of both kinds")
    whole, dealt = proof(), dealing()
    ceremonies = {
        origin: plain("Ceremony", "ceremony", name=name)
        for origin, name in enumerate(("generation", "re-sharing at an identifier", "hand-over"))
    }
    confirmation = plain("Confirmation", "confirmation_verify", "confirmation")
    certificate = plain("Certificate", "certificate_verify", "certificate")
    bundle = plain("Bundle", "bundle_verify", "bundle")
    roster = plain("Roster", "roster")
    stored = plain("SecretObject", "session_load", "session", "three members")
    session = inside(stored, "session")
    yield "Signature", plain("Signature", "signature")
    yield "VssCommitment", plain("VssCommitment", "commit", "commitment", "secp256k1, threshold 3")
    yield "SchnorrProof", plain("SchnorrProof", "schnorr", "proof")
    yield "Statement", statement
    yield "Compartment, recovery lock", inside(statement, "compartments", 0)
    yield "Compartment, member lock", inside(both, "compartments", 0)
    yield "Entry", inside(statement, "compartments", 0, "entries", 0)
    yield "Proof", whole
    yield "Revealed", inside(whole, "revealed", 0)
    yield "Kept", inside(whole, "kept", 0)
    yield "DecryptionShare", plain("DecryptionShare", "decryption_share", "share")
    yield "BlinderRegistration", plain("BlinderRegistration", "blinder_registration", "registration")
    yield "MemberRegistration", plain("MemberRegistration", "member_registration", "registration")
    for name in ("an identity key", "a member key", "a Blinder"):
        yield f"SecretObject, {name}", plain("SecretObject", "secret_key", "key", name)
    yield "SecretObject, a key share", plain("SecretObject", "key_share", "key_share")
    yield "SecretObject, a session", stored
    yield "Ceremony, generation", ceremonies[0]
    yield "Ceremony, re-sharing", ceremonies[1]
    yield "Ceremony, hand-over", ceremonies[2]
    yield "Reshared", inside(ceremonies[1], "keys", 0)
    yield "Dealer", inside(ceremonies[0], "dealers", 0)
    yield "Recipient", inside(ceremonies[0], "recipients", 0)
    yield "Dealing", dealt
    yield "KeyDealing", inside(dealt, "keys", 0)
    yield "Confirmation", confirmation
    yield "AgreedDealing", inside(confirmation, "dealings", 0)
    yield "Certificate", certificate
    yield "Confirmed", inside(certificate, "confirmations", 0)
    for name in ("a bad dealing", "two dealings", "two confirmations"):
        yield f"Evidence, {name}", plain("Evidence", "evidence_verify", "evidence", name)
    yield "Backup", plain("Backup", "backup_verify", "backup")
    yield "KeyShare", inside(plain("SecretObject", "key_share", "key_share"), "key_share")
    yield "Bundle", bundle
    yield "Certified", listed("Certified", bundle, "recovery_certificates")
    yield "Node", inside(bundle, "nodes", 0)
    yield "Holding", inside(bundle, "nodes", 0, "shares", 0)
    yield "FormerEpoch", listed("FormerEpoch", bundle, "former")
    yield "Roster", roster
    yield "RosterMember", inside(roster, "members", 0)
    yield "RequestDraft", plain("RequestDraft", "request_draft", "draft")
    yield "Request", plain("Request", "request")
    yield "Authorisation", plain("Authorisation", "authorise", "authorisation")
    yield "Response", plain("Response", "response")
    yield "Session", session
    yield "Granted", listed("Granted", session, "authorisations")
    yield "Accepted", listed("Accepted", session, "accepted")
    yield "Accusation", plain("Accusation", "accusation_verify", "accusation")


def page() -> str:
    parts = [INTRODUCTION]
    missing = set(STRUCTURES)
    for title, (where, value) in examples():
        missing.discard(value.field.kind)
        block = "\n".join(lines(value))
        parts.append(f"## {title}\n\n{len(value.body)} bytes; from {where}.\n\n```\n{block}\n```\n")
    if missing:
        raise ValueError(f"no example: {missing}")
    return "\n".join(parts)


def differences() -> Iterator[str]:
    """Structures that the chapters and Section 15.3 do not have alike."""
    chapters = {name: body for text in CHAPTERS.values() for body, name in STRUCT.findall(text)}
    for name in sorted(chapters.keys() | WIRE.keys()):
        if chapters.get(name) != WIRE.get(name):
            yield f"{name}: Section 15.3 and its chapter differ"


def main() -> int:
    if found := list(differences()):
        print(*found, sep="\n")
        return 1
    text = page()
    if sys.argv[1:] != ["--check"]:
        PAGE.write_text(text, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
        print(f"{PAGE.name} is not what the vectors give; run spec/examples.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
