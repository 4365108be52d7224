"""A build reads what its processes have in common before one of them is copied."""

from __future__ import annotations

from pathlib import Path

import pytest

from shortcase.errors import BadSource
from shortcase.facts import lookup, names
from shortcase.publish import build
from shortcase.publish.check import book
from shortcase.publish.request import Request, chosen, layout
from shortcase.publish.run import chapters


def test_tables_have_been_read_where_the_book_is_held_to_its_rules(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lookup._read.cache_clear()

    def hold(*_: object) -> None:
        raise BadSource(f"{lookup._read.cache_info().currsize} tables")

    monkeypatch.setattr(book, "hold", hold)
    monkeypatch.setattr(chapters, "make_ready", lambda *_: {})
    monkeypatch.chdir(root)
    request = Request()
    with pytest.raises(BadSource, match=f"^{len(names())} tables"):
        build._checked(request, layout(request), chosen(request))
