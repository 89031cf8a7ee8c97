#!/bin/sh
# The gate on the proofs: nothing admitted, no axiom that axioms.txt does not
# allow, no module of the core that verification_status.md leaves out.  Run from
# this folder after the files are compiled (make does).
set -eu
LC_ALL=C
export LC_ALL
fail() { echo "proofs: $1" >&2; exit 1; }

# 1. The words that let a proof be skipped, anywhere outside comments and
#    strings.  Section variables are discharged; these are not.
strip() { python3 - "$1" <<'PY'
import sys
text, out, depth, quoted, i = open(sys.argv[1]).read(), [], 0, False, 0
while i < len(text):
    two = text[i:i+2]
    if not quoted and two == "(*": depth += 1; i += 2; continue
    if not quoted and depth and two == "*)": depth -= 1; i += 2; continue
    if text[i] == '"': quoted = not quoted
    elif not quoted and not depth or text[i] == "\n": out.append(text[i])
    i += 1
print("".join(out))
PY
}
words='Admitted|admit|give_up|Abort|Axioms?|Conjectures?|Parameters?|Declare +Module|Module +Type|bypass_check|Unset +(Guard|Positivity|Universe) +Checking|type-in-type|-noinit'
for file in *.v; do
  if strip "$file" | grep -nEw -e "$words"; then fail "$file: a forbidden word"; fi
  # A Variable or Hypothesis outside a section would be an axiom.
  strip "$file" | awk -v f="$file" '
    /^ *Section / { depth++ } /^ *End / { depth-- }
    /^ *(Variables?|Hypothes[ie]s|Context|Let) / && depth < 1 {
      print f ": assumption outside a section: " $0; bad = 1 }
    END { exit bad }' || fail "$file: an assumption outside a section"
done

# 2. Every theorem of the project is listed: a Theorem that headline.v and
#    headline12.v do not name is not checked.
for file in *.v; do
  module=${file%.v}
  for name in $(strip "$file" | sed -n 's/^Theorem \([A-Za-z0-9_]*\).*/\1/p'); do
    grep -q "^Print Assumptions $module\.$name\.$" headline*.v ||
      fail "$module.$name is in neither headline.v nor headline12.v"
  done
done

for name in $(sed -n 's/^Print Assumptions [a-z0-9]*\.\(.*\)\.$/\1/p' headline*.v); do
  grep -q "\`$name\`" README.md || fail "$name is not in README.md"
done

# 3. What the theorems rest on.
printed=$(mktemp)
trap 'rm -f "$printed"' EXIT
for file in headline*.v; do
  coqc -q -w none -Q . Relight "$file" -o "${TMPDIR:-/tmp}/${file}o" >> "$printed"
done
python3 - "$printed" axioms.txt <<'PY'
import re, sys
lines = open(sys.argv[1]).read().splitlines()
allowed = {l.split("#")[0].strip() for l in open(sys.argv[2])} - {""}
found, name, seen = {}, None, 0
for line in lines:
    named = re.match(r'\s*= "([\w.]+)"', line)
    if named:
        name, found[named.group(1)] = named.group(1), None
    elif name and line.strip() == "Closed under the global context":
        found[name] = set()
    elif name and line.strip() == "Axioms:":
        found[name] = set()
    elif name and found[name] is not None and re.match(r"\S+ *(:|$)", line):
        found[name].add(line.split(":")[0].strip())
unread = [n for n, axioms in found.items() if axioms is None]
bad = {n: axioms - allowed for n, axioms in found.items() if axioms and axioms - allowed}
unused = allowed - set().union(*(a or set() for a in found.values()))
for n, axioms in bad.items():
    print(f"proofs: {n} rests on {', '.join(sorted(axioms))}", file=sys.stderr)
for axiom in sorted(unused):
    print(f"proofs: axioms.txt allows {axiom}, which nothing uses", file=sys.stderr)
if unread or bad or unused or len(found) < 80:
    sys.exit(f"proofs: {len(found)} theorems read, {len(unread)} without an answer")
print(f"proofs: {len(found)} theorems, "
      f"{sum(not a for a in found.values())} closed under the global context")
PY

# 4. verification_status.md has a row for each module of the library, none for
#    what is not there, and names proofs that exist.
python3 - ../../core/src ../../verification_status.md <<'PY'
import pathlib, re, sys
source, table = pathlib.Path(sys.argv[1]), open(sys.argv[2]).read()
modules = {"::".join(p.relative_to(source).with_suffix("").parts).removesuffix("::mod")
           for p in source.rglob("*.rs")} - {"lib", "vectors"}
modules = {m for m in modules if "::tests" not in m and not m.startswith("contracts")}
rows = re.findall(r"^\| `([\w:]+)` \|", table, re.M)
proofs = set(re.findall(r"`(\w+\.v)`", table))
if wrong := modules ^ set(rows):
    sys.exit(f"verification_status.md: modules without a row, or rows without a module: {', '.join(sorted(wrong))}")
if missing := sorted(p for p in proofs if not pathlib.Path(p).exists()):
    sys.exit(f"verification_status.md: no such proofs: {', '.join(missing)}")
print(f"proofs: verification_status.md has {len(rows)} modules")
PY
