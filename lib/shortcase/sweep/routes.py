"""The three routes, each as columns and as a stream of finished parts: what `run` keeps as it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from shortcase.case.thesis.draws import PORTION
from shortcase.errors import BadRequest
from shortcase.publish.request import Layout, Progress
from shortcase.publish.run.workers import engine_of
from shortcase.results.columns import Column
from shortcase.sweep import failures, live, thesis
from shortcase.sweep.asked import LIVE, NOTEBOOK, THESIS, Sweep, kept, moved, refuse_unread
from shortcase.sweep.baseline import Baseline, baseline, columns_of
from shortcase.sweep.design import Points

Found = tuple[int, dict[str, Any]]
"""The first of some points, and their rows by column; a single one's where its values are no lists."""
UNDEFINED = "A figure of the valuation is not finite here"


@dataclass
class Route:
    """One way to compute points: the columns it gives, and what it leaves out, each with why."""

    asked: Sweep
    points: Points
    columns: list[Column] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)

    @property
    def repeat(self) -> failures.Repeat:
        """How a failed point is asked for again."""
        return failures.Repeat(self.asked.chapter, self.asked.request)

    def compute(self, missing: np.ndarray) -> Iterator[Found]:
        """The missing points, in whatever order they are done."""
        raise NotImplementedError


class ThesisRoute(Route):
    """The valuation, a portion at a time, as many portions side by side as there are cores."""

    def __init__(self, asked: Sweep, points: Points) -> None:
        super().__init__(asked, points)
        refuse_unread(points, thesis.read_by(), "The valuation")
        wanted = set(kept([one.key for one in thesis.OUTPUTS], asked.keep))
        self.outputs = [one for one in thesis.OUTPUTS if one.key in wanted]
        self.columns = [one.column() for one in self.outputs]

    def compute(self, missing: np.ndarray) -> Iterator[Found]:
        """The missing points in portions."""
        jobs = list(_runs(missing, PORTION))
        cores = self.asked.request.jobs
        with ThreadPoolExecutor(cores) as pool:
            for at in range(0, len(jobs), 2 * cores):
                yield from pool.map(self._portion, jobs[at : at + 2 * cores])

    def _portion(self, job: tuple[int, int]) -> Found:
        first, end = job
        some = self.points.between(first, end)
        rows: dict[str, Any] = thesis.compute(some, self.outputs)
        told: dict[str, list[Any]] = {column.key: [None] * len(some) for column in failures.COLUMNS}
        bad = ~np.all([np.isfinite(values) for values in rows.values()], axis=0)
        for number in np.flatnonzero(bad).tolist():
            cause = some.senseless.get(number, UNDEFINED)
            for key, value in failures.row(cause, self.repeat.command(some.moved(number))).items():
                told[key][number] = value
        return first, {**rows, **told}


class LiveRoute(Route):
    """A chapter's live graph, one for each set of words and days that the points have."""

    def __init__(self, asked: Sweep, points: Points, paths: Layout, say: Progress) -> None:
        super().__init__(asked, points)
        self.groups = []
        for shared, places in points.groups():
            base = _baseline(asked, shared, paths, say)
            refuse_unread(points, {"as_of", *base.code.parameters_read}, base.chapter)
            wanted = kept([*base.numbers, *base.claims], asked.keep)
            some = Points(shared, {n: points.columns[n][places] for n in points.figures}, points.about)
            made = live.proved(live.live(base, wanted), some, asked.seed) if points.figures else live.live(base, wanted)
            self.left_out |= dict(made.left_out)
            self.groups.append((places, made))
        self.columns = [c for c in columns_of(self.groups[0][1].base) if c.key in set(wanted) - self.left_out.keys()]
        if not self.columns:
            why = next(iter(self.left_out.values()))
            what = f"Nothing that is wanted of {asked.chapter} is live: {why}"
            raise BadRequest(what, where="--chapter", mend="add --notebook, which runs the chapter at each point")

    def compute(self, missing: np.ndarray) -> Iterator[Found]:
        """The missing points in portions that fit the memory."""
        whose = np.zeros(len(self.points), int)
        for i, (places, _) in enumerate(self.groups):
            whose[places] = i
        portion = min(made.portion for _, made in self.groups)
        for first, end in _runs(missing, portion, whose):
            made = self.groups[whose[first]][1]
            some = self.points.between(first, end)
            one = Points({**made.base.values, **some.base, **_shared(some)}, some.columns, some.about, some.named)
            yield first, live.compute(made, one, self.repeat)


