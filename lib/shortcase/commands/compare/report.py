"""A comparison told: as text for a terminal, as Markdown for a pull request, as JSON or CSV for a program."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from shortcase.commands.compare.causes import Cause
from shortcase.commands.compare.comparison import Comparison
from shortcase.commands.compare.differences import Flip, Move
from shortcase.csv_lines import inert

CAUSES_SHOWN = 3
BY = {"graph": "by their live graphs", "chapter": "by running them", "kept": "kept from before"}
"""How a chapter's figures at an end came about, in words."""
MOST = 60
"""Numbers that Markdown shows: a comment on a pull request holds 65,536 characters."""
HEADER = ("kind", "name", "chapter", "weight", "old", "new", "old_value", "new_value", "unit", "steps", "causes")


def as_text(found: Comparison) -> str:
    """For a reader in a terminal."""
    return "\n".join(_text(found))


def _text(found: Comparison) -> Iterator[str]:
    told = found.differences
    yield f"{found.old} → {found.new}"
    yield f"  {summary(found)}"
    if told.flips:
        yield "\nVerdicts that flip, by what hangs on them"
        for flip in told.flips:
            computed = _computed(flip)
            yield f"  {flip.claim} ({flip.weight}): {flip.old} → {flip.new}{computed}"
            yield f"      {flip.paraphrase}"
            yield f"      {_because(flip.causes)}"
    if told.moves:
        yield "\nNumbers that print another figure, the largest first"
        for move in told.moves:
            yield f"  {move.key}: {move.old_text} → {move.new_text} ({move.label}, {move.chapter})"
            yield f"      {_because(move.causes)}"
    for title, names in (
        ("New", told.appeared),
        ("Gone", told.vanished),
        ("Moved beneath what is printed", told.beneath),
    ):
        if names:
            yield f"\n{title}: {', '.join(names)}"
    for old, new in told.renamed:
        yield f"\n{old} is now called {new}: the same formula, figure and chapter"
    if told.texts:
        yield "\nPages that say something else"
        yield from (f"  {name}: {what}" for name, what in told.texts.items())
    yield from _ends_text(found)


def _ends_text(found: Comparison) -> Iterator[str]:
    if found.ends is None:
        return
    looked = found.ends
    yield (
        f"\nAt the ends of the parameters: {looked.tried} tried in {len(looked.chapters)} chapters that differ,"
        f" {looked.refused} refused; {len(looked.apart)} figures and verdicts agree as documented and not there"
    )
    if looked.by:
        counts = ((BY[how], n) for how, n in sorted(looked.by.items()))
        yield "  Chapters at ends, of both sides: " + ", ".join(f"{n} {how}" for how, n in counts)
        yield "  Drawn figures are not compared there, nor those on no live graph that both sides compute alike"
    for one in looked.apart:
        yield f"  {one.name} at {one.parameter}={one.end:g}: {one.old_text} → {one.new_text}"
    yield from (f"  failed at {line}" for line in looked.failed)


def summary(found: Comparison) -> str:
    """What differs, counted."""
    told = found.differences
    if told.none and not told.beneath:
        return f"Nothing differs: {told.same} numbers and every verdict are the same."
    parts = [
        _count(len(told.flips), "verdict flips", "verdicts flip"),
        _count(len(told.moves), "number prints another figure", "numbers print another figure"),
        f"{len(told.beneath)} moved beneath what is printed",
        f"{len(told.appeared)} new, {len(told.vanished)} gone, {len(told.renamed)} renamed",
        f"{told.same} the same",
    ]
    return "; ".join(parts) + "."


