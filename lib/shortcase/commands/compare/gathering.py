"""Each side's figures: its chapters run by its own lib, in a process of its own, or the results of a finished build."""

from __future__ import annotations

import csv
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from shortcase.case import claims
from shortcase.case.claims import Claim
from shortcase.case.parameters import Scalar
from shortcase.commands.compare import probe
from shortcase.commands.compare.revisions import laid_out
from shortcase.commands.compare.sides import MANIFEST, Side
from shortcase.commands.compare.sources import Sources
from shortcase.errors import BadFile, BadRequest, BuildFailed, ShortcaseError
from shortcase.publish.check.problems import raise_failures
from shortcase.publish.collect.manifest import PACKAGES, version
from shortcase.publish.request import Progress
from shortcase.show.units import fmt

Rows = Mapping[str, Mapping[str, Any]]
End = tuple[str, Scalar]


@dataclass(frozen=True)
class Gathered:
    """What a side says: numbers by key, claims by id, the values it was computed on, and its files where they are."""

    title: str
    numbers: Rows
    claims: Rows
    values: Mapping[str, Scalar]
    versions: Mapping[str, str]
    sources: Sources | None
    keys: Mapping[str, str] = field(default_factory=dict)
    ends: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Asked:
    """What is asked of a side beside its figures: chapters, all without any; ends, and what is not looked for there."""

    chapters: Sequence[str] = ()
    ends: Sequence[End] = ()
    aside: Sequence[str] = ()


@contextmanager
def placed(side: Side, root: Path) -> Iterator[Path | None]:
    """Where the files of a side are: the checkout, a revision laid out, or those that a build says it was made from."""
    commit = side.revision
    if side.results is not None:
        told = json.loads((side.results / MANIFEST).read_text(encoding="utf-8")).get("commit", "")
        commit = told if told and not told.endswith("-dirty") else ""
        if not commit:
            yield None
            return
    if not commit:
        yield root
        return
    try:
        with laid_out(commit, root) as place:
            yield place
    except BadRequest:
        if side.results is None:
            raise
        yield None  # a build from elsewhere: its figures can be compared, what is behind them cannot be read


def gather(side: Side, place: Path | None, kept: Path, say: Progress, asked: Asked = Asked()) -> Gathered:
    """The figures of a side.

    Errors: BuildFailed where a chapter fails, with its line; BadRequest for values that the side's book refuses, and
    for ends of a side whose lib is too old to be asked.
    """
    if side.results is not None or place is None:
        return _finished(side, place)
    if not asked.ends:
        say(f"{side.words}: its chapters are computed, or taken from what is kept")
    told = _probed(side, place, kept, asked, say)
    if told is None and asked.ends:
        what = f"{side.words}: its press is an older one, which can be built and not asked for single ends"
        raise BadRequest(what, where="--ends", mend="compare without --ends")
    if told is None:
        say(f"{side.words}: its press is an older one, so the whole book is built")
        return _built(side, place)
    if told["failed"]:
        raise_failures([BuildFailed(f"{side.words}: {one}") for one in told["failed"].values()])
    numbers, judged = _rows(told["records"])
    sources = Sources(place, told["values"])
    every = _ledger(place, judged, asked.chapters)
    return Gathered(side.words, numbers, every, told["values"], _versions(), sources, told["keys"], told["ends"])


def environment(place: Path) -> dict[str, str]:
    """That of a process which uses the side's own lib, where it has one."""
    own = place / "lib" / "shortcase"
    found = {name: value for name, value in os.environ.items() if name != "SHORTCASE_VALUES"}
    if own.is_dir():
        found["PYTHONPATH"] = os.pathsep.join(filter(None, [str(own.parent), found.get("PYTHONPATH", "")]))
    return found


