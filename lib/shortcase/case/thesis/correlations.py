"""The stated correlations between uncertain inputs, and the matrix that they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from shortcase.case.parameters import registry
from shortcase.errors import ADD, BadFile, nearest
from shortcase.places import book, place
from shortcase.records import About, Figure, Listed, Text, Words, record
from shortcase.scalars import shown
from shortcase.yaml_lines import Lined, read

INSIDE = "write a figure such as 0.3"


@dataclass(frozen=True)
class Pair:
    """Two inputs, how their normal scores correlate, and why."""

    first: str
    second: str
    correlation: float
    reason: str


@dataclass(frozen=True)
class _Stated:
    """A pair as the file has it."""

    between: Words
    correlation: Figure
    reason: Text


@dataclass(frozen=True)
class _File:
    pairs: Listed


@cache
def pairs(path: Path | None = None) -> tuple[Pair, ...]:
    """The stated pairs, in the order of the file.

    Errors: BadFile with file and line for an unknown name, a pair that stands twice, or a correlation of one or more.
    """
    path = path or book() / "correlations.yml"
    raw = read(path)
    found: dict[frozenset[str], Pair] = {}
    for entry in record(_File, raw, About("the file of correlations", path, 1)).pairs:
        line = min(entry.lines.values(), default=raw.lines["pairs"]) if isinstance(entry, Lined) else raw.lines["pairs"]
        said = record(_Stated, entry, About("a pair", path, line))
        where = place(path, entry.lines["between"])
        pair = _pair(said, where)
        if frozenset((pair.first, pair.second)) in found:
            raise BadFile(f"{pair.first} and {pair.second} stand twice", where=where, mend="keep one")
        found[frozenset((pair.first, pair.second))] = pair
    return tuple(found.values())


def _pair(said: _Stated, where: str) -> Pair:
    names = said.between
    if len(names) != 2 or names[0] == names[1]:
        raise BadFile("between names two different parameters", where=where, mend="between: [one, other]")
    for name in names:
        if name not in registry():
            mend = nearest(name, registry(), new=ADD["parameter"])
            raise BadFile(f"There is no parameter {shown(name)}", where=where, mend=mend)
    if not -1.0 < said.correlation < 1.0:
        raise BadFile(f"The correlation {said.correlation:g} is no figure between -1 and 1", where=where, mend=INSIDE)
    return Pair(names[0], names[1], said.correlation, said.reason)


def matrix(names: Sequence[str], stated: Sequence[Pair] | None = None) -> np.ndarray:
    """Correlations between given inputs, one where an input meets itself and zero where nothing is stated.

    Errors: BadFile where no set of variables can have such correlations (an eigenvalue is not above zero).
    """
    found = np.eye(len(names))
    for pair in pairs() if stated is None else stated:
        if pair.first in names and pair.second in names:
            i, j = names.index(pair.first), names.index(pair.second)
            found[i, j] = found[j, i] = pair.correlation
    least = float(np.linalg.eigvalsh(found)[0])
    if least <= 1e-9:
        raise BadFile(
            f"The correlations contradict one another: the least eigenvalue of their matrix is {least:.3g}",
            where="book/correlations.yml",
            mend="bring the strongest of them nearer to zero",
        )
    return found


def tied(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The places of the inputs that hang together with any other, and the correlations among them.

    >>> tied(np.array([[1.0, 0.0, 0.5], [0.0, 1.0, 0.0], [0.5, 0.0, 1.0]]))[0].tolist()
    [0, 2]
    """
    places = np.flatnonzero(np.count_nonzero(matrix, axis=1) > 1)
    return places, matrix[np.ix_(places, places)]
