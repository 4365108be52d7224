"""Parameters and claims, listed for a reader or for a program."""

from __future__ import annotations

import dataclasses
import json
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from shortcase.case import claims as ledger
from shortcase.case import expected_verdicts
from shortcase.case import parameters as registry
from shortcase.case.claims import Verdict
from shortcase.case.parameters import Parameter, Scalar
from shortcase.errors import BadRequest, nearest
from shortcase.publish.files import write
from shortcase.publish.request import DOCUMENTED, Request, asked, chosen, layout
from shortcase.show.stated import stated_text
from shortcase.show.units import fmt


def parameters(name: str | None, scenario: str, settings: Sequence[str], *, as_json: bool) -> int:
    """Every parameter with its value under the request; with a name, that one in full."""
    wanted = [registry.find(name)] if name else list(registry.registry().values())
    _, values = asked(Request(scenario=scenario, settings=tuple(settings)))
    if as_json:
        rows = [{**dataclasses.asdict(p), "value": values[p.name], "documented": p.value} for p in wanted]
        print(json.dumps(rows[0] if name else rows, indent=1, ensure_ascii=False))
    elif name:
        print("\n".join(_in_full(wanted[0], values[wanted[0].name])))
    else:
        print(columns((p.name, fmt(values[p.name], p.unit), p.label) for p in wanted))
    return 0


def _in_full(p: Parameter, value: Scalar) -> Iterable[str]:
    def shown(figure: Scalar | None) -> str:
        return "not stated" if figure is None else fmt(figure, p.unit)

    yield f"{p.name}: {p.label}"
    yield f"  value         {shown(value)}"
    if value != p.value:
        yield f"  documented    {shown(p.value)}"
    yield f"  the essay's   {shown(p.essay)}"
    if p.low is not None:
        yield f"  range         {shown(p.low)} to {shown(p.high)} ({p.interval})"
    if p.min is not None:
        yield f"  bounds        {shown(p.min)} to {shown(p.max)}"
    if p.choices:
        yield f"  choices       {', '.join(p.choices)}"
    yield f"  kind, unit    {p.kind}, {p.unit}"
    yield from textwrap.wrap(
        f"{p.source} ({p.date})", 100, initial_indent="  source        ", subsequent_indent=" " * 16
    )
    if p.note:
        yield from textwrap.wrap(p.note, 100, initial_indent="  note          ", subsequent_indent=" " * 16)


def claims(verdict: str | None, request: Request, *, as_json: bool) -> int:
    """Every claim with the verdict of the last build of a scenario, or those with one verdict.

    Errors: BadRequest for an unknown verdict, or where that scenario has not been built.
    """
    known = [str(v) for v in Verdict]
    if verdict is not None and verdict not in known:
        raise BadRequest(f"There is no verdict {verdict!r}", where="--verdict", mend=nearest(verdict, known))
    chosen(request)
    rows = _last(request)
    wanted = [row for row in rows.values() if verdict in (None, row["verdict"])]
    if as_json:
        print(json.dumps(wanted, indent=1, ensure_ascii=False))
    else:
        print(columns((row["id"], row["verdict"], _compared(row)) for row in wanted))
    return 0


def expect(request: Request) -> Path:
    """Write the verdicts of the last build of the documented book as those that are expected; where they stand.

    Errors: BadRequest for another scenario, or where the book has not been built.
    """
    if request.scenario != DOCUMENTED:
        mend = "leave out --scenario"
        raise BadRequest("Verdicts are expected of the documented book alone", where="--expect", mend=mend)
    rows = _last(request)
    judged = {name: row["verdict"] for name, row in rows.items() if "computed_in" in row}
    path = expected_verdicts.path()
    write(path, expected_verdicts.written(judged))
    return path


def _last(request: Request) -> dict[str, Any]:
    path = layout(request).results / "claims.json"
    if not path.is_file():
        mend = "run shortcase build" + (f" --scenario {request.scenario}" if request.scenario != DOCUMENTED else "")
        raise BadRequest("The book has not been built yet, so no claim has a verdict", mend=mend)
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _compared(row: Mapping[str, Any]) -> str:
    claim = ledger.ledger().get(row["id"])
    stated = stated_text(claim) if claim else row["stated"]
    computed = row.get("computed_text")
    told = f"stated {stated or 'in words'}" + (f", computed {computed}" if computed else "")
    if row.get("side"):
        told += f"; here it {row['side']}, and flips at {row['threshold_text']}, {row['distance_text']}"
    return told


def columns(rows: Iterable[Sequence[str]]) -> str:
    """Rows of text under each other, each column as wide as its widest cell."""
    table = [tuple(str(cell) for cell in row) for row in rows]
    if not table:
        return "None."
    widths = [max(len(row[i]) for row in table) for i in range(len(table[0]) - 1)]
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]) for row in table
    )
