"""The tables of the page on the method: what was read again, what each chapter executes, what its page recomputes."""

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
        Line([page_cell(name, page, links), *(words(str(page[key])) for key in COUNTED)])
        for name, page in chapters.items()
    ]
    if lines:
        summed = ("cells", "numbers", "claims", "charts")  # a parameter or a table may be read by several chapters
        totals = [words(str(sum(p[key] for p in chapters.values())) if key in summed else "") for key in COUNTED]
        lines.append(Line([Cell(ELEMENTS.strong("All"), "All"), *totals]))
    return Grid(heads("Chapter", *COUNTED.values()), lines, "What is executed")


def page_cell(name: str, page: Mapping[str, Any], links: Links) -> Cell:
    """The title of a page, as a link to it."""
    return Cell(ELEMENTS.link(page["title"], links(name, "")), page["title"])


LIVE = {
    "numbers": "Numbers that rest on a parameter", "claims": "Claims that do", "whens": "Turns of phrase that do",
    "charts": "Charts that do",
}  # fmt: skip


def live(values: Mapping[str, Any], links: Links) -> Grid:
    """How many of each chapter's figures the page recomputes when a parameter moves, and why not the others."""
    found = values.get("live") or {}
    pages = ordered({name: values["page"][name] for name in found})
    lines = [
        Line(
            [
                page_cell(name, pages[name], links),
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
    return Grid(heads("Chapter", *LIVE.values(), "Drawn", "What stands still, and why"), lines, about)


def _not_live(dead: Mapping[str, str]) -> Cell:
    if not dead:
        return words("")
    told = [f"{key}: {why}" for key, why in dead.items()]
    return Cell(ELEMENTS.folded(f"{len(told)} of them", told), "; ".join(told))
