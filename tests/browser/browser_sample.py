"""A small book with one of everything, staged as the press stages the real one; its chapter needs no kernel."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from nbformat import v4

from shortcase.publish.read import conditions
from shortcase.show import charts, tables

TOC = """\
format: jb-book
root: book/index
chapters:
  - file: book/the_sample
  - file: book/parameters
  - file: book/scorecard
  - file: book/facts
"""
LIVE = """\
shortcase.live(Object.assign(%s, {run: function (p) {
  var e = p.demand_elasticity, y = 0.443 * e / 0.8;
  return {n: [y, 10 * e], g: [e < 2], t: [y, y > 0.4, 57, 56 * e]};
}}));
"""
CHARTS = """\
shortcase.pictures(Object.assign(%s, {run: function (p) {
  return {n: [3e12, 2e16 * p.demand_elasticity, 5e12], g: [p.demand_elasticity < 2]};
}}));
"""
ELASTICITY = {
    "value": 0.8,
    "kind": "float",
    "unit": "plain",
    "label": "Price elasticity of demand",
    "low": 0.3,
    "high": 1.5,
    "interval": "judgement",
    "min": 0,
    "max": 3,
    "step": 0.05,
    "essay": 1.2,
    "source": "Judgement",
    "swing": None,
}
ON = ["demand_elasticity"]
PAGE = {
    "page": "the_sample", "parameters": {"demand_elasticity": ELASTICITY},
    "scenarios": {"bear": {"title": "Bear", "set": {"demand_elasticity": 0.4}}},
    "guards": [True],
    "numbers": [["yield_share", "share", None, [], ON], ["guarded", "years", 1, [0], ON]],
    "claims": [
        {"id": "hw-one", "t": 0, "ends": None, "turns_on": None, "guards": [], "on": ON, "unit": "share",
         "rule": "at_least", "stated": [0.4], "tolerance": 0.0, "digits": None},
        {"id": "hw-four", "t": 3, "ends": [2, 3], "turns_on": "demand_elasticity", "guards": [], "on": ON,
         "unit": "multiple", "rule": "at_most", "stated": [50.0], "tolerance": 0.0, "digits": None},
    ],
    "whens": [{"id": conditions.mark(conditions.parse("yield_share > 0.4 | a | b")[0]), "t": 1, "guards": []}],
    "dead": {"number": {"late_speed": {"why": "it is drawn", "on": ON}}, "claim": {}, "when": {}},
}  # fmt: skip
"""A script as the press would print it for the sample chapter, with one of everything."""


def pictures(points: str) -> dict[str, Any]:
    """What the press would say of the sample's charts: one follows, one rests on nothing, one cannot follow."""
    data = next(
        iter(
            json.loads(points.split('<script type="application/json">')[1].split("</script>", maxsplit=1)[0])[
                "datasets"
            ]
        )
    )
    table = {"data": data, "rows": 3, "columns": {"rate": 0}}
    return {
        "charts": {"s-points": {"on": ON, "guards": [0], "tables": [table]}}, "fixed": ["s-bars"], "guards": [True],
    }  # fmt: skip


PAGES = {"parameters": "parameter-index", "scorecard": "scorecard", "facts": "fact-index"}
SALES = "Sales of chips for training and serving, by the quarter of the maker, a heading longer than a line of paper"
CSV = b"id,tdp_w\r\nh100,700\n"
INDEX = """\
# The sample

No charts here: {num}`yield_share` of the dies work, and $e^{-AD}$ is set by the book's own script.

$$ Y = e^{-A D} $$
"""
PROSE = """\
# A sample chapter

:::{admonition} The answer
:class: answer
A die without repair works with a probability of {num}`yield_share`. The essay says {stated}`hw-one`,
which {when}`yield_share > 0.4 | *holds* at {num}:literal | does not hold`.
:::

(the-share)=
## A share of {num}`yield_share`

The sentence shows {num}`yield_share`, {par}`defects`, the essay's {essayval}`defects`, {fact}`chips/h100/tdp_w`
the late {num}`late_speed` and {num}`guarded`.
{claim}`hw-one` {claim}`hw-two` {claim}`hw-three` {claim}`hw-four` {claim}`hw-five`
{claim}`hw-six` {claim}`hw-seven`
Again {claim}`hw-one`.

| Chip | Share |
| --- | --- |
| **{num}`yield_share`** | {par}`defects` |

[A link with {num}`yield_share`](parameters.md)

:::{admonition} What would change our mind
:class: change-our-mind
More than {par}`defects`.
:::
"""


