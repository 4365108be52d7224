"""A watched chapter: on a change it says what moved and why; on a fault it says where, and goes on."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from small_book import SmallBook

from shortcase.case import claims, parameters
from shortcase.commands.watch import watch
from shortcase.publish.fingerprint import inputs
from shortcase.publish.request import Request


def test_each_change_is_told_with_its_cause(book: SmallBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(book.root)
    for cached in (parameters.registry, parameters.as_written, claims.ledger):
        cached.cache_clear()
    told: list[str] = []
    ready, looked = threading.Event(), threading.Event()

    def tell(text: str) -> None:
        told.append(text)
        ready.set()

    def look(*asked: Any) -> Any:
        found = inputs(*asked)
        looked.set()
        return found

    monkeypatch.setattr("shortcase.commands.watch.inputs", look)
    watched = threading.Thread(target=watch, args=("cost", Request(), tell), kwargs={"rounds": 2}, daemon=True)
    watched.start()
    for was, now in (("years=4.0", "years=1 / 0"), ("years=1 / 0", "years=5.0")):
        assert ready.wait(120), told
        ready.clear()
        looked.clear()
        assert looked.wait(120), "a change that is seen comes after a look at the sources"
        book.edit("book/cost.md", was, now)
    watched.join(120)
    assert not watched.is_alive()
    first, failed, moved = told
    assert "cost is watched" in first
    assert f"book/cost.md:{book.line('book/cost.md', 'years=5.0')}: ZeroDivisionError" in failed
    # Against the last that did not fail: r/(1 − (1 + r)⁻ⁿ) at 10 % over 4 and 5 years.
    assert "cost_of_capital: 31.5% a year → 26.4% a year" in moved
    assert "chapter cost" in moved
    for cached in (parameters.registry, parameters.as_written, claims.ledger):
        cached.cache_clear()
    assert Path.cwd() == book.root
