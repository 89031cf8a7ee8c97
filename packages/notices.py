#!/usr/bin/env python3
"""Prints the crates that the library and the program are linked with, with their licences and notices."""

import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = {"relight-ffi", "relight-cli"}
NAMES = ("licen", "copy", "notice", "unlicense")


def output(*command: str) -> str:
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def metadata() -> dict:
    platform = output("rustc", "--print", "host-tuple").strip()
    return json.loads(output("cargo", "metadata", "--format-version=1", "--locked", f"--filter-platform={platform}"))


def only_compiles(crate: dict) -> bool:
    return any("proc-macro" in target["kind"] for target in crate["targets"])


def linked(crates: dict, found: dict) -> list[dict]:
    """What the shipped crates depend on, except to compile or test them."""
    nodes = {node["id"]: node["deps"] for node in found["resolve"]["nodes"]}
    waiting = [name for name, crate in crates.items() if crate["name"] in SHIPPED]
    seen = set()
    while waiting:
        name = waiting.pop()
        if name not in seen and not only_compiles(crates[name]):
            seen.add(name)
            waiting += [dep["pkg"] for dep in nodes[name] if any(kind["kind"] is None for kind in dep["dep_kinds"])]
    return [crates[name] for name in seen if crates[name]["source"]]


def notices(crate: dict) -> list[str]:
    folder = Path(crate["manifest_path"]).parent
    files = sorted(file for file in folder.iterdir() if file.is_file() and file.name.lower().startswith(NAMES))
    return [file.read_text().strip() for file in files]


def main() -> None:
    found = metadata()
    texts: dict[str, list[str]] = {}
    for crate in linked({package["id"]: package for package in found["packages"]}, found):
        authors = ", ".join(crate["authors"]) or "its authors"
        title = f"{crate['name']} {crate['version']}: {crate['license']}, by {authors}"
        for text in notices(crate) or [""]:
            texts.setdefault(text, []).append(title)
    for text, titles in sorted(texts.items(), key=lambda item: sorted(item[1])):
        print("\n".join(sorted(titles)), text, sep="\n\n", end="\n\n" + "-" * 80 + "\n\n")


if __name__ == "__main__":
    main()
