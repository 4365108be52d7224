"""The scorecard: first what matters, then how many of each verdict there are, then every claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from shortcase.publish.site.filters import form, options
from shortcase.publish.site.nodes import Links
from shortcase.publish.site.table import Cell, Grid, Line, both, day, folded, link, many, ordered, quiet, token
from shortcase.publish.site.trace import MARKS, badge, badge_text, slug

Row = Mapping[str, Any]
EVERY = "every-claim"
"""The anchor of the list that the filters work on."""
WEIGHTS = {"main": "main conclusion", "support": "supporting step", "aside": "aside"}
UNWEIGHED = "not weighed yet"

GROUPS: dict[str, tuple[str, str, Callable[[Row], bool]]] = {
    "fails-main": (
        "What fails, and a main conclusion hangs on it",
        "The rule is not met, and a conclusion of the essay leans on the claim.",
        lambda row: row["verdict"] == "fails" and row.get("weight") == "main",
    ),
    "fails-other": (
        "What fails, and no main conclusion hangs on it",
        "The rule is not met, but the claim is a step that has others beside it, or an aside.",
        lambda row: row["verdict"] == "fails" and row.get("weight") != "main",
    ),
    "turns": (
        "What turns on one assumption",
        "The verdict flips inside the stated range of the parameter that is named, at the value that is shown.",
        lambda row: row["verdict"] == "depends",
    ),
    "unverified": (
        "What could not be confirmed",
        "There is a lead, and no source that a reader could check; so the claim counts neither as right nor as wrong.",
        lambda row: row["verdict"] == "unverified",
    ),
}
"""What a reader should see first: the address, the heading, what it means, and which claims belong there."""


def group(values: Mapping[str, Any], links: Links, name: str) -> Grid:
    """The claims of one of the groups."""
    belongs = GROUPS[name][2]
    heads, cells = (_turning if name == "turns" else _leading if name == "unverified" else _failing)(values, links)
    rows = [(key, row) for key, row in ordered(values["claim"]).items() if belongs(row)]
    rows.sort(key=lambda item: _rank(item[1]))
    lines = [Line([_named(key, row, links), *cells(row)]) for key, row in rows]
    return Grid(["Claim, in our words", *heads], lines, many(len(rows), "claim"))


def _rank(row: Row) -> int:
    """What weighs more comes first."""
    names = list(WEIGHTS)
    return names.index(row["weight"]) if row.get("weight") in names else len(names)


def sections(values: Mapping[str, Any]) -> list[str]:
    """The sections of the essay, in its order."""
    return list(dict.fromkeys(row["section"] for row in ordered(values["claim"]).values()))


def members(values: Mapping[str, Any], name: str) -> int:
    """How many claims a group has."""
    return sum(GROUPS[name][2](row) for row in values["claim"].values())


def _named(key: str, row: Row, links: Links) -> Cell:
    words = str(row["paraphrase"])
    about = quiet(escape(f"{row['section']} · {weight(row)}"))
    return f"{link(words, f'#{key}', class_='to-claim')} {_in_chapter(row, links)}{about}", words


def weight(row: Row) -> str:
    """What hangs on a claim, in words."""
    return WEIGHTS.get(row.get("weight") or "", UNWEIGHED)


Cells = tuple[list[str], Callable[[Row], list[Cell]]]


def _failing(values: Mapping[str, Any], links: Links) -> Cells:
    del values, links
    heads = ["Stated", "Computed", "Note"]
    return heads, lambda row: [
        both(row.get("stated_text", "")), both(row.get("computed_text", "")), both(sentence(row.get("note", ""))),
    ]  # fmt: skip


def _turning(values: Mapping[str, Any], links: Links) -> Cells:
    def cells(row: Row) -> list[Cell]:
        found = values["par"].get(row.get("turns_on") or "", {})
        label = found.get("label", "")
        named = link(label, links("parameters", f"par-{row['turns_on']}")) if label else "–"
        now = found.get("text", "")
        so = f"{now}: {row['as_computed']}" if row.get("as_computed") else now
        return [(named, label or "–"), both(so), both(row.get("threshold_text", ""))]

    return ["Turns on", "At this book’s value", "Flips at"], cells


def _leading(values: Mapping[str, Any], links: Links) -> Cells:
    del values, links
    return ["Stated", "The lead"], lambda row: [both(row.get("stated_text", "")), both(sentence(row.get("lead", "")))]


def tally(values: Mapping[str, Any]) -> str:
    """How many of each verdict, each a link to those claims alone."""
    counted = Counter(row["verdict"] for row in values["claim"].values())
    badges = " ".join(
        f'<a class="verdict verdict-{slug(v)}" href="?verdict={slug(v)}#{EVERY}">{escape(badge_text(v))} '
        f'<span class="count">{counted[v]}</span></a>'
        for v in MARKS
        if counted[v]
    )
    return f'<p class="tally">{badges}</p>'


def counts(values: Mapping[str, Any], links: Links, by: str) -> Grid:
    """The verdicts by section of the essay, or by kind of claim."""
    del links
    claims = ordered(values["claim"]).values()
    names = list(dict.fromkeys(row[by] for row in claims))
    counted = Counter((row[by], row["verdict"]) for row in claims)
    given = [v for v in MARKS if any(counted[name, v] for name in names)]  # a verdict that nothing has is no column
    lines = []
    for name in names:
        shown = name if by == "section" else name.capitalize()
        linked = link(shown, f"?{by}={token(name)}#{EVERY}")
        lines.append(Line([(linked, shown), *(_count(counted[name, v], by, name, v) for v in given)]))
    totals = [sum(counted[name, verdict] for name in names) for verdict in given]
    lines.append(Line([("<strong>All</strong>", "All"), *((f"<strong>{t}</strong>", str(t)) for t in totals)]))
    caption = "Verdicts by section of the essay" if by == "section" else "Verdicts by kind of claim"
    return Grid([by.capitalize(), *(badge_text(v).capitalize() for v in given)], lines, caption)


def _count(count: int, by: str, name: str, verdict: str) -> Cell:
    if not count:
        return both("")
    address = f"?{by}={token(name)}&verdict={slug(verdict)}#{EVERY}"
    return link(str(count), address, aria_label=f"{count}: {name}, {verdict}"), str(count)


def filters(values: Mapping[str, Any]) -> str:
    """The form above the list: a search, a button for each verdict, menus for kind, weight and section."""
    rows = ordered(values["claim"]).values()
    counted = Counter(row["verdict"] for row in rows)
    buttons = "".join(
        f'<button type="button" class="verdict verdict-{slug(v)}" data-toggle="verdict" value="{slug(v)}" '
        f'aria-pressed="false">{escape(badge_text(v))} <span class="count">{counted[v]}</span></button>'
        for v in MARKS
        if counted[v]
    )
    group = f'<div class="filter-buttons" role="group" aria-label="Verdict">{buttons}</div>'
    choices = {
        "kind": options(row["kind"] for row in rows),
        "weight": options(weight(row) for row in rows),
        "section": options(row["section"] for row in rows),
    }
    return form("claim", "claims", choices, group)


def claims(values: Mapping[str, Any], links: Links, section: str) -> Grid:
    """Every claim of a section of the essay."""
    rows = {key: row for key, row in ordered(values["claim"]).items() if row["section"] == section}
    lines = [
        Line(
            [
                (_claim(key, row, links), key),
                both(row.get("stated_text", "")),
                both(row.get("computed_text", "")),
                (
                    f'{badge(row["verdict"])}<span class="how">{_how(row, values, links)}</span>',
                    " ".join([f"{badge_text(row['verdict'])}.", *_words(row, values)]),
                ),
            ],
            key,
            {
                "item": "",
                "verdict": slug(row["verdict"]),
                "kind": token(row["kind"]),
                "weight": token(weight(row)),
                "section": token(row["section"]),
            },
        )
        for key, row in rows.items()
    ]
    heads = ["Claim, in our words", "Stated", "Computed", "Verdict, and how"]
    return Grid(heads, lines, many(len(rows), "claim"))


def _claim(key: str, row: Row, links: Links) -> str:
    about = quiet(escape(f"{row['kind'].capitalize()} · {weight(row)}"))
    return f'{escape(row["paraphrase"])} {_in_chapter(row, links)}{about}<span class="quiet claim-id">{key}</span>'


def _in_chapter(row: Row, links: Links) -> str:
    """A link to the badge, where the claim is weighed; a screen reader hears which claim, as such links are many."""
    page, _, anchor = str(row.get("anchor") or "").partition(".html#")
    place = links(page, anchor) if anchor else ""
    label = f"in its chapter: {row['paraphrase']}"
    return link("in its chapter", place, class_="in-chapter", aria_label=label) if place else ""


def _words(row: Row, values: Mapping[str, Any]) -> list[str]:
    """How a claim was decided, or why not, in sentences."""
    rule = f"Rule: {row['rule_text']}" if row.get("computed_text") and row.get("rule_text") else ""
    found = values["par"].get(row.get("turns_on") or "", {})
    flips = f"Flips where “{found['label']}” is {row['threshold_text']}" if found and row.get("threshold_text") else ""
    lead = f"Only a lead: {row['lead']}" if row.get("lead") else ""
    parts = (rule, flips, "" if rule else row.get("why_not", ""), lead, row.get("note", ""))
    return [sentence(part) for part in parts if part]


def _how(row: Row, values: Mapping[str, Any], links: Links) -> str:
    told = escape(" ".join(_words(row, values)))
    label = values["par"].get(row.get("turns_on") or "", {}).get("label", "")
    if label:
        quoted, linked = escape(f"“{label}”"), link(label, links("parameters", f"par-{row['turns_on']}"))
        told = told.replace(quoted, linked, 1)
    due = row.get("resolution", "")
    resolved = f'<strong class="how-head">To be resolved.</strong> {escape(sentence(due))}' if due else ""
    sources = folded_sources(row.get("facts") or (), links)
    return told + quiet(resolved) + quiet(sources)


def folded_sources(facts: Iterable[Mapping[str, str]], links: Links) -> str:
    """The rows of facts that something rests on, each with its source and date, linked to its table."""
    items = []
    for fact in facts:
        name = f"{fact['table']}/{fact['row']}" if fact.get("row") else fact["table"]
        place = links("facts", f"table-{fact['table']}")
        items.append(f"{link(name, place)}: {escape(fact['source'])} ({escape(day(fact['public_on']))})")
    return folded(f"Rests on {many(len(items), 'fact')}", items, unfolded=0)


def sentence(text: str) -> str:
    """The text with a capital and a full stop.

    >>> sentence("a matter of taste."), sentence("")
    ('A matter of taste.', '')
    """
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""
