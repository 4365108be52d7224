"""The picture under which a page is shared says what the page says, in whole sentences where they fit."""

from __future__ import annotations

import re

import pytest
from docutils import nodes
from docutils.utils import new_document

from shortcase.publish.site import cards

CHART = '<svg version="1.1" width="680" height="340" viewBox="0 0 680 340"><text fill="currentColor">x</text></svg>'


def page(text: str) -> nodes.document:
    found = new_document("a page")
    found += nodes.title("", "A page")
    found += nodes.paragraph("", "What is asked?")
    found += nodes.admonition("", nodes.paragraph("", text), classes=["answer"])
    found += nodes.raw("", f'<figure class="vl"><div class="vl-wide">{CHART}</div></figure>', format="html")
    return found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It is 44.3%. Not more.", "It is 44.3%. Not more."),
        (f"It is so. {'And ' * 60}so on.", "It is so."),
        ("on and " * 40 + "on.", None),
    ],
)
def test_the_finding_is_whole_sentences_of_the_answer(text, told):
    found = cards.finding(page(text))
    assert found == told if told else found.endswith("…")
    assert len(found) <= cards.LONGEST


def test_the_first_chart_stands_beside_it():
    assert cards.first_chart(page("x")) == CHART
    drawn = cards.card("A page", "It is so.", "A book", CHART)
    assert re.search(r'<svg[^>]* x="\d+"[^>]* viewBox="0 0 680 340"', drawn)
    assert "currentColor" not in drawn


def test_a_long_finding_stays_in_the_picture():
    words = "a word " * 28
    for chart in ("", CHART):
        svg = cards.card(
            "A title of two lines at the very least, as it is long", words[: cards.LONGEST], "A book", chart
        )
        rows = [float(step) for step in re.findall(r'<tspan x="40" dy="(\d+)"', svg)]
        assert 260 + sum(rows[2:]) < cards.HEIGHT


def test_a_picture_that_was_drawn_is_kept(tmp_path, monkeypatch):
    svg, other = (cards.card("A page", words, "A book") for words in ("It is so.", "It is not so."))
    first = cards.drawn(svg, tmp_path)
    assert first.startswith(b"\x89PNG")
    (kept,) = tmp_path.glob("*.png")
    with monkeypatch.context() as still:
        still.setattr(cards.vl_convert, "svg_to_png", lambda _: pytest.fail("drawn once more"))
        assert cards.drawn(svg, tmp_path) == first
    cards.drawn(other, tmp_path)
    (another,) = set(tmp_path.glob("*.png")) - {kept}
    for damaged in (b"", kept.read_bytes()[:-9], another.read_bytes()):
        kept.write_bytes(damaged)
        assert cards.drawn(svg, tmp_path) == first
