#!/usr/bin/env python3
"""Mutants of the model: each patch makes the protocol insecure or wrong, or a list of calls incomplete, and has to break
a proof.

Run from spec/proofs after `make proofs vectors/traced.v`, with the names of mutants or none for all.  Each is applied
to a copy, where what depends on it is compiled until something fails, the examples of what the reference hashed at the
end.  That has to be a proof: a definition that fails says nothing.
"""
import pathlib, re, shutil, subprocess, sys, tempfile

HERE = pathlib.Path(__file__).resolve().parent


def in_proof(text: str, line: int) -> bool:
    """Whether a line is between Proof and the end of that proof."""
    before = text.splitlines()[:line]
    opened = [i for i, l in enumerate(before) if "Proof." in l]
    closed = [i for i, l in enumerate(before[:-1]) if re.search(r"\b(Qed|Defined)\.$", l)]
    return bool(opened) and (not closed or opened[-1] > closed[-1])


def complaint(copy: pathlib.Path) -> str:
    """What the first file that does not compile says; raises if there is none."""
    # One after the other: make would wait for the examples, which take minutes, when a proof has failed.
    for goal in ["proofs", "vectors/traced.vo"]:
        made = subprocess.run(["make", "-j2", goal], cwd=copy, capture_output=True, text=True, timeout=900)
        if made.returncode != 0:
            return made.stderr
    raise AssertionError("survives")


def verdict(patch: pathlib.Path, copy: pathlib.Path) -> str:
    """The proof that breaks; raises if none does."""
    for file in HERE.parent.iterdir():
        if file.is_file() and not file.name.startswith("."):
            shutil.copy2(file, copy)
    subprocess.run(["patch", "-s", "-p0", "-i", patch], cwd=copy, check=True)
    shutil.copytree(HERE.parent / "vectors", copy / "vectors", ignore=shutil.ignore_patterns("*.vo"))
    said = complaint(copy)
    failed = re.search(r'File "\./([\w/]+\.v)", line (\d+)', said)
    if not failed:
        raise AssertionError("fails without a place:\n" + said[-2000:])
    name, line = failed.group(1), int(failed.group(2))
    text = (copy / name).read_text()
    if not in_proof(text, line):
        raise AssertionError(f"breaks no proof, but {name}, line {line}")
    theorem = [l for l in text.splitlines()[:line] if re.match(r"(Theorem|Lemma|Corollary|Fact|Example) ", l)][-1]
    return f"{name}: {theorem.split()[1]}"


def main(names: list[str]) -> int:
    patches = [HERE / f"{n}.patch" for n in names] or sorted(HERE.glob("*.patch"))
    survivors = 0
    for patch in patches:
        with tempfile.TemporaryDirectory() as copy:
            try:
                print(f"{patch.stem}: {verdict(patch, pathlib.Path(copy))}", flush=True)
            except AssertionError as why:
                survivors += 1
                print(f"{patch.stem}: {why}", flush=True)
    print(f"mutants: {len(patches)}, of which {survivors} break no proof")
    return survivors > 0


sys.exit(main(sys.argv[1:]))
