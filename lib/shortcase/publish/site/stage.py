"""A clean folder with exactly what the site is rendered from: pages, executed chapters, values, static files."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from shortcase.facts import names, schema
from shortcase.facts.rereadings import FOUND
from shortcase.places import text as source
from shortcase.publish.check.configuration import CONFIGURATION
from shortcase.publish.collect.fact_tables import FOLDER
from shortcase.publish.collect.values import NAME
from shortcase.publish.read.pages import Page
from shortcase.publish.run.outputs import Notebook, published
from shortcase.publish.site.sources import sources

MACHINERY = shutil.ignore_patterns(
    ".*", "#*", "*~", "__pycache__", "scenarios", "parameters.yml", "claims.csv", "forecasts.csv", "lint.yml",
    "editions.json", "expectations.yml", "verdicts.csv", "schemas",
)  # fmt: skip
"""Files of book/ that the build reads and no page shows."""


def stage(
    folder: Path, root: Path, chapters: Mapping[str, Page], notebooks: Mapping[str, Notebook], values: Mapping[str, Any]
) -> None:
    """Fill the folder anew."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(root / "book", folder / "book", ignore=MACHINERY)
    for name in CONFIGURATION:
        shutil.copy(root / name, folder / name)
    for name, page in chapters.items():
        (folder / "book" / page.path.name).unlink()
        text = json.dumps(published(notebooks[name]), sort_keys=True, ensure_ascii=False)
        (folder / "book" / f"{name}.ipynb").write_text(linked(text, chapters) + "\n", encoding="utf-8")
    written = {path.stem: source(path) for path in (root / "book").glob("*.md")}
    sources(folder / "book" / "_static", written, notebooks)
    tables = folder / "book" / "_static" / FOLDER
    tables.mkdir(parents=True, exist_ok=True)
    for path in (FOUND, *(schema(name).csv for name in names())):
        shutil.copyfile(path, tables / path.name)
    for path in (folder / "book").glob("*.md"):
        path.write_text(linked(source(path), chapters), encoding="utf-8")
    shown = json.dumps(values, sort_keys=True, ensure_ascii=False)
    (folder / NAME).write_text(shown + "\n", encoding="utf-8")


def linked(text: str, chapters: Collection[str]) -> str:
    """Links between pages, to a chapter as it is staged: an executed notebook, not the source that a forge shows.

    >>> linked("[a](the_fallout.md#x), [b](method.md)", ["the_fallout"])
    '[a](the_fallout.ipynb#x), [b](method.md)'
    """
    names = "|".join(map(re.escape, chapters)) or "(?!)"
    return re.sub(rf"\]\(({names})\.md(?=[)#])", r"](\1.ipynb", text)
