"""Which files a chapter opens by itself: it depends on each, beside what its code names and the lib reads for it."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from types import FrameType

import shortcase
from shortcase.publish.fingerprint import digest

HOME = str(Path(shortcase.__file__).parent) + os.sep
CELL = ("<ipython-input-", "<string")
"""How the name of the file begins under which IPython compiles a cell; a kernel's is in a folder called ipykernel_…."""
NEVER = tuple(f"/{name}/" for name in ("proc", "sys", "dev", "etc", "usr", "lib"))
"""Folders of the system, which no build depends on more than on the system itself."""
NOTE, ROOT = "SHORTCASE_OPENED", "SHORTCASE_ROOT"
"""Environment variables by which a kernel learns where to note what it opens, and where the book is."""


def watch(note: Path, root: Path) -> None:
    """From now on to the end of this process, note each file that is opened to be read, by whoever but our own lib.

    What the lib opens (parameters, claims, tables) is in the chapter's key already, and there entry by entry.
    """
    out = os.open(note, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    ignored = (*NEVER, *(f"{Path(p).resolve()}{os.sep}" for p in (sys.prefix, sys.base_prefix, HOME, note.parent)))
    build = f"{root.resolve()}{os.sep}_build{os.sep}"
    seen: set[str] = set()

    def heard(event: str, arguments: tuple[object, ...]) -> None:
        if event != "open" or not isinstance(arguments[0], (str, bytes, os.PathLike)) or _writes(*arguments[1:3]):
            return
        path = _source(os.path.realpath(os.fsdecode(arguments[0])))
        if path in seen or path.startswith((*ignored, build)) or _by_the_lib(sys._getframe(1)):
            return
        seen.add(path)
        os.write(out, f"{path}\n".encode())

    sys.addaudithook(heard)


def digests(note: Path) -> dict[str, str]:
    """What was opened, each file with a digest of what it says now."""
    if not note.is_file():
        return {}
    paths = note.read_text(encoding="utf-8").splitlines()
    return {path: digest(path) for path in sorted(paths) if not Path(path).is_dir()}


def _writes(mode: object, flags: object) -> bool:
    if isinstance(mode, str):
        return bool(set(mode) & set("wax"))
    return isinstance(flags, int) and flags & os.O_ACCMODE != os.O_RDONLY


def _source(path: str) -> str:
    """The module behind a compiled one."""
    if path.endswith(".pyc"):
        try:
            return importlib.util.source_from_cache(path)
        except ValueError:
            return path
    return path


def _by_the_lib(frame: FrameType | None) -> bool:
    """Whether our own lib opens a file, for a cell or for itself; not where a cell does, by another's lib."""
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(HOME):
            return True
        if name.startswith(CELL) or "ipykernel_" in name:
            return False
        frame = frame.f_back
    return False
