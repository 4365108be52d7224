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
    left = {}
    for engine in ("fork", "kernel"):
        done = subprocess.run(
            [sys.executable, "-m", "shortcase.cli", "run", name, "--engine", engine],
            cwd=tmp_path, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONWARNINGS": ""},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert f"{name}: executed" in done.stderr
        left[engine] = (tmp_path / "_build" / "notebooks" / f"{name}.ipynb").read_bytes()
    assert left["fork"] == left["kernel"]