class NotebookRoute(Route):
    """A chapter's notebook, point by point, on a Dask cluster."""

    def __init__(self, asked: Sweep, points: Points, paths: Layout, say: Progress) -> None:
        super().__init__(asked, points)
        shared, _ = next(points.groups())
        self.base = _baseline(replace(asked, request=replace(asked.request, live=False)), shared, paths, say)
        refuse_unread(points, {"as_of", *self.base.code.parameters_read}, self.base.chapter)
        wanted = set(kept([*self.base.numbers, *self.base.claims], asked.keep))
        self.columns = [column for column in columns_of(self.base) if column.key in wanted]

    def compute(self, missing: np.ndarray) -> Iterator[Found]:
        """The missing points, each as it comes."""
        from shortcase.sweep import kitchen  # noqa: PLC0415 - Dask is heavy, and only this route wants it
        from shortcase.sweep.pack import pack  # noqa: PLC0415

        request = self.asked.request
        keep = frozenset(column.key for column in self.columns)
        packed = pack(self.base, keep, engine_of(request), request.timeout_s)
        waiting = []
        for number in missing.tolist():
            if number in self.points.senseless:
                cause = self.points.senseless[number]
                yield number, failures.row(cause, self.repeat.command(self.points.moved(number)))
            else:
                waiting.append(number)
        if not waiting:
            return
        workers = min(request.jobs, len(waiting))
        with kitchen.cluster(self.asked.scheduler, workers) as client:
            for told in kitchen.baked(client, packed, moved(self.points, waiting)):
                yield told["number"], self._row(told)

    def _row(self, told: dict[str, Any]) -> dict[str, Any]:
        if "found" in told:
            return dict(told["found"])
        command = self.repeat.command(self.points.moved(told["number"]))
        return failures.row(told["cause"], command, told["cell"], told["at"])


def route(asked: Sweep, points: Points, paths: Layout, say: Progress) -> Route:
    """The route that a sweep asks for."""
    made: dict[str, Callable[[], Route]] = {
        THESIS: lambda: ThesisRoute(asked, points),
        LIVE: lambda: LiveRoute(asked, points, paths, say),
        NOTEBOOK: lambda: NotebookRoute(asked, points, paths, say),
    }
    return made[asked.route]()


def _baseline(asked: Sweep, values: Any, paths: Layout, say: Progress) -> Baseline:
    assert asked.chapter is not None  # noqa: S101 - the route has looked
    return baseline(asked.chapter, values, asked.request, paths, say)


def _shared(points: Points) -> dict[str, Any]:
    """The words and days of points that share them."""
    return {name: points.moved(0)[name] for name in points.columns if name not in points.figures}


def _runs(missing: np.ndarray, most: int, whose: Sequence[int] | np.ndarray | None = None) -> Iterator[tuple[int, int]]:
    """The missing points as runs without a gap, so many at most, each within one group.

    >>> list(_runs(np.array([0, 1, 2, 5, 6]), 2))
    [(0, 2), (2, 3), (5, 7)]
    """
    if not len(missing):
        return
    first = last = int(missing[0])
    for number in missing[1:].tolist():
        apart = whose is not None and whose[number] != whose[first]
        if number != last + 1 or number - first >= most or apart:
            yield first, last + 1
            first = number
        last = number
    yield first, last + 1
