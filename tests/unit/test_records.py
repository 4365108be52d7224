"""What a record of a file refuses, and in which words; the files that are read so have tests of their own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pytest

from shortcase.errors import BadFile
from shortcase.records import About, Choices, Date, Day, Figure, Names, Text, Words, record
from shortcase.yaml_lines import Lined, read


@dataclass(frozen=True)
class Chip:
    name: str
    maker: Text
    watts: Figure
    since: Day
    seen: Date | None = None
    parts: Words | None = None
    kinds: Choices | None = None
    memory: Names | None = None


GOOD = "maker: A\nwatts: 700\nsince: 2022-03-22\n"


def chip(tmp_path: Path, text: str) -> Chip:
    path = tmp_path / "chip.yml"
    path.write_text(text, encoding="utf-8")
    return record(Chip, read(path), About("the chip", path, 9), {"name": "H100"})


def test_a_good_record_has_the_declared_types(tmp_path: Path) -> None:
    found = chip(tmp_path, GOOD + "seen: 2025-01-25\nparts: [die, stack]\nmemory: {stacks: 5}\n")
    assert found == Chip("H100", "A", 700.0, "2022-03-22", dt.date(2025, 1, 25), ("die", "stack"), memory={"stacks": 5})
    assert type(found.watts) is float
    assert isinstance(found.memory, Lined)
    assert found.memory.lines == {"stacks": 6}


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("maker: A", "makr: A", 1, "The chip has an unknown field 'makr'. To put it right: did you mean maker?"),
        ("maker: A", "maker: A\nname: B", 2, "unknown field 'name'"),  # the place where it stands names it
        ("maker: A", "maker: A\nnote:", 2, "unknown field 'note'"),
        ("maker: A\nwatts: 700\n", "watts:\n", 9, "The chip does not say its maker, watts."),
        ("maker: A", "maker: 3", 1, "maker of the chip is 3, not words. To put it right: quote it."),
        ("watts: 700", "watts: many", 2, "watts of the chip is 'many', not a finite number"),
        ("watts: 700", "watts: true", 2, "watts of the chip is True, not a finite number"),
        ("watts: 700", "watts: .nan", 2, "not a finite number"),
        ("2022-03-22", "March 2022", 3, "is 'March 2022', not a date. To put it right: write YYYY-MM-DD."),
        ("watts: 700", "watts: 700\nseen: '2025-01-25'", 3, "write YYYY-MM-DD, without quotes"),
        ("watts: 700", "watts: 700\nseen: 2025-01-25 12:00:00", 3, "not a date"),
        ("watts: 700", "watts: 700\nparts: die", 3, "parts of the chip is 'die', no list of words"),
        ("watts: 700", "watts: 700\nkinds: []", 3, "no list of words"),
        ("watts: 700", "watts: 700\nparts: [die, 2]", 3, "no list of words"),
        ("watts: 700", "watts: 700\nmemory: 80", 3, "memory of the chip is 80, not a list of names and values"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_line(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    assert old in GOOD
    with pytest.raises(BadFile) as caught:
        chip(tmp_path, GOOD.replace(old, new))
    assert words in str(caught.value)
    assert f"chip.yml:{line}: " in str(caught.value)


def test_what_is_no_mapping_is_told_what_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(
        BadFile, match=r"chip\.yml:9: The chip is 3, not a record\. To put it right: give it maker, watts"
    ):
        record(Chip, 3, About("the chip", tmp_path / "chip.yml", 9), {"name": "H100"})
