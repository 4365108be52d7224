"""What a worker is sent to run a chapter anywhere: the notebook, the book's data files, and what package it needs.

A worker needs the installed package alone: no checkout, no folder that it shares with anybody.
"""

from __future__ import annotations

import dataclasses
import hashlib
import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from shortcase.case.parameters import Scalar
from shortcase.errors import BadRequest
from shortcase.publish.run import outputs
from shortcase.publish.run.job import Job, Outcome
from shortcase.sweep.baseline import Baseline
from shortcase.sweep.folder import FEW
from shortcase.sweep.identity import book_files, differences, package

DEAD = "the process of the chapter ended before it answered"


@dataclass(frozen=True)
class Pack:
    """A chapter to be run at many points."""

    job: Job
    files: Mapping[str, bytes]
    package: Mapping[str, str]
    keep: frozenset[str]

    @cached_property
    def name(self) -> str:
        """What the chapter, its files and the package are called together; no other pack has this name."""
        return f"shortcase-{hashlib.sha256(pickle.dumps(self)).hexdigest()[:16]}"

    def refuse_another_package(self) -> None:
        """Refuse to work in a process whose package is not the one that the sweep was asked with.

        Errors: BadRequest that names the files which differ.
        """
        found = [f"package {name}" for name in self.package if self.package[name] != package().get(name)]
        if found or len(package()) != len(self.package):
            told = list(differences(_named(package()), _named(self.package)))
            what = f"A worker has another version of the package: {'; '.join(told[:FEW])}"
            raise BadRequest(what, where="the worker", mend="install there what is installed here")

    def unpack(self, room: Path) -> Job:
        """Lay the files out in a folder; the job, at home there."""
        for name, content in self.files.items():
            path = room / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        (room / "work").mkdir()
        return dataclasses.replace(self.job, folder=room / "work", cwd=room / "book")

    def answer(self, outcome: Outcome) -> dict[str, Any]:
        """What a point's run found: the kept numbers and verdicts, or the failure; and how long it took."""
        took = {"seconds": round(outcome.seconds, 4), "cells_s": round(outcome.cells_s, 4)}
        if outcome.error is None and outcome.notebook is not None:
            rows = {row.get("key") or row["id"]: row for row in outputs.records(outcome.notebook) if _has_name(row)}
            kept = {key: row.get("value", row.get("verdict")) for key, row in rows.items() if key in self.keep}
            return {"found": kept, **took}
        failed = outputs.failure(outcome.notebook) if outcome.notebook is not None else None
        return {"cause": failed[2] if failed else outcome.error, "cell": failed[0] if failed else None,
                "at": outcome.where, **took}  # fmt: skip


def _has_name(row: Mapping[str, Any]) -> bool:
    return row["record"] in ("number", "claim")


def _named(files: Mapping[str, str]) -> dict[str, str]:
    return {f"package {name}": digest for name, digest in files.items()}


def pack(found: Baseline, keep: frozenset[str], engine: str, timeout_s: float) -> Pack:
    """The chapter of a baseline, packed."""
    page, code = found.book.chapters[0], found.code
    notebook = page.notebook()
    job = Job(
        page.name, page.shown, notebook, code, {}, {}, dict(found.values), Path(), Path(), engine, timeout_s,
        live=False, records_only=True,
    )  # fmt: skip
    return Pack(job, book_files(found.book.root, found.chapter), package(), keep)


def at_point(job: Job, moved: Mapping[str, Scalar]) -> Job:
    """The job at one point."""
    values = {**job.build_values, **moved}
    return dataclasses.replace(job, values={n: values[n] for n in job.code.parameters}, build_values=values)
