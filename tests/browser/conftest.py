"""A browser, and two sites in it: the built book, and a sample with one of everything."""

from __future__ import annotations

import functools
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from shortcase.publish.site.render import Renderer

sys.path.insert(0, str(Path(__file__).parent))  # the helpers beside this file are no package

from browser_sample import stage
from browser_tools import ARGUMENTS, opened, served


@pytest.fixture(scope="session")
def sample_site(root, tmp_path_factory) -> Path:
    """The sample, rendered as the press renders the book."""
    folder = tmp_path_factory.mktemp("sample")
    stage(folder / "stage", root)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Sphinx's own dependencies use what is to go
        with Renderer() as renderer:
            renderer.render(folder / "stage", folder / "html", {})
    return folder / "html"


@pytest.fixture(scope="session")
def sample(sample_site) -> Iterator[str]:
    with served(sample_site) as address:
        yield address


@pytest.fixture(scope="session")
def book(site) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser(chromium) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture
def look(browser):
    """`with look(address, width=…) as (page, heard)`."""
    return functools.partial(opened, browser)


@pytest.fixture(scope="session")
def large(browser, chromium):
    """`look` in a browser whose reader has set its text to twice the usual size."""
    arguments = [*ARGUMENTS, "--blink-settings=defaultFontSize=32"]
    reading = browser.browser_type.launch(executable_path=chromium, args=arguments)
    yield functools.partial(opened, reading)
    reading.close()
