#!/usr/bin/env python3
"""From the compiler's MIR on standard input to Coq: the bodies of a few functions, as data for mir.v.

Drops what has no meaning there: declarations, scopes, StorageLive, what happens while a panic unwinds.  Refuses all that it
does not know.
"""

import re
import sys

# For each function its name in calls, and where it is in the MIR; in the order of their numbers.
FUNCTIONS = {
    "threshold_new": ("Threshold::new", r"threshold::<impl at \S*/threshold\.rs:[^>]*>::new"),
    "supermajority": ("Threshold::supermajority", r"threshold::<impl at \S*/threshold\.rs:[^>]*>::supermajority"),
    "at_least_one": ("Threshold::at_least_one", r"threshold::<impl at \S*/threshold\.rs:[^>]*>::at_least_one"),
    "index_new": ("sharing::index::<impl PartyIndex>::new", r"sharing::index::<impl at \S*/index\.rs:[^>]*>::new"),
    "index_within": ("PartyIndex::within", r"sharing::index::<impl at \S*/index\.rs:[^>]*>::within"),
    "kept_instances": ("kept_instances", r"kept_instances"),
}
PRIMITIVES = {
    "<u32 as From<u16>>::from": "Widen",
    "<usize as From<u16>>::from": "Widen",
    "<u16 as core::cmp::Ord>::max": "Max",
    "core::num::<impl u16>::next_power_of_two": "NextPowerOfTwo",
    "alloc::vec::from_elem::<bool>": "FromElem",
    "alloc::vec::Vec::<bool>::len": "Len",
    "<alloc::vec::Vec<bool> as Index<usize>>::index": "Index",
    "<alloc::vec::Vec<bool> as IndexMut<usize>>::index_mut": "IndexMut",
    "ParameterSet::instances": "Instances",
    "ParameterSet::kept": "Kept",
    "Xof::new": "XofNew",
    "Xof::part": "XofPart",
    "Xof::stream": "XofStream",
    "XofStream::next_u16": "NextU16",
}
CONSTANTS = {"()": "Unit", "true": "(Bool true)", "false": "(Bool false)"}


def match(pattern: str, text: str) -> list[str] | None:
    found = re.fullmatch(pattern, text)
    return list(found.groups()) if found else None


def refuse(what: str, text: str):
    raise SystemExit(f"mir: this {what} has no translation: {text}")


def split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def listed(items) -> str:
    return "[:: " + "; ".join(items) + "]" if items else "[::]"


def place(text: str) -> str:
    if found := match(r"_(\d+)", text):
        return f"(Place {found[0]} [::])"
    if found := match(r"\(\*_(\d+)\)", text):
        return f"(Place {found[0]} [:: Deref])"
    if found := match(r"\(_(\d+)\.(\d+): \w+\)", text):
        return f"(Place {found[0]} [:: Field {found[1]}])"
    return refuse("place", text)


def constant(text: str) -> str:
    if text in CONSTANTS:
        return CONSTANTS[text]
    if found := match(r"(\d+)_u(?:16|32|size)", text):
        return f"(Int {found[0]})"
    if found := match(r'("[a-z ]*")', text):
        return f"(Str {found[0]})"
    return refuse("constant", text)


def operand(text: str) -> str:
    if found := match(r"const (.*)", text):
        return f"(Const {constant(found[0])})"
    if found := match(r"(?:copy|move) (.*)", text):
        return f"(Use {place(found[0])})"
    return refuse("operand", text)


def operands(text: str) -> str:
    return listed([operand(part) for part in split(text)])


def width(parts: list[str], types: dict[str, str]) -> str:
    """The bits of a checked operation: those of the type of an operand."""
    for part in parts:
        if found := match(r"const \d+_u(\d+)", part) or match(r"u(\d+)", types.get(part.split()[-1], "")):
            return found[0]
    return refuse("operation", str(parts))


