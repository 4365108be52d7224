"""A revision of the repository, laid out in a folder of its own that goes when the comparison is done.

What git archives is written out, and nothing in the repository itself is changed: no worktree is registered that an
interrupted command would leave behind.
"""

from __future__ import annotations

import contextlib
import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from shortcase.errors import BadRequest
from shortcase.places import MARK


@contextlib.contextmanager
def laid_out(commit: str, root: Path) -> Iterator[Path]:
    """The files of a commit, as long as they are needed.

    Errors: BadRequest where git cannot give them, or they hold no book.
    """
    asked = ["git", "archive", "--format=tar", commit]
    told = subprocess.run(asked, cwd=root, capture_output=True, check=False)  # noqa: S603
    if told.returncode:
        what = f"git cannot give the files of {commit}: {told.stderr.decode(errors='replace').strip()}"
        raise BadRequest(what, where="compare", mend="fetch the whole history")
    with tempfile.TemporaryDirectory(prefix="shortcase-") as folder:
        with tarfile.open(fileobj=io.BytesIO(told.stdout)) as files:
            files.extractall(folder, filter="data")
        place = Path(folder).resolve()
        if not (place / MARK).is_file():
            what = f"{commit[:12]} has no {MARK.as_posix()}"
            raise BadRequest(what, where="compare", mend="name a revision that has the book")
        yield place
