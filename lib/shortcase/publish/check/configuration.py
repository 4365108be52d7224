"""What stands beside the pages and can be wrong before any of them is read: the site's own files, and units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from shortcase.case import claims, parameters, scenarios
from shortcase.case.thesis import correlations
from shortcase.errors import ADD, BadFile, ShortcaseError, nearest
from shortcase.facts import names, review, schema
from shortcase.facts.schemas import TABLES
from shortcase.places import ours, place
from shortcase.publish import address
from shortcase.publish.read.pages import Page
from shortcase.show.units import UNITS
from shortcase.yaml_lines import Lined, read

CONTENTS = "_toc.yml"
CONFIGURATION = ("_config.yml", CONTENTS)
"""The files beside book/ from which Jupyter Book makes the site."""


def problems(root: Path, pages: Mapping[str, Page]) -> Iterator[ShortcaseError]:
    """Everything wrong with the configuration, the table of contents, and the units of parameters, claims and facts.

    The pages go by their names in the table of contents, such as `book/index`.
    """
    written: dict[str, Lined] = {}
    for file in CONFIGURATION:
        try:
            written[file] = read(root / file)
        except BadFile as error:
            yield error
    if "_config.yml" in written:
        yield from _address(written["_config.yml"], root / "_config.yml")
    if CONTENTS in written:
        yield from _contents(written[CONTENTS], root / CONTENTS, pages)
    yield from _units(root / "book")
    yield from _scenarios()
    yield from _correlations(root / "book" / "correlations.yml")
    yield from undescribed(TABLES)
    yield from _reviews()


def _contents(written: Lined, path: Path, pages: Mapping[str, Page]) -> Iterator[ShortcaseError]:
    named = dict(listed(written))
    for file, line in named.items():
        if file not in pages:
            what = f"The table of contents lists {file}, which is no page"
            yield BadFile(
                what, where=place(path, line), mend=nearest(file, pages, new=f"write {file}.md, or take it out")
            )
    for file, page in pages.items():
        if file not in named:
            yield BadFile(f"The table of contents leaves out {file}", where=page.shown, mend=f"list it in {path.name}")


def _address(written: Lined, path: Path) -> Iterator[ShortcaseError]:
    html = written.get("html")
    given = html.get("baseurl") if isinstance(html, Lined) else None
    if isinstance(html, Lined) and given and not address.sound(str(given)):
        what = f"{given!r} is no address of a site"
        yield BadFile(what, where=place(path, html.lines["baseurl"]), mend=address.MEND)


def listed(entry: Any) -> Iterator[tuple[str, int]]:
    """Every page that a table of contents names, with its line."""
    if isinstance(entry, Lined):
        for key in ("root", "file"):
            if key in entry:
                yield str(entry[key]).removesuffix(".md"), entry.lines[key]
    for below in entry.values() if isinstance(entry, Lined) else entry if isinstance(entry, list) else ():
        yield from listed(below)


def _units(book: Path) -> Iterator[ShortcaseError]:
    for parameter in parameters.registry().values():
        yield from _unit(parameter.unit, f"parameter {parameter.name}", place(book / "parameters.yml", parameter.line))
    for claim in claims.ledger().values():
        yield from _unit(claim.unit or "text", f"claim {claim.id}", place(book / "claims.csv", claim.line))
    for table in map(schema, names()):
        for name, column in table.columns.items():
            yield from _unit(column.unit, f"column {name}", place(table.sources[1]))


def _scenarios() -> Iterator[ShortcaseError]:
    """Every scenario, whether this build is asked for it or not, and files that no request can name."""
    for path in ours(scenarios.folder(), "*") if scenarios.folder().is_dir() else ():
        if path.suffix != ".yml" or not scenarios.NAME.fullmatch(path.stem):
            mend = "call it by small letters, digits and _, ending in .yml"
            yield BadFile(f"{path.name} can be no scenario", where=place(path), mend=mend)
            continue
        try:
            scenarios.read_scenario(path.stem)
        except ShortcaseError as error:
            yield error


def _correlations(path: Path) -> Iterator[ShortcaseError]:
    try:
        if path.is_file():
            correlations.pairs(path)
    except ShortcaseError as error:
        yield error


def undescribed(folder: Path) -> Iterator[BadFile]:
    """Tables of figures that nothing describes, and which therefore nobody can ask for."""
    for path in ours(folder, "*.csv"):
        if not path.with_suffix(".yml").is_file():
            what = f"{path.name} has no {path.stem}.yml that says its title, licence and columns"
            yield BadFile(what, where=place(path), mend="write it, as the other tables have theirs")


def _reviews() -> Iterator[ShortcaseError]:
    """Tables that were worked on after they were due for review, and still say they are due: a contradiction."""
    for table in map(schema, names()):
        newest = review.outlived(table)
        if newest is not None:
            what = f"The table {table.name} was to be reviewed by {table.review_by}, and has a row of {newest}"
            yield BadFile(what, where=place(table.sources[1]), mend="review it, and set review_by to a later day")


def _unit(unit: str, whose: str, where: str) -> Iterator[ShortcaseError]:
    if unit not in UNITS:
        yield BadFile(
            f"The {whose} is in an unknown unit, {unit!r}", where=where, mend=nearest(unit, UNITS, new=ADD["unit"])
        )
