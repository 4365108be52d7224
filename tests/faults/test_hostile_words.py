"""Whatever stands in a label, a source, a title or a claim stays words on the pages of the book."""

from __future__ import annotations

import json

from bs4 import BeautifulSoup
from small_book import SmallBook

HOSTILE = "</script></title>--><img src=x onerror=alert(1)>'\\\"${1}&amp;"
IN_YAML = json.dumps(HOSTILE)
IN_CSV = '"' + HOSTILE.replace('"', '""') + '"'


def test_words_of_the_book_stay_words_on_its_pages(book: SmallBook) -> None:
    book.edit("book/parameters.yml", "label: Defects", f"label: {IN_YAML}")
    book.edit("book/parameters.yml", "source: Made for a test", f"source: {IN_YAML}")
    book.edit("book/claims.csv", "At least half of the dies work.", IN_CSV)
    book.edit("book/scenarios/essay.yml", "title: The essay's", f"title: {IN_YAML}")
    book.edit("book/scenarios/essay.yml", "reason: Its own numbers.", f"reason: {IN_YAML}")
    ran = book.shortcase("build", "--scenario", "essay")
    assert ran.code == 0, ran.err
    found = 0
    for path in sorted((book.root / "_build/essay/html").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        page = BeautifulSoup(text, "html.parser")
        assert not page.find_all(onerror=True), path
        assert not page.find_all("img", src="x"), path
        found += "onerror=alert(1)" in text
        for script in page.find_all("script", src=False):
            json.loads(script.string or "null")  # the policy of the pages runs no other
    assert found, "the words are on no page"
