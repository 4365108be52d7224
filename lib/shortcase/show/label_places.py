"""Where on a chart the name of each line has room, so that it lies on nothing else and belongs to one line.

A direct label spares the reader the way to a legend and back. It stands in the plot, at an end of its line or else
along it, where every name finds room so: the line with the fewest places chooses first. Lines that run too close for
that are named right of the plot, which then is narrower, each as near to its end as its neighbours let it. All lengths
are pixels of the plot, from its upper left corner.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, pairwise, product

import numpy as np

PLOT = (270.0, 260.0)
"""The plot of a chart on a phone: what has room there has room on a wide page."""
LETTER, LINE = 6.8, 14.0
"""Width of a bold letter, and height of a line of words, at the size of `theme`."""
GAPS = (4, 8, 13)
"""Between a name and the point of the line that it stands at."""
ALONG = (1.0, 0.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)
"""Points of a line that a name may stand at, as parts of their number: its ends, then from the last to the first."""
ABOVE = 20.0
"""Room above the plot, where the title of the axis stands."""
CLEAR, NEARER = 3.0, 5.0
"""How far a name stays from every line, and by how much it is nearer to its own than to any other."""
ALIGNED = {"right": 1.0, "left": 0.0, "center": 0.5}
"""Part of a name that lies left of its anchor."""
BROKEN = 14
"""Letters of a line into which a long name is broken, where it has no room in one, and beside the plot."""
OUTSIDE, OFF = 0.9, 16.0
"""How far right the lines run whose names may stand beside the plot, and how far from its line such a name may be."""

Path = Sequence[tuple[float, float]]
"""A line as its points."""


@dataclass(frozen=True)
class Box:
    """A part of the plot."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether both have a point in common."""
        apart = self.right < other.left or other.right < self.left or self.bottom < other.top or other.bottom < self.top
        return not apart


@dataclass(frozen=True)
class Place:
    """Where a name stands: at which part of its line, how far right of it, or of the plot, and how far below it."""

    at: float
    dx: float
    dy: float
    align: str
    words: str
    outside: bool = False


def within(paths: Mapping[str, Path], taken: Sequence[Box]) -> dict[str, Place] | None:
    """A place for the name of each line, or None where they have none.

    >>> found = within({"up": [(0.0, 100.0), (270.0, 20.0)], "down": [(0.0, 150.0), (270.0, 240.0)]}, [])
    >>> [(name, place.at, place.align, place.dy) for name, place in found.items()]
    [('up', 1.0, 'right', -18.0), ('down', 1.0, 'right', 4)]
    >>> within({"up": [(0.0, 100.0), (270.0, 20.0)]}, [Box(0.0, -20.0, *PLOT)]) is None
    True
    """
    lines = _Lines([_dense(path) for path in paths.values()])
    free = {
        name: _with_room([one for one in _tried(name, path) if _is_free(one[1], taken)], number, lines)
        for number, (name, path) in enumerate(paths.items())
    }
    found: dict[str, Place] = {}
    used: list[Box] = []
    for name in sorted(free, key=lambda one: len(free[one])):
        first = next(((place, box) for place, box in free[name] if not any(box.meets(other) for other in used)), None)
        if first is None:
            return None
        found[name] = first[0]
        used.append(first[1])
    return {name: found[name] for name in paths}


def beside(paths: Mapping[str, Path]) -> dict[str, Place] | None:
    """A place right of the plot for the name of each line; None where lines end elsewhere, at one point, or in a crowd.

    >>> found = beside({"up": [(0.0, 9.0), (270.0, 20.0)], "down": [(0.0, 9.0), (270.0, 24.0)]})
    >>> [(name, place.dy) for name, place in found.items()]
    [('up', -12.0), ('down', -2.0)]
    """
    ends = {name: path[-1] for name, path in paths.items()}
    order = sorted(ends, key=lambda name: ends[name][1])
    heights = [ends[name][1] for name in order]
    high = [LINE * len(broken(name).split("\n")) for name in order]
    if min(x for x, _ in ends.values()) < OUTSIDE * PLOT[0] or any(low - up < 1 / 2 for up, low in pairwise(heights)):
        return None
    tops = spread([y - tall / 2 for y, tall in zip(heights, high, strict=True)], high, (-LINE / 2, PLOT[1] + LINE / 2))
    if any(not top - OFF <= y <= top + tall + OFF for y, top, tall in zip(heights, tops, high, strict=True)):
        return None
    where = dict(zip(order, tops, strict=True))
    return {
        name: Place(1.0, GAPS[1], where[name] - ends[name][1], "left", broken(name), outside=True) for name in paths
    }


