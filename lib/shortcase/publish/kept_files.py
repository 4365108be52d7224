"""Files kept from one build to the next, each of which proves itself: one that is cut, empty or another's is none."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

from shortcase.publish.files import write

MOST = 1000
"""Files that are kept in a folder; those not asked for the longest go."""


def kept(path: Path) -> bytes | None:
    """What was kept under a name, where it is whole and was kept under this name."""
    with contextlib.suppress(OSError, ValueError):
        proof, body = path.read_bytes().split(b"\n", 1)
        if proof == _proof(path.name, body):
            os.utime(path)
            return body
    return None


def keep(path: Path, body: bytes, most: int = MOST) -> None:
    """Keep something under a name, whole or not at all; where there is no room, it is made again the next time."""
    with contextlib.suppress(OSError):
        write(path, _proof(path.name, body) + b"\n" + body)
        for old in sorted(path.parent.iterdir(), key=lambda one: one.stat().st_mtime, reverse=True)[most:]:
            old.unlink(missing_ok=True)


def _proof(name: str, body: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\0" + body).hexdigest().encode()
