#!/usr/bin/env python3
"""Mutants of the code: each patch makes it wrong in one place, and a test has to fail.

With the names of mutants, or none for all.  A patch says in its first line what is wrong, then `Noticed by:` with the
arguments of `cargo test` that should fail, or `C` and a program of ffi/tests with its own, and after `Breaks:` which
requirement it breaks (broken.py).  One that no test can notice says why after `Survives:`.  All are applied, one after
the other, to one copy in target/mutants, or in the folder that MUTANTS names.
"""
import os, pathlib, re, shlex, shutil, subprocess, sys, tempfile, time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = pathlib.Path(os.environ.get("MUTANTS", ROOT / "target" / "mutants"))
COPY = WORK / "copy"
# No optimisation where the mutants are, and no tables for debuggers: a mutant costs a compilation.
OWN = ["relight", "relight-ffi", "relight-sealed"]
SETTINGS = ("opt-level=0", "debug=false")
QUICK = [f"--config=profile.{p}.package.{c}.{s}" for p in ("dev", "test") for c in OWN for s in SETTINGS]
# In seconds: what has not failed by then hangs.
LONGEST = 600


class Patch:
    def __init__(self, path: pathlib.Path):
        self.path, self.name, text = path, path.stem, path.read_text()
        self.fault = text.splitlines()[0]
        self.noticed = self.line(text, "Noticed by")
        self.survives = self.line(text, "Survives")
        if self.fault.startswith(("---", "diff")) or not self.noticed:
            raise SystemExit(f"{self.name}: the first lines say what is wrong, and what notices it")

    def line(self, text: str, label: str) -> str:
        found = re.search(rf"^{label}: (.+)$", text, re.M)
        return found.group(1) if found else ""

    def apply(self, *how: str) -> bool:
        patched = subprocess.run(["patch", "-s", "-p1", "--no-backup-if-mismatch", *how, "-i", self.path], cwd=COPY)
        return patched.returncode == 0


def copy_repository() -> None:
    """All files that git knows, as they are now; those that did not change keep their times."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
    for name in filter(None, listed.decode().split("\0")):
        source, copied = ROOT / name, COPY / name
        if not source.is_file() or (copied.is_file() and source.read_bytes() == copied.read_bytes()):
            continue
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, copied)


def environment() -> dict[str, str]:
    return os.environ | {"CARGO_INCREMENTAL": "1", "CARGO_TARGET_DIR": str(WORK / "target")}


def build(command: list[str]) -> None:
    built = subprocess.run(command, cwd=COPY, env=environment(), capture_output=True, text=True)
    if built.returncode:
        raise AssertionError("does not compile:\n" + built.stderr[-2000:])


def test(arguments: str) -> str:
    """What fails first, or nothing; raises if it does not come to that."""
    kind, *program = shlex.split(arguments)
    return c_program(*program) if kind == "C" else cargo_test(arguments)


def cargo_test(arguments: str) -> str:
    package = [] if arguments.startswith("-p ") else ["-p", "relight"]
    command = ["cargo", *QUICK, "test", "--locked", *package, *shlex.split(arguments)]
    build([*command, "--no-run"])
    with tempfile.TemporaryFile("w+") as errors:
        return run(["timeout", str(LONGEST), *command], errors)


def c_program(name: str, *arguments: str) -> str:
    """A program of ffi/tests with the sanitizers of ffi/check.sh: what it says last, if it fails."""
    library, program = WORK / "target" / "debug" / "librelight_ffi.a", WORK / "program"
    build(["cargo", *QUICK, "build", "--locked", "-p", "relight-ffi", "--features", "vectors"])
    flags = ["-std=gnu11", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-Iffi/include"]
    build(["gcc", *flags, f"ffi/tests/{name}.c", str(library), "-o", str(program), "-lpthread", "-ldl", "-lm"])
    ran = subprocess.run([program, *arguments], cwd=COPY, capture_output=True, text=True, timeout=LONGEST)
    said = re.findall(r"^(?:==\d+==ERROR: .*|\S+\.[ch]:\d+: .*|.*failures?:.*)$", ran.stderr, re.M)
    return "" if ran.returncode == 0 else (said or ran.stderr.splitlines() or [f"exit {ran.returncode}"])[0]


def run(command: list[str], errors) -> str:
    ran = 0
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=COPY, env=environment(), stdout=pipe, stderr=errors, text=True) as made:
        for line in made.stdout:
            failed = re.match(r"test (\S+)( - should panic)? \.\.\. FAILED", line)
            if failed:
                made.terminate()
                return failed.group(1)
            ran += line.startswith("test ") and line.rstrip().endswith("ok")
    errors.seek(0)
    if made.returncode == 124:
        return f"no end after {LONGEST} seconds"
    if made.returncode:
        raise AssertionError("fails without a test:\n" + errors.read()[-2000:])
    if not ran:
        raise AssertionError("no test runs")
    return ""


def verdict(patch: Patch) -> str:
    """What notices it; raises if nothing does."""
    if not patch.apply():
        raise AssertionError("does not apply")
    try:
        failed = test(patch.noticed)
    finally:
        patch.apply("-R")
    if failed and patch.survives:
        raise AssertionError(f"survives no more: {failed}")
    if not failed and not patch.survives:
        raise AssertionError("survives")
    return failed or f"survives, because {patch.survives}"


def report(name: str, judge) -> bool:
    start = time.monotonic()
    try:
        said, good = judge(), True
    except AssertionError as why:
        said, good = f"FAILS: {why}", False
    print(f"{name}: {said} ({time.monotonic() - start:.0f} s)", flush=True)
    return good


def passes(arguments: str) -> str:
    failed = test(arguments)
    if failed:
        raise AssertionError(f"{failed} fails without a mutant")
    return "passes without a mutant"


def main(names: list[str]) -> int:
    patches = [Patch(HERE / f"{n}.patch") for n in names] or [Patch(path) for path in sorted(HERE.glob("*.patch"))]
    copy_repository()
    whole = [report(arguments, lambda a=arguments: passes(a)) for arguments in dict.fromkeys(p.noticed for p in patches)]
    noticed = [report(patch.name, lambda p=patch: verdict(p)) for patch in patches]
    print(f"mutants: {len(patches)}, of which {noticed.count(False)} are not as they should be")
    return not all(whole + noticed)


sys.exit(main(sys.argv[1:]))
