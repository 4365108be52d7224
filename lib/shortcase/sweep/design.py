"""Which points a sweep computes: a grid, a space-filling sample, the rows of a file, or the book's scenarios."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import qmc

from shortcase.case import parameters, scenarios
from shortcase.case.parameters import SLACK, Parameter, Scalar
from shortcase.errors import BadFile, BadParameter, BadRequest

MOST = 20_000_000
"""Points of one sweep."""
FIGURES = ("float", "int")
SAMPLES = ("sobol", "lhs")
SCENARIOS = "scenarios"


@dataclass(frozen=True)
class Points:
    """The values of every swept parameter, a column each, over the values that all points share.

    about: the design in words; named: what each point is called, where it has a name of its own.
    """

    base: Mapping[str, Scalar]
    columns: Mapping[str, np.ndarray]
    about: str
    named: tuple[str, ...] = field(default=())

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()))) if self.columns else len(self.named)

    def moved(self, number: int) -> dict[str, Scalar]:
        """What one point sets."""
        return {name: column[number : number + 1].tolist()[0] for name, column in self.columns.items()}

    def point(self, number: int) -> dict[str, Scalar]:
        """Every parameter's value at one point."""
        return {**self.base, **self.moved(number)}

    def between(self, first: int, end: int) -> Points:
        """Some of the points."""
        columns = {name: column[first:end] for name, column in self.columns.items()}
        return Points(self.base, columns, self.about, self.named[first:end])

    @cached_property
    def figures(self) -> tuple[str, ...]:
        """The swept parameters that are figures."""
        known = parameters.as_written()
        return tuple(name for name in self.columns if known[name].kind in FIGURES)

    def groups(self) -> Iterator[tuple[dict[str, Scalar], np.ndarray]]:
        """Points that differ in figures alone, with the values that they share, and their places in order."""
        words = [name for name in self.columns if name not in self.figures]
        keys = list(zip(*(self.columns[name].tolist() for name in words), strict=True)) or [()] * len(self)
        for key in dict.fromkeys(keys):
            places = np.flatnonzero([one == key for one in keys]) if words else np.arange(len(self))
            yield {**self.base, **dict(zip(words, key, strict=True))}, places

    @cached_property
    def senseless(self) -> dict[int, str]:
        """Points whose values are right one by one and not together, each with why."""
        known = parameters.as_written()
        found: dict[int, str] = {}
        for p in known.values():
            if p.below is not None and {p.name, p.below} & self.columns.keys():
                lower, upper = (np.asarray(self.columns.get(n, self.base[n]), float) for n in (p.name, p.below))
                wrong = (upper - lower < p.gap - SLACK) | (upper <= lower)
                for number in np.flatnonzero(np.broadcast_to(wrong, len(self))).tolist():
                    found.setdefault(number, _why(self.point(number)))
        return found


def _why(values: Mapping[str, Scalar]) -> str:
    try:
        parameters.together(values)
    except BadParameter as error:
        return error.what
    raise AssertionError("the two checks of what stands together differ")


def points(base: Mapping[str, Scalar], over: Sequence[str], design: str | None, seed: int) -> Points:
    """The points of a sweep.

    over: `NAME=LOW:HIGH:N` or `NAME=A,B,C`; with a sample `NAME=LOW:HIGH`, or `NAME` alone for its stated range.
    design: `sobol:N`, `lhs:N`, the name of a CSV file, `scenarios`, or none for the grid of what is swept over.

    Errors: BadRequest, BadParameter or BadFile for whatever is wrong with either, before anything is computed.
    """
    if design is None:
        return _grid(base, over)
    kind, colon, count = design.partition(":")
    if kind in SAMPLES and colon:
        return _sample(base, over, kind, count, seed)
    if over:
        what = f"--design {design} says itself what is swept over"
        raise BadRequest(what, where="--over", mend="leave out --over, or write --design sobol:N or lhs:N")
    if design == SCENARIOS:
        return _scenarios(base)
    if design.endswith(".csv"):
        return _rows(base, Path(design))
    mend = "write sobol:1024, lhs:1000, the name of a .csv file, or scenarios"
    raise BadRequest(f"There is no design {design!r}", where="--design", mend=mend)


