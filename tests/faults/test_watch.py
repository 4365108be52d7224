"""A watched chapter: on a change it says what moved and why; on a fault it says where, and goes on."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from small_book import SmallBook

from shortcase.case import claims, parameters
from shortcase.commands.watch import watch
from shortcase.publish.request import Request


def test_each_change_is_told_with_its_cause(book: SmallBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(book.root)
    for cached in (parameters.registry, parameters.as_written, claims.ledger):
        cached.cache_clear()
    told: list[str] = []
    ready = threading.Event()

    def tell(text: str) -> None:
        told.append(text)
        ready.set()

    watched = threading.Thread(target=watch, args=("cost", Request(), tell), kwargs={"rounds": 3}, daemon=True)
    watched.start()
    for was, now in (("years=4.0", "years=5.0"), ("years=5.0", "years=1 / 0"), ("years=1 / 0", "years=4.0")):
        assert ready.wait(120), told
        ready.clear()
        time.sleep(1.0)  # two looks at the sources: the change comes after what has been told
        book.edit("book/cost.md", was, now)
    watched.join(120)
    assert not watched.is_alive()
    first, moved, failed, back = told
    assert "cost is watched" in first
    assert "cost_of_capital: 31.5% a year → 26.4% a year" in moved  # r/(1 − (1 + r)⁻ⁿ) at 10 % over 4 and 5 years
    assert "chapter cost" in moved
    assert f"book/cost.md:{book.line('book/cost.md', 'years=4.0')}: ZeroDivisionError" in failed
    assert "26.4% a year → 31.5% a year" in back
    for cached in (parameters.registry, parameters.as_written, claims.ledger):
        cached.cache_clear()
    assert Path.cwd() == book.root
