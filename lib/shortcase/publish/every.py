"""The whole book under every scenario, as one site: the documented case at its root, each other under its own path.

First every chapter is executed under each scenario, where it rests on something that differs; then each book is
printed, and by then it is known what differs between them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from shortcase.case import scenarios
from shortcase.case.scenarios import Scenario
from shortcase.errors import BadRequest
from shortcase.publish.build import Report, build
from shortcase.publish.check.book import Book, check
from shortcase.publish.collect import compared
from shortcase.publish.collect.results import Results, collect
from shortcase.publish.files import build_lock, swap
from shortcase.publish.read import answers
from shortcase.publish.request import DOCUMENTED, Progress, Request, chosen, layout
from shortcase.publish.run.chapters import execute_all

FOLDER = "scenarios"
"""Where the site has the books of the other scenarios."""


@dataclass(frozen=True)
class Site:
    """What was built: the folder of the site, and a report for each scenario."""

    folder: Path
    books: Mapping[str, Report]


def built() -> list[Scenario]:
    """The scenarios that the whole book can be built with, the documented one first."""
    every = [scenarios.read_scenario(name) for name in scenarios.names()]
    found = [one for one in every if not one.looks_ahead]
    return sorted(found, key=lambda one: (one.name != DOCUMENTED, one.name))


def paths(names: Sequence[Scenario]) -> list[dict[str, str]]:
    """Each book's name, title and place in the site, as its pages tell their readers.

    >>> paths([Scenario("documented", "Documented", ""), Scenario("bear", "Bear", "")])[1]
    {'name': 'bear', 'title': 'Bear', 'path': 'scenarios/bear/'}
    """
    return [
        {"name": one.name, "title": one.title, "path": "" if one.name == DOCUMENTED else f"{FOLDER}/{one.name}/"}
        for one in names
    ]


def build_every(request: Request, say: Progress) -> Site:
    """Build the site.

    Errors: BadRequest where single values are set as well; those of `build`, for whichever scenario fails.
    """
    if request.settings or request.scenario != DOCUMENTED:
        raise BadRequest("All scenarios are built as they are", where="--all", mend="leave out --scenario and --set")
    every = built()
    results: dict[str, Results] = {}
    for one in every:
        book, results[one.name] = _executed(replace(request, scenario=one.name, among={}), say)
    wanted = answers.headlines(book.pages)
    ours = results[DOCUMENTED]
    books = paths(every)
    among = {
        "books": books,
        "compared": {
            one.name: compared.compared(ours, results[one.name], wanted) for one in every if one.name != DOCUMENTED
        },
    }
    reports: dict[str, Report] = {}
    for one in every:
        say(f"{one.name}: the book is printed")
        reports[one.name] = build(replace(request, scenario=one.name, among=among, fresh=False), say)
    site = layout(request).root / "_build" / "site"
    _joined(site, {row["path"]: reports[row["name"]].site for row in books})
    return Site(site, reports)


def _executed(request: Request, say: Progress) -> tuple[Book, Results]:
    """The chapters of the book under one scenario; those that rest on nothing that differs are kept from another."""
    where, values = layout(request), chosen(request)
    book = check(where.root, str(values["as_of"]))
    say(f"{request.scenario}: the chapters are executed")
    with build_lock(where, say):
        executed = execute_all(book, values, request, where, say)
        return book, collect(book, executed.notebooks, str(values["as_of"]))


def _joined(site: Path, books: Mapping[str, Path]) -> None:
    """Put the books into one folder, in one step; their files are linked where the system can, copied where not."""
    new = site.with_name(".site.new")
    shutil.rmtree(new, ignore_errors=True)
    for path, book in sorted(books.items()):
        shutil.copytree(book, new / path, copy_function=_linked, dirs_exist_ok=True)
    swap(new, site)


def _linked(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
