"""What a reader can take along of a page: its source, and of a chapter the notebook to start."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shortcase.publish.files import write
from shortcase.publish.run.outputs import Notebook

FOLDER = "source"
"""Where a page's source and notebook lie, in the site's own files."""


def sources(static: Path, texts: Mapping[str, str], notebooks: Mapping[str, Notebook]) -> None:
    """Write each page's source, and each chapter's notebook without its outputs, beside the site's own files."""
    for name, text in texts.items():
        write(static / FOLDER / f"{name}.md", text)
    for name, notebook in notebooks.items():
        write(static / FOLDER / f"{name}.ipynb", json.dumps(bare(notebook), indent=1, ensure_ascii=False) + "\n")


def bare(notebook: Notebook) -> dict[str, Any]:
    """A notebook as a reader would start it: no outputs, no counts, and nothing that the press wrote into it.

    >>> cell = {"cell_type": "code", "source": "1", "metadata": {"tags": ["a"], "x": 1}, "outputs": [1], "id": "c"}
    >>> bare({"cells": [cell], "nbformat": 4, "nbformat_minor": 5, "metadata": {}})["cells"][0]["outputs"]
    []
    """
    cells = [
        {
            "cell_type": cell["cell_type"],
            "id": cell["id"],
            "metadata": {"tags": cell["metadata"]["tags"]} if cell["metadata"].get("tags") else {},
            "source": cell["source"],
            **({"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {}),
        }
        for cell in notebook["cells"]
        if "injected-parameters" not in cell["metadata"].get("tags", ())
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": notebook["nbformat_minor"]}
