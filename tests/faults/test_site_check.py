"""The check of a finished site finds each thing that it is there to find."""

from __future__ import annotations

from pathlib import Path

import pytest

from shortcase.publish.site import site_check

PAGE = '<html><head><link rel="stylesheet" href="_static/a.css"></head><body><h1 id="top-of-it">T</h1>{}</body></html>'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of two pages in which nothing is wrong."""
    folder = tmp_path / "site"
    (folder / "_static").mkdir(parents=True)
    (folder / "book").mkdir()
    (folder / "_static" / "a.css").write_text(
        '@font-face{src:url("a.woff2")} b{background:url(data:image/png;base64,AA)}'
    )
    (folder / "_static" / "a.js").write_text(
        'const ns = "http://www.w3.org/2000/svg"; const u = "https://vega.github.io";'
    )
    (folder / "index.html").write_text(
        PAGE.format('<a href="book/one.html#there">in</a> <a href="https://arxiv.org/">out</a>')
    )
    links = '<a href="../index.html">up</a><a href="#there">me</a><a href="mailto:a@b">m</a>'
    one = f'<html><body><p id="there">{links}</p></body></html>'
    (folder / "book" / "one.html").write_text(one)
    return folder


def test_a_good_site(site: Path) -> None:
    assert list(site_check.problems(site)) == []
    assert site_check.main([str(site), str(site)]) == 0


BROKEN = {
    "script": ('<script src="https://cdn.jsdelivr.net/x.js"></script>', "from another host"),
    "script without scheme": ('<script src="//cdn.jsdelivr.net/x.js"></script>', "from another host"),
    "image": ('<img src="http://a.example/b.png">', "from another host"),
    "one of several images": (
        '<img src="_static/a.css" srcset="_static/a.css 1x, https://a.example/b.png 2x">',
        "from another host",
    ),
    "style": ("<style>@import 'https://fonts.example/a.css';</style>", "from another host"),
    "style attribute": ('<p style="background:url(https://a.example/b.png)">x</p>', "from another host"),
    "stylesheet": ('<link rel="stylesheet" href="https://a.example/a.css">', "from another host"),
    "preconnect": ('<link rel="preconnect" href="https://a.example">', "from another host"),
    "frame": ('<iframe src="https://a.example"></iframe>', "from another host"),
    "module": ('<script type="module">import x from "https://a.example/x.js";</script>', "from another host"),
    "dynamic import": ('<script>import("https://a.example/x.js")</script>', "from another host"),
    "missing script": ('<script src="_static/none.js"></script>', "which is not there"),
    "missing page": ('<a href="none.html">x</a>', "which is not there"),
    "missing anchor": ('<a href="book/one.html#gone">x</a>', "there is no #gone"),
    "missing own anchor": ('<a href="#gone">x</a>', "there is no #gone"),
    "absolute": ('<a href="/index.html">x</a>', "a site in a subfolder does not have"),
    "outside": ('<a href="../index.html">x</a>', "outside the site"),
}


@pytest.mark.parametrize(("html", "told"), BROKEN.values(), ids=BROKEN)
def test_what_is_wrong_on_a_page(site: Path, html: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "index.html").write_text(PAGE.format(html))
    assert site_check.main([str(site)]) == 1
    wrong = capsys.readouterr().err.splitlines()
    assert len(wrong) == 1
    assert wrong[0].startswith("index.html:1: ")
    assert told in wrong[0]


@pytest.mark.parametrize(('name', 'text'), [("b.css", "@import url(https://a.example/c.css);"), ("b.js", 'import"https://a.example/x.js"'),
                                        ("c.js", "fetch('https://a.example/data.json')")])  # fmt: skip
def test_what_a_file_loads(site: Path, name: str, text: str) -> None:
    (site / "_static" / name).write_text(text)
    assert [p for p in site_check.problems(site) if name in p and "from another host" in p]


def test_two_sites_that_differ(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import shutil

    other = tmp_path / "other"
    shutil.copytree(site, other)
    assert site_check.main([str(site), str(other)]) == 0
    (other / "_static" / "a.js").write_text("1")
    (other / "more.html").write_text("<p>more</p>")
    capsys.readouterr()
    assert site_check.main([str(site), str(other)]) == 1
    told = capsys.readouterr().err
    assert "_static/a.js: differs" in told
    assert "more.html: only in" in told


@pytest.mark.parametrize("arguments", [[], ["a", "b", "c"], ["--help"], ["/nowhere"]])
def test_a_wrong_request(arguments: list[str]) -> None:
    assert site_check.main(arguments) == 2
