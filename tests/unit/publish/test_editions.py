"""Editions are recorded once, read back, and told apart by what has changed."""

from __future__ import annotations

import dataclasses

import pytest

from shortcase.errors import BadFile
from shortcase.publish.site import editions


def test_an_edition_is_recorded_once_and_read_back(tmp_path):
    path = tmp_path / "editions.json"
    assert editions.recorded(path) == []
    now = editions.record("2026-11-30", path)
    assert editions.record("2026-12-24", path).name == now.name
    (back,) = editions.recorded(path)
    assert (back.name, back.date) == (now.name, "2026-11-30")


def test_what_has_changed_since_is_told():
    now = editions.this("2026-11-30")
    older = dataclasses.replace(now, documented={**now.documented, "demand_elasticity": 0.7}, date="2026-10-01")
    found = editions.told(now, [older, now])
    assert found["edition"] == now.name
    assert found["editions"] == {
        older.name: {
            "date": "2026-10-01", "formulas": False,
            "values": [["demand_elasticity", 0.7, now.documented["demand_elasticity"]]],
        }
    }  # fmt: skip
    assert dataclasses.replace(now, formulas="other").name != now.name


def test_the_book_s_own_record_can_be_read():
    names = [one.name for one in editions.recorded()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("text", ["{", '{"a": 1}', '[{"date": "soon", "formulas": "", "documented": {}}]', "[1]"])
def test_a_record_that_is_none_is_refused(tmp_path, text):
    path = tmp_path / "editions.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadFile):
        editions.recorded(path)
