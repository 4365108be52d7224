"""The build's own record: what ran, on what, with which values. Times stand here and nowhere on the site."""

from __future__ import annotations

import platform
import subprocess
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from shortcase.case.parameters import Scalar
from shortcase.publish.request import Request
from shortcase.publish.run.chapters import Executed
from shortcase.publish.run.workers import engine_of

PACKAGES = ("shortcase", "altair", "jupyter-book", "jupytext", "numpy", "pandas", "papermill", "scipy", "sphinx")


def manifest(root: Path, request: Request, values: Mapping[str, Scalar], executed: Executed) -> dict[str, Any]:
    """Versions, parameters, durations, commit, and the key of every chapter."""
    return {
        "scenario": request.scenario,
        "settings": sorted(request.settings),
        "engine": engine_of(request),
        "parameters": dict(values),
        "commit": commit(root),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in PACKAGES},
        "chapters": {
            name: {
                "key": executed.keys[name],
                "seconds": executed.seconds[name],
                "executed": name in executed.executed,
            }
            for name in executed.notebooks
        },
    }


def version(package: str) -> str:
    """The installed version, or a word where there is none."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def commit(root: Path) -> str:
    """The commit that the sources are at, marked where files differ from it; empty outside a repository."""
    try:
        found = subprocess.run(
            ["git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"],  # noqa: S607 - git from the path
            cwd=root, capture_output=True, text=True, check=False, timeout=10,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return ""
    return found.stdout.strip() if found.returncode == 0 else ""
