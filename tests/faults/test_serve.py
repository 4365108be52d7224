"""The served book is built again when a source changes, and tells the open page to load itself again."""

from __future__ import annotations

import contextlib
import http.client
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from small_book import Ask, SmallBook


def waited(found: Callable[[], bool], seconds: float = 120) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found():
            return True
        time.sleep(0.3)
    return False


@contextlib.contextmanager
def served(book: SmallBook) -> Iterator[int]:
    """The book on a port of this machine, until the end."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "shortcase.cli", "serve", "--port", str(port)],
        cwd=book.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=book.environment(),
    )  # fmt: skip
    try:
        yield port
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) in (0, 130)


def answered(port: int, path: str, **headers: str) -> tuple[int, bytes]:
    """Status and body of an answer to a request that is sent as it is written: no client tidies the path."""
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as line:
        line.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        with line.getresponse() as answer:
            return answer.status, answer.read()


def test_a_changed_page_is_served_and_nobody_else_is(built: SmallBook) -> None:
    page = "/book/index.html"

    def shows(text: str) -> bool:
        try:
            return text.encode() in answered(port, page)[1]
        except OSError:  # not up yet, or busy building
            return False

    with served(built) as port:
        assert waited(lambda: shows("The yield is"))
        assert shows(f'<script src="/livereload.js?port={port}"></script>')  # the policy of the page runs no other
        for name in (f"127.0.0.1:{port}", f"localhost:{port}"):
            assert answered(port, page, Host=name)[0] == 200
            assert answered(port, "/livereload.js", Host=name)[0] == 200
        foreign = ("evil.example", f"evil.example:{port}", "127.0.0.1.evil.example", "192.0.2.1", "")
        for path in (page, "/livereload", "/livereload.js"):
            assert {answered(port, path, Host=name)[0] for name in foreign} <= {400, 404}
        shake = {
            "Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Version": "13",
            "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
        }  # fmt: skip
        assert answered(port, "/livereload", Origin="http://evil.example", **shake)[0] == 403
        for path in ("/../../book/index.md", "/..%2f..%2fbook/index.md", "/%2e%2e/%2e%2e/book/index.md",
                     "//etc/passwd", "/book/../../results/numbers.json", "/..\\..\\book\\index.md"):  # fmt: skip
            status, body = answered(port, path)
            assert status in (400, 403, 404), path
            assert b"root:" not in body
        time.sleep(1.5)  # a change is seen by its time, which must differ from that of the first look
        built.edit("book/index.md", "The yield is", "Its yield is")
        assert waited(lambda: shows("Its yield is"))


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_the_port_is_open_to_this_machine_alone(built: SmallBook) -> None:
    with served(built) as port:

        def listening() -> list[str]:
            rows = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
            return [row[1].split(":")[0] for row in rows if row[1].endswith(f":{port:04X}") and row[3] == "0A"]

        assert waited(lambda: bool(listening()))
        assert listening() == ["0100007F"]


@pytest.mark.parametrize("port", ["99999", "-1", "http"])
def test_a_port_that_is_none(built: SmallBook, ask: Ask, port: str) -> None:
    ran = ask(built, "serve", f"--port={port}")
    assert (ran.code, "--port" in ran.err) == (2, True)


def test_a_port_that_is_taken(built: SmallBook, ask: Ask) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = ask(built, "serve", "--port", str(taken.getsockname()[1]))
    assert (ran.code, "cannot be had" in ran.err) == (2, True)
