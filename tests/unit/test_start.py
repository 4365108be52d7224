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


def test_what_reads_pages_and_their_tapes_loads_neither_scipy_nor_a_server_of_notebooks() -> None:
    code = (
        "import sys; from pathlib import Path; from shortcase.publish.collect import live; from shortcase.publish.read "
        "import pages; pages.chapters(Path())[0].cells; print(*sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(ran.stdout.split())
    assert {"jupytext.myst", "shortcase.show.live.tape"} <= loaded
    assert {"scipy", "tornado", "jupytext.sync_contentsmanager"} & loaded == set()


def test_what_both_processes_load_is_loaded_before_the_renderer_is_copied() -> None:
    code = """if True:
        import sys
        from shortcase.publish.run import processes
        from shortcase.publish.site import render
        loaded = []
        def held(found=processes.held):
            loaded.extend(sys.modules)
            return found()
        processes.held = held
        with render.Renderer():
            print(*loaded)"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"shortcase.publish.check.book", "shortcase.publish.collect.results"} <= set(ran.stdout.split())


@pytest.mark.parametrize("command", ["parameters", "facts"])
def test_what_only_lists_reads_no_chapter_and_computes_nothing(command: str) -> None:
    code = f"import sys; from shortcase import cli; cli.main(['{command}']); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(ran.stdout.rpartition("\n\n")[2].split())
    assert "shortcase.commands.listing" in loaded
    assert {"numpy", "pandas", "shortcase.publish.read.code", "shortcase.case.thesis"} & loaded == set()