def _grid(base: Mapping[str, Scalar], over: Sequence[str]) -> Points:
    if not over:
        mend = "write --over NAME=LOW:HIGH:N, or --design with what to sample"
        raise BadRequest("The sweep sweeps over nothing", where="--over", mend=mend)
    axes = dict(_axis(text) for text in _once(over))
    count = math.prod(map(len, axes.values()))
    _not_too_many(count)
    mesh = np.meshgrid(*(np.arange(len(axis)) for axis in axes.values()), indexing="ij")
    columns = {name: axis[at.ravel()] for (name, axis), at in zip(axes.items(), mesh, strict=True)}
    return Points(base, columns, "grid of " + ", ".join(over))


def _axis(text: str) -> tuple[str, np.ndarray]:
    """A parameter and the values that it takes in turn."""
    p, written = _parameter(text)
    if ":" in written and p.kind in FIGURES:
        parts = written.split(":")
        if len(parts) != 3 or not (parts[2].isascii() and parts[2].isdigit()):
            raise BadRequest(f"{text!r} is no axis", where="--over", mend=f"write {p.name}=LOW:HIGH:N, with N points")
        low, high = _ends(p, parts[0], parts[1])
        count = int(parts[2])
        _not_too_many(count)
        if count < 2:
            raise BadRequest(f"{text!r} has no two points", where="--over", mend=f"fix it with --set {p.name}={low:g}")
        # To twelve digits, so that the steps from 0.1 to 1.5 are the tenths that were meant.
        values = np.array([float(f"{value:.12g}") for value in np.linspace(low, high, count)])
        if p.kind == "int" and not np.array_equal(values, np.round(values)):
            mend = f"choose N so that each of the steps from {low:g} to {high:g} is whole, or name the values"
            raise BadRequest(f"{p.name} is whole, and {text!r} is not", where="--over", mend=mend)
        return p.name, values.astype(int) if p.kind == "int" else values
    if not written:
        raise BadRequest(f"{text!r} names no values", where="--over", mend=f"write {p.name}=LOW:HIGH:N or {p.name}=A,B")
    return p.name, _array(p, [p.accept(part.strip(), where="--over") for part in written.split(",")])


def _sample(base: Mapping[str, Scalar], over: Sequence[str], kind: str, written: str, seed: int) -> Points:
    """Points that fill the box of the swept ranges evenly; without any named, of all ranges that the model states."""
    if not (written.isascii() and written.isdigit() and int(written) > 0):
        raise BadRequest(f"{kind}:{written} is no number of points", where="--design", mend=f"write {kind}:1024")
    count = int(written)
    _not_too_many(count)
    if kind == "sobol" and count & (count - 1):
        near = 1 << count.bit_length()
        what = f"A Sobol sequence of {count} points is not balanced"
        raise BadRequest(what, where="--design", mend=f"take a power of two: sobol:{near // 2} or sobol:{near}")
    ranges = dict(_range(text) for text in _once(over or _stated(base)))
    make = qmc.Sobol if kind == "sobol" else qmc.LatinHypercube
    cube = make(len(ranges), rng=np.random.default_rng(seed)).random(count)
    columns = {}
    for (name, (low, high)), at in zip(ranges.items(), cube.T, strict=True):
        values = low + at * (high - low)
        columns[name] = np.rint(values).astype(int) if parameters.find(name).kind == "int" else values
    return Points(base, columns, f"{kind}:{count}, seed {seed}, over {', '.join(over) or 'every stated range'}")


def _stated(base: Mapping[str, Scalar]) -> list[str]:
    from shortcase.case.thesis.draws import uncertain  # noqa: PLC0415 - the model is heavy, and only this wants it

    return [p.name for p in uncertain() if p.name in base]


