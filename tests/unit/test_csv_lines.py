"""A table that a spreadsheet would run is refused before anybody is offered it."""

from __future__ import annotations

from pathlib import Path

import pytest

from shortcase import csv_lines
from shortcase.errors import BadFile


@pytest.mark.parametrize("cell", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\tx", "＝1"])
def test_a_cell_that_would_run_is_refused_with_its_line(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text(f"id,note\na,fine\nb,{cell}\n", encoding="utf-8")
    with pytest.raises(BadFile, match=r"table\.csv:3: The cell note begins with .* a spreadsheet would run it"):
        list(csv_lines.read(path, ("id", "note")))


@pytest.mark.parametrize("cell", ["-0.5", "+3", "-1e-9", "'=1+1", "a=b", ""])
def test_figures_and_words_pass(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text(f"id,note\na,{cell}\n", encoding="utf-8")
    assert [row["note"] for _, row in csv_lines.read(path, ("id", "note"))] == [cell]