def rvalue(text: str, types: dict[str, str]) -> str:
    if re.fullmatch(r"(?:copy|move|const) [^ ]*(?: u\d+\))?", text):
        return f"Same {operand(text)}"
    if found := match(r"(Eq|Lt|Gt|Div|BitAnd)\((.*)\)", text):
        return f"Binary {found[0]} {' '.join(map(operand, split(found[1])))}"
    if found := match(r"(Add|Sub|Mul)WithOverflow\((.*)\)", text):
        parts = split(found[1])
        return f"Checked {found[0]} {width(parts, types)} {' '.join(map(operand, parts))}"
    if found := match(r"(.*) as u(\d+) \(IntToInt\)", text):
        return f"Truncate {found[1]} {operand(found[0])}"
    if found := match(r"(.*) as &\[u8\] \(PointerCoercion\(Unsize, Implicit\)\)", text):
        return f"Same {operand(found[0])}"
    if found := match(r"&mut _(\d+)", text):
        return f"Exclusive {found[0]}"
    if found := match(r"&(.*)", text):
        return f"Shared {place(found[0])}"
    if found := match(r"(?:[\w:]|<[\w:, ]*>)*?(\w+)\((.*)\)", text):
        return f'Make "{found[0]}" {operands(found[1])}'
    return refuse("value", text)


def statement(text: str, types: dict[str, str]) -> str | None:
    if re.fullmatch(r"StorageLive\(_\d+\)", text):
        return None
    if found := match(r"StorageDead\(_(\d+)\)", text):
        return f"StorageDead {found[0]}"
    if found := match(r"(\S+) = (.*)", text):
        return f"Assign {place(found[0])} ({rvalue(found[1], types)})"
    return refuse("statement", text)


def callee(name: str) -> str:
    called = [own for own, _ in FUNCTIONS.values()]
    if name in called:
        return f"(Body {called.index(name)})"
    return PRIMITIVES.get(name) or refuse("function", name)


def terminator(text: str) -> str:
    if text == "return":
        return "Return"
    if found := match(r"goto -> bb(\d+)", text):
        return f"Goto {found[0]}"
    # Nothing that is dropped here does anything.
    if found := match(r"drop\(_\d+\) -> \[return: bb(\d+), .*\]", text):
        return f"Goto {found[0]}"
    if found := match(r"switchInt\((.*)\) -> \[0: bb(\d+), otherwise: bb(\d+)\]", text):
        return f"Switch {operand(found[0])} {' '.join(found[1:])}"
    if found := match(r"assert\((!?)(move \S+(?: bool\))?), \".*\) -> \[success: bb(\d+), .*\]", text):
        return f"Assert {operand(found[1])} {'false' if found[0] else 'true'} {found[2]}"
    if found := match(r"(\S+) = (.*)\(((?:copy|move|const|, | |_\d+|\w+)*)\) -> \[return: bb(\d+), .*\]", text):
        return f"Call {place(found[0])} {callee(found[1])} {operands(found[2])} {found[3]}"
    return refuse("terminator", text)


def block(lines: list[str], types: dict[str, str]) -> str:
    statements = [done for line in lines[:-1] if (done := statement(line, types))]
    body = ";\n       ".join(statements)
    return f"({'[:: ' + body + ']' if body else '[::]'},\n      {terminator(lines[-1])})"


def translate(name: str, text: str) -> str:
    types = dict(re.findall(r"(_\d+): (\w+)[;,)]", text))
    blocks = re.findall(r"^    bb(\d+): \{\n(.*?)^    \}", text, re.M | re.S)
    # What is left out here is at the end, and only reached by a panic.
    if [int(number) for number, _ in blocks] != list(range(len(blocks))):
        refuse("order of blocks", name)
    translated = [block([line.strip().rstrip(";") for line in inner.splitlines()], types) for _, inner in blocks]
    count = 1 + max(int(number) for number in re.findall(r"\b_(\d+)\b", text))
    return f"Definition {name}_body : body := {{| locals := {count}; blocks := [::\n  " + ";\n  ".join(translated) + "] |}.\n"


def main() -> None:
    mir = sys.stdin.read()
    print("(* Made by mir/translate.py from the MIR of the core, unoptimised. *)")
    print("From Coq Require Import NArith Strings.String.")
    print("From mathcomp Require Import all_ssreflect.\nFrom Relight Require Import mir.\n")
    print("Local Open Scope string_scope.\nLocal Arguments Int n%num.")
    print("Local Arguments Checked op bits%num a b.\nLocal Arguments Truncate bits%num a.\n")
    for name, (_, pattern) in FUNCTIONS.items():
        bodies = re.findall(rf"^fn {pattern}\(.*?^}}", mir, re.M | re.S)
        if len(bodies) != 1:
            refuse(f"function, found {len(bodies)} times,", name)
        print(translate(name, bodies[0]))
    print(f"Definition bodies : seq body := {listed([f'{name}_body' for name in FUNCTIONS])}.")


if __name__ == "__main__":
    main()
