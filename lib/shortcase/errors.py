"""Everything that the book refuses, each with what was wrong, where, and how to put it right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

ADVICE = "To put it right: "
"""Begins the last sentence of a message, of which there is one."""


class ShortcaseError(Exception):
    """Base of all errors that a user of the book may meet.

    >>> str(ShortcaseError("The value is not a number", where="book/parameters.yml:12", mend="write 0.1"))
    'book/parameters.yml:12: The value is not a number. To put it right: write 0.1.'
    """

    exit_code = 2
    rule = ""
    """The rule of the book that is broken, where it is one that `shortcase check --explain` knows."""

    def __init__(self, what: str, *, where: str | None = None, mend: str | None = None) -> None:
        self.what = what.rstrip(".")
        self.where = where
        self.mend = mend.rstrip(".") if mend else None
        super().__init__(what)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        stop = "" if (self.mend or "").endswith("?") else "."
        advice = f" {ADVICE}{self.mend}{stop}" if self.mend else ""
        rule = f" [{self.rule}]" if self.rule else ""
        return f"{place}{self.what}.{advice}{rule}"

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process borders when chapters run in parallel; keyword arguments would be lost.
        return (_rebuild, (type(self), self.what, self.where, self.mend), vars(self))


def _rebuild(kind: type[ShortcaseError], what: str, where: str | None, mend: str | None) -> ShortcaseError:
    error = kind.__new__(kind)
    ShortcaseError.__init__(error, what, where=where, mend=mend)
    return error


ADD = {
    "parameter": "shortcase parameters lists those that are there; a new one is added to book/parameters.yml",
    "claim": "add its row to book/claims.csv",
    "scenario": "write it as a file of book/scenarios",
    "chapter": "write it as a file of book/ that begins like the others, and list it in _toc.yml",
    "number": 'record it in a chapter with number("key", "unit", formula, …)',
    "number or parameter": "record it in a chapter with number(…), or add it to book/parameters.yml",
    "table of facts": "add it as NAME.csv and NAME.yml to lib/shortcase/facts/tables",
    "unit": "add it to UNITS in lib/shortcase/show/units.py",
    "formula": "write it in lib/shortcase/model, with `Equation:` in its docstring",
    "reference": "add its entry to book/references.bib",
}
"""Where a new one of each kind is added: the advice where no name that there is comes near."""


class BadRequest(ShortcaseError):
    """The request names something that does not exist or cannot be."""


class BadParameter(ShortcaseError):
    """A parameter's name, type or value is refused."""


class BadFile(ShortcaseError):
    """A file of the project is broken: a duplicate key, a tab, a missing column, a wrong type."""


class BadSource(ShortcaseError):
    """A chapter's text breaks a rule of the book."""


class MissingFact(ShortcaseError):
    """A table, row or cell of the sourced facts is not there."""

    exit_code = 1


class LookAhead(ShortcaseError):
    """Something that became public after the as-of date was asked for, or fed a verdict."""

    exit_code = 1


class BadRecord(ShortcaseError):
    """A chapter recorded a number, claim or chart that the book cannot show."""

    exit_code = 1


class BuildFailed(ShortcaseError):
    """A chapter, or the rendering of the book, failed."""

    exit_code = 1


def nearest(name: str, names: Iterable[str], *, new: str = "") -> str:
    """Advice that names the closest of the names there are; where none is close, where a new one is added, if `new`.

    >>> nearest("elastcity", ["elasticity", "growth"])
    'did you mean elasticity?'
    >>> nearest("zzz", ["elasticity", "growth"])
    'the names are elasticity, growth'
    >>> nearest("zzz", ["elasticity", "growth"], new="add it to book/parameters.yml")
    'add it to book/parameters.yml'
    """
    known = sorted(names)
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]}?"
    if new:
        return new
    shown = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
    return f"the names are {shown}" if known else "there are none yet"


def at(path: Path | str, line: int | None = None, *, root: Path | None = None) -> str:
    """A place in a file as `file:line`, relative to the project where it can be.

    >>> at("book/parameters.yml", 3)
    'book/parameters.yml:3'
    """
    if isinstance(path, Path):
        path = (path.relative_to(root) if root is not None and path.is_relative_to(root) else path).as_posix()
    return f"{path}:{line}" if line else path
