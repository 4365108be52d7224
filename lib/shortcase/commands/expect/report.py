"""Outcomes of expectations told: as text, for a program, and as the record that the book's page shows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from shortcase.case.expectations import expectations
from shortcase.commands.expect.judge import ERROR, FAILED, OUTCOMES, PASSED, Outcome, chapters_of, judge, place, tally
from shortcase.commands.expect.outputs import Outputs
from shortcase.errors import BadRequest, nearest
from shortcase.publish.check.book import read
from shortcase.publish.collect.expected import RESULT
from shortcase.publish.files import write
from shortcase.publish.request import Progress


def expect(root: Path, names: Sequence[str], chapter: str | None, say: Progress) -> list[Outcome]:
    """Test the expectations of a book, or some of them.

    Errors: BadRequest for an unknown name or chapter; those of `expectations`.
    """
    every = expectations()
    for name in names:
        if name not in every:
            raise BadRequest(f"There is no expectation {name!r}", mend=nearest(name, every))
    outputs = Outputs(read(root))
    if chapter is not None and chapter not in {*outputs.book.codes, "thesis"}:
        mend = nearest(chapter, [*outputs.book.codes, "thesis"])
        raise BadRequest(f"There is no chapter {chapter!r}", where="--chapter", mend=mend)
    found = []
    for one in every.values():
        if (not names or one.name in names) and (chapter is None or chapter in chapters_of(one, outputs)):
            found.append(judge(one, outputs))
            if found[-1].outcome != PASSED:
                say(f"{found[-1].outcome}: {one.name}")
    return found


def keep(root: Path, outcomes: Sequence[Outcome]) -> Path:
    """Keep the outcomes for the page of the book; where they are kept."""
    write(root / RESULT, kept(outcomes))
    return root / RESULT


def kept(outcomes: Sequence[Outcome]) -> str:
    """The text of the file."""
    return json.dumps(as_json(outcomes), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def as_text(outcomes: Sequence[Outcome]) -> str:
    """For a reader in a terminal."""
    return "\n".join(_lines(outcomes))


def _lines(outcomes: Sequence[Outcome]) -> Iterator[str]:
    counted = tally(outcomes)
    yield ", ".join(f"{counted[word]} {word}" for word in reversed(OUTCOMES)) + (
        f", over {sum(one.cases for one in outcomes):,} cases."
    )
    for one in outcomes:
        if one.outcome == PASSED:
            continue
        yield f"\n{place(one.expectation)}: {one.outcome}: {one.expectation.says}"
        yield f"  {one.expectation.test}"
        yield f"  {one.told}"
        if one.counterexample is not None:
            yield f"  smallest case: {_case(one)}"


def _case(one: Outcome) -> str:
    moved = ", ".join(f"{name}={value:g}" for name, value in sorted((one.counterexample or {}).items()))
    return moved or "the documented values"


def as_json(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """For a program, and for the page: each expectation in words, with what became of it."""
    return {
        "tally": tally(outcomes),
        "expectations": {
            one.expectation.name: {
                "test": one.expectation.test,
                "outcome": one.outcome,
                "cases": one.cases,
                "told": one.told,
                "counterexample": dict(one.counterexample) if one.counterexample is not None else None,
            }
            for one in outcomes
        },
    }


def failed(outcomes: Sequence[Outcome]) -> bool:
    """Whether any did not hold, or could not be tested."""
    return any(one.outcome in (FAILED, ERROR) for one in outcomes)
