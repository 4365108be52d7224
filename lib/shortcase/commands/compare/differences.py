"""What differs between two sides: verdicts first, then figures by how far they move in what a reader sees."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shortcase.case.claims import WEIGHTS
from shortcase.commands.compare.causes import Cause
from shortcase.show.units import fmt

SAME = 1e-12
"""Relative difference below which two figures are one: the last bits differ with the order of a sum."""
FIGURE = re.compile(r"\d[\d,]*(?:\.(\d+))?")
Rows = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Flip:
    """A claim whose verdict is another, or that came to the other side of its turn."""

    claim: str
    weight: str
    paraphrase: str
    old: str
    new: str
    old_text: str
    new_text: str
    causes: Sequence[Cause] = ()


@dataclass(frozen=True)
class Move:
    """A number whose printed figure is another; `steps` counts in the last digit that a reader sees."""

    key: str
    chapter: str
    label: str
    old: float
    new: float
    old_text: str
    new_text: str
    unit: str
    steps: float
    causes: Sequence[Cause] = ()


@dataclass(frozen=True)
class Differences:
    """Everything that differs between two sides."""

    flips: Sequence[Flip] = ()
    moves: Sequence[Move] = ()
    beneath: Sequence[str] = ()
    same: int = 0
    appeared: Sequence[str] = ()
    vanished: Sequence[str] = ()
    renamed: Sequence[tuple[str, str]] = ()
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def none(self) -> bool:
        """Whether nothing that a reader sees differs."""
        return not (self.flips or self.moves or self.appeared or self.vanished or self.renamed or self.texts)


def flips(old: Rows, new: Rows) -> list[Flip]:
    """Claims of both sides whose verdict differs, by what hangs on them; then those that came or went."""
    found = []
    for name in {**old, **new}:
        one, other = old.get(name), new.get(name)
        if _judged(one) == _judged(other):
            continue
        row = other or one or {}
        before, after = (str((side or {}).get("computed_text") or "") for side in (one, other))
        found.append(Flip(name, row["weight"], row["paraphrase"], _verdict(one), _verdict(other), before, after))
    rank = {weight: place for place, weight in enumerate(WEIGHTS)}
    return sorted(found, key=lambda flip: (rank.get(flip.weight, len(rank)), flip.claim))


def _judged(row: Mapping[str, Any] | None) -> tuple[Any, Any] | None:
    return (row["verdict"], row.get("side")) if row else None


def _verdict(row: Mapping[str, Any] | None) -> str:
    if row is None:
        return "no such claim"
    return f"{row['verdict']} (here: {row['side']})" if row.get("side") else str(row["verdict"])


def moves(old: Rows, new: Rows) -> tuple[list[Move], list[str], int]:
    """Numbers of both sides whose printed figures differ, the largest first; those that differ beneath; how many stay.

    >>> row = {"value": 0.5534, "unit": "share", "digits": None, "label": "Share", "chapter": "c"}
    >>> (one,), beneath, same = moves({"k": row}, {"k": {**row, "value": 0.5634}})
    >>> one.old_text, one.new_text, round(one.steps)
    ('55.3%', '56.3%', 10)
    """
    found, beneath, same = [], [], 0
    for key in (key for key in new if key in old):
        one, other = old[key], new[key]
        texts = [fmt(row["value"], row["unit"], row.get("digits")) for row in (one, other)]
        if texts[0] != texts[1]:
            a, b = float(one["value"]), float(other["value"])
            about = (str(other["chapter"]), str(other["label"]))
            found.append(Move(key, *about, a, b, texts[0], texts[1], str(other["unit"]), _steps(a, b, texts)))
        elif math.isclose(one["value"], other["value"], rel_tol=SAME, abs_tol=0.0):
            same += 1
        else:
            beneath.append(key)
    return sorted(found, key=lambda move: (-move.steps, move.key)), beneath, same


def _steps(old: float, new: float, texts: Sequence[str]) -> float:
    """How far apart two figures are, counted in the finer of their last printed digits."""
    steps = [step for value, text in zip((old, new), texts, strict=True) if (step := printed_step(value, text))]
    return abs(new - old) / min(steps) if steps else math.inf


def printed_step(value: float, text: str) -> float:
    """What one more in the last printed digit would be; 0 where nothing but zero is printed.

    >>> printed_step(3.35e12, "3.35 TB/s") == 1e10, printed_step(0.5534, "55.3%")
    (True, 0.001)
    """
    found = FIGURE.search(text)
    mantissa = float(found[0].replace(",", "")) if found else 0.0
    if not found or mantissa == 0.0 or value == 0.0:
        return 0.0
    scale = 10.0 ** round(math.log10(abs(value) / mantissa))
    return float(scale * 10.0 ** -len(found[1] or ""))


def names(old: Rows, new: Rows) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    """Numbers that appeared, that vanished, and those that only have another name: same formula, value and place."""
    gone, come = [key for key in old if key not in new], [key for key in new if key not in old]
    renamed = []
    for key in list(gone):
        twins = [other for other in come if _one(old[key], new[other])]
        if len(twins) == 1:
            renamed.append((key, twins[0]))
            gone.remove(key)
            come.remove(twins[0])
    return come, gone, renamed


def _one(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    same = all(old.get(field) == new.get(field) for field in ("function", "part", "unit", "chapter"))
    return same and math.isclose(old["value"], new["value"], rel_tol=SAME, abs_tol=0.0)


def texts(old: Mapping[str, tuple[str, str]], new: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Pages that say something else: new, gone, or with other prose, other code, or both."""
    found = {}
    for name in sorted({*old, *new}):
        if name not in old or name not in new:
            found[name] = "a new page" if name in new else "the page is gone"
        elif old[name] != new[name]:
            kinds = [kind for kind, a, b in zip(("prose", "code"), old[name], new[name], strict=True) if a != b]
            found[name] = " and ".join(kinds)
    return found
