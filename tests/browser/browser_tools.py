"""A server for a built site, and pages of it in a browser, with what they asked of others or complained of."""

from __future__ import annotations

import functools
import http.server
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, Request

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE, DESK = 390, 1280


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A file server that says nothing."""

    def log_message(self, *_args: object) -> None:
        """Nothing."""


class QuietServer(http.server.ThreadingHTTPServer):
    """A server that says nothing of a browser which goes away in the middle of an answer."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing for a closed connection; any other error as ever."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    handler = functools.partial(Quiet, directory=str(folder))
    server = QuietServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Heard:
    """What a page did besides showing itself."""

    elsewhere: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@contextmanager
def opened(browser: Browser, address: str, *, width: int = DESK, **options) -> Iterator[tuple[Page, Heard]]:
    """A page of one of the sites, and what it asked of others or complained of."""
    home = "/".join(address.split("/")[:3]) + "/"
    context = browser.new_context(viewport={"width": width, "height": 850}, has_touch=width == PHONE, **options)
    page, heard = context.new_page(), Heard()
    page.on("request", lambda r: heard.elsewhere.append(r.url) if not r.url.startswith((home, "data:")) else None)
    page.on("console", lambda m: heard.errors.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: heard.errors.append(str(e)))
    page.on("requestfailed", lambda r: heard.errors.append(f"{r.url} {r.failure}") if not gone_on(r) else None)
    try:
        page.goto(address, wait_until="load")
        yield page, heard
    finally:
        context.close()


def gone_on(request: Request) -> bool:
    """Whether a request was given up because the page went on: the sign of the tab is asked for last."""
    return request.failure == "net::ERR_ABORTED" and request.url.endswith("favicon.svg")


def bring_to_life(page: Page) -> int:
    """Scroll each chart into sight and wait until it is drawn live; how many there are."""
    figures = page.locator("figure.vl")
    for index in range(figures.count()):
        figures.nth(index).scroll_into_view_if_needed()
        figures.nth(index).locator(".vl-live svg").wait_for(state="visible", timeout=15_000)
    return figures.count()


def until(page: Page, condition: str, arg: object = None, *, seconds: float = 15) -> None:
    """Wait until an expression is true in a page whose policy lets no text be run as a script."""
    ends = time.monotonic() + seconds
    while not page.evaluate(condition, arg):
        assert time.monotonic() < ends, f"not within {seconds} s: {condition}"
        page.wait_for_timeout(50)


def link_of(page: Page) -> str:
    """The address of a page once it says all that is moved, which it does when the hand rests."""
    until(page, "shortcase.state.moved.size + shortcase.state.ranges.size > 0")
    until(page, "location.search === shortcase.address.written(shortcase.state)")
    return page.url
