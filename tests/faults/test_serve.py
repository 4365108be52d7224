"""The served book is built again when a source changes, and tells the open page to load itself again."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable

import pytest
from small_book import Ask, SmallBook


def waited(found: Callable[[], bool], seconds: float = 120) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found():
            return True
        time.sleep(0.3)
    return False


def test_a_changed_page_is_served(built: SmallBook) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/book/index.html"
    process = subprocess.Popen(
        [sys.executable, "-m", "shortcase.cli", "serve", "--port", str(port)],
        cwd=built.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=built.environment(),
    )  # fmt: skip

    def shows(text: str) -> bool:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return text in answer.read().decode()
        except OSError:  # not up yet, or busy building
            return False

    try:
        assert waited(lambda: shows("The yield is"))
        assert shows("livereload.js")
        time.sleep(1.5)  # a change is seen by its time, which must differ from that of the first look
        built.edit("book/index.md", "The yield is", "Its yield is")
        assert waited(lambda: shows("Its yield is"))
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) in (0, 130)


@pytest.mark.parametrize("port", ["99999", "-1", "http"])
def test_a_port_that_is_none(built: SmallBook, ask: Ask, port: str) -> None:
    ran = ask(built, "serve", f"--port={port}")
    assert (ran.code, "--port" in ran.err) == (2, True)


def test_a_port_that_is_taken(built: SmallBook, ask: Ask) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = ask(built, "serve", "--port", str(taken.getsockname()[1]))
    assert (ran.code, "cannot be had" in ran.err) == (2, True)
