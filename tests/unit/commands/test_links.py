"""The addresses that the book cites are found with their places, and those that are gone are told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from shortcase.commands import links


class Answers(BaseHTTPRequestHandler):
    """Answers with the status that the path names."""

    def do_GET(self) -> None:
        self.send_response(int(self.path.strip("/")))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Answers) as answering:
        thread = threading.Thread(target=answering.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{answering.server_port}"
        answering.shutdown()
        thread.join()


def test_what_is_gone_is_told_with_each_place(server: str, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        f"[there]({server}/200), [gone]({server}/404).\nNo robots: {server}/403.\n\nGone for good: <{server}/410>\n"
        f"[again]({server}/404)\n",
        encoding="utf-8",
    )
    found = links.cited([page])
    assert set(found) == {f"{server}/{code}" for code in (200, 404, 403, 410)}
    told = links.gone(found)
    assert [line.split(f": {server}")[0].rpartition(":")[2] for line in told] == ["1", "5", "4"]
    assert all(" 404 " in line or "/404" in line or "/410" in line for line in told)


def test_a_line_that_is_down_proves_nothing() -> None:
    assert links.asked("http://127.0.0.1:1/") is None
    assert links.asked("http://[broken/") is None


def test_the_book_cites_what_can_be_asked() -> None:
    found = links.cited(links.sources())
    assert len(found) > 50
    assert any("arxiv.org" in address for address in found)
    assert not [
        address for address in found if address.endswith((".", ")")) and address.count("(") < address.count(")")
    ]
