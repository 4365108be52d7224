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
from shortcase.yaml_lines import Lined, read

FIELDS = {"between", "correlation", "reason"}


@dataclass(frozen=True)
class Pair:
    """Two inputs, how their normal scores correlate, and why."""

    first: str
    second: str
    correlation: float
    reason: str


@cache
def pairs(path: Path | None = None) -> tuple[Pair, ...]:
    """The stated pairs, in the order of the file.

    Errors: BadFile with file and line for an unknown name, a pair that stands twice, or a correlation of one or more.
    """
    path = path or book() / "correlations.yml"
    raw = read(path)
    entries = raw.get("pairs")
    if set(raw) != {"pairs"} or not isinstance(entries, list):
        raise BadFile("The file holds a list named pairs, and nothing else", where=place(path, 1))
    found: dict[frozenset[str], Pair] = {}
    for entry in entries:
        if not isinstance(entry, Lined) or set(entry) != FIELDS:
            line = entry.lines[next(iter(entry))] if isinstance(entry, Lined) and entry else 1
            raise BadFile("A pair has between, correlation and reason", where=place(path, line))
        pair = _pair(entry, place(path, entry.lines["between"]))
        if frozenset((pair.first, pair.second)) in found:
            where = place(path, entry.lines["between"])
            raise BadFile(f"{pair.first} and {pair.second} stand twice", where=where, mend="keep one")
        found[frozenset((pair.first, pair.second))] = pair
    return tuple(found.values())


def _pair(entry: Lined, where: str) -> Pair:
    names, value = entry["between"], entry["correlation"]
    if not isinstance(names, list) or len(names) != 2 or names[0] == names[1]:
        raise BadFile("between names two different parameters", where=where, mend="between: [one, other]")
    for name in names:
        if name not in registry():
            raise BadFile(
                f"There is no parameter {name!r}",
                where=where,
                mend=nearest(str(name), registry(), new=ADD["parameter"]),
            )
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not -1.0 < value < 1.0:
        raise BadFile(f"The correlation {value!r} is no figure between -1 and 1", where=where)
    return Pair(str(names[0]), str(names[1]), float(value), str(entry["reason"]))


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
