"""`shortcase pdf`: the last build as one PDF, tagged, with an outline, printed by a Chromium that is there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shortcase.errors import BadRequest, BuildFailed
from shortcase.publish import files
from shortcase.publish.site.markup import TEMPLATES
from shortcase.publish.site.one_page import one_page

NAME = "the-short-case-recomputed.pdf"
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
SWITCHES = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--generate-pdf-document-outline",
    "--disable-background-networking", "--no-first-run",
)  # fmt: skip
LONGEST_S = 600
OFFER = re.compile(r'(class="on-paper [^"]*">).*?(</div>)', re.DOTALL)
"""Where the landing page says how the book comes onto paper."""


def browser() -> str:
    """The browser that prints: $CHROMIUM, or the first that is found.

    Errors: BadRequest where there is none.
    """
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        raise BadRequest("There is no Chromium to print with", mend="install one, or name it in $CHROMIUM")
    return found


def pdf(site: Path, out: Path) -> Path:
    """Print a finished site into a file; where that lies in the site, its landing page leads to it from then on.

    Errors: BadRequest where there is no site or no browser; BuildFailed where the browser printed nothing.
    """
    if not (site / "book" / "index.html").is_file():
        raise BadRequest("There is no book to print", where=str(site), mend="run shortcase build first")
    out.parent.mkdir(parents=True, exist_ok=True)
    with laid_out(site) as page:
        told = subprocess.run(  # noqa: S603 - a browser of this machine on a page of ours
            [browser(), *SWITCHES, f"--print-to-pdf={out.resolve()}", page.resolve().as_uri()],
            capture_output=True, text=True, check=False, timeout=LONGEST_S,
        )  # fmt: skip
    if told.returncode or not out.is_file():
        raise BuildFailed(f"The browser printed nothing: {told.stderr.strip()[-300:]}")
    if out.resolve().is_relative_to(site.resolve()):
        landing = site / "book" / "index.html"
        address = Path(os.path.relpath(out.resolve(), landing.resolve().parent)).as_posix()
        text = landing.read_text(encoding="utf-8")
        files.write(landing, offered(text, address, out.stat().st_size))
    return out


def offered(landing: str, address: str, size: int) -> str:
    """The landing page with a link to the file in the place of how it is made.

    >>> page = offered('<div class="on-paper docutils container"><p>How</p></div>', "../a.pdf", 7_640_000)
    >>> "How" in page, page.partition("</strong> ")[2]
    (False, '<a href="../a.pdf">The whole book as one PDF</a>, 7.6 MB.</p></div>')
    """
    way = TEMPLATES.fill("on_paper.html", address=address, megabytes=f"{size / 1e6:.1f}")
    return OFFER.sub(lambda found: f"{found[1]}{way}{found[2]}", landing, count=1)


@contextmanager
def laid_out(site: Path) -> Iterator[Path]:
    """The one page beside the site, so that it finds the styles, and away again."""
    folder = site.with_name("paper")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "_static").symlink_to((site / "_static").resolve(), target_is_directory=True)
    page = folder / "book.html"
    page.write_text(one_page(site), encoding="utf-8")
    try:
        yield page
    finally:
        shutil.rmtree(folder, ignore_errors=True)
