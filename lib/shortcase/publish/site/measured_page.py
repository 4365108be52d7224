"""Tables of what was measured by hand and is kept: how long builds, draws, sweeps and moves take, what pages weigh."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shortcase.publish.site.method_page import page_cell
from shortcase.publish.site.nodes import Links
from shortcase.show.html_table import Grid, Line, heads, words
from shortcase.show.units import fmt

OTHER = "jupyter-book"
"""The row of the timings that the others are held against."""


def benchmark(values: Mapping[str, Any], links: Links) -> Grid:
    """The committed timings; nothing is timed while the book is built."""
    del links
    found = values.get("benchmark") or {}
    rows = found.get("rows", ())
    own = next((row["seconds"] for row in rows if row["key"] == OTHER), None)
    lines = [
        Line([words(row["what"]), words(fmt(row["seconds"], "seconds")), words(_against(row, own))]) for row in rows
    ]
    when = f"{fmt(found['chapters'], 'count')} chapters; {found['machine']}.{_before(found)}" if rows else ""
    return Grid(heads("What is built", "Time", "Against jupyter-book"), lines, when)


BEFORE = {
    "cold": "everything", "changed": "one parameter changed", "words": "one sentence changed",
    "check": "shortcase check", "run": "one chapter at another value", "value": "shortcase value",
}  # fmt: skip
"""What was timed in turn with an earlier revision, in words."""


def _before(found: Mapping[str, Any]) -> str:
    """The times over those of an earlier revision, built in turn in the same run."""
    if "against" not in found:
        return ""
    told = found["against"]["ratios"]
    parts = [f"{what} {fmt(told[key], 'multiple', 2)}" for key, what in BEFORE.items() if key in told]
    return f" Its times over those of revision {found['against']['revision']}, in the same run: {'; '.join(parts)}."


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


WAYS = {
    "loop": "Papermill in a loop, a fresh kernel for each point",
    "sweep_1": "This book, one worker",
    "sweep_2": "This book, two workers",
}
"""The ways in which a chapter was computed as a notebook at many points, each with its words."""


def sweeps(values: Mapping[str, Any], links: Links) -> Grid:
    """The committed rates of a chapter's notebook at many points."""
    found = values.get("sweeps") or {}
    if not found:
        return Grid(heads("How", "A point", "Against the loop"), [], "")
    loop = found["loop"]["s_a_point"]
    lines = [
        Line(
            [words(told), words(fmt(found[way]["s_a_point"], "seconds")), words(_behind(loop, found[way]["s_a_point"]))]
        )
        for way, told in WAYS.items()
    ]
    arrays = found["arrays"]
    when = " ".join(
        [
            f"{fmt(found['points'], 'count')} points of {links.title(found['chapter'])}, in {found['rounds']} rounds.",
            f"Two workers take {fmt(found['two_workers_over_perfect'], 'multiple', 2)} the time of perfect scaling,",
            f"two processes without a scheduler {fmt(found['two_processes_over_perfect'], 'multiple', 2)};",
            f"a point takes {fmt(found['sweep_1']['ms_over_the_cells'], 'plain', 0)} ms over its cells’ own time.",
            f"The valuation as arrays: {fmt(arrays['points'], 'count')} points of {arrays['numbers']} figures in",
            f"{fmt(arrays['s'], 'seconds')} on two cores. {found['machine']}",
        ]
    )
    return Grid(heads("How", "A point", "Against the loop"), lines, when)


def _behind(own: float, other: float) -> str:
    if own == other:
        return ""
    ratio = own / other
    return f"{fmt(ratio, 'multiple', 1 if ratio < 10 else 0)} as fast"


def _against(row: Mapping[str, Any], own: float | None) -> str:
    return "" if own is None or row["key"] == OTHER else _behind(own, row["seconds"])


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
        Line([page_cell(name, {"title": links.title(name)}, links), *(words(_told(row, key)) for key in ANSWERS)])
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
                page_cell(name, {"title": links.title(name)}, links),
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


def _told(row: Mapping[str, Any], key: str) -> str:
    return f"{fmt(row[key], 'plain')}\u00a0{'kB' if key.endswith('kb') else 'ms'}"