def _range(text: str) -> tuple[str, tuple[float, float]]:
    p, written = _parameter(text)
    if p.kind not in FIGURES:
        what = f"{p.name} is a {p.kind}, of which there is no range"
        raise BadRequest(what, where="--over", mend="sweep over its values in a grid")
    if not written:
        if p.low is None or p.high is None:
            what = f"{p.name} states no range"
            raise BadRequest(what, where="--over", mend=f"write {p.name}=LOW:HIGH")
        return p.name, (p.low, p.high)
    parts = written.split(":")
    if len(parts) != 2:
        raise BadRequest(f"{text!r} is no range", where="--over", mend=f"write {p.name}=LOW:HIGH")
    return p.name, _ends(p, *parts)


def _ends(p: Parameter, low: str, high: str) -> tuple[float, float]:
    least, most = (float(p.accept(part.strip(), where="--over")) for part in (low, high))
    if least >= most:
        what = f"{p.name} goes from {least:g} to {most:g}"
        raise BadRequest(what, where="--over", mend="write the lower end first")
    return least, most


def _parameter(text: str) -> tuple[Parameter, str]:
    name, _, written = text.partition("=")
    return parameters.find(name.strip(), where="--over"), written.strip()


def _once(over: Sequence[str]) -> Sequence[str]:
    names = [text.partition("=")[0].strip() for text in over]
    for name in names:
        if names.count(name) > 1:
            raise BadRequest(f"{name} is swept over twice", where="--over", mend="name it once")
    return over


def _rows(base: Mapping[str, Scalar], path: Path) -> Points:
    """The rows of a CSV file whose header names parameters."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = list(csv.reader(file)) or [[]]
    except FileNotFoundError:
        raise BadRequest(f"There is no file {path}", where="--design", mend="name a CSV file of points") from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadFile(f"The points cannot be read: {error}", where=str(path), mend="save them as CSV, UTF-8") from None
    if not rows or not header:
        mend = "begin with a line of parameters' names, then a line a point"
        raise BadFile("The file holds no points", where=str(path), mend=mend)
    _not_too_many(len(rows))
    wanted = [parameters.find(name.strip(), where=f"{path}:1") for name in _columns_once(header, path)]
    for line, row in enumerate(rows, start=2):
        if len(row) != len(header):
            what = f"The row has {len(row)} cells, the header {len(header)}"
            raise BadFile(what, where=f"{path}:{line}", mend="give each parameter one cell")
    columns = {
        p.name: _array(p, [p.accept(row[i].strip(), where=f"{path}:{n}") for n, row in enumerate(rows, start=2)])
        for i, p in enumerate(wanted)
    }
    return Points(base, columns, f"{len(rows)} rows of {path.name}")


def _columns_once(header: Sequence[str], path: Path) -> Sequence[str]:
    for name in header:
        if header.count(name) > 1:
            raise BadFile(f"The column {name} stands twice", where=f"{path}:1", mend="keep one of the two")
    return header


def _scenarios(base: Mapping[str, Scalar]) -> Points:
    """Every scenario that begins where the book does, whatever the sweep's own scenario."""
    every = [one for one in map(scenarios.read_scenario, scenarios.names()) if not one.looks_ahead]
    values = [one.values() for one in every]
    names = [name for name in base if len({row[name] for row in values}) > 1]
    known = parameters.as_written()
    columns = {name: _array(known[name], [row[name] for row in values]) for name in names}
    return Points(base, columns, "every scenario that begins with the essay", tuple(one.name for one in every))


def _array(p: Parameter, values: Sequence[Any]) -> np.ndarray:
    return np.array(values, dtype={"float": float, "int": int, "bool": bool}.get(p.kind, object))


def _not_too_many(count: int) -> None:
    if count > MOST:
        raise BadRequest(f"{count:,} points", where="--over", mend=f"compute at most {MOST:,} in one sweep")