def _probed(side: Side, place: Path, kept: Path, more: Asked, say: Progress) -> dict[str, Any] | None:
    """What the probe answers; nothing where the side's lib is not one that it can ask."""
    asked = {"scenario": side.scenario, "overrides": dict(side.overrides), "settings": list(side.settings),
             "kept": str(kept), **asdict(more)}  # fmt: skip
    lines = list[str]()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as question, tempfile.TemporaryFile("w+b") as answer:
        json.dump(asked, question)
        question.seek(0)
        with subprocess.Popen(  # noqa: S603 - our own script
            [sys.executable, probe.__file__], cwd=place, stdin=question, stdout=answer, stderr=subprocess.PIPE,
            text=True, encoding="utf-8", env=environment(place),
        ) as process:  # fmt: skip
            assert process.stderr is not None  # noqa: S101 - it is a pipe
            for line in process.stderr:
                if line.startswith(probe.SAYS):
                    say(f"{side.words}: {line.strip()}")
                elif line.strip():
                    lines.append(line.strip())
        if process.returncode == probe.OTHER_PRESS:
            return None
        if process.returncode:
            told = lines[-1] if lines else f"it ended with {process.returncode}"
            raise BadRequest(f"{side.words}: {told}", where="compare", mend="compare a side that can be read")
        answer.seek(0)
        found: dict[str, Any] = json.load(answer)
    return found


def _built(side: Side, place: Path) -> Gathered:
    """A side that only its own press can compute."""
    command = [sys.executable, "-m", "shortcase.cli", "build", "--scenario", side.scenario]
    told = [*side.settings, *(f"{name}={value}" for name, value in side.overrides.items())]
    for setting in told:
        command += ["--set", setting]
    done = subprocess.run(  # noqa: S603 - our own command line
        command, cwd=place, capture_output=True, text=True, check=False, env=environment(place)
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["its build failed"]
        raise BuildFailed(f"{side.words}: {lines[-1]}", mend="compare a side that builds")
    manifests = sorted((place / "_build").glob(f"**/results/{MANIFEST}"))
    if not manifests:
        raise BuildFailed(f"{side.words}: its build left no results", mend="compare a finished build of it")
    return _finished(Side(side.words, results=manifests[0].parent), place)


def _finished(side: Side, place: Path | None) -> Gathered:
    assert side.results is not None  # noqa: S101 - the caller has looked
    try:
        read = [json.loads((side.results / f"{n}.json").read_text(encoding="utf-8")) for n in ("numbers", "claims")]
        told = json.loads((side.results / MANIFEST).read_text(encoding="utf-8"))
        values, versions = dict(told["parameters"]), {"python": told["python"], **told["versions"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        what = f"{side.words} holds no finished build ({type(error).__name__}: {error})"
        raise BadRequest(what, where="compare", mend="name the folder results of a build") from None
    sources = Sources(place, values) if place is not None else None
    judged = {name: {**row, "weight": row.get("weight", "")} for name, row in read[1].items()}
    return Gathered(side.words, read[0], judged, values, versions, sources)


def _versions() -> dict[str, str]:
    return {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}}


def _rows(records: Mapping[str, Iterable[Mapping[str, Any]]]) -> tuple[dict[str, Any], dict[str, Any]]:
    numbers: dict[str, Any] = {}
    judged: dict[str, Any] = {}
    for chapter, told in records.items():
        for one in told:
            if one["record"] == "number":
                numbers[one["key"]] = {**one, "chapter": chapter}
            elif one["record"] == "claim":
                judged[one["id"]] = {**one, "computed_in": chapter}
    return numbers, judged


def _ledger(place: Path, judged: Mapping[str, Mapping[str, Any]], chapters: Sequence[str]) -> dict[str, Any]:
    """Every claim of the side's ledger with its verdict; of one chapter alone, those that it judges."""
    rows = ledger(place / "book" / "claims.csv")
    wanted = {name: row for name, row in rows.items() if not chapters or name in judged}
    return {
        name: {
            "id": name, "weight": row.weight, "paraphrase": row.paraphrase, "section": row.section,
            "stated": row.stated, "unit": row.unit, "chapter": row.chapter,
            "verdict": claims.untested(row).value, **judged.get(name, {}),
        }
        for name, row in wanted.items()
    }  # fmt: skip


def ledger(path: Path) -> Mapping[str, Claim]:
    """The ledger of a side; one of another revision may have other columns, and those that ours needs are taken."""
    try:
        return claims.ledger(path)
    except BadFile:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [{name: row.get(name) or "" for name in claims.COLUMNS} for row in csv.DictReader(file)]
    found: dict[str, Claim] = {}
    for line, row in enumerate(rows, start=2):
        try:
            found[row["id"]] = claims._claim(row, line, f"{path.name}:{line}")
        except ShortcaseError:
            continue  # this lib does not know it, so it can say nothing of it
    return found


def shown(row: Mapping[str, Any]) -> str:
    """A number as the reader sees it."""
    return fmt(row["value"], row["unit"], row.get("digits"))
