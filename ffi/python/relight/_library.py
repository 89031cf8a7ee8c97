"""Calls of the C library: what goes in, what comes out, and what went wrong."""

from collections.abc import Callable, Sequence
from typing import Any

from relight._relight import ffi, lib

Watch = Callable[[int, int], bool]
"""Hears after each backup how many are done of how many, and returns whether to go on."""

ABI_VERSION: int = lib.RELIGHT_ABI_VERSION


def text(pointer: Any) -> str:
    """A string of C."""
    return ffi.string(pointer).decode() if pointer else ""


class Error(Exception):
    """What the library refused. Its message says all of it; what it says nothing about is zero or empty."""

    def __init__(self, details: dict[str, Any]) -> None:
        super().__init__(details["message"])
        self.code: int = details["result"]
        """A RELIGHT_RESULT_ number."""
        self.field: str = text(lib.relight_field_name(details["field"]))
        """In what an object differs from what is expected."""
        self.entry: int = details["entry"]
        """Of which entry, from zero."""
        self.number: int = details["number"]
        """The number, index, member, dealer or serial that is wrong."""
        self.parties: list[int] = details["parties"]
        """The members or dealers at fault."""
        self.identifiers: list[bytes] = details["identifiers"]
        """The share identifiers at fault."""


class Inputs:
    """What a call points to, kept until it is over."""

    def __init__(self) -> None:
        self.kept: list[Any] = []

    def keep(self, pointer: Any) -> Any:
        """The pointer, valid as long as this is."""
        self.kept.append(pointer)
        return pointer

    def bytes(self, data: bytes) -> Any:
        """Bytes as the library takes them."""
        return self.keep(ffi.new("relight_bytes *", (self.keep(ffi.from_buffer("uint8_t[]", data)), len(data))))[0]

    def take(self, argument: Any) -> list[Any]:
        """What stands for an argument in C: a list is its items and their number."""
        if isinstance(argument, bytes):
            return [self.bytes(argument)]
        if isinstance(argument, list):
            return [self.keep(ffi.new("relight_bytes[]", [self.bytes(item) for item in argument])), len(argument)]
        return [argument]


def as_digest(digest: bytes) -> Any:
    """A digest as the library takes it."""
    if len(digest) != 32:
        raise ValueError(f"a digest has 32 bytes, and this has {len(digest)}")
    return ffi.new("relight_digest *", (tuple(digest),))


def as_watch(watch: Watch | None) -> tuple[Any, Any]:
    """A watch, and what it is called with."""
    return (ffi.NULL, ffi.NULL) if watch is None else (lib.python_watch, ffi.new_handle(watch))


@ffi.def_extern(error=False)  # type: ignore[untyped-decorator]
def python_watch(watcher: Any, done: int, total: int) -> bool:
    """Calls the watch of an audit. One that raises has its traceback printed, and stops the audit."""
    return bool(ffi.from_handle(watcher)(done, total))


def check(function: Any, *arguments: Any) -> None:
    """Calls a function, and raises what it refuses."""
    inputs, details = Inputs(), ffi.new("relight_details *")
    passed = [taken for argument in arguments for taken in inputs.take(argument)]
    try:
        if function(*passed, details) != lib.RELIGHT_RESULT_OK:
            raise Error(value(details[0]))
    finally:
        lib.relight_details_free(details)


def call(function: Any, *arguments: Any, out: str) -> Any:
    """What a function writes to its output, of this type, as Python has it. What the library allocated is freed."""
    result = ffi.new(f"{out} *")
    try:
        check(function, *arguments, result)
        return value(result[0])
    finally:
        getattr(lib, f"{out}_free")(result)


def value(found: Any) -> Any:
    """A value of C in Python: structures are dictionaries by their fields, buffers and digests are bytes."""
    if not isinstance(found, ffi.CData):
        return found
    kind = ffi.typeof(found)
    if kind.kind == "pointer":
        return text(found)
    if kind.kind == "array":
        return bytes(found)
    fields = dict(kind.fields)
    match [*fields]:
        case ["data", "len"]:
            return bytes(ffi.buffer(found.data, found.len)) if found.len else b""
        case ["items", "len"]:
            return items(found.items, found.len)
        case ["bytes"]:
            return bytes(found.bytes)
    counted = {name for name in fields if f"{name}_len" in fields}
    plain = {name for name in fields if name not in counted and name.removesuffix("_len") not in counted}
    structure = {name: value(getattr(found, name)) for name in plain}
    return structure | {name: items(getattr(found, name), getattr(found, f"{name}_len")) for name in counted}


def items(first: Any, count: int) -> list[Any]:
    """The items of an array."""
    return [value(first[place]) for place in range(count)]
