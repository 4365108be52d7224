"""How far a figure moves across each range: recorded by a chapter, collected, shown."""

from __future__ import annotations

from typing import Any

import pytest

from shortcase.case import parameters
from shortcase.errors import BadParameter, BadRecord, BuildFailed
from shortcase.publish.collect.results import Results, _add_swings
from shortcase.publish.collect.swings import shown
from shortcase.show import record, swings

RANGED = next(name for name, p in parameters.registry().items() if p.low is not None)


@pytest.fixture
def records(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    monkeypatch.setattr(record, "display", lambda data, **_: found.append(data[record.MIME]))
    return found


def test_a_chapter_records_both_ends_and_the_page_shows_the_distance(records: list[dict[str, Any]]) -> None:
    swings("value of a share", "USD", {RANGED: (80.0, 56.5)})
    swung: dict[str, dict[str, Any]] = {}
    _add_swings(swung, records[0], "thesis")
    told = shown(Results({}, {}, swung))
    assert told == {
        RANGED: {
            "of": "value of a share", "size": 23.5, "text": "$23.50", "ends_text": "$80 to $56.50", "chapter": "thesis",
        }
    }  # fmt: skip
    with pytest.raises(BuildFailed, match="thesis and thesis both say how far"):
        _add_swings(swung, records[0], "thesis")


def test_a_number_of_the_right_name_counts_too() -> None:
    row = {"label": "Value of a share", "value": -12.0, "unit": "USD", "digits": None, "chapter": "thesis"}
    told = shown(Results({f"th_swing_{RANGED}": row, "th_swing_nothing": row, "other": row}, {}))
    assert (list(told), told[RANGED]["text"]) == ([RANGED], "−$12")


def test_what_cannot_move_is_refused(records: list[dict[str, Any]]) -> None:
    with pytest.raises(BadRecord, match="has no name"):
        swings(" ", "USD", {RANGED: (1.0, 2.0)})
    with pytest.raises(BadRecord, match="states no range"):
        swings("value", "USD", {"as_of": (1.0, 2.0)})
    with pytest.raises(BadRecord, match="nan"):
        swings("value", "USD", {RANGED: (float("nan"), 2.0)})
    with pytest.raises(BadParameter):
        swings("value", "USD", {"no_such": (1.0, 2.0)})
    assert records == []
