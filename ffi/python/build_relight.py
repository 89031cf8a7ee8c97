"""Declares to Python what relight.h declares to C. pkg-config finds the library."""

import re
import shlex
import subprocess
from pathlib import Path

from cffi import FFI


def pkg_config(what: str) -> list[str]:
    """What pkg-config says of the library."""
    return shlex.split(subprocess.check_output(["pkg-config", what, "relight"], text=True))


def declarations(header: str) -> str:
    """The header without what is for C alone, and its constants."""
    constants = re.findall(r"^#define (RELIGHT_\w+) (?:\(\w+\))?\d+$", header, re.MULTILINE)
    header = re.sub(r"^#include.*$", "", header, flags=re.MULTILINE)
    plain = subprocess.check_output(["cc", "-E", "-P", "-std=c11", "-D__attribute__(_)=", "-"], input=header, text=True)
    # Python is called in the thread that called the library.
    callback = 'extern "Python" bool python_watch(void *watcher, size_t done, size_t total);'
    return "\n".join([*(f"#define {constant} ..." for constant in constants), plain, callback])


folder = pkg_config("--variable=includedir")[0]
libraries = pkg_config("--variable=libdir")
builder = FFI()
builder.cdef(declarations((Path(folder) / "relight.h").read_text()))
builder.set_source(
    "relight._relight",
    "#include <relight.h>",
    include_dirs=[folder],
    library_dirs=libraries,
    runtime_library_dirs=libraries,
    libraries=["relight"],
)
