"""The Sphinx extension, on a small staged book rendered by each builder."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from shortcase.errors import BadRequest, ShortcaseError
from shortcase.publish.request import Request
from shortcase.publish.site import trace, wording
from shortcase.publish.site.render import Renderer

TOC = "format: jb-book\nroot: book/index\nchapters:\n  - file: book/other\n"
PAGE = """\
# First {num}`gain`

Text {num}`gain` and {par}`price` and {essayval}`price`, {stated}`a-claim`, {fact}`t/r/c`, {claim}`a-claim`
{claim}`a-claim`. It {when}`gain > 1 | **grows** to {where} | shrinks`.

A formula $E = m c^2$ in a sentence, and

$$ \\frac{a}{b} $$

(the-label)=
## Gain of {num}`gain`

[link {num}`gain`](other.md)

| Head | Figure |
| --- | --- |
| a | {num}`gain` |

```{parameter-index}
```

```{scorecard}
```

```{fact-index}
```

```{execution-table}
```
"""
POLICY = (
    """<meta http-equiv="Content-Security-Policy" content="default-src 'self'; style-src 'self' 'unsafe-inline'">"""
)
OTHER = "# Other\n\nSee {ref}`the-label` and {num}`late`.\n"


def values() -> dict:
    number = {
        "value": 2.0, "unit": "multiple", "text": "2×", "label": "Gain", "formula": "g = a / b & c", "inputs": [],
        "parameters": ["price"], "facts": [], "chapter": "other", "chapter_title": "Other", "known_on": None,
    }  # fmt: skip
    price = {
        "value": 3.0, "unit": "USD", "text": "$3", "essay_text": "$4", "label": "Price", "low_text": "",
        "high_text": "", "source": "A list", "date": "2024-05-01", "note": "", "used_by": ["other"],
    }  # fmt: skip
    claim = {
        "id": "a-claim", "section": "One", "chapter": "other", "paraphrase": "It doubles.", "kind": "estimate",
        "stated_text": "2×", "computed_text": "2×", "verdict": "holds", "rule_text": "equals", "threshold_text": "",
        "note": "", "why_not": "", "anchor": "index.html#claim-a-claim", "weight": "main", "lead": "",
        "resolution": "", "order": 2, "turns_on": "", "facts": [],
    }  # fmt: skip
    failed = {**claim, "id": "b-claim", "verdict": "fails", "anchor": "", "order": 3, "paraphrase": "It trebles."}
    table = {
        "title": "Sales & more", "licence": "none", "review_by": "2027-06-30", "acknowledged_until": "", "rows": 2,
        "columns": [{"name": "sales_usd", "unit": "USD", "unit_about": "US dollars", "about": "of the year"}],
        "later": 1, "first_public": "2024-11-20", "last_public": "2025-02-26", "confidence": {"computed": 2},
        "sources": [{"source": "Form", "rows": 2, "first_public": "2024-11-20", "last_public": "2025-02-26"}],
        "preview": [{"id": "a", "cells": {"sales_usd": "$1"}, "public_on": "2025-02-26", "late": True}],
        "used_by": ["other"], "file": "facts/sales.csv",
    }  # fmt: skip
    return {
        "num": {"gain": number, "late": {**number, "known_on": "2025-02-26"}},
        "par": {"price": price},
        "stated": {"a-claim": {"text": "85–90%", "unit": "share", "paraphrase": "Most."}},
        "claim": {"a-claim": claim, "b-claim": failed},
        "table": {"sales": table},
        "page": {
            "index": {"title": "First", "order": 0, "chapter": False},
            "other": {
                "title": "Other", "order": 1, "chapter": True, "cells": 3, "numbers": 2, "claims": 1, "charts": 0,
                "parameters": 1, "tables": 1,
            },
        },
        "fact": {
            "t/r/c": {
                "text": "700\u00a0W", "unit": "W", "source": "A sheet", "where": "page one",
                "public_on": "2022-03-22", "confidence": "verified-in-source", "known_on": None,
            }
        },
        "as_of": "2025-01-25", "scenario": "documented", "benchmark": {},
    }  # fmt: skip


def staged(folder: Path, root: Path, *, page: str = PAGE, other: str = OTHER, told: dict | None = None) -> Path:
    (folder / "book").mkdir(parents=True)
    shutil.copytree(root / "book" / "_static", folder / "book" / "_static")  # the extension writes into it
    (folder / "_config.yml").write_text((root / "_config.yml").read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "_toc.yml").write_text(TOC, encoding="utf-8")
    (folder / "book" / "references.bib").write_text("", encoding="utf-8")
    (folder / "book" / "index.md").write_text(page, encoding="utf-8")
    (folder / "book" / "other.md").write_text(other, encoding="utf-8")
    (folder / "values.json").write_text(json.dumps(told or values()), encoding="utf-8")
    return folder


def built(stage: Path, out: Path, jobs: int = 1, meanwhile: Callable[[Renderer], None] = lambda _: None) -> Path:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Sphinx's own dependencies use what is to go
        with Renderer() as renderer:
            renderer.render(stage, out, {}, jobs=jobs, meanwhile=lambda: meanwhile(renderer))
    return out


@pytest.fixture(scope="module")
def site(root, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("bound")
    return built(staged(folder / "stage", root), folder / "html")


def test_other_work_is_done_while_pages_are_printed(root, tmp_path) -> None:
    out, done = tmp_path / "html", list[bool]()

    def meanwhile(renderer: Renderer) -> None:
        done.append(renderer._process.is_alive() and not out.exists())

    built(staged(tmp_path / "stage", root), out, meanwhile=meanwhile)
    assert done == [True]
    assert out.is_dir()


@pytest.fixture
def page(site) -> str:
    return (site / "book" / "index.html").read_text(encoding="utf-8")


def refused(root: Path, folder: Path, **changed) -> str:
    with pytest.raises(ShortcaseError) as error:
        built(staged(folder / "stage", root, **changed), folder / "html")
    return str(error.value)


def test_each_role_shows_its_value(page):
    article = page.split("<article")[1].split("</article")[0]
    assert "<template>shrinks</template>" in article  # waits there until a reader turns the condition
    text = re.sub(r"<template>.*?</template>|<[^>]+>", "", article)
    for shown in ("2×", "$3", "$4", "85–90%", "700\u00a0W", "✓ holds"):
        assert shown in text
    assert "It grows to {where}." in re.sub(r"\s+", " ", text)
    assert "shrinks" not in text


def test_figures_of_one_number_are_buttons_that_open_one_trace(page):
    targets = re.findall(r'popovertarget="(why-[^"]+)"', page)
    ids = re.findall(r'<div popover class="why" id="([^"]+)"', page)
    assert len(targets) > len(set(targets)) == len(ids) == len(set(ids))
    assert set(targets) == set(ids)
    assert "g = a / b &amp; c" in page
    assert 'href="#par-price"' in page or "parameters.html" not in page


def test_formulas_are_set_with_the_page(page, site):
    assert re.search(r"<p[^>]*>.*<math [^>]*><mi>E</mi><mo>=</mo><mi>m</mi><msup>.*</math>", page)
    assert '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">' in page
    assert not list(site.rglob("*mathjax*"))


def test_a_formula_that_cannot_be_set_is_told_with_its_line(root, tmp_path):
    told = refused(root, tmp_path, page="# A\n\n{num}`gain` {num}`late`\n\n$$\\nosuch{x}$$\n", other="# Other\n")
    assert "book/index.md:5: The formula \\nosuch{x} cannot be set" in told


def test_no_page_runs_a_script_that_stands_in_its_text(site):
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        scripts = re.findall(r"<script([^>]*)>(.*?)</script>", text, re.DOTALL)
        assert [inside for given, inside in scripts if inside.strip() and "application/json" not in given] == []
        assert not re.search(r"<[^>]+\son[a-z]+=", text), path.name
        if path.parent != site or path.name != "index.html":  # the way in is one line that leads on
            assert POLICY in text, path.name


def test_no_file_lies_in_the_site_that_nothing_asks_for(site):
    asked = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.html"))
    lying = [
        path.name for path in (site / "_static").iterdir() if path.is_file() and path.suffix in (".js", ".css", ".png")
    ]
    assert [name for name in lying if name not in asked] == []


def test_no_button_stands_in_a_heading_a_link_or_a_sidebar(page):
    for tag in ("h1", "h2", "title", "nav"):
        for inside in re.findall(rf"<{tag}\b.*?</{tag}>", page, re.DOTALL):
            assert "popovertarget" not in inside
    for inside in re.findall(r"<a\b.*?</a>", page, re.DOTALL):
        assert "<button" not in inside
    assert re.search(r"<title>\s*First 2×", page)


def test_a_labelled_heading_keeps_its_address(page, site):
    assert re.search(r'<section id="the-label">', page)
    assert 'href="index.html#the-label"' in (site / "book" / "other.html").read_text(encoding="utf-8")


def test_a_claim_has_one_anchor_a_page_and_a_row_in_the_scorecard(page):
    assert page.count('id="claim-a-claim"') == 1
    assert '<details class="entry" id="a-claim" data-item="" data-verdict="holds"' in page
    assert 'href="#claim-a-claim"' in page


def test_a_number_can_be_linked_at_its_first_appearance_on_a_page(page, site):
    assert page.count('id="number-gain"') == 1
    assert '<a href="#number-gain">Gain</a>: 2×' in page
    assert 'href="other.html#number-late"' in page
    assert 'id="number-late"' in (site / "book" / "other.html").read_text(encoding="utf-8")


def test_what_fails_and_matters_stands_before_every_claim(page):
    first, _, rest = page.split("<article")[1].partition('id="every-claim"')
    assert 'id="group-fails-main"' in first
    assert '<a href="#b-claim" class="to-claim">It trebles.</a>' in first
    assert "group-turns" not in page  # nothing turns on a parameter, so nothing is said of it
    assert 'id="b-claim"' in rest


def test_a_table_of_facts_says_what_it_is(page):
    told = page.split('id="table-sales"')[1]
    for shown in (
        "Sales &amp; more", 'href="../_static/facts/sales.csv"',
        "20\u00a0November\u00a02024 to 26\u00a0February\u00a02025",
        "2, 1 of them public only after the as-of date", "US dollars", "The first 1 of 2 rows", "after the as-of date",
    ):  # fmt: skip
        assert shown in told


def test_what_was_known_later_carries_its_date(site):
    other = (site / "book" / "other.html").read_text(encoding="utf-8")
    assert "[known 26\u00a0February\u00a02025]" in other
    assert "became public only on 26\u00a0February\u00a02025" in other


def test_a_page_frozen_at_a_day_says_it_once_and_its_traces_say_it_each(root, tmp_path):
    told = {**values(), "frozen": {"other": "2026-06-30"}}
    other = (built(staged(tmp_path / "stage", root, told=told), tmp_path / "out") / "book" / "other.html").read_text(
        encoding="utf-8"
    )
    assert "[known" not in other
    assert "became public only on 26\u00a0February\u00a02025" in other


def test_no_page_names_a_script_from_elsewhere(site):
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.findall(r'<(?:script|link|img|iframe)[^>]+(?:src|href)="(?:https?:)?//[^"]+"', text), path.name
        assert "thebe" not in text.lower(), path.name


def test_a_book_without_a_chart_brings_no_drawing_library(site):
    assert not (site / "_static" / "vega").exists()


def test_a_book_with_a_chart_brings_it(root, tmp_path):
    other = OTHER + '\n```{raw} html\n<figure class="vl"></figure>\n```\n'
    site = built(staged(tmp_path / "stage", root, other=other), tmp_path / "html")
    assert {path.name for path in (site / "_static" / "vega").iterdir()} == {"vega.js", "NOTICE.txt"}


def test_two_builds_are_equal_to_the_byte(site, root, tmp_path):
    again = built(staged(tmp_path / "stage", root), tmp_path / "html")
    files = sorted(p.relative_to(site) for p in site.rglob("*") if p.is_file())
    assert files == sorted(p.relative_to(again) for p in again.rglob("*") if p.is_file())
    assert [f for f in files if (site / f).read_bytes() != (again / f).read_bytes()] == []


def test_every_missing_key_is_told_at_once_with_the_nearest_name(root, tmp_path):
    told = refused(
        root,
        tmp_path,
        page="# A\n\n{num}`gian` {num}`late`\n{par}`prise` {claim}`c-claim`\n{when}`gian > 1 | a | b` {num}`gain`\n",
        other="# Other\n",
    )
    assert "book/index.md:3: There is no number 'gian'. To put it right: did you mean gain?" in told
    assert "There is no parameter 'prise'. To put it right: did you mean price?" in told
    assert "There is no claim 'c-claim'" in told
    assert "There is no number or parameter 'gian'" in told


def test_a_number_that_no_page_shows_is_told(root, tmp_path):
    told = refused(root, tmp_path, page="# A\n\n{num}`gain`\n", other="# Other\n")
    assert "The number late (2×), recorded in other, is shown on no page" in told


def test_a_heading_whose_address_would_move_is_refused(root, tmp_path):
    told = refused(root, tmp_path, page="# A\n\n{num}`late`\n\n## Gain of {num}`gain`\n", other="# Other\n")
    assert "write (a-name)= above it" in told


def test_two_charts_of_one_id_on_a_page_are_refused(root, tmp_path):
    figure = '\n```{raw} html\n<figure class="vl" id="same"></figure>\n```\n'
    told = refused(root, tmp_path, page=f"# A\n\n{{num}}`late` {{num}}`gain`\n{figure}{figure}", other="# Other\n")
    assert "The id 'same' stands on 2 charts or tables" in told


def test_results_that_are_not_there_stop_the_build(root, tmp_path):
    told = refused(root, tmp_path, told={"num": {}})
    assert "The results of the build have no par, stated, claim, fact" in told


BUILDER = """
import sys
from jupyter_book.sphinx import build_sphinx
stage, out, builder = sys.argv[1:]
over = {"external_toc_path": f"{stage}/_toc.yml", "nb_execution_mode": "off", "latex_individualpages": False}
config = f"{stage}/_config.yml"
sys.exit(build_sphinx(stage, out, path_config=config, noconfig=True, builder=builder, confoverrides=over,
                      doctreedir=f"{stage}/.trees", freshenv=True, warningiserror=True, keep_going=True) or 0)
