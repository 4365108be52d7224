"""The book on paper: one page of all, printed with tags, an outline and every table whole."""

from __future__ import annotations

import re

import pytest

from shortcase.commands import paper
from shortcase.errors import BadRequest
from shortcase.publish.site.one_page import one_page, order


def test_the_one_page_holds_every_page_unfolded_and_leads_inside(sample_site):
    page = one_page(sample_site)
    assert order(sample_site) == ["index", "the_sample", "parameters", "scorecard", "facts"]
    assert page.count("<article") == 5
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for inside in re.findall(r'href="#([^"]+)"', page):
        name, _, anchor = inside.partition("--")
        there = f'id="{anchor}"' in (sample_site / "book" / f"{name}.html").read_text(encoding="utf-8")
        assert inside in ids or (anchor and not there), inside  # the sample links to a parameter that it leaves out
    assert not re.search(r'href="(?!#|https?:|_static/)', page)
    assert "<button" not in page
    assert not re.search(r"<details(?![^>]* open)", page)


def test_the_pdf_is_tagged_and_has_an_outline(sample_site, tmp_path, chromium, monkeypatch):
    monkeypatch.setenv("CHROMIUM", str(chromium))
    made = paper.pdf(sample_site, tmp_path / "out" / "sample.pdf").read_bytes()
    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made
    assert b"/Outlines" in made
    assert len(re.findall(rb"/Type\s*/Page\b", made)) >= 5
    assert b"Three curves fall." in made or b"/Alt" in made


def test_without_a_browser_or_a_book_it_says_what_to_do(sample_site, tmp_path, monkeypatch):
    with pytest.raises(BadRequest, match="run shortcase build first"):
        paper.pdf(tmp_path, tmp_path / "x.pdf")
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(paper.shutil, "which", lambda _: None)
    with pytest.raises(BadRequest, match="install one"):
        paper.pdf(sample_site, tmp_path / "x.pdf")
