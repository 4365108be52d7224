"""What is asked most often answers at once: libraries that take long to import wait until something needs them."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"altair", "bs4", "filelock", "jinja2", "numpy", "pandas", "pydantic", "scipy", "sphinx"}


@pytest.mark.parametrize(
    "asked",
    [
        "from shortcase import cli; cli.parser().format_help()",
        "from shortcase.publish.build import build",  # up to where it finds that nothing has changed
        "from shortcase.publish import fingerprint, request",
    ],
)
def test_help_and_an_unchanged_build_import_nothing_heavy(asked: str) -> None:
    code = f"import sys\n{asked}\nprint(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert HEAVY.intersection(ran.stdout.split()) == set()


def test_what_renders_a_page_loads_neither_charts_nor_the_numerics_of_a_valuation() -> None:
    code = "import sys; from shortcase.publish.site import render; render.load(); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(ran.stdout.split())
    assert "sphinx.builders.html" in loaded
    assert {"altair", "pandas", "scipy.stats", "shortcase.show.charts", "shortcase.case.thesis.draws"} & loaded == set()


@pytest.mark.parametrize("command", ["parameters", "facts"])
def test_what_only_lists_reads_no_chapter_and_computes_nothing(command: str) -> None:
    code = f"import sys; from shortcase import cli; cli.main(['{command}']); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(ran.stdout.rpartition("\n\n")[2].split())
    assert "shortcase.commands.listing" in loaded
    assert {"numpy", "pandas", "shortcase.publish.read.code", "shortcase.case.thesis"} & loaded == set()
