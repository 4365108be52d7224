"""What a reader sees when a figure or a badge is opened: where it comes from, in a few short lines of HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from shortcase.show.units import fmt

Row = Mapping[str, Any]
Link = Callable[[str, str], str]
"""The address of a place, from the page and the anchor on it; empty where the book has no such page."""

MOST_INPUTS = 10

MARKS = {
    "holds": "✓",
    "holds within rounding": "≈",
    "fails": "✗",
    "depends": "⇄",
    "unverified": "?",
    "not testable": "–",
    "not yet tested": "…",
}
"""A sign for each verdict, so that colour is never alone."""


STANDING = {
    "verified-in-source": "read in the source",
    "verified-in-secondary": "read at second hand",
    "computed": "computed from what was read",
    "vendor-claim": "the seller’s own claim",
}
"""How sure a fact is, in words."""


def standing(confidence: str) -> str:
    """How sure a fact is, in words; a name that is not known, as it stands."""
    return STANDING.get(confidence, confidence.replace("-", " "))


def slug(verdict: str) -> str:
    """A verdict as the name of a style: `slug("holds within rounding")` is holds-within-rounding."""
    return re.sub(r"[^a-z]+", "-", verdict.lower()).strip("-")


def badge_text(verdict: str) -> str:
    """The words of a badge.

    >>> badge_text("holds within rounding")
    '≈ holds within rounding'
    """
    return f"{MARKS[verdict]} {verdict}"


def why(kind: str, key: str, values: Mapping[str, Any], link: Link) -> str:
    """The trace behind a role, as phrasing content: it stands inside a paragraph."""
    makers = {
        "num": _number,
        "par": _parameter,
        "essayval": _parameter,
        "stated": _stated,
        "fact": _fact,
        "claim": _claim,
    }
    table = {"essayval": "par"}.get(kind, kind)
    return "".join(makers[kind](key, values[table][key], values, link))


def _head(text: str) -> str:
    return f'<span class="why-head">{escape(text)}</span>'


def _line(name: str, content: str) -> str:
    return f'<span class="why-line"><span class="why-name">{name}</span> {content}</span>' if content else ""


def _anchor(text: str, address: str) -> str:
    return f'<a href="{escape(address)}">{escape(text)}</a>' if address else escape(text)


def _day(iso: object) -> str:
    return escape(fmt(str(iso), "date"))


def _number(key: str, row: Row, values: Mapping[str, Any], link: Link) -> Iterable[str]:
    del key
    yield _head(f"{row['label']}: {row['text']}")
    if row.get("known_on"):
        yield (
            f'<span class="why-late">Rests on what became public only on {_day(row["known_on"])}; '
            "it decides no verdict.</span>"
        )
    yield _line("Formula", f'<span class="why-formula">{escape(row["formula"])}</span>')
    inputs = list(row.get("inputs", ()))
    shown = "; ".join(f"{escape(_words(i['name']))} = {escape(i['text'])}" for i in inputs[:MOST_INPUTS])
    rest = f"; and {len(inputs) - MOST_INPUTS} more" if len(inputs) > MOST_INPUTS else ""
    yield _line("With", shown + rest)
    known = values["par"]
    parameters = (
        _anchor(f"{known[name]['label']} ({known[name]['text']})", link("parameters", f"par-{name}"))
        for name in row.get("parameters", ())
        if name in known
    )
    yield _line("Rests on", "; ".join(parameters))
    yield _line("Facts", "; ".join(_cited(fact, link) for fact in row.get("facts", ())))
    yield _line("Computed in", _anchor(str(row.get("chapter_title", "")), link(str(row.get("chapter", "")), "")))


def _words(name: str) -> str:
    """An argument of a formula as words: a long name of one piece breaks nowhere, and a screen reader spells it out.

    >>> _words("model.hidden_size"), _words("hours of Llama 3.1 405B")
    ('model: hidden size', 'hours of Llama 3.1 405B')
    """
    return name if " " in name else name.replace("_", " ").replace(".", ": ")


def _cited(fact: Row, link: Link) -> str:
    table = _anchor(str(fact["table"]), link("facts", f"table-{fact['table']}"))
    return f"{escape(str(fact['source']))} ({_day(fact['public_on'])}; table {table})"


def _parameter(key: str, row: Row, values: Mapping[str, Any], link: Link) -> Iterable[str]:
    del values
    yield _head(f"{row['label']}: {row['text']}")
    if row.get("essay_text"):
        yield _line("The essay’s", escape(row["essay_text"]))
    if row.get("low_text"):
        yield _line("Range", f"{escape(row['low_text'])} to {escape(row['high_text'])}")
    yield _line("Source", f"{escape(row['source'])} ({_day(row['date'])})")
    yield _line("", _anchor("All parameters", link("parameters", f"par-{key}")))


def _stated(key: str, row: Row, values: Mapping[str, Any], link: Link) -> Iterable[str]:
    yield _head("Stated by the essay")
    yield f'<span class="why-line">{escape(row["paraphrase"])}</span>'
    verdict = values["claim"].get(key, {}).get("verdict")
    if verdict:
        yield _line("Verdict", f"{badge(verdict)} {_anchor('in the scorecard', link('scorecard', key))}")


def _fact(key: str, row: Row, values: Mapping[str, Any], link: Link) -> Iterable[str]:
    del values
    yield _head(row["text"])
    yield _line("Source", f"{escape(row['source'])}{', ' + escape(row['where']) if row.get('where') else ''}")
    yield _line("Public since", _day(row["public_on"]))
    yield _line("Standing", escape(standing(str(row.get("confidence", "")))))
    table, _, _ = key.partition("/")
    yield _line("Table", _anchor(table, link("facts", f"table-{table}")))


def badge(verdict: str) -> str:
    """A verdict as a coloured word with a sign."""
    return f'<span class="verdict verdict-{slug(verdict)}">{escape(badge_text(verdict))}</span>'


def _claim(key: str, row: Row, values: Mapping[str, Any], link: Link) -> Iterable[str]:
    yield f'<span class="why-head">{badge(row["verdict"])}</span>'
    yield _line("The essay", escape(row["paraphrase"]))
    yield _line("Stated", escape(row.get("stated_text") or ""))
    yield _line("Computed", escape(row.get("computed_text") or ""))
    yield _line("Rule", escape(row.get("rule_text") or "") if row.get("computed_text") else "")
    turned = values["par"].get(row.get("turns_on") or "")
    if turned:
        yield _line("Turns on", _anchor(turned["label"], link("parameters", f"par-{row['turns_on']}")))
    yield _line("Flips at", escape(row.get("threshold_text") or ""))
    yield _line("Not tested", escape(row.get("why_not") or ""))
    yield _line("Only a lead", escape(row.get("lead") or ""))
    yield _line("To be resolved", escape(row.get("resolution") or ""))
    yield _line("Note", escape(row.get("note") or ""))
    yield _line("", _anchor("See it in the scorecard", link("scorecard", key)))
