"""The quick engine leaves what an ordinary Jupyter kernel leaves, to the byte.

On each third chapter of the book; on all of them with SHORTCASE_ENGINES=all, as the weekly job does.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from shortcase.publish.check.book import read
from shortcase.publish.files import build_lock
from shortcase.publish.read.pages import chapters
from shortcase.publish.request import Request, chosen, layout
from shortcase.publish.run.chapters import Executed, execute_all
from shortcase.publish.run.job import FORK, KERNEL

ROOT = Path(__file__).resolve().parents[2]
NAMES = [page.name for page in chapters(ROOT)][:: 1 if os.environ.get("SHORTCASE_ENGINES") == "all" else 3]


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Folders with the notebooks of the chapters, by engine: those of the kernel are executed here, each of them."""
    away = tmp_path_factory.mktemp("kernels")
    shutil.copytree(ROOT / "book", away / "book")
    shutil.copy(ROOT / "requirements.txt", away)
    assert set(press(away, KERNEL).executed) == set(NAMES)
    press(ROOT, FORK)  # kept from the build, if it is what the sources give
    return {KERNEL: away / "_build" / "notebooks", FORK: ROOT / "_build" / "notebooks"}


def press(folder: Path, engine: str) -> Executed:
    """Chapters of a book with one engine, in one go."""
    request = Request(engine=engine, live=False, jobs=1)
    with pytest.MonkeyPatch.context() as here:
        here.chdir(folder)
        values, paths = chosen(request), layout(request)
        with build_lock(paths, lambda _: None):
            book = read(folder)
            tried = replace(book, pages=tuple(page for page in book.pages if page.name in NAMES))
            return execute_all(tried, values, request, paths, lambda _: None)


@pytest.mark.parametrize("name", NAMES)
def test_both_engines_give_the_same_outputs(name: str, notebooks: dict[str, Path]) -> None:
    kernel, fork = ((notebooks[engine] / f"{name}.ipynb").read_bytes() for engine in (KERNEL, FORK))
    assert fork == kernel
