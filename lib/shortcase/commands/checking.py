"""Everything that can be wrong before a chapter runs, told at once; and what a rule of it demands."""

from __future__ import annotations

import json
import sys
from typing import Any

from shortcase.commands import fact_listing
from shortcase.errors import ShortcaseError
from shortcase.publish.check.book import check as checked
from shortcase.publish.check.problems import Refused
from shortcase.publish.check.rules import explained
from shortcase.publish.request import Request, chosen, layout


def explain(rule: str) -> int:
    """What a rule demands, and why: its name ends each message."""
    print(explained(rule))
    return 0


def check(request: Request, *, as_json: bool) -> int:
    """Check the book, and say how many tables of facts are due for review.

    Errors: what is wrong, unless the answer is asked for in JSON, which holds it.
    """
    try:
        values = chosen(request)
        book = checked(layout(request).root, str(values["as_of"]))
    except ShortcaseError as error:
        if not as_json:
            raise
        problems = error.problems if isinstance(error, Refused) else (error,)
        _answer({"problems": [{"where": p.where, "what": p.what, "mend": p.mend, "rule": p.rule} for p in problems]})
        return error.exit_code
    due = fact_listing.due_today()
    if as_json:
        _answer({"problems": [], "due_for_review": [table.name for table in due]})
    else:
        shown = f"{len(book.pages)} pages, {len(book.chapters)} of them chapters, {len(book.uses)} bound figures"
        print(f"Nothing is wrong: {shown}.")
    if due:
        print(
            f"{len(due)} tables of facts are due for review; shortcase facts --stale names them.",
            file=sys.stderr, flush=True,
        )  # fmt: skip
    return 0


def _answer(value: dict[str, Any]) -> None:
    print(json.dumps(value, indent=1, ensure_ascii=False))
