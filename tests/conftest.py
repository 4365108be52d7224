"""What all tests share: where the project is, its tracked files, the built book, a browser."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]

# The same examples on every machine, so that a red test is red for everybody; no deadline, because CI machines stall.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def tracked_files(root: Path) -> list[Path]:
    """Every file that git has, or is about to have, in this checkout."""
    listing = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    )
    paths = [root / name for name in listing.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


@pytest.fixture(scope="session")
def site(root: Path) -> Path:
    """The built book; `make test` builds it first."""
    folder = root / "_build" / "html"
    if not (folder / "index.html").is_file():
        pytest.fail("There is no book in _build/html. To put it right: make book")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium; `make test` installs one and names it in $CHROMIUM."""
    named = os.environ.get("CHROMIUM")
    path = named or next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
    if not path:
        pytest.fail("There is no Chromium. To put it right: make test, which installs one, or set CHROMIUM")
    return path
