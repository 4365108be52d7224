"""The quick engine leaves what an ordinary Jupyter kernel leaves, on every chapter of the book, to the byte."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from shortcase.publish.read.pages import chapters

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", [page.name for page in chapters(ROOT)])
def test_both_engines_give_the_same_outputs(name: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "book", tmp_path / "book")
    shutil.copy(ROOT / "requirements.txt", tmp_path)
    assert f"{name}: executed" in run(name, tmp_path, "kernel")
    run(name, ROOT, "fork")  # kept from the build, if it is what the sources give
    kernel, fork = (folder / "_build" / "notebooks" / f"{name}.ipynb" for folder in (tmp_path, ROOT))
    assert fork.read_bytes() == kernel.read_bytes()


def run(name: str, folder: Path, engine: str) -> str:
    """What a run of the chapter says on its way."""
    done = subprocess.run(
        [sys.executable, "-m", "shortcase.cli", "run", name, "--engine", engine],
        cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONWARNINGS": ""},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stderr
