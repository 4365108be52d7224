"""What Sphinx has printed made a site: without what no page uses, with a way in, and without a role as it was typed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.filter import SoupStrainer

from shortcase.errors import BuildFailed
from shortcase.publish.site.markup import TEMPLATES
from shortcase.publish.site.taken_along import shared

LITERAL_ROLE = re.compile(r"\{(?:num|par|stated|fact|when|essayval|claim)\}")
TITLE_AND_BOOK = " — "
"""What Sphinx puts between the title of a page and that of the book."""
ASKED = re.compile(r"""_static/([^/"?#]+)["?#]""")
"""A file of the site's own that a page loads."""
NOT_SHOWN = ("script", "style", "pre", "code")


def finish(printed: Path, out: Path) -> list[BuildFailed]:
    """Copy the printed pages into a folder that is not there yet, as a site; what is wrong with it is given."""
    shutil.copytree(printed, out)
    _tidy(out)
    return [error for page in sorted(out.rglob("*.html")) for error in _literal_roles(page, out)]


def _tidy(out: Path) -> None:
    """Take out what Sphinx keeps for itself, and what it and its extensions put there for pages that use them."""
    (out / ".buildinfo").unlink(missing_ok=True)
    shutil.rmtree(out / ".doctrees", ignore_errors=True)
    asked = {name for page in out.rglob("*.html") for name in ASKED.findall(page.read_text(encoding="utf-8"))}
    for file in (out / "_static").iterdir():
        if file.suffix in (".js", ".css", ".png") and file.name not in asked:
            file.unlink()
    _say_where_the_way_in_leads(out)


def _say_where_the_way_in_leads(out: Path) -> None:
    """Jupyter Book's way in is a bare redirection; where it does not work at once there is a page to read."""
    door = out / "index.html"
    page = BeautifulSoup(door.read_text(encoding="utf-8"), "html.parser") if door.is_file() else None
    turn = page.find("meta", attrs={"http-equiv": "Refresh"}) if page else None
    if page is None or turn is None or page.find("body") is not None:
        return
    to = str(turn["content"]).partition("url=")[2]
    head = (out / to).read_text(encoding="utf-8").partition("</head>")[0]
    title = BeautifulSoup(head, "html.parser", parse_only=SoupStrainer("title"))
    name = title.get_text().partition(TITLE_AND_BOOK)[0].strip()
    door.write_text(TEMPLATES.fill("entrance.html", to=to, title=name, shared=shared(head)), encoding="utf-8")


def _literal_roles(page: Path, out: Path) -> list[BuildFailed]:
    text = page.read_text(encoding="utf-8")
    if not LITERAL_ROLE.search(text):
        return []
    shown = BeautifulSoup(text, "html.parser")
    for part in shown.find_all(NOT_SHOWN):
        part.decompose()
    return [
        BuildFailed(f"The page shows {found[0]} as it is typed", where=page.relative_to(out).as_posix())
        for found in LITERAL_ROLE.finditer(str(shown))
    ]
