"""What a page loads so that it answers: little, and nothing where it rests on no parameter."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

MOST = 25 * 1024
"""Bytes, compressed: the formulas and data of one page, its charts among them; and the scripts that all pages share."""
LOADED = re.compile(r'src="[^"]*_static/live/(\w+(?:\.charts)?)\.js')
SHARED = ("runtime", "registry")
OF_THE_CASE = ("valuing", "thesis", "case", "landing")
"""The chain of the thesis, for the page of your own case and for the landing page."""


def compressed(site: Path, names: set[str]) -> int:
    """Bytes of scripts, each compressed as a server does."""
    files = [site / "_static" / "live" / f"{name}.js" for name in names]
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


@pytest.fixture(scope="module")
def loads(site: Path) -> dict[str, set[str]]:
    """The live scripts that each page loads."""
    pages = sorted((site / "book").glob("*.html"))
    return {page.stem: set(LOADED.findall(page.read_text(encoding="utf-8"))) for page in pages}


def test_no_page_loads_more_for_its_answers_than_a_small_picture(site: Path, loads: dict[str, set[str]]) -> None:
    weights = {name: compressed(site, found - {*SHARED, *OF_THE_CASE}) for name, found in loads.items()}
    assert {name: weight for name, weight in weights.items() if weight > MOST} == {}
    assert sum(weight > 0 for weight in weights.values()) > 12, "the chapters load what answers"


def test_what_all_pages_share_is_as_light_and_loaded_once(site: Path, loads: dict[str, set[str]]) -> None:
    assert compressed(site, set(SHARED)) <= MOST + 6_000
    assert compressed(site, set(OF_THE_CASE)) <= MOST
    assert all(not found or set(SHARED) <= found for found in loads.values())


def test_a_page_that_rests_on_no_parameter_loads_nothing(loads: dict[str, set[str]]) -> None:
    assert {name: loads[name] for name in ("facts", "words", "by_date", "status") if loads[name]} == {}
