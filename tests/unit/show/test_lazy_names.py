"""What `shortcase.show` hands on is there under each of its names, and nothing heavy comes with the first of them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from shortcase import show


@pytest.mark.parametrize("name", show.__all__)
def test_each_name_is_that_of_its_module(name: str) -> None:
    assert getattr(show, name).__module__ == f"shortcase.show.{show.HOME[name]}"


def test_an_unknown_name_is_told() -> None:
    with pytest.raises(AttributeError, match="graph"):
        getattr(show, "graph")  # noqa: B009 - as a chapter would meet it


@pytest.mark.parametrize("module", ["shortcase.commands.valuation", "shortcase.publish.check.book"])
def test_what_draws_no_chart_imports_no_charts(module: str) -> None:
    code = f"import sys, {module}; print([m for m in ('altair', 'IPython', 'pandas') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