def spread(wanted: Sequence[float], high: Sequence[float], ends: tuple[float, float]) -> list[float]:
    """Tops of things that may not overlap, in the order given, as near as can be to where each is wanted.

    Neighbours that would overlap stand one under the other, around the mean of what they want, which is the isotonic
    regression by pooling adjacent violators (Barlow and others 1972); `ends` are the highest top and the lowest foot.

    >>> spread([0.0, 4.0, 100.0], [10.0, 10.0, 10.0], (-20.0, 200.0))
    [-3.0, 7.0, 100.0]
    >>> spread([0.0, 4.0, 100.0], [10.0, 10.0, 10.0], (0.0, 90.0))
    [0.0, 10.0, 80.0]
    """
    before = np.concatenate([[0.0], np.cumsum(high)[:-1]])
    pools: list[list[float]] = []
    for one in np.asarray(wanted) - before:
        pools.append([float(one)])
        while len(pools) > 1 and np.mean(pools[-2]) > np.mean(pools[-1]):
            pools[-2:] = [pools[-2] + pools[-1]]
    level = np.concatenate([np.full(len(pool), np.mean(pool)) for pool in pools])
    return [float(top) for top in np.clip(level, ends[0], ends[1] - sum(high)) + before]


def broken(name: str) -> str:
    r"""A name in as few lines as keep it narrow, none of them much shorter than another.

    >>> broken("payable, as the price has it")
    'payable, as\nthe price\nhas it'
    """
    wrapped = [textwrap.wrap(name, width, break_long_words=False) for width in range(1, BROKEN + 1)]
    return "\n".join(next(rows for rows in wrapped if len(rows) <= len(wrapped[-1])))


def _tried(name: str, path: Path) -> Iterator[tuple[Place, Box]]:
    """Every place that a name may have, the best first."""
    for words, at in product(dict.fromkeys([name, broken(name)]), ALONG):
        x, y = path[round(at * (len(path) - 1))]
        rows = words.split("\n")
        wide, high = LETTER * max(map(len, rows)), LINE * len(rows)
        for gap, align, up in product(GAPS, ALIGNED, (True, False)):
            dy = -gap - high if up else gap
            left = x - ALIGNED[align] * wide
            yield Place(at, 0, dy, align, words), Box(left, y + dy, left + wide, y + dy + high)
        for gap, align in product(GAPS, ("left", "right")):  # beside the point, at its height
            dx = gap if align == "left" else -gap
            left = x + dx - ALIGNED[align] * wide
            yield Place(at, dx, -high / 2, align, words), Box(left, y - high / 2, left + wide, y + high / 2)


def _is_free(box: Box, taken: Sequence[Box]) -> bool:
    within_plot = box.left >= 0 and box.right <= PLOT[0] + CLEAR and box.top >= -ABOVE and box.bottom <= PLOT[1]
    return within_plot and not any(box.meets(other) for other in taken)


def _with_room(tried: Sequence[tuple[Place, Box]], own: int, lines: _Lines) -> list[tuple[Place, Box]]:
    """Of places for the name of a line, those that are clear of every line and nearer to their own than to others."""
    far = lines.far([box for _, box in tried])
    nearest = np.delete(far, own, axis=1).min(axis=1, initial=np.inf)
    room = (far[:, own] >= CLEAR) & (nearest >= np.maximum(far[:, own] + NEARER, CLEAR))
    return list(compress(tried, room))


class _Lines:
    """All lines as points, one line after the other: a look at a place is a look at all of them."""

    def __init__(self, lines: Sequence[np.ndarray]) -> None:
        self.x, self.y = np.concatenate(lines).T.copy()
        self.firsts = np.cumsum([0, *map(len, lines[:-1])])

    def far(self, boxes: Sequence[Box]) -> np.ndarray:
        """How far the nearest point of each line lies from each box; nought inside it: shape (boxes, lines)."""
        edges = np.array([(box.left, box.top, box.right, box.bottom) for box in boxes]).reshape(-1, 4)
        left, top, right, bottom = edges.T[..., np.newaxis]
        aside = np.maximum(np.maximum(left - self.x, self.x - right), 0.0)
        away = np.maximum(np.maximum(top - self.y, self.y - bottom), 0.0)
        found: np.ndarray = np.minimum.reduceat(np.hypot(aside, away), self.firsts, axis=1)
        return found


def _dense(path: Path, step: float = 3.0) -> np.ndarray:
    """Points of a line so close that nothing fits between two of them: shape (points, 2)."""
    corners = np.asarray(path, dtype=float)
    counts = np.maximum((np.hypot(*np.diff(corners, axis=0).T) / step).astype(int), 1)
    at = np.concatenate([[0.0], *(k + np.arange(1, count + 1) / count for k, count in enumerate(counts))])
    return np.stack([np.interp(at, np.arange(len(corners)), column) for column in corners.T], axis=-1)