def values() -> dict[str, Any]:
    """What the press would write."""
    number = {
        "unit": "share",
        "label": "Share of dies that work",
        "formula": "Y = exp(−A·D)",
        "function": "shortcase.model.chips.wafer_yield.poisson",
        "inputs": [{"name": "area_mm2", "text": "814"}, {"name": "defect_density_per_cm2", "text": "0.1"}],
        "parameters": ["defects"],
        "facts": [{"table": "chips", "row": "h100", "source": "A data sheet & more", "public_on": "2022-03-22"}],
        "chapter": "the_sample",
        "chapter_title": "A sample chapter",
        "known_on": None,
    }
    verdicts = ("holds", "holds within rounding", "fails", "depends", "not testable", "not yet tested", "unverified")
    names = ("one", "two", "three", "four", "five", "six", "seven")
    return {
        "num": {
            "yield_share": {**number, "value": 0.443, "text": "44.3%"},
            "guarded": {**number, "value": 8.0, "unit": "years", "digits": 1, "text": "8.0\u00a0years"},
            "late_speed": {
                **number, "value": 20.0, "unit": "tokens/s", "text": "20\u00a0tokens/s", "label": "Speed",
                "known_on": "2025-02-26",
            },
        },
        "par": {
            "defects": {
                "value": 0.1, "unit": "per cm2", "text": "0.1\u00a0per cm²", "essay_text": "0.2\u00a0per cm²",
                "label": "Defects", "low_text": "0.05\u00a0per cm²", "high_text": "0.15\u00a0per cm²",
                "source": "A foundry", "date": "2024-05-01", "note": "A note.", "interval": "judgement",
                "used_by": ["the_sample"],
            },
            "demand_elasticity": {
                "value": 0.8, "unit": "plain", "text": "0.8", "essay_text": "", "label": "Price elasticity of demand",
                "low_text": "0.3", "high_text": "1.5", "source": "Judgement", "date": "2025-01-25", "note": "",
                "interval": "judgement", "used_by": ["the_sample"],
            },
        },
        "stated": {"hw-one": {"text": "85–90%", "unit": "share", "paraphrase": "Most dies work."}},
        "claim": {
            f"hw-{name}": {
                "id": f"hw-{name}", "section": "Hardware" if i < 3 else "Theory", "chapter": "the_sample",
                "paraphrase": f"Claim number {name}, which says something about dies & wafers at some length.",
                "kind": "forecast" if i == 4 else "estimate", "weight": "main" if i < 3 else "aside", "order": i,
                "stated_text": "57×", "computed_text": "56.8×" if i < 4 else "",
                "verdict": verdict, "rule_text": "must equal the stated value, or round to it",
                "turns_on": "defects" if verdict == "depends" else "", "as_computed": "holds",
                "side": "holds" if verdict == "depends" else "",
                "distance_text": "0.02\u00a0per cm² above the value taken" if verdict == "depends" else "",
                "lead": "A report that nobody could find." if verdict == "unverified" else "",
                "resolution": "The sales of the year, by their filing." if i == 4 else "",
                "facts": [{"table": "chips", "row": "h100", "source": "A sheet", "public_on": "2022-03-22"}] * (i < 4),
                "threshold_text": "0.12\u00a0per cm²" if verdict == "depends" else "", "note": "A note.",
                "why_not": "A matter of taste." if i == 4 else "", "anchor": f"the_sample.html#claim-hw-{name}",
            }
            for i, (name, verdict) in enumerate(zip(names, verdicts, strict=True))
        },
        "fact": {
            "chips/h100/tdp_w": {
                "text": "700\u00a0W", "unit": "W", "source": "A data sheet", "where": "page two",
                "public_on": "2022-03-22", "confidence": "verified-in-source", "known_on": None,
            }
        },
        "table": {"chips": table(), "sales": {**table(), "title": SALES, "file": "facts/sales.csv", "used_by": []}},
        "page": {
            "the_sample": {
                "title": "A sample chapter", "order": 1, "chapter": True, "cells": 5, "numbers": 2, "claims": 4,
                "charts": 3, "parameters": 2, "tables": 1,
            },
        },
        "as_of": "2025-01-25", "scenario": "documented", "benchmark": {},
    }  # fmt: skip


def table() -> dict[str, Any]:
    """A table of facts."""
    return {
        "title": "Chips, as their makers specify them", "licence": "Facts; see https://example.org/licence",
        "review_by": "2027-06-30", "acknowledged_until": "2027-12-31", "rows": 9, "later": 1,
        "columns": [
            {"name": f"tdp_{n}_w", "unit": "W", "unit_about": "watts", "about": "what the whole card takes"}
            for n in range(12)
        ],
        "first_public": "2022-03-22", "last_public": "2025-02-26",
        "sources": [
            {"source": f"Sheet {n}", "rows": 3, "first_public": "2022-03-22", "last_public": "2022-03-22"}
            for n in range(3)
        ],
        "confidence": {"verified-in-source": 8, "vendor-claim": 1},
        "preview": [
            {
                "id": f"chip_{n}", "cells": {f"tdp_{m}_w": "700\u00a0W" for m in range(12)},
                "public_on": "2022-03-22", "late": n == 1,
            }
            for n in range(2)
        ],
        "used_by": ["the_sample"], "file": "facts/chips.csv",
    }  # fmt: skip


