"""The chapters' cells held to the house's style, lint and types, as every other code of the project is.

    python -m shortcase.commands.cells             what ruff and mypy say of them, by file and line of the chapter
    python -m shortcase.commands.cells --format    formats them where they stand; the prose stays untouched

Jupytext reads each chapter into a notebook for ruff, which knows what a cell is; mypy gets a module in which every
line of code stands on the line that it has in the chapter.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat

from shortcase import places
from shortcase.errors import BadSource, ShortcaseError
from shortcase.publish.files import write
from shortcase.publish.read.pages import Cell, Page, chapters

FOLDER = Path("_build") / "cells"
FORMAT = "make format"
AS_CHAPTERS = (
    "--no-error-summary", "--no-pretty", "--config-file", "pyproject.toml", "--allow-untyped-defs",
    "--allow-untyped-calls", "--no-warn-return-any", "--no-strict-optional", "--disable-error-code=var-annotated",
)  # fmt: skip
"""How mypy reads a chapter: strictly, but its own few functions say in words what they take, and a range that a
parameter states is taken to be there (where it is not, the chapter fails at once)."""
INPUTS = re.compile(r'Argument \d+ to "[^"]+"(?: of "[^"]+")? has incompatible type "\*\*dict\[')
"""What mypy says of `number(…, **inputs)`: it holds the inputs' type against every keyword that might be among them."""
TYPED = re.compile(r"^[^:]*?([\w]+)\.py:(\d+): (error|note): (.*)$")


@dataclass(frozen=True)
class Copies:
    """The chapters as notebooks for ruff and as modules for mypy, in a folder of their own."""

    root: Path
    pages: tuple[Page, ...]

    def notebook(self, page: Page) -> Path:
        """Where the notebook of a chapter lies."""
        return self.root / FOLDER / f"{page.name}.ipynb"

    def module(self, page: Page) -> Path:
        """Where the module of a chapter lies."""
        return self.root / FOLDER / f"{page.name}.py"


def copied(root: Path) -> Copies:
    """Each chapter of the book written out anew, as a notebook and as a module."""
    copies = Copies(root, chapters(root))
    for page in copies.pages:
        write(copies.notebook(page), nbformat.writes(nbformat.from_dict(page.notebook())))
        write(copies.module(page), module(page))
    return copies


def module(page: Page) -> str:
    """The code of a chapter alone, each line where it stands in the chapter, blank lines for the prose."""
    lines = [""] * len(page.text.splitlines())
    for cell in page.code:
        lines[cell.line - 1 : cell.line - 1 + len(cell.source.splitlines())] = cell.source.splitlines()
    return "\n".join(lines).rstrip() + "\n"


def problems(copies: Copies) -> Iterator[ShortcaseError]:
    """What formatter, linter and type checker object to, each at its line of the chapter."""
    yield from unformatted(copies)
    yield from unlinted(copies)
    yield from untyped(copies)


def unformatted(copies: Copies) -> Iterator[BadSource]:
    """Cells that the formatter would write otherwise."""
    for page in copies.pages:
        for cell, source in _reformatted(copies, page):
            pairs = zip(cell.source.splitlines(), source.splitlines(), strict=False)
            line = next((i for i, (old, new) in enumerate(pairs) if old != new), 0)
            yield BadSource("The cell is not formatted", where=page.at(cell.line + line), mend=FORMAT)


def unlinted(copies: Copies) -> Iterator[BadSource]:
    """What the linter objects to."""
    told = _run("ruff", "check", "--output-format", "json", *map(copies.notebook, copies.pages), root=copies.root)
    pages = {page.name: page for page in copies.pages}
    for found in json.loads(told):
        page = pages[Path(found["filename"]).stem]
        line = page.cells[found["cell"] - 1].line + found["location"]["row"] - 1
        yield BadSource(f"{found['code']}: {found['message']}", where=page.at(line))


def untyped(copies: Copies) -> Iterator[BadSource]:
    """What the type checker objects to."""
    told = _run("mypy", *AS_CHAPTERS, *map(copies.module, copies.pages), root=copies.root)
    pages = {page.name: page for page in copies.pages}
    for line in told.splitlines():
        found = TYPED.match(line)
        if found is None or found[1] not in pages:
            yield BadSource(f"mypy: {line}")
        elif found[3] == "error" and not INPUTS.match(found[4]):
            yield BadSource(found[4], where=pages[found[1]].at(int(found[2])))


def reformat(copies: Copies) -> int:
    """Put the formatter's wording of each cell into its chapter, and nothing else; how many cells changed."""
    changed = 0
    for page in copies.pages:
        lines = page.text.splitlines(keepends=True)
        for cell, source in sorted(_reformatted(copies, page), key=lambda pair: -pair[0].line):
            height = len(cell.source.splitlines())
            lines[cell.line - 1 : cell.line - 1 + height] = [f"{line}\n" for line in source.splitlines()]
            changed += 1
        text = "".join(lines)
        if text != page.text:
            write(page.path, text)
    return changed


def _reformatted(copies: Copies, page: Page) -> Iterator[tuple[Cell, str]]:
    """The cells of a chapter that the formatter writes otherwise, with its wording."""
    told = _run("ruff", "format", "--stdin-filename", f"{page.name}.ipynb", "-", root=copies.root,
                given=copies.notebook(page).read_text(encoding="utf-8"))  # fmt: skip
    for cell, raw in zip(page.cells, nbformat.reads(told, as_version=4).cells, strict=True):
        if cell.kind == "code" and raw.source != cell.source:
            yield cell, raw.source


def _run(tool: str, *arguments: object, root: Path, given: str = "") -> str:
    """What a tool of this environment answers.

    Errors: BadSource where it could not do its work, with its own words.
    """
    command = [sys.executable, "-m", tool, *map(str, arguments)]
    done = subprocess.run(command, cwd=root, input=given, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode not in (0, 1) or (done.stderr.strip() and not done.stdout.strip()):
        raise BadSource(f"{tool} could not read the cells: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def main(arguments: Sequence[str]) -> int:
    """Check the chapters' cells, or format them."""
    if list(arguments) not in ([], ["--format"]):
        print(__doc__, file=sys.stderr)
        return 2
    copies = copied(places.root())
    try:
        if arguments:
            print(f"{reformat(copies)} cells formatted")
            return 0
        found = sorted(problems(copies), key=_where)
    except BadSource as error:
        found = [error]
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


def _where(error: ShortcaseError) -> tuple[str, int]:
    file, _, line = (error.where or "").rpartition(":")
    return file, int(line) if line.isdigit() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
