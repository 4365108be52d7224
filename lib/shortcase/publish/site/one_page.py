"""The finished site as one page for paper: every page in its order, unfolded, its links leading inside.

A browser prints it: links between files would become addresses on paper, and what is folded would be left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from bs4.filter import SoupStrainer

from shortcase.publish.site.markup import TEMPLATES

AWAY = (
    "script", "template", "form", "button.copy", "a.headerlink", ".vl-data", ".vl-narrow", ".calculation", "a.csv",
    ".take-along", ".on-paper", ".scenario-switch", "[data-case]", "[popover]",
)  # fmt: skip
"""What has no use on paper; the data and the source are in the site."""
LANDING = "index"


def one_page(site: Path) -> str:
    """The whole book as the HTML of one page, which lies beside the folder `book` of the site.

    Errors: OSError where there is no site.
    """
    names = order(site)
    articles = [_article(site, name, set(names)) for name in names]
    styles = ("_static/frame.css", "_static/shortcase.css", "_static/landing.css")
    return TEMPLATES.fill("one_page.html", title=_title(site), styles=styles, articles=articles)


def order(site: Path) -> list[str]:
    """The names of the pages in the order of the contents, the landing first."""
    page = _part(site / "book" / f"{LANDING}.html", "nav")
    found = [str(link["href"]) for link in page.select("#book-nav a[href]")]
    names = [address.partition("#")[0].removesuffix(".html") for address in found]
    return list(dict.fromkeys([LANDING, *(name for name in names if name)]))


def _title(site: Path) -> str:
    return _part(site / "book" / f"{LANDING}.html", "h1").get_text().strip("#\n ")


def _part(path: Path, tag: str) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser", parse_only=SoupStrainer(tag))


def _article(site: Path, name: str, pages: set[str]) -> str:
    article = _part(site / "book" / f"{name}.html", "article").find("article")
    if not isinstance(article, Tag):
        return ""
    for part in article.select(", ".join(AWAY)):
        part.decompose()
    for folded in article.find_all("details"):
        folded["open"] = ""
    for figure in article.find_all("button"):  # a figure is a word on paper
        figure.name = "span"
        figure.attrs = {key: value for key, value in figure.attrs.items() if key in ("class", "id")}
    for part in _with(article, "id"):
        part["id"] = anchored(name, str(part["id"]))
    for part in _with(article, "aria-labelledby"):
        part["aria-labelledby"] = anchored(name, str(part["aria-labelledby"]))
    for link in article.find_all("a", href=True):
        inside = address(name, str(link["href"]), pages)
        if inside is None:
            link.name, link.attrs = "span", {}
        else:
            link["href"] = inside
    article["id"] = anchored(name, "")
    return str(article).replace("url(#", f"url(#{anchored(name, '')}")


def _with(article: Tag, attribute: str) -> Iterator[Tag]:
    yield from (part for part in article.find_all(name=True, attrs={attribute: True}) if isinstance(part, Tag))


def anchored(page: str, anchor: str) -> str:
    """The id on the one page of an anchor on one of many.

    >>> anchored("the_fallout", "x")
    'the_fallout--x'
    """
    return f"{page}--{anchor}"


def address(here: str, href: str, pages: set[str]) -> str | None:
    """Where a link leads on the one page; None where it leads to a file of the site, which paper has not.

    >>> address("facts", "words.html#x", {"words"}), address("facts", "#y", set()), address("facts", "a.csv", set())
    ('#words--x', '#facts--y', None)
    """
    if href.startswith(("http:", "https:")):
        return href
    file, _, anchor = href.partition("#")
    name = file.partition("?")[0].removesuffix(".html") if file else here
    return f"#{anchored(name, anchor)}" if name in pages or not file else None
