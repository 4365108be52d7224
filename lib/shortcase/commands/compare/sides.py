"""What is compared, as it is written on the command line.

A side is one word, or several with commas between them:

    documented            a scenario of the book
    my-case.yml           a scenario file, wherever it lies
    demand_growth=0.4     a parameter set, as with --set
    HEAD~1                a revision of the repository, with its own chapters, facts and lib
    _build/results        a finished build: its folder, or that of its results
    HEAD~1,bear,demand_growth=0.4      a scenario with a setting, at a revision
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shortcase.case import scenarios
from shortcase.case.parameters import Scalar
from shortcase.errors import BadRequest, nearest
from shortcase.publish.request import DOCUMENTED

SETTING = re.compile(r"[A-Za-z_]\w*\s*=")
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Side:
    """One of the two: a case of the checkout or of a revision, or a finished build."""

    words: str
    scenario: str = DOCUMENTED
    overrides: Mapping[str, Scalar] = field(default_factory=dict)
    settings: tuple[str, ...] = ()
    revision: str = ""
    results: Path | None = None


def side(words: str, root: Path) -> Side:
    """The side that words stand for.

    Errors: BadRequest for words that name nothing, two things of a kind, or a setting of a build that is finished;
    whatever is wrong with a setting or a scenario file.
    """
    found: dict[str, Any] = {}
    parts = [part.strip() for part in words.split(",")]
    found["settings"] = tuple(part for part in parts if SETTING.match(part))
    names = [part for part in parts if not SETTING.match(part)]
    at_revision = any(_commit(part, root) for part in names if part not in scenarios.names())
    for part in names:
        told = _named(part, root, elsewhere=at_revision)
        if told.keys() & found.keys():
            raise _refused(words, f"{part} is the second of its kind", "name one scenario, and one revision or build")
        found |= told
    if "results" in found and (len(names) > 1 or found["settings"]):
        raise _refused(words, "a finished build is as it is", "name it alone, or build the case that is meant")
    if not at_revision:  # which may have other parameters
        scenarios.settings(found["settings"], where="compare")
    return Side(words, **found)


def _named(part: str, root: Path, *, elsewhere: bool) -> dict[str, object]:
    """What one word stands for; beside a revision, an unknown name is a scenario that the revision may have."""
    if part.endswith((".yml", ".yaml")):
        return _of_file(Path(part))
    if part in scenarios.names():
        return {"scenario": part}
    folder = Path(part)
    for place in (folder, folder / "results"):
        if (place / MANIFEST).is_file():
            return {"results": place.resolve()}
    commit = _commit(part, root)
    if commit:
        return {"revision": commit}
    if elsewhere and scenarios.NAME.fullmatch(part):
        return {"scenario": part}
    mend = nearest(part, scenarios.names(), new="name a scenario, a file of one, NAME=VALUE, a build or a revision")
    raise _refused(part, "it names no scenario, build or revision", mend)


def _of_file(path: Path) -> dict[str, object]:
    told = scenarios.read_file(path)
    if told.looks_ahead:
        raise _refused(str(path), f"it begins with {told.begins}, and the chapters begin with the essay", None)
    return {"scenario": DOCUMENTED, "overrides": dict(told.overrides)}


def _commit(name: str, root: Path) -> str:
    """The commit that a revision is; nothing where it is none."""
    if name.startswith("-"):
        return ""
    asked = ["git", "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"]
    try:
        found = subprocess.run(asked, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603
    except OSError:
        return ""
    return found.stdout.strip() if found.returncode == 0 else ""


def _refused(words: str, what: str, mend: str | None) -> BadRequest:
    return BadRequest(f"{words!r} cannot be compared: {what}", where="compare", mend=mend)
