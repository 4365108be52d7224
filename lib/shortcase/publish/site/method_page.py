"""The tables of the page on the method: what was read again, what each chapter executes, how long the press takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shortcase.publish.site.markup import ELEMENTS
from shortcase.publish.site.nodes import Links
from shortcase.publish.site.table import ordered
from shortcase.publish.site.wording import day, many
from shortcase.show.html_table import Cell, Grid, Line, heads, words
from shortcase.show.units import fmt

COUNTED = {
    "cells": "Cells of code",
    "numbers": "Numbers",
    "claims": "Claims decided",
    "charts": "Charts",
    "parameters": "Parameters read",
    "tables": "Fact tables read",
}
OTHER = "jupyter-book"
"""The row of the timings that the others are held against."""


def rereading(values: Mapping[str, Any], links: Links) -> Grid:
    """What was found of the rows of facts that were read again: counted, and each named that was not found right."""
    found = values.get("reread") or {}
    if not found:
        return Grid([], [], "")
    lines = [
        Line(
            [_found(row), words(fmt(row["rows"], "count")), words(fmt(row["early"], "count")), _told(row, found, links)]
        )
        for row in found["verdicts"]
    ]
    drawn = [
        f"{fmt(found['rows'], 'count')} of {fmt(found['of'], 'count')} rows, from {many(found['tables'], 'table')},",
        f"drawn with the seed {found['seed']} and read by {day(found['read_on'])}.",
        f"{fmt(found['checked'], 'count')} could be checked, {fmt(found['days'], 'count')} of them for their day too",
    ]
    return Grid(heads("Found", "Rows", f"Of them public by {day(found['as_of'])}", "Which"), lines, " ".join(drawn))


def _found(row: Mapping[str, Any]) -> Cell:
    word = str(row["verdict"])[:1].upper() + str(row["verdict"])[1:]
    return Cell(ELEMENTS.explained(word, row["about"]), f"{word}: {row['about']}")


def _told(row: Mapping[str, Any], found: Mapping[str, Any], links: Links) -> Cell:
    named = [one for one in found["told"] if one["verdict"] == row["verdict"]]
    if not named:
        whole = ELEMENTS.saved("The whole list, with what was opened", links.static(found["file"]))
        return Cell(whole, found["file"])
    names = [f"{one['table']}/{one['row']}" for one in named]
    places = [links("facts", f"table-{one['table']}") for one in named]
    listed = [ELEMENTS.told(name, place, one["note"]) for name, place, one in zip(names, places, named, strict=True)]
    return Cell(ELEMENTS.folded(many(len(named), "row"), listed), "; ".join(names))


def execution(values: Mapping[str, Any], links: Links) -> Grid:
    """What each chapter executes, counted in its own text; no time in it, so that two builds are the same."""
    chapters = {name: page for name, page in ordered(values.get("page", {})).items() if page["chapter"]}
    lines = [
        Line([_chapter(name, page, links), *(words(str(page[key])) for key in COUNTED)])
        for name, page in chapters.items()
    ]
    if lines:
        summed = ("cells", "numbers", "claims", "charts")  # a parameter or a table may be read by several chapters
        totals = [words(str(sum(p[key] for p in chapters.values())) if key in summed else "") for key in COUNTED]
        lines.append(Line([Cell(ELEMENTS.strong("All"), "All"), *totals]))
    return Grid(heads("Chapter", *COUNTED.values()), lines, "What is executed")


def _chapter(name: str, page: Mapping[str, Any], links: Links) -> Cell:
    return Cell(ELEMENTS.link(page["title"], links(name, "")), page["title"])


LIVE = {
    "numbers": "Numbers that rest on a parameter", "claims": "Claims that do", "whens": "Turns of phrase that do",
}  # fmt: skip


def live(values: Mapping[str, Any], links: Links) -> Grid:
    """How many of each chapter's figures the page recomputes when a parameter moves, and why not the others."""
    found = values.get("live") or {}
    pages = ordered({name: values["page"][name] for name in found})
    lines = [
        Line(
            [
                _chapter(name, pages[name], links),
                *(words(f"{found[name][f'live_{kind}']} of {found[name][kind]}") for kind in LIVE),
                words(str(found[name]["drawn"])),
                _not_live(found[name]["dead"]),
            ]
        )
        for name in pages
    ]
    if lines:
        sums = {key: sum(row[key] for row in found.values()) for kind in LIVE for key in (kind, f"live_{kind}")}
        totals = [words(f"{sums[f'live_{kind}']} of {sums[kind]}") for kind in LIVE]
        drawn = words(str(sum(row["drawn"] for row in found.values())))
        lines.append(Line([Cell(ELEMENTS.strong("All"), "All"), *totals, drawn, words("")]))
    about = "Of how many figures each page recomputes how many; what is drawn from many cases is counted apart"
    return Grid(heads("Chapter", *LIVE.values(), "Drawn", "Not live, and why"), lines, about)


