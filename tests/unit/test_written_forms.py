"""One form for a number, a date, a row and a mapping: what Python and YAML would also take is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from shortcase import csv_lines, scalars, yaml_lines
from shortcase.errors import BadFile
from shortcase.places import text

OTHER_NUMBERS = [
    "1_000",
    "３",
    "١٢",
    " 1",
    "1\n",
    "\u00a01",
    "0x1F",
    "1:30",
    "nan",
    "inf",
    "1,000",
    "",
    "--1",
    "1e",
    "1" * 41,
]
OTHER_DAYS = ["20250331", "2025-W13-1", "2025-3-31", "2025-02-30", " 2025-03-31", "2025-03-31T00:00", "２０２５-03-31"]


@pytest.mark.parametrize(
    ("written", "value"), [("12", 12.0), ("-0.5", -0.5), ("+3.", 3.0), (".5", 0.5), ("1e3", 1000.0)]
)
def test_plain_digits_are_a_number(written: str, value: float) -> None:
    assert scalars.number(written) == value


@pytest.mark.parametrize("written", OTHER_NUMBERS)
def test_what_only_looks_like_a_number_is_none(written: str) -> None:
    with pytest.raises(ValueError, match="plain digits"):
        scalars.number(written)


@pytest.mark.parametrize("written", OTHER_DAYS)
def test_what_only_looks_like_a_day_is_none(written: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        scalars.day(written)


def test_a_number_larger_than_any_float_is_told_as_such() -> None:
    with pytest.raises(OverflowError):
        scalars.number("1e999")


@pytest.mark.parametrize(
    ("written", "line", "told"),
    [
        ("a: 1\nb: 2025-02-30\n", 2, "'2025-02-30' is not a date"),
        ("a: 20250331\nb: 1_000\n", 2, "'1_000' is not a finite number"),
        ("a: 010\n", 1, "'010' is not a finite number"),
        ("a: 0x1F\n", 1, "'0x1F' is not a finite number"),
        ("a: 1:30\n", 1, "'1:30' is not a finite number"),
        ("a: !!int ''\n", 1, "tag"),
        ("a: !!float one\n", 1, "tag"),
        ("a: !!python/name:os.system\n", 1, "tag"),
        ("a: 1\n" + "b: " + "[" * 5000, 2, "deep in one another"),
        ("a: " + "{b: " * 300, 1, "deep in one another"),
        ("a: &x 1\nb: *x\n", 1, "Anchors"),
        ("a: \x01\n", 1, "Broken YAML"),
        ("1: a\n", 1, "is not a word"),
        (f"a: {'9' * 5000}\n", 1, "not a finite number"),
        ("- a\n", 1, "no mapping"),
        ("", 1, "no mapping"),
        ("#\n" * 600_000, 1, "characters, more than"),
    ],
)
def test_yaml_is_held_before_it_is_built(tmp_path: Path, written: str, line: int, told: str) -> None:
    path = tmp_path / "a.yml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(BadFile) as refused:
        yaml_lines.read(path)
    assert str(refused.value.where).endswith(f"a.yml:{line}")
    assert told in str(refused.value)
    assert refused.value.mend


@pytest.mark.parametrize(
    ("written", "line", "told"),
    [
        ("a,b\n1,2\n1,2,3\n", 3, "more or fewer cells"),
        ("a,b\n1\n", 2, "more or fewer cells"),
        ("a,c\n1,2\n", 1, "missing ['b'], extra ['c']"),
        ("b,a\n1,2\n", 1, "another order"),
        ("", 1, "missing ['a', 'b']"),
        ('a,b\n1,"2\n', 2, "Broken CSV"),
        (f"a,b\n1,{'x' * 200_000}\n", 2, "Broken CSV"),
        (f"a,b\n1,{'x' * 30_000}\n", 2, "has 30,000 characters"),
    ],
)
def test_csv_is_told_with_its_line(tmp_path: Path, written: str, line: int, told: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(BadFile) as refused:
        list(csv_lines.read(path, ("a", "b")))
    assert str(refused.value.where).endswith(f"a.csv:{line}")
    assert told in str(refused.value)
    assert refused.value.mend


def test_a_byte_order_mark_is_no_part_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbfa,b\n1,2\n")
    (tmp_path / "a.yml").write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert list(csv_lines.read(tmp_path / "a.csv", ("a", "b"))) == [(2, {"a": "1", "b": "2"})]
    assert yaml_lines.read(tmp_path / "a.yml") == {"a": 1}


def test_a_folder_where_a_file_belongs_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot be read"):
        text(tmp_path)