"""


def by(builder: str, stage: Path, out: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", BUILDER, str(stage), str(out), builder],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]


def test_the_text_builder_shows_every_figure(root, tmp_path):
    by("text", staged(tmp_path / "stage", root), tmp_path / "out")
    text = (tmp_path / "out" / "book" / "index.txt").read_text(encoding="utf-8")
    for shown in ("First 2×", "$3", "85–90%", "✓ holds", "Gain of 2×"):
        assert shown in text
    assert "[known 26" in (tmp_path / "out" / "book" / "other.txt").read_text(encoding="utf-8")


def test_the_latex_builder_shows_every_figure_and_escapes_it(root, tmp_path):
    by("latex", staged(tmp_path / "stage", root), tmp_path / "out")
    text = next((tmp_path / "out").glob("*.tex")).read_text(encoding="utf-8")
    assert r"\$3" in text
    assert r"85–90\%" in text


def test_a_trace_says_what_it_rests_on_and_cuts_a_long_list():
    told = values()
    told["num"]["gain"]["inputs"] = [{"name": f"x{i}", "text": str(i)} for i in range(14)]
    told["num"]["gain"]["facts"] = [{"source": "A <sheet>", "public_on": "2022-03-22", "table": "t", "row": "r"}]
    page = trace.why("num", "gain", told, lambda name, anchor: f"{name}.html#{anchor}")
    first, rest = page.split("<details", maxsplit=1)
    assert "x3 = 3</span>" in first
    assert "x4 = 4;" in rest
    assert "x13 = 13</span>" in rest
    assert '<a href="parameters.html#par-price">Price ($3)</a>' in page
    assert 'A &lt;sheet&gt; (22\u00a0March\u00a02022; table <a href="facts.html#table-t">t</a>)' in page
    assert '<a href="other.html#">Other</a>' in page


def test_every_verdict_has_a_sign_and_a_style():
    assert {wording.slug(v) for v in wording.MARKS} == {
        "holds", "holds-within-rounding", "fails", "depends", "unverified", "not-testable", "not-yet-tested",
    }  # fmt: skip
    assert len(set(wording.MARKS.values())) == 7


def in_heads(site: Path) -> dict[str, dict[str, str]]:
    """What each page's head says of its address, and the way in's as well."""
    found = {}
    for path in site.rglob("*.html"):
        head = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").head
        tags = head.select('link[rel=canonical], meta[property="og:url"], meta[property="og:image"]')
        found[path.relative_to(site).as_posix()] = {
            tag.get("property", "canonical"): tag.get("content", tag.get("href")) for tag in tags
        }
    return found


def test_where_nobody_says_where_the_site_is_no_page_does(site):
    for name, said in in_heads(site).items():
        assert not {"og:url", "canonical"} & said.keys(), name
        assert not said.get("og:image", "").startswith("http"), name


def test_each_page_says_its_whole_address_once_somebody_has_said_where_the_site_is(root, tmp_path, monkeypatch):
    monkeypatch.setenv("SHORTCASE_ADDRESS", "https://case.example/book")
    books = [
        {"name": "documented", "title": "Documented", "path": ""},
        {"name": "bear", "title": "Bear", "path": "scenarios/bear/"},
    ]
    told = {**values(), "scenario": "bear", "among": {"books": books, "compared": {}}}
    heads = in_heads(built(staged(tmp_path / "stage", root, told=told), tmp_path / "html"))
    home = "https://case.example/book/scenarios/bear"
    assert set(heads) >= {"book/index.html", "book/other.html", "index.html"}
    for name, said in heads.items():
        if name == "search.html":
            continue
        page = "book/index.html" if name == "index.html" else name
        assert said["canonical"] == said["og:url"] == f"{home}/{page}", name
        assert said["og:image"] == f"{home}/_static/cards/{Path(page).stem}.png", name
        assert (tmp_path / "html" / said["og:image"].removeprefix(f"{home}/")).is_file(), name


def test_an_address_that_is_none_is_refused(monkeypatch):
    monkeypatch.setenv("SHORTCASE_ADDRESS", "case.example")
    with pytest.raises(BadRequest, match=r"SHORTCASE_ADDRESS: 'case\.example' is no address of a site.*https://"):
        _ = Request().words


def of_many_pages(folder: Path, root: Path, last: str = "") -> Path:
    stage = staged(folder / "stage", root)
    for number in range(8):  # of other lengths, so that each process gets its share and the order is another
        words = "See {ref}`the-label` and {num}`gain`.\n\n" * (1 + number % 3) + (last if number == 7 else "")
        (stage / "book" / f"page_{number}.md").write_text(f"# Page {number}\n\n{words}", encoding="utf-8")
    toc = TOC + "".join(f"  - file: book/page_{number}\n" for number in range(8))
    (stage / "_toc.yml").write_text(toc, encoding="utf-8")
    return stage


def test_pages_side_by_side_are_those_that_are_printed_one_by_one(root, tmp_path):
    sites = []
    for jobs in (1, 3):
        out = built(of_many_pages(tmp_path / str(jobs), root), tmp_path / str(jobs) / "html", jobs)
        sites.append({path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()})
    assert sites[0] == sites[1]
    assert Path("book/page_7.html") in sites[0]


def test_what_is_wrong_with_a_page_is_told_whoever_reads_it(root, tmp_path):
    with pytest.raises(ShortcaseError) as error:
        built(of_many_pages(tmp_path, root, "And {num}`nosuch`.\n"), tmp_path / "html", 3)
    assert "book/page_7.md:" in str(error.value)
    assert "nosuch" in str(error.value)
