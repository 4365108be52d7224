"""The picture under which a page is shared: its title, its finding in a sentence, and its first chart.

It is drawn from the page as it was rendered, so that it says what the page says: 1,200 by 630 pixels, which is what
those who show such pictures ask for (the Open Graph protocol, https://ogp.me, names the tags that lead to it).
"""

from __future__ import annotations

import hashlib
import re
import textwrap
from importlib import metadata
from pathlib import Path
from typing import Any

import vl_convert
from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx

from shortcase.places import root
from shortcase.publish import files
from shortcase.publish.kept_files import keep, kept
from shortcase.publish.site.markup import TEMPLATES
from shortcase.publish.site.taken_along import answer, description
from shortcase.show.theme import NVIDIA, on_paper

FOLDER = "cards"
WIDTH, HEIGHT = 1200, 630
TITLE, BESIDE, ALONE = 44, 31, 62
"""Letters in a line of the title, of the finding beside a chart, and of the finding where there is none."""
LONGEST = 200
"""Letters of a finding in whole sentences."""
STILL = re.compile(r'class="vl-wide">(.svg .*?</svg>)</div>', re.DOTALL)


def card(title: str, finding: str, book: str, chart: str = "") -> str:
    """The picture as an SVG: whose book, which page, what it finds, and its chart where it has one.

    >>> drawn = card("The Fallout", "It depends on the elasticity & more.", "The book")
    >>> "The Fallout" in drawn, "elasticity &amp; more" in drawn
    (True, True)
    """
    return TEMPLATES.fill(
        "card.html",
        width=WIDTH, height=HEIGHT, book=book, accent=NVIDIA,
        chart=Markup(placed(chart)) if chart else "",  # noqa: S704 - a picture that the book has drawn
        title=textwrap.wrap(title, TITLE)[:2], finding=textwrap.wrap(finding, BESIDE if chart else ALONE),
    )  # fmt: skip


def placed(chart: str) -> str:
    r"""A chart's still picture at its place in the card, black on white.

    >>> placed('<svg width="680" height="340"><path fill="currentColor"/></svg>').partition("svg\"")[2]
    ' x="560" y="180" width="600" height="390"><path fill="#1a1a1a"/></svg>'
    """
    inner = re.sub(r'\s(?:width|height)="[^"]*"', "", chart[: chart.index(">")])
    where = inner.replace("<svg", '<svg x="560" y="180" width="600" height="390"', 1)
    return on_paper(where + chart[chart.index(">") :])


def finding(doctree: nodes.document) -> str:
    """As much of the beginning of a page's answer as a card holds in whole sentences, or else its description."""
    told, whole = answer(doctree), ""
    for sentence in re.split(r"(?<=[.!?]) ", told):
        if len(whole) + len(sentence) >= LONGEST:
            break
        whole = f"{whole} {sentence}".strip()
    return whole or description(doctree)


def first_chart(doctree: nodes.document) -> str:
    """The still picture of the first chart on a page, or nothing."""
    charts = (STILL.search(part.astext()) for part in doctree.findall(nodes.raw) if part.get("format") == "html")
    return next((found[1] for found in charts if found), "")


def drawn(svg: str, cache: Path) -> bytes:
    """The picture in pixels, as it was kept where the same one was drawn before."""
    drawer = metadata.version("vl-convert-python")
    path = cache / f"{hashlib.sha256(f'{drawer} {svg}'.encode()).hexdigest()}.png"
    png = kept(path)
    if png is None:
        png = bytes(vl_convert.svg_to_png(svg))
        keep(path, png)
    return png


def tell(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Draw the card of a page, and hand the frame its address: whole where the site's own is set in `_config.yml`."""
    del template
    context["card"] = ""
    if doctree is None or not description(doctree):
        return
    title = next(doctree.findall(nodes.title), nodes.title()).astext()
    told = finding(doctree)
    svg = card(title, told, str(app.config.html_title), first_chart(doctree))
    name = f"_static/{FOLDER}/{page.rpartition('/')[2]}.png"
    files.write(Path(app.outdir) / name, drawn(svg, root(Path(app.srcdir)) / "_build" / "cache" / FOLDER))
    home = str(app.config.html_baseurl)
    context["card"] = f"{home}{name}" if home else context["pathto"](name, 1)
    context["card_says"] = f"{title}. {told}"
    context["card_size"] = (WIDTH, HEIGHT)
