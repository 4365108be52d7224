"""A sweep from its request to its file: taken up where it was left, computed, written, drawn."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shortcase.publish.collect.manifest import commit, version
from shortcase.publish.read import pages
from shortcase.publish.request import Layout, layout
from shortcase.publish.request import Progress as Say
from shortcase.results.columns import POINT, Column
from shortcase.results.writing import Writer, ending
from shortcase.sweep import failures
from shortcase.sweep.asked import Sweep
from shortcase.sweep.baseline import swept
from shortcase.sweep.design import Points
from shortcase.sweep.folder import Folder, missing
from shortcase.sweep.identity import identity
from shortcase.sweep.progress import Progress
from shortcase.sweep.routes import Route, route

PACKAGES = ("shortcase", "dask", "distributed", "numpy", "papermill", "pyarrow", "scipy")
NUMBER = Column("point", POINT, "int", label="Number of the point in the design")
NAMED = Column("scenario", POINT, "text", label="Scenario of the point")


@dataclass(frozen=True)
class Report:
    """What a sweep did."""

    out: Path
    points: int
    computed: int
    failed: int
    columns: tuple[Column, ...]
    left_out: Mapping[str, str]
    chart: Path | None = field(default=None)


def run(asked: Sweep, say: Say) -> Report:
    """Compute a sweep's points, as far as its folder lacks them, and write its file.

    The points are kept in a folder beside the file as they come, so that a sweep which is killed can be taken up.

    Errors: BadRequest, BadParameter or BadFile before anything is computed; those of a build of the chapter.
    """
    ending(asked.out)
    paths = layout(asked.request)
    if asked.chapter is not None:
        pages.chapter(asked.chapter, paths.root)
    points = asked.points()
    folder = Folder(asked.out.with_name(f"{asked.out.name}.run"))
    about = identity(points, paths.root, asked.told())
    folder.refuse_another(about)
    made = route(asked, points, paths, say)
    for key, why in sorted(made.left_out.items()):
        say(f"left out: {key}: {why}; --notebook computes it")
    with folder.held(about):
        computed = _computed(folder, made, say)
        failed = _write(asked, made, folder, paths)
    chart = None
    if asked.chart is not None:
        from shortcase.sweep.picture import draw  # noqa: PLC0415 - charts are heavy

        chart = draw(asked.out, asked.chart)
    return Report(asked.out, len(points), computed, failed, tuple(made.columns), made.left_out, chart)


def _computed(folder: Folder, made: Route, say: Say) -> int:
    """Compute what is missing, and keep it as it comes; how many points that were."""
    wanted = missing(folder.parts(), len(made.points))
    before = len(made.points) - len(wanted)
    if before:
        say(f"{before:,} points are done already")
    if not len(wanted):
        return 0
    progress = Progress(len(made.points), before)
    for first, rows in made.compute(wanted):
        if isinstance(next(iter(rows.values())), (str, int, float, type(None))):
            folder.put_one(first, rows)
            progress.add(1, bool(rows.get("error")))
        else:
            folder.put(first, rows)
            wrong = sum(text is not None for text in rows["error"])
            progress.add(len(rows["error"]), wrong)
    progress.end()
    return len(wanted)


def _write(asked: Sweep, made: Route, folder: Folder, paths: Layout) -> int:
    """The file of results, with its manifest; how many points failed."""
    points = made.points
    named = [NAMED] if points.named else []
    columns = [NUMBER, *named, *_apart(swept(points.columns), made.columns), *failures.COLUMNS]
    failed = 0
    with Writer(asked.out, columns, _manifest(asked, points, paths)) as file:
        for part in folder.parts():
            rows, some = part.rows(), points.between(part.first, part.end)
            failed += sum(text is not None for text in rows.get("error", ()))
            own = {"point": range(part.first, part.end), "scenario": some.named} if named else {
                "point": range(part.first, part.end)
            }  # fmt: skip
            file.add({**_again(rows, made.columns, points), **some.columns, **own})
    return failed


def _apart(parameters: Iterator[Column], computed: list[Column]) -> Iterator[Column]:
    """The columns of the parameters, then those computed; a number with a parameter's name says that it is one."""
    names = set()
    for column in parameters:
        names.add(column.key)
        yield column
    for column in computed:
        yield Column(**{**vars(column), "key": _key(column.key, names)})


def _again(rows: Mapping[str, Any], computed: list[Column], points: Points) -> dict[str, Any]:
    names = {column.key for column in computed} | {column.key for column in failures.COLUMNS}
    return {_key(key, points.columns): value for key, value in rows.items() if key in names}


def _key(key: str, swept_over: Any) -> str:
    return f"{key}_computed" if key in swept_over else key


def _manifest(asked: Sweep, points: Points, paths: Layout) -> dict[str, Any]:
    return {
        **asked.told(),
        "settings": sorted(asked.request.settings),
        "design": points.about,
        "points": len(points),
        "parameters": {name: value for name, value in points.base.items() if name not in points.columns},
        "commit": commit(paths.root),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in PACKAGES},
    }
