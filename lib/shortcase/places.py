"""Where the project's files are, wherever a command, a kernel or a test happens to run."""

from __future__ import annotations

from pathlib import Path

from shortcase.errors import BadRequest

MARK = Path("book") / "parameters.yml"


def root(start: Path | None = None) -> Path:
    """Folder of the project: the nearest one upwards from `start` (default: here) that holds book/parameters.yml.

    Falls back to the checkout that this package is installed from, so that a notebook opened anywhere finds its book.

    Errors: BadRequest where neither has a book.
    """
    here = (start or Path.cwd()).resolve()
    installed = Path(__file__).resolve().parents[2]
    for folder in (here, *here.parents, installed):
        if (folder / MARK).is_file():
            return folder
    raise BadRequest(
        f"No {MARK.as_posix()} in {here.name} or above it",
        mend="run the command inside a checkout of the book",
    )


def book(start: Path | None = None) -> Path:
    """The folder of chapters, parameters and claims."""
    return root(start) / "book"
