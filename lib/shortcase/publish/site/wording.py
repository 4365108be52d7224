"""The words of the generated pages: how verdicts, days, counts and standings are said, and how a filter has them."""

from __future__ import annotations

import re

from shortcase.show.units import fmt

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
ADDRESS = re.compile(r"(https?://[^\s)\],;]+[^\s)\],;.])")


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


def token(text: str) -> str:
    """A text as a filter compares it and an address holds it.

    >>> token("P5–P95"), token("Wrapping it All Up")
    ('p5-p95', 'wrapping-it-all-up')
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def day(iso: object) -> str:
    """A day as a reader sees it."""
    return fmt(str(iso), "date")


def days(first: str, last: str) -> str:
    """One day or two, as a reader sees them; empty where there is none.

    >>> days("2025-01-25", "2025-01-25") == day("2025-01-25"), days("", "")
    (True, '')
    """
    return "" if not first else day(first) if first == last else f"{day(first)} to {day(last)}"


def many(count: int, one: str, several: str = "") -> str:
    """A count with its word.

    >>> many(1, "claim"), many(3000, "claim"), many(2, "entry", "entries")
    ('1 claim', '3,000 claims', '2 entries')
    """
    return f"{count:,} {one if count == 1 else several or one + 's'}"


def sentence(text: str) -> str:
    """The text with a capital and a full stop.

    >>> sentence("a matter of taste."), sentence("")
    ('A matter of taste.', '')
    """
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""


def argument(name: str) -> str:
    """An argument of a formula as words: a long name of one piece breaks nowhere, and a screen reader spells it out.

    >>> argument("model.hidden_size"), argument("hours of Llama 3.1 405B")
    ('model: hidden size', 'hours of Llama 3.1 405B')
    """
    return name if " " in name else name.replace("_", " ").replace(".", ": ")


def addresses(text: str) -> list[tuple[str, str]]:
    """The text in pieces, each with the address that it links to; empty where it is none.

    >>> addresses("see https://a.example/b.")
    [('see ', ''), ('https://a.example/b', 'https://a.example/b'), ('.', '')]
    """
    pieces = ADDRESS.split(text)
    return [(piece, piece if number % 2 else "") for number, piece in enumerate(pieces)]


def opening(text: str, most: int = 30) -> str:
    """A text that opens at once: whole where it is short, else its first words.

    >>> opening("one two three", 3), opening("one two, three", 2)
    ('one two three', 'one two …')
    """
    words = text.split(" ")
    return text if len(words) <= most else f"{' '.join(words[:most]).rstrip(',;:')} …"
