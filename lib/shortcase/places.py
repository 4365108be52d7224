"""Where the project's files are, wherever a command, a kernel or a test happens to run, and how messages name them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from shortcase.errors import BadFile, BadRequest, at

MARK = Path("book") / "parameters.yml"


def root(start: Path | None = None) -> Path:
    """Folder of the project: the nearest one upwards from `start` (default: here) that holds book/parameters.yml.

    Falls back to the checkout that this package is installed from, so that a notebook opened anywhere finds its book.

    Errors: BadRequest where neither has a book.
    """
    here = (start or Path.cwd()).absolute()
    try:
        return _nearest(here)[0]
    except LookupError:
        what = f"No {MARK.as_posix()} in {here.name} or above it"
        raise BadRequest(what, mend="run the command inside a checkout of the book") from None


@cache
def _nearest(folder: Path) -> tuple[Path, Path]:
    """The project that a folder belongs to, and the folder itself, both resolved; looked for once a folder.

    Errors: LookupError where there is none, which is not kept: it may come.
    """
    here = folder.resolve()
    installed = Path(__file__).resolve().parents[2]
    for above in (here, *here.parents, installed):
        if (above / MARK).is_file():
            return above, here
    raise LookupError(folder)


def book(start: Path | None = None) -> Path:
    """The folder of chapters, parameters and claims."""
    return root(start) / "book"


def place(path: Path, line: int | None = None) -> str:
    """`file:line` as the reader of an error wants it, from the project's root."""
    try:
        return at(_name(path.absolute()), line)
    except LookupError:  # a file outside any project still has a name
        return at(path, line)


@cache
def _name(path: Path) -> str:
    """A file's name from the root of its project; made once, for a place is named for each record that is read."""
    project, folder = _nearest(path.parent)
    return at(folder / path.name, root=project)


def is_ours(path: Path) -> bool:
    """Whether a file belongs to the book, by its name: what an editor keeps beside it (.#page.md, page.md~) does not.

    >>> [is_ours(Path(name)) for name in ("page.md", ".#page.md", "page.md~", "#page.md#")]
    [True, False, False, False]
    """
    return not path.name.startswith((".", "#")) and not path.name.endswith("~")


def ours(folder: Path, pattern: str) -> list[Path]:
    """The files of the book in a folder, by name."""
    return sorted(path for path in folder.glob(pattern) if is_ours(path))


def text(path: Path) -> str:
    """What a file of the project says, without the mark that some editors set before the first character.

    Errors: BadFile where it is not there, cannot be read, or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise BadFile("The file is not there", where=place(path), mend="restore it") from None
    except UnicodeDecodeError as error:
        raise BadFile(f"The file is not UTF-8 ({error.reason})", where=place(path), mend="save it as UTF-8") from None
    except OSError as error:
        what = f"The file cannot be read ({error.strerror})"
        raise BadFile(what, where=place(path), mend="make it a file that you may read") from None
