"""What is asked most often answers at once: libraries that take long to import wait until something needs them."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"altair", "bs4", "filelock", "jinja2", "numpy", "pandas", "pydantic", "scipy", "sphinx"}


@pytest.mark.parametrize(
    "asked",
    [
        "from shortcase import cli; cli.parser().format_help()",
        "from shortcase.publish.build import build",  # up to where it finds that nothing has changed
        "from shortcase.publish import fingerprint, request",
    ],
)
def test_help_and_an_unchanged_build_import_nothing_heavy(asked: str) -> None:
    code = f"import sys\n{asked}\nprint(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert HEAVY.intersection(ran.stdout.split()) == set()