def outputs() -> list[dict[str, str]]:
    """The outputs of the sample's cells: charts of lines, bars, points and names, a table, a table of parameters."""
    area = np.linspace(50, 2000, 40)
    frame = pd.concat(
        pd.DataFrame({"area_mm2": area, "good": good, "model": model})
        for model, good in (
            ("Poisson, nothing repaired", np.exp(-area / 1000)),
            ("Murphy, defects spread evenly", ((1 - np.exp(-area / 1000)) / (area / 1000)) ** 2),
            ("Negative binomial, clustered", (1 + area / 3000) ** -3.0),
        )
    ).reset_index(drop=True)
    lines = (
        alt.Chart(frame)
        .mark_line()
        .encode(
            x=alt.X("area_mm2:Q", title="Area of the die, mm²"),
            y=alt.Y("good:Q", title="Share of dies that work", axis=alt.Axis(format="%")),
            color=alt.Color("model:N", title=None),
            strokeDash=alt.StrokeDash("model:N", title=None),
        )
    )
    speeds = pd.DataFrame(
        {
            "machine": ["HBM of one card with a name of some length", "SRAM of a whole wafer", "L2 cache of a card"],
            "rate": [3e12, 16e15, 5e12],
        }
    )
    points = (
        alt.Chart(speeds)
        .mark_point()
        .encode(x=alt.X("rate:Q", title="Bytes a second").scale(type="log"), y=alt.Y("machine:N", title=None))
    )
    bars = alt.Chart(frame.iloc[::20]).mark_bar().encode(x="good:Q", y=alt.Y("model:N", title=None), color="model:N")
    words = [
        charts.Words("s-lines", "Without repair, few large dies work", "Three curves fall.", "The sample itself"),
        charts.Words("s-points", "The wafer reads its memory much faster", "Three points."),
        charts.Words("s-bars", "Bars of every colour", "Three stacks of bars."),
    ]
    made = [
        charts.bundle(lines.to_dict(), frame, words[0], {"area_mm2": "mm2", "good": "share"}),
        charts.bundle(points.to_dict(), speeds, words[1], {"rate": "bytes/s"}),
        charts.bundle(bars.to_dict(), frame.iloc[::20], words[2], {"area_mm2": "mm2", "good": "share"}),
    ]
    wide = frame.iloc[::10].assign(**{f"also_good_{n}": frame.good for n in range(8)})
    units = {name: "share" for name in wide.columns if "good" in name} | {"area_mm2": "mm2"}
    grid = tables.grid_html(
        wide[["model", *units]], identity="s-grid", caption="A wide table", units=units, source="It"
    )
    folded = tables.parameters_html("as_of", "demand_elasticity")
    return [{"text/html": folded}, *made, {"text/html": grid}]


def notebook() -> Any:
    """The sample chapter, executed."""
    cells = [v4.new_markdown_cell(PROSE.replace("{num}:literal", "that value"))]
    for index, data in enumerate(outputs()):
        cell = v4.new_code_cell(
            f"show({index})", metadata={"tags": ["hide-input"]}, execution_count=index + 1,
            outputs=[v4.new_output("display_data", data)],
        )  # fmt: skip
        cells.append(cell)
    for index, cell in enumerate(cells):
        cell["id"] = f"cell-{index}"
    return v4.new_notebook(
        cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    )


def stage(folder: Path, root: Path) -> None:
    """Write the sample's sources where the press would have staged them."""
    (folder / "book").mkdir(parents=True)
    shutil.copytree(root / "book" / "_static", folder / "book" / "_static")
    shutil.copy(root / "_config.yml", folder)
    (folder / "_toc.yml").write_text(TOC, encoding="utf-8")
    (folder / "book" / "index.md").write_text(INDEX, encoding="utf-8")
    (folder / "book" / "references.bib").write_text("", encoding="utf-8")
    (folder / "book" / "the_sample.ipynb").write_text(json.dumps(notebook()), encoding="utf-8")
    script = LIVE % json.dumps(PAGE)
    live = folder / "book" / "_static" / "live"
    (live / "the_sample.js").write_text(script, encoding="utf-8")
    points = outputs()[2]["text/html"]
    (live / "the_sample.charts.js").write_text(CHARTS % json.dumps(pictures(points)), encoding="utf-8")
    (folder / "book" / "_static" / "facts").mkdir()
    for name in ("chips", "sales"):
        (folder / "book" / "_static" / "facts" / f"{name}.csv").write_bytes(CSV)
    for name, directive in PAGES.items():
        page = f"# {name.capitalize()}\n\n```{{{directive}}}\n```\n"
        (folder / "book" / f"{name}.md").write_text(page, encoding="utf-8")
    (folder / "values.json").write_text(json.dumps(values()), encoding="utf-8")