def _count(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"


def _computed(flip: Flip) -> str:
    if not flip.old_text and not flip.new_text:
        return ""
    return f" (computed {flip.old_text or 'nothing'} → {flip.new_text or 'nothing'})"


def _because(causes: Sequence[Cause], most: int = CAUSES_SHOWN) -> str:
    told = "; ".join(str(cause) for cause in causes[:most])
    return f"because of {told}" + (f"; and {len(causes) - most} more" if len(causes) > most else "")


def as_markdown(found: Comparison) -> str:
    """For a pull request."""
    return "\n".join(_markdown(found)) + "\n"


def _markdown(found: Comparison) -> Iterator[str]:
    told = found.differences
    yield f"### What this changes: `{found.old}` → `{found.new}`"
    yield f"\n{summary(found)}"
    unexpected = {flip.claim for flip in found.unexpected()}
    if told.flips:
        yield "\n**Verdicts that flip**, by what hangs on them\n"
        yield "| claim | weight | verdict | computed | because of |"
        yield "| --- | --- | --- | --- | --- |"
        for flip in told.flips:
            mark = " ⚠ not expected by `book/verdicts.csv`" if flip.claim in unexpected else ""
            yield _row(f"`{flip.claim}`: {_cell(flip.paraphrase)}", flip.weight, f"{flip.old} → {flip.new}{mark}",
                       _cell(f"{flip.old_text} → {flip.new_text}"), _causes(flip.causes))  # fmt: skip
    if told.moves:
        yield "\n**Numbers that print another figure**, the largest first\n"
        yield "| number | chapter | figure | because of |"
        yield "| --- | --- | --- | --- |"
        for move in told.moves[:MOST]:
            figure = _cell(f"{move.old_text} → {move.new_text}")
            yield _row(f"`{move.key}`: {_cell(move.label)}", move.chapter, figure, _causes(move.causes))
        if len(told.moves) > MOST:
            yield f"\n… and {len(told.moves) - MOST} more: `shortcase compare {found.old} {found.new}`"
    lists = {
        "New": [f"`{name}`" for name in told.appeared],
        "Gone": [f"`{name}`" for name in told.vanished],
        "Renamed": [f"`{old}` → `{new}`" for old, new in told.renamed],
        "Pages that say something else": [f"{name} ({what})" for name, what in told.texts.items()],
    }
    yield from (f"\n**{title}:** {', '.join(names[:MOST])}" for title, names in lists.items() if names)
    if found.ends is not None:
        yield "\n**At the ends of the parameters**\n"
        yield from (f"    {line}" for text in _ends_text(found) for line in text.strip().split("\n"))


def _causes(causes: Sequence[Cause]) -> str:
    told = "; ".join(_cell(str(cause)) for cause in causes[:CAUSES_SHOWN])
    return told + (f"; and {len(causes) - CAUSES_SHOWN} more" if len(causes) > CAUSES_SHOWN else "")


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    """Words of a table's cell: nothing in them ends the cell, or is read as a tag."""
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def as_json(found: Comparison) -> dict[str, Any]:
    """For a program: everything, each cause with it."""
    told = asdict(found.differences)
    for move in told["moves"]:
        move["steps"] = move["steps"] if math.isfinite(move["steps"]) else None
    ends = asdict(found.ends) if found.ends is not None else None
    for one in (ends or {}).get("apart", ()):
        one["size"] = one["size"] if math.isfinite(one["size"]) else None
    return {
        "old": found.old,
        "new": found.new,
        "summary": summary(found),
        **told,
        "ends": ends,
        "unexpected": [flip.claim for flip in found.unexpected()],
    }


def as_csv(found: Comparison) -> str:
    """For a spreadsheet: a row for whatever differs, and no cell that it would run."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    rows = list[Sequence[object]]()
    told = found.differences
    rows.extend(_flip(flip) for flip in told.flips)
    rows.extend(_move(move) for move in told.moves)
    for kind, names in (("new", told.appeared), ("gone", told.vanished), ("beneath", told.beneath)):
        rows.extend((kind, name, *[""] * 9) for name in names)
    rows.extend(("renamed", new, "", "", old, new, *[""] * 5) for old, new in told.renamed)
    rows.extend(("text", name, name, "", "", what, *[""] * 5) for name, what in told.texts.items())
    for one in found.ends.apart if found.ends else ():
        place = f"at {one.parameter}={one.end:g}"
        rows.append((f"{one.kind} {place}", one.name, "", "", one.old_text, one.new_text, *[""] * 5))
    writer.writerows([inert(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return text.getvalue()


def _flip(flip: Flip) -> Sequence[object]:
    causes = "; ".join(map(str, flip.causes))
    return ("verdict", flip.claim, "", flip.weight, flip.old, flip.new, flip.old_text, flip.new_text, "", "", causes)


def _move(move: Move) -> Sequence[object]:
    causes = "; ".join(map(str, move.causes))
    steps = f"{move.steps:.6g}"
    return ("number", move.key, move.chapter, "", move.old_text, move.new_text, repr(move.old), repr(move.new),
            move.unit, steps, causes)  # fmt: skip
