"""Everything wrong with a request or a text, told at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shortcase.errors import BuildFailed, ShortcaseError


class Refused(ShortcaseError):
    """Several problems, each with file, line and how to put it right.

    >>> from shortcase.errors import BadSource
    >>> print(Refused([BadSource("One thing", where="a.md:1"), BadSource("Another", where="a.md:2")]))
    a.md:1: One thing.
    a.md:2: Another.
    """

    def __init__(self, problems: Iterable[ShortcaseError]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(p.what for p in self.problems))

    def __str__(self) -> str:
        return "\n".join(dict.fromkeys(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[object, ...]:
        return (Refused, (self.problems,), vars(self))


def refuse(problems: Iterable[ShortcaseError]) -> None:
    """Raise what has been found, if anything.

    >>> refuse([])
    """
    found = list(problems)
    if len(found) == 1:
        raise found[0]
    if found:
        raise Refused(found)


def raise_failures(failures: Sequence[BuildFailed]) -> None:
    """Raise what has failed, if anything.

    >>> raise_failures([])
    """
    if len(failures) == 1:
        raise failures[0]
    if failures:
        many = Refused(failures)
        many.exit_code = BuildFailed.exit_code
        raise many
