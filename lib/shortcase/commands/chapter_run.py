"""One chapter run on its own, and what moved against the documented values or against the last build."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from shortcase.publish.check.book import Book, check
from shortcase.publish.collect.results import Results, collect
from shortcase.publish.files import build_lock
from shortcase.publish.read import pages
from shortcase.publish.request import DOCUMENTED, Layout, Progress, Request, chosen, layout
from shortcase.publish.run.chapters import execute_all
from shortcase.show.units import fmt

Rows = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Difference:
    """A chapter's numbers and verdicts, old and new."""

    chapter: str
    against: str
    old: tuple[Rows, Rows] | None
    new: tuple[Rows, Rows]
    notebook: Path

    def numbers(self) -> list[dict[str, Any]]:
        """Each number that moved, came or went."""
        return [
            {"key": key, "old": old and old["value"], "new": new and new["value"], "unit": (new or old)["unit"],
             "label": (new or old)["label"], "old_text": _text(old, new), "new_text": _text(new, old)}
            for key, old, new in self._pairs(0) if _value(old, "value") != _value(new, "value")
        ]  # fmt: skip

    def verdicts(self) -> list[dict[str, Any]]:
        """Each claim whose verdict flipped, or that came to the other side of its turn."""
        return [
            {"id": key, "old": _value(old, "verdict"), "new": _value(new, "verdict"),
             "old_side": _value(old, "side"), "new_side": _value(new, "side"),
             "turns_on": _value(new, "turns_on"), "threshold": _value(new, "threshold"),
             "distance": _value(new, "distance"), "old_text": _verdict(old), "new_text": _verdict(new)}
            for key, old, new in self._pairs(1)
            if _judged(old) != _judged(new)
        ]  # fmt: skip

    def _pairs(self, part: int) -> list[tuple[str, Any, Any]]:
        old: Rows = self.old[part] if self.old else {}
        new = self.new[part]
        return [(key, old.get(key), new.get(key)) for key in sorted({*old, *new})]

    def as_json(self) -> dict[str, Any]:
        """For a program."""
        return {
            "chapter": self.chapter,
            "against": self.against,
            "numbers": self.numbers(),
            "verdicts": self.verdicts(),
            "notebook": str(self.notebook),
        }

    def as_text(self) -> str:
        """For a reader."""
        lines = [f"{self.chapter}, against {self.against}:"]
        lines += [f"  {n['key']}: {n['old_text']} → {n['new_text']} ({n['label']})" for n in self.numbers()]
        lines += [f"  {v['id']}: {v['old_text']} → {v['new_text']}" for v in self.verdicts()]
        if len(lines) == 1:
            lines.append("  No number moved.")
        return "\n".join([*lines, f"Notebook: {self.notebook}"])


def run(name: str, request: Request, say: Progress, by: Callable[..., None] | None = None) -> Difference:
    """Execute a chapter, and set its numbers beside those of the documented values.

    by: as for `execute_all`.
    Where the request changes nothing, they are set beside those of the last build.
    """
    paths = layout(request)
    pages.chapter(name, paths.root)
    values, documented = chosen(request), chosen(Request())
    request = replace(request, live=False)
    book = check(paths.root, str(values["as_of"]), only=name)
    new = _executed(book, request, paths, say, by)
    if values != documented:
        base = Request(jobs=request.jobs, engine=request.engine, timeout_s=request.timeout_s, live=False)
        if values["as_of"] != documented["as_of"]:
            book = check(paths.root, str(documented["as_of"]), only=name)
        old: tuple[Rows, Rows] | None = _executed(book, base, layout(base), say, by)
        against = f"the {DOCUMENTED} values"
    else:
        old = _built(name, paths)
        against = "the last build" if old else "nothing: the book has not been built yet"
    return Difference(name, against, old, new, paths.notebooks / f"{name}.ipynb")


def _executed(
    book: Book, request: Request, paths: Layout, say: Progress, by: Callable[..., None] | None
) -> tuple[Rows, Rows]:
    values = chosen(request)
    with build_lock(paths, say):
        executed = execute_all(book, values, request, paths, say, by=by)
    (name,) = book.codes
    return _of(name, collect(book, executed.notebooks, str(values["as_of"])))


def _of(name: str, results: Results) -> tuple[Rows, Rows]:
    numbers = {key: row for key, row in results.numbers.items() if row["chapter"] == name}
    return numbers, {key: row for key, row in results.claims.items() if row.get("computed_in") == name}


def _built(name: str, paths: Layout) -> tuple[Rows, Rows] | None:
    try:
        read = [
            json.loads((paths.results / f"{part}.json").read_text(encoding="utf-8")) for part in ("numbers", "claims")
        ]
    except (OSError, ValueError):
        return None
    return _of(name, Results(*read))


def _value(row: Mapping[str, Any] | None, field: str) -> Any:
    return row.get(field) if row else None


def _judged(row: Mapping[str, Any] | None) -> tuple[Any, Any] | None:
    return (row["verdict"], row.get("side")) if row else None


def _verdict(row: Mapping[str, Any] | None) -> str:
    """The verdict; where it depends, on which side of the turn the chapter stands, and how far from it."""
    if row is None:
        return "none"
    if not row.get("side"):
        return str(row["verdict"])
    return f"{row['verdict']} ({row['side']}; flips at {row['threshold_text']}, {row['distance_text']})"


def _text(row: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> str:
    """The figure by its unit; in full where its reading hides that it moved."""
    if row is None:
        return "none"
    text = fmt(row["value"], row["unit"], row["digits"])
    same = other is not None and text == fmt(other["value"], other["unit"], other["digits"])
    return f"{row['value']!r} {row['unit']}" if same else text