def _not_live(dead: Mapping[str, str]) -> Cell:
    if not dead:
        return words("")
    told = [f"{key}: {why}" for key, why in dead.items()]
    return Cell(ELEMENTS.folded(many(len(told), "figure"), told), "; ".join(told))


def benchmark(values: Mapping[str, Any], links: Links) -> Grid:
    """The committed timings; nothing is timed while the book is built."""
    del links
    found = values.get("benchmark") or {}
    rows = found.get("rows", ())
    own = next((row["seconds"] for row in rows if row["key"] == OTHER), None)
    lines = [
        Line([words(row["what"]), words(fmt(row["seconds"], "seconds")), words(_against(row, own))]) for row in rows
    ]
    when = f"{fmt(found['chapters'], 'count')} chapters; {found['machine']}" if rows else ""
    return Grid(heads("What is built", "Time", "Against jupyter-book"), lines, when)


def draws(values: Mapping[str, Any], links: Links) -> Grid:
    """The committed rates of drawing: the same small model in three ways, and the whole thesis."""
    del links
    found = values.get("draws") or {}
    rows = found.get("small_model", ())
    own = rows[-1]["draws_per_s"] if rows else 0
    lines = [
        Line([words(row["what"]), words(fmt(row["draws_per_s"], "count")), words(_behind(own, row["draws_per_s"]))])
        for row in rows
    ]
    when = ""
    if rows:
        whole = found["thesis"]
        when = " ".join(
            [
                "A small valuation of ten years with four uncertain inputs. The whole thesis,",
                f"{fmt(whole['draws'], 'count')} cases under {whole['combinations']} combinations of threats each:",
                f"{fmt(whole['seconds_one_core'], 'seconds')} on one core,",
                f"{fmt(whole['seconds_two_cores'], 'seconds')} on two,",
                f"{fmt(whole['peak_bytes'], 'bytes')} of memory. {found['machine']}",
            ]
        )
    return Grid(heads("How", "Cases a second", "This book against it"), lines, when)


def _behind(own: float, other: float) -> str:
    if own == other:
        return ""
    ratio = own / other
    return f"{fmt(ratio, 'multiple', 1 if ratio < 10 else 0)} as fast"


def _against(row: Mapping[str, Any], own: float | None) -> str:
    if own is None or row["key"] == OTHER:
        return ""
    ratio = own / row["seconds"]
    return f"{fmt(ratio, 'multiple', 1 if ratio < 10 else 0)} as fast"


ANSWERS = {
    "update_ms": "A move, computed and written",
    "frame_slowed_ms": "To the next frame, slowed fourfold",
    "open_ms": "What if, opened",
    "script_kb": "Its scripts, compressed",
}
"""What was measured of a page that answers, and the head of its column."""


def answers(values: Mapping[str, Any], links: Links) -> Grid:
    """The committed timings and weights of the pages that answer."""
    found = values.get("answers") or {}
    rows = found.get("pages", {})
    lines = [
        Line([_chapter(name, {"title": links.title(name)}, links), *(words(_measured(row, key)) for key in ANSWERS)])
        for name, row in rows.items()
    ]
    shared = f"{found['runtime_kb']} kB of scripts that all share come on top" if rows else ""
    when = f"Chromium {found['chromium']}; {shared}{_drawing(found.get('case') or {})}" if rows else ""
    return Grid(heads("Page", *ANSWERS.values()), lines, when)


def _drawing(case: Mapping[str, Any]) -> str:
    if not case:
        return ""
    return (
        f". Your own case draws 512 cases in {fmt(case['first_ms'], 'plain', 0)} ms and 4,096 in "
        f"{fmt(case['all_ms'], 'plain', 0)} ms, at most {fmt(case['longest_ms'], 'plain', 0)} ms at a stretch"
    )


WEIGHT = {
    "kb": "Before a chart, compressed",
    "chart_kb": "With the first chart",
    "requests": "Files",
    "elements": "Elements",
}
"""What was measured of a page that is opened cold, and the head of its column."""


def weight(values: Mapping[str, Any], links: Links) -> Grid:
    """The committed weights of the pages, beside those of Jupyter Book's own output."""
    found = values.get("weight") or {}
    rows, other = found.get("pages", {}), found.get("beside", {})
    lines = [
        Line(
            [
                _chapter(name, {"title": links.title(name)}, links),
                *(words(_weighed(row, key)) for key in WEIGHT),
                words(_weighed(other.get(name, {}), "kb")),
            ]
        )
        for name, row in rows.items()
    ]
    when = f"Chromium {found['chromium']}, nothing kept from an earlier visit" if rows else ""
    return Grid(heads("Page", *WEIGHT.values(), "Jupyter Book’s own"), lines, when)


def _weighed(row: Mapping[str, Any], key: str) -> str:
    unit = "\u00a0kB" if key.endswith("kb") else ""
    return f"{fmt(row[key], 'count')}{unit}" if key in row else ""


def _measured(row: Mapping[str, Any], key: str) -> str:
    return f"{fmt(row[key], 'plain')}\u00a0{'kB' if key.endswith('kb') else 'ms'}"
