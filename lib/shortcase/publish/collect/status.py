"""When a book was built, from which commit, and how long each chapter took: a script that the page of its state reads.

It is the one file of a site that two builds of one source have otherwise; what compares sites leaves it out.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shortcase.publish.fingerprint import VARYING

FILE = VARYING


def script(root: Path, record: Mapping[str, Any]) -> str:
    """The script, of the manifest of a build that has just ended."""
    told = {
        "built": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "commit": record["commit"],
        "committed": committed(root),
        "scenario": record["scenario"],
        "python": record["python"],
        "versions": record["versions"],
        "seconds": record["seconds"],
        "printed_s": record["render_s"],
        "chapters": {name: [row["seconds"], row["executed"]] for name, row in record["chapters"].items()},
    }
    return f"shortcase.status({json.dumps(told, indent=1, ensure_ascii=False)});\n"


def committed(root: Path) -> str:
    """The day and hour of the commit; empty outside a repository."""
    try:
        found = subprocess.run(
            ["git", "show", "--no-patch", "--format=%cI", "HEAD"],  # noqa: S607 - git from the path
            cwd=root, capture_output=True, text=True, check=False, timeout=10,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return ""
    return found.stdout.strip() if found.returncode == 0 else ""
