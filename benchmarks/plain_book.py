"""The same chapters as Jupyter Book makes them by itself, for comparison: `python benchmarks/plain_book.py FOLDER`.

The executed chapters of the last build, with the book's own roles replaced by the words that they show, under Jupyter
Book's default configuration. What it fetches from other hosts (MathJax among it) is not in the folder.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
STAGE = ROOT / "_build" / "stage"
BOUND = re.compile(r"\{(num|par|stated|fact|claim|essayval)\}`([^`]+)`")
CHOICE = re.compile(r"\{when\}(`+)(.*?)\1(?!`)", re.DOTALL)
CITED = re.compile(r"\{cite(?::\w+)?\}`[^`]*`")
BOOK = "from jupyter_book.cli.main import main; main()"
CONFIG = 'title: The same chapters\nexecute: {execute_notebooks: "off"}\nonly_build_toc_files: true\n'


def plain(text: str, values: Mapping[str, Any]) -> str:
    """Markdown of the book with its roles as words.

    >>> plain("It is {num}`a`.", {"num": {"a": {"text": "2"}}})
    'It is 2.'
    """

    def shown(found: re.Match[str]) -> str:
        kind, key = found[1], found[2].rpartition(":")[2]
        row = values["par" if kind == "essayval" else kind].get(key, {})
        return str(row.get("verdict") if kind == "claim" else row.get("text", key))

    text = CHOICE.sub(lambda found: [*found[2].split("|"), ""][1].strip(), text)
    return CITED.sub("[source]", BOUND.sub(shown, text))


def write(folder: Path) -> list[str]:
    """Write the sources of the plain book; the names of its chapters."""
    values = json.loads((STAGE / "values.json").read_text(encoding="utf-8"))
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "book").mkdir(parents=True)
    names = sorted(path.stem for path in (STAGE / "book").glob("*.ipynb"))
    for name in names:
        notebook = json.loads((STAGE / "book" / f"{name}.ipynb").read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            if cell["cell_type"] == "markdown":
                cell["source"] = plain("".join(cell["source"]), values)
        (folder / "book" / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (folder / "_config.yml").write_text(CONFIG, encoding="utf-8")
    listed = "".join(f"  - file: book/{name}\n" for name in names[1:])
    (folder / "_toc.yml").write_text(f"format: jb-book\nroot: book/{names[0]}\nchapters:\n{listed}", encoding="utf-8")
    return names


def main() -> int:
    """Make the plain book in a folder; its site is FOLDER/_build/html."""
    if len(sys.argv) != 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    folder = Path(sys.argv[1])
    write(folder)
    done = subprocess.run([sys.executable, "-c", BOOK, "build", "-q", str(folder)], check=False)
    return done.returncode


if __name__ == "__main__":
    raise SystemExit(main())
