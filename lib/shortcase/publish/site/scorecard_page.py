"""The scorecard: first what matters, then how many of each verdict there are, then every claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from shortcase.publish.site import filters as forms
from shortcase.publish.site.markup import ELEMENTS, TEMPLATES
from shortcase.publish.site.nodes import Links
from shortcase.publish.site.table import ordered, verdict_head
from shortcase.publish.site.wording import MARKS, badge_text, many, sentence, slug, token
from shortcase.show.html_table import Cell, Grid, Line, heads, words

Row = Mapping[str, Any]
EVERY = "every-claim"
"""The anchor of the list that the filters work on."""
WEIGHTS = {"main": "main conclusion", "support": "supporting step", "aside": "aside"}
UNWEIGHED = "not weighed yet"
PARTS: Any = TEMPLATES.parts("scorecard.html")

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
    columns, cells = (_turning if name == "turns" else _leading if name == "unverified" else _failing)(values, links)
    rows = [(key, row) for key, row in ordered(values["claim"]).items() if belongs(row)]
    rows.sort(key=lambda item: _rank(item[1]))
    lines = [Line([_named(key, row, links), *cells(row)]) for key, row in rows]
    return Grid(heads("Claim, in our words", *columns), lines, many(len(rows), "claim"))


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
    return Cell(PARTS.named(key, row, weight(row), _badge_place(row, links)), str(row["paraphrase"]))


def weight(row: Row) -> str:
    """What hangs on a claim, in words."""
    return WEIGHTS.get(row.get("weight") or "", UNWEIGHED)


Cells = tuple[list[str], Callable[[Row], list[Cell]]]


def _failing(values: Mapping[str, Any], links: Links) -> Cells:
    del values, links
    return ["Stated", "Computed", "Note"], lambda row: [
        words(row.get("stated_text", "")),
        words(row.get("computed_text", "")),
        words(sentence(row.get("note", ""))),
    ]


def _turning(values: Mapping[str, Any], links: Links) -> Cells:
    def cells(row: Row) -> list[Cell]:
        found = values["par"].get(row.get("turns_on") or "", {})
        label = found.get("label", "")
        named = Cell(ELEMENTS.link(label, _parameter_place(row, links)), label) if label else words("")
        now = found.get("text", "")
        so = f"{now}: {row['as_computed']}" if row.get("as_computed") else now
        return [named, words(so), words(row.get("threshold_text", "")), words(row.get("distance_text", ""))]

    return ["Turns on", "At this book’s value", "Flips at", "Which is"], cells


def _leading(values: Mapping[str, Any], links: Links) -> Cells:
    del values, links
    return ["Stated", "The lead"], lambda row: [words(row.get("stated_text", "")), words(sentence(row.get("lead", "")))]


def tally(values: Mapping[str, Any]) -> Markup:
    """How many of each verdict, each a link to those claims alone."""
    return forms.tally(_verdicts(values), EVERY)


def _verdicts(values: Mapping[str, Any]) -> list[tuple[str, int]]:
    counted = Counter(row["verdict"] for row in values["claim"].values())
    return [(verdict, counted[verdict]) for verdict in MARKS if counted[verdict]]


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
        linked = Cell(ELEMENTS.link(shown, f"?{by}={token(name)}#{EVERY}"), shown)
        lines.append(Line([linked, *(_count(counted[name, v], by, name, v) for v in given)]))
    totals = ["All", *(str(sum(counted[name, verdict] for name in names)) for verdict in given)]
    lines.append(Line([Cell(ELEMENTS.strong(total), total) for total in totals]))
    caption = "Verdicts by section of the essay" if by == "section" else "Verdicts by kind of claim"
    return Grid([words(by.capitalize()), *map(verdict_head, given)], lines, caption)


def _count(count: int, by: str, name: str, verdict: str) -> Cell:
    if not count:
        return words("")
    address = f"?{by}={token(name)}&verdict={slug(verdict)}#{EVERY}"
    return Cell(ELEMENTS.link(str(count), address, label=f"{count}: {name}, {verdict}"), str(count))


def filters(values: Mapping[str, Any]) -> Markup:
    """The form above the list: a search, a button for each verdict, menus for kind, weight and section."""
    rows = ordered(values["claim"]).values()
    choices = {
        "kind": forms.options(row["kind"] for row in rows),
        "weight": forms.options(weight(row) for row in rows),
        "section": forms.options(row["section"] for row in rows),
    }
    return forms.form("claim", "claims", choices, _verdicts(values))


def claims(values: Mapping[str, Any], links: Links, section: str) -> Grid:
    """Every claim of a section of the essay."""
    rows = {key: row for key, row in ordered(values["claim"]).items() if row["section"] == section}
    lines = [
        Line(
            [
                Cell(PARTS.listed(key, row, weight(row), _badge_place(row, links)), key),
                words(row.get("stated_text", "")),
                _computed(key, row),
                _decided(row, values, links),
            ],
            key,
            {
                "item": "",
                "verdict": slug(row["verdict"]),
                "kind": token(row["kind"]),
                "weight": token(weight(row)),
                "section": token(row["section"]),
            },
            PARTS.line(key, row),
        )
        for key, row in rows.items()
    ]
    columns = heads("Claim, in our words", "Stated", "Computed", "Verdict, and how")
    return Grid(columns, lines, many(len(rows), "claim"))


def _computed(key: str, row: Row) -> Cell:
    text = row.get("computed_text", "")
    return Cell(ELEMENTS.computed(text, key), text) if text else words("")


def _badge_place(row: Row, links: Links) -> str:
    """The address of the badge, where the claim is weighed; empty where no chapter does."""
    page, _, anchor = str(row.get("anchor") or "").partition(".html#")
    return links(page, anchor) if anchor else ""


def _parameter_place(row: Row, links: Links) -> str:
    return links("parameters", f"par-{row['turns_on']}")


def _decided(row: Row, values: Mapping[str, Any], links: Links) -> Cell:
    """The verdict, and how the claim was decided, or why not, in sentences."""
    label = values["par"].get(row.get("turns_on") or "", {}).get("label", "")
    threshold = row.get("threshold_text", "").rstrip(".") if label else ""
    if threshold and row.get("distance_text"):
        threshold += f", {row['distance_text']}, where it {row['side']}"
    rule = f"Rule: {row['rule_text']}" if row.get("computed_text") and row.get("rule_text") else ""
    lead = f"Only a lead: {row['lead']}" if row.get("lead") else ""
    before = [sentence(rule)] if rule else []
    after = [sentence(part) for part in ("" if rule else row.get("why_not", ""), lead, row.get("note", "")) if part]
    linked = [PARTS.flips(label, _parameter_place(row, links), threshold)] if threshold else []
    plain = [f"Flips where “{label}” is {threshold}."] if threshold else []
    sources = [PARTS.source(fact, links("facts", f"table-{fact['table']}")) for fact in row.get("facts") or ()]
    html = PARTS.decided(row["verdict"], [*before, *linked, *after], sentence(row.get("resolution", "")), sources)
    return Cell(html, " ".join([f"{badge_text(row['verdict'])}.", *before, *plain, *after]))
