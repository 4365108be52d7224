"""`shortcase pdf`: the last build as one PDF, tagged, with an outline, printed by a Chromium that is there."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shortcase.errors import BadRequest, BuildFailed
from shortcase.publish.site.one_page import one_page

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
SWITCHES = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--generate-pdf-document-outline",
    "--disable-background-networking", "--no-first-run",
)  # fmt: skip
LONGEST_S = 600


def browser() -> str:
    """The browser that prints: $CHROMIUM, or the first that is found.

    Errors: BadRequest where there is none.
    """
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        raise BadRequest("There is no Chromium to print with", mend="install one, or name it in $CHROMIUM")
    return found


def pdf(site: Path, out: Path) -> Path:
    """Print a finished site into a file.

    Errors: BadRequest where there is no site or no browser; BuildFailed where the browser printed nothing.
    """
    if not (site / "book" / "index.html").is_file():
        raise BadRequest("There is no book to print", where=str(site), mend="run shortcase build first")
    out.parent.mkdir(parents=True, exist_ok=True)
    with _laid_out(site) as page:
        told = subprocess.run(  # noqa: S603 - a browser of this machine on a page of ours
            [browser(), *SWITCHES, f"--print-to-pdf={out.resolve()}", page.resolve().as_uri()],
            capture_output=True, text=True, check=False, timeout=LONGEST_S,
        )  # fmt: skip
    if told.returncode or not out.is_file():
        raise BuildFailed(f"The browser printed nothing: {told.stderr.strip()[-300:]}")
    return out


@contextmanager
def _laid_out(site: Path) -> Iterator[Path]:
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
