"""What can be found on a page is its text by paragraph, its charts and its words; never code, traces or menus."""

from __future__ import annotations

import hashlib
import json

from docutils import nodes
from docutils.utils import new_document
from sphinx.addnodes import pending_xref

from shortcase.places import root
from shortcase.publish.site.nodes import bound, choice, other_wording
from shortcase.publish.site.search import carried, gathered

MINISEARCH_SHA256 = "03c27931eb603af1d3358579e9885eafdb6a2f5fa9929557b3e77d7e99d06d03"
"""Of dist/umd/index.js in the npm package minisearch 7.2.0."""


def figure(text: str, kind: str = "num", key: str = "x") -> bound:
    return bound("", "", nodes.Text(text), kind=kind, key=key)


def paragraph(*inside) -> nodes.paragraph:
    return nodes.paragraph("", "", *(nodes.Text(part) if isinstance(part, str) else part for part in inside))


def section(identity: str, title: str, *inside) -> nodes.section:
    return nodes.section("", nodes.title("", title), *inside, ids=[identity])


def page(*inside):
    document = new_document("page")
    document += section("top", "The Page", *inside)
    return document


def found(*inside, name="book/the_page"):
    return gathered.entries(page(*inside), name)


def test_sections_stand_below_one_another_with_their_own_text_alone():
    entries = found(paragraph("Above."), section("below", "Below", paragraph("Inside.")))
    assert [(e.kind, e.anchor, e.title, e.under) for e in entries] == [
        ("section", "top", "The Page", ""),
        ("section", "below", "Below", "The Page"),
    ]
    assert [[text for _, text in e.parts] for e in entries] == [["Above."], ["Inside."]]


def test_figures_are_in_the_text_and_badges_name_the_claims():
    (entry,) = found(
        paragraph(
            "It cost ", figure("$142.62"), " ", figure("✓ holds", "claim", "in-price"), ", or ", figure("45×"), "."
        )
    )
    assert entry.parts[0][1] == "It cost $142.62, or 45×."
    assert entry.claims == ["in-price"]


def test_what_no_reader_sees_is_not_found():
    code = nodes.container("", nodes.literal_block("", "claim('th-45x')"), classes=["cell_input"])
    plain = nodes.container("", paragraph("twice said"), mime_type="text/plain")
    waiting = choice("", "", nodes.Text("less"), other_wording("", "more"))
    (entry,) = found(
        code, plain, nodes.comment("", "hidden"), paragraph("It is ", waiting, "."), nodes.math_block("", "e^x")
    )
    assert [text for _, text in entry.parts] == ["It is less."]


def test_a_chart_is_its_caption_and_a_table_its_cells_too():
    chart = nodes.raw(
        "",
        '<figure class="vl" id="a-chart"><figcaption>What &amp; when</figcaption><svg>7</svg></figure>',
        format="html",
    )
    grid = nodes.raw(
        "",
        '<figure class="grid" id="a-table"><table><caption>Rows</caption><tr><th>Chip</th><td>MI300X</td></tr></table>',
        format="html",
    )
    _, first, second = found(chart, grid)
    assert (first.kind, first.anchor, first.title, first.parts) == ("chart", "a-chart", "What & when", [])
    assert (second.kind, second.title, second.parts) == ("table", "Rows", [("", "Chip · MI300X")])


def test_a_word_is_a_result_of_its_own_on_its_page_alone():
    entry = nodes.definition_list_item(
        "", nodes.term("", "Gross margin"), nodes.definition("", paragraph("What is left."))
    )
    _, word = found(nodes.definition_list("", entry), name="book/words")
    assert (word.kind, word.anchor, word.title, word.parts) == (
        "word",
        "word-gross-margin",
        "Gross margin",
        [("", "What is left.")],
    )
    assert [e.kind for e in found(nodes.definition_list("", entry.deepcopy()))] == ["section"]


def test_an_address_stays_when_a_figure_moves_and_when_paragraphs_are_put_before_it():
    (before,) = found(paragraph("It cost ", figure("$1"), "."))
    (after,) = found(paragraph("New."), paragraph("It cost ", figure("$2"), "."))
    assert before.parts[0][0] == after.parts[1][0]
    assert before.parts[0][0].startswith("p-")


def test_paragraphs_of_the_same_words_have_addresses_apart():
    (entry,) = found(paragraph("Same."), paragraph("Same."), paragraph("Same."))
    anchors = [anchor for anchor, _ in entry.parts]
    assert len(set(anchors)) == 3


def test_a_link_that_takes_the_title_of_its_page_is_found_by_that_title():
    link = pending_xref("", nodes.inline("", "the_other"), reftype="doc", reftarget="the_other", refexplicit=False)
    (entry,) = found(paragraph("See ", link, "."))
    assert carried.TITLE.findall(entry.parts[0][1]) == ["the_other"]


def test_the_library_is_the_file_that_is_named():
    folder = root() / "book" / "_static" / "search"
    assert hashlib.sha256((folder / "minisearch.js").read_bytes()).hexdigest() == MINISEARCH_SHA256
    assert "MiniSearch 7.2.0" in (folder / "LICENSE.txt").read_text(encoding="utf-8")


def test_parameters_claims_and_tables_are_found_where_their_pages_have_them():
    span = {"low_text": "1%", "high_text": "9%", "essay_text": "", "source": "S", "note": ""}
    about = {"columns": [{"about": "Power"}], "sources": [{"source": "Sheet, https://example.org/a"}]}
    values = {
        "par": {"x": {"label": "An input", "text": "5%", **span}},
        "claim": {"a-b": {"paraphrase": "It is so.", "stated_text": "45×", "computed_text": "", "verdict": "fails"}},
        "table": {"chips": {"title": "Chips", "rows": 2, "preview": [{"id": "h100"}], **about}},
    }
    rows = [*carried._parameters(values), *carried._claims(values), *carried._tables(values)]
    assert [(row.kind, row.anchor, row.under) for row in rows] == [
        ("parameter", "par-x", "5%"), ("claim", "a-b", "fails"), ("facts", "table-chips", "2 rows"),
    ]  # fmt: skip
    assert "https" not in json.dumps([row.parts for row in rows])
    assert "h100" in rows[2].parts[0][1]
