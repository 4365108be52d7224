"""The book's pages as they stand in book/: which are chapters, their cells, and the line on which each cell begins."""

from __future__ import annotations

import ast
import importlib
import json
import re
import sys
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from shortcase.errors import ADD, BadRequest, BadSource, nearest
from shortcase.places import ours, text
from shortcase.publish.read.markdown import Piece, pieces

FRONT = """\
---
jupytext: {formats: md:myst, text_representation: {extension: .md, format_name: myst}}
kernelspec: {display_name: Python 3, language: python, name: python3}
---"""
"""How a chapter begins."""
FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
FENCED = re.compile(r"^(```+|:::+).*?^\1", re.DOTALL | re.MULTILINE)
SERVERS = ("jupytext.sync_contentsmanager", "jupytext.async_contentsmanager")
"""Modules of Jupytext that serve."""
DEEPEST = 100
"""How many nodes of a cell's code may lie in one another; Python itself gives up at about a thousand."""
LINE = "line"
"""Key of a cell's metadata under which the press keeps the line of the source that the cell begins on."""


@dataclass(frozen=True)
class Cell:
    """One cell of a chapter; `line` is the line of book/<chapter>.md on which its source begins."""

    kind: str
    source: str
    tags: tuple[str, ...]
    line: int

    def tree(self) -> ast.Module:
        """The cell's code, its nodes numbered by the lines of the page.

        Errors: SyntaxError, its line being that of the page; also where it is nested deeper than any reader follows.
        """
        try:
            return _shallow(ast.parse("\n" * (self.line - 1) + self.source))  # as many lines before it as on the page
        except SyntaxError as error:
            error.lineno = error.lineno or self.line
            raise
        except (RecursionError, MemoryError, ValueError) as error:  # the parser's own ends, and a null character
            what = str(error) if isinstance(error, ValueError) else f"it is nested more than {DEEPEST} deep"
            raise SyntaxError(what, ("", self.line, None, None)) from None


@dataclass(frozen=True)
class Page:
    """One Markdown file of the book."""

    path: Path
    root: Path
    text: str

    @cached_property
    def name(self) -> str:
        """The page's name, without folder and extension."""
        return self.path.stem

    @cached_property
    def shown(self) -> str:
        """The file as messages name it, from the project's root."""
        return self.path.relative_to(self.root).as_posix()

    def at(self, line: int) -> str:
        """`file:line` of a line of this page."""
        return f"{self.shown}:{line}"

    @property
    def is_chapter(self) -> bool:
        """Whether the page is a notebook: its front matter names a kernel."""
        header = FRONT_MATTER.match(self.text)
        return bool(header and re.search(r"^kernelspec:", header[1], re.MULTILINE))

    @cached_property
    def title(self) -> str:
        """The first heading, as it is written; the page's name where there is none."""
        body = re.sub(FENCED, "", FRONT_MATTER.sub("", self.text))
        found = re.search(r"^# +(.+?)\s*$", body, re.MULTILINE)
        return found[1] if found else self.name

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The page's Markdown, taken apart once for all who look into it."""
        return tuple(pieces(self.text))

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of a chapter, in order, each with its line."""
        return tuple(_located(self._parsed["cells"], self.text))

    @property
    def code(self) -> tuple[Cell, ...]:
        """The cells that hold code."""
        return tuple(cell for cell in self.cells if cell.kind == "code")

    def notebook(self) -> dict[str, Any]:
        """The chapter as a notebook that is the same at every reading: cell ids count, lines stand in the metadata."""
        cells = [
            raw | {"id": f"cell-{index}", "metadata": raw["metadata"] | {"shortcase": {LINE: cell.line}}}
            for index, (raw, cell) in enumerate(zip(self._parsed["cells"], self.cells, strict=True))
        ]
        return self._parsed | {"cells": cells}

    @cached_property
    def _parsed(self) -> dict[str, Any]:
        """The notebook as jupytext reads it, which takes it a while: once for all who look into it."""
        try:
            found: dict[str, Any] = json.loads(json.dumps(_jupytext().reads(self.text, fmt="md:myst")))
        except Exception as error:  # noqa: BLE001 - jupytext raises whatever its YAML and Markdown parsers raise
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 2 if mark is not None else 1  # the front matter begins after its first line
            what = " ".join(str(getattr(error, "problem", None) or error).split())[:200]
            mend = "begin it as the other chapters begin, and look for a fence that is not closed"
            raise BadSource(f"The chapter cannot be read: {what}", where=self.at(line), mend=mend) from None
        return found


@cache
def _jupytext() -> Any:
    """Jupytext without its parts for a server of notebooks, which the book lacks: half of what importing it takes.

    They end in an ImportError there, which Jupytext expects; here they do so at once.
    """
    sys.modules.update((name, None) for name in SERVERS)  # type: ignore[misc] # None stands for what is not there
    try:
        return importlib.import_module("jupytext")
    finally:
        for name in SERVERS:
            del sys.modules[name]


def _shallow(tree: ast.Module) -> ast.Module:
    """The tree, unless more nodes lie in one another than whoever reads it would follow."""
    depth, level = 0, list[ast.AST]([tree])
    while level:
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        depth += 1
        if depth > DEEPEST:
            raise SyntaxError(f"it is nested more than {DEEPEST} deep")
    return tree


def _located(cells: list[dict[str, Any]], text: str) -> list[Cell]:
    lines = text.splitlines()
    found, cursor = [], 0
    for cell in cells:
        wanted = cell["source"].splitlines() or [""]
        start = cursor
        while lines[start : start + len(wanted)] != wanted and start < len(lines):
            start += 1
        if start < len(lines):
            cursor = start + len(wanted)
        line = min(start, len(lines) - 1) + 1 if start < len(lines) else cursor + 1
        found.append(Cell(cell["cell_type"], cell["source"], tuple(cell["metadata"].get("tags", ())), line))
    return found


def read(path: Path, root: Path) -> Page:
    """One page.

    Errors: BadFile where it is not UTF-8.
    """
    return Page(path, root, text(path))


def pages(root: Path) -> tuple[Page, ...]:
    """All pages of the book, by name."""
    return tuple(read(path, root) for path in ours(root / "book", "*.md"))


def chapters(root: Path) -> tuple[Page, ...]:
    """The pages that are notebooks, by name."""
    return tuple(page for page in pages(root) if page.is_chapter)


def chapter(name: str, root: Path) -> Page:
    """One chapter.

    Errors: BadRequest for an unknown name, with the nearest right one.
    """
    known = {page.name: page for page in chapters(root)}
    if name not in known:
        raise BadRequest(f"There is no chapter {name!r}", mend=nearest(name, known, new=ADD["chapter"]))
    return known[name]
