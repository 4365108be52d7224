"""Files of results: units survive, and what has unlike units is not joined."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

from shortcase import results
from shortcase.errors import BadFile, BadRequest
from shortcase.results.columns import NUMBER, PARAMETER, VERDICT, Column

COLUMNS = [
    Column("rate", PARAMETER, unit="share", label="Rate asked", source="A filing (2025-01-25)"),
    Column("worth", NUMBER, unit="USD", label="Worth of a share", formula="v = c/r", function="model.worth"),
    Column("it-holds", VERDICT, "text", label="It holds."),
]
ROWS = {"rate": [0.1, 0.2], "worth": [5.0, None], "it-holds": ["holds", None]}


def written(path: Path, columns: list[Column] = COLUMNS) -> Path:
    with results.Writer(path, columns, {"route": "thesis"}) as file:
        file.add(ROWS)
        file.add({"rate": [0.3], "worth": [1.5], "it-holds": ["fails"]})
    return path


@pytest.mark.parametrize("kind", ["parquet", "csv", "arrow"])
def test_what_is_written_is_read_again_with_all_that_is_known_of_it(tmp_path: Path, kind: str) -> None:
    found = results.read(written(tmp_path / f"a.{kind}"))
    assert found.frame["rate"].tolist() == [0.1, 0.2, 0.3]
    assert found.frame["worth"].isna().tolist() == [False, True, False]
    assert list(found.columns.values()) == COLUMNS
    assert found.frame.attrs["units"] == {"rate": "share", "worth": "USD"}
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([f"a.{kind}", "a.manifest.json"])


def test_arrow_fields_carry_unit_label_formula_and_source(tmp_path: Path) -> None:
    schema = parquet.read_schema(written(tmp_path / "a.parquet"))
    told = schema.field("worth [USD]").metadata
    assert (told[b"unit"], told[b"label"], told[b"formula"]) == (b"USD", b"Worth of a share", b"v = c/r")
    assert schema.field("rate [share]").metadata[b"source"] == b"A filing (2025-01-25)"


@pytest.mark.parametrize("kind", ["parquet", "csv", "arrow"])
def test_unlike_units_are_refused_and_both_files_named(tmp_path: Path, kind: str) -> None:
    one = written(tmp_path / f"one.{kind}")
    millions = [COLUMNS[0], Column("worth", NUMBER, unit="EUR", label="Worth of a share"), COLUMNS[2]]
    other = written(tmp_path / f"other.{kind}", millions)
    with pytest.raises(BadFile, match="worth is in EUR, and in USD in one"):
        results.read(one, other)


def test_arrow_itself_would_have_joined_them_without_a_word(tmp_path: Path) -> None:
    """The trap against which the loader looks: if Arrow ever refuses, the loader need not."""
    fields = [pa.field("worth", pa.float64(), metadata={"unit": unit}) for unit in ("USD", "EUR")]
    one, other = (pa.table([pa.array([1.0])], schema=pa.schema([field])) for field in fields)
    joined = pa.concat_tables([one, other], promote_options="default")
    assert joined.schema.field("worth").metadata == {b"unit": b"USD"}


def test_units_outlive_a_tool_that_drops_the_metadata(tmp_path: Path) -> None:
    path = written(tmp_path / "a.parquet")
    pd.read_parquet(path).to_parquet(tmp_path / "b.parquet")
    found = results.read(tmp_path / "b.parquet")
    assert {key: c.unit for key, c in found.columns.items()} == {"rate": "share", "worth": "USD", "it-holds": ""}


def test_files_of_one_kind_stand_under_each_other_with_their_names(tmp_path: Path) -> None:
    found = results.read(written(tmp_path / "a.parquet"), written(tmp_path / "b.csv"))
    assert found.frame["file"].tolist() == ["a.parquet"] * 3 + ["b.csv"] * 3
    assert found.unit("worth") == "USD"


def test_a_file_that_fails_while_it_is_written_is_not_there(tmp_path: Path) -> None:
    def fail() -> None:
        with results.Writer(tmp_path / "a.parquet", COLUMNS, {}) as file:
            file.add(ROWS)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert not list(tmp_path.iterdir())


def test_what_is_no_file_of_results_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="There is no file"):
        results.read(tmp_path / "a.parquet")
    (tmp_path / "a.parquet").write_text("no parquet", encoding="utf-8")
    with pytest.raises(BadFile, match="cannot be read"):
        results.read(tmp_path / "a.parquet")
    with pytest.raises(BadRequest, match="no file of results"):
        results.read(tmp_path / "a.xlsx")


@pytest.mark.parametrize("kind", ["parquet", "csv", "arrow"])
def test_words_stay_words_in_every_kind_of_file(tmp_path: Path, kind: str) -> None:
    """Words that look like nothing, a day, a number or a formula to whoever guesses what a cell of CSV is."""
    words = ["NA", "null", "nan", "2025-01-25", "007", "true", "=1+1", "-2+3", "@SUM(A1)", "'tis", "", None]
    columns = [Column("said", VERDICT, "text"), Column("days", VERDICT, "text"), Column("count", NUMBER, "int")]
    with results.Writer(tmp_path / f"a.{kind}", columns, {}) as file:
        file.add({"said": words, "days": ["2025-01-25"] * len(words), "count": [*range(len(words) - 1), None]})
    frame = results.read(tmp_path / f"a.{kind}").frame
    assert [None if pd.isna(cell) else cell for cell in frame["said"]] == words
    assert set(frame["days"]) == {"2025-01-25"}
    assert frame["count"].tolist()[:-1] == list(range(len(words) - 1))


def test_no_cell_of_a_file_of_csv_is_run_by_a_spreadsheet(tmp_path: Path) -> None:
    hostile = ["=HYPERLINK(1)", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"]
    with results.Writer(tmp_path / "a.csv", [Column("said", VERDICT, "text"), COLUMNS[0]], {}) as file:
        file.add({"said": hostile, "rate": [-0.5] * len(hostile)})
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))[1:]
    assert [row[0] for row in rows] == [f"'{cell}" for cell in hostile]
    assert {row[1] for row in rows} == {"-0.5"}
