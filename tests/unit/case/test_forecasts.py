"""The book's own forecasts: sealed, decided by their day, and in agreement with what became of the essay's."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest

from shortcase.case import forecasts
from shortcase.case.forecasts import COLUMNS
from shortcase.errors import BadFile
from shortcase.facts import later
from shortcase.model.probability import forecast_score

LOOKS_UNTIL = dt.date(2026, 9, 30)
OWN = {
    "id": "own-rain", "question": "It rains.", "rule": "Comes true if it rains on 1 March 2027.", "due": "2027-03-31",
    "probability": "0.25", "made_on": "2026-11-29", "known_until": "2026-09-30", "reason": "It often does",
    "outcome": "", "resolved_on": "", "evidence": "", "seal": "",
}  # fmt: skip


def resolutions() -> dict[str, tuple[dt.date, str]]:
    """What became of the essay's forecasts, as the page that looks ahead knows it."""
    return {row.id: (row.due, row.resolved) for row in later("forecast_resolutions", LOOKS_UNTIL)}


def written(folder: Path, monkeypatch: pytest.MonkeyPatch, *rows: Mapping[str, str]) -> None:
    """A register of these rows, each sealed where it carries no seal of its own."""
    file = folder / "forecasts.csv"
    monkeypatch.setattr(forecasts, "path", lambda: file)
    forecasts.register.cache_clear()
    for sealed in (False, True):
        seals = [one.expected_seal for one in forecasts.register()] if sealed else ["?"] * len(rows)
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows({**row, "seal": row["seal"] or seal} for row, seal in zip(rows, seals, strict=True))
        forecasts.register.cache_clear()


@pytest.fixture(autouse=True)
def read_again() -> Iterator[None]:
    """The register is read once a process: what a test writes may not be what the next test's file reads."""
    forecasts.register.cache_clear()
    yield
    forecasts.register.cache_clear()


def test_nothing_is_wrong_with_the_book_s_own_register() -> None:
    assert list(forecasts.problems(LOOKS_UNTIL, resolutions())) == []


def test_the_register_gives_odds_on_every_forecast_of_the_essay_that_is_open_and_on_some_of_its_own() -> None:
    found = forecasts.newest()
    still_open = {name for name, (_, outcome) in resolutions().items() if outcome == "open"}
    assert still_open <= set(found)
    own = [one for one in found.values() if not one.of_the_essay]
    assert len(own) >= 5
    assert all(one.question and one.rule.startswith("Comes true if") for one in own)
    # Odds on what was public when they were given would be no odds.
    assert all(one.due > one.made_on for one in found.values())


def test_odds_are_scored_once_they_are_decided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = {"resolved_on": "2027-03-02", "evidence": "The gauge"}
    wet, dry = OWN | {"outcome": "yes"} | done, OWN | {"id": "own-snow", "probability": "0.5", "outcome": "no"} | done
    written(tmp_path, monkeypatch, wet, dry, OWN | {"id": "own-hail"})
    assert list(forecasts.problems(LOOKS_UNTIL, {})) == []
    settled = forecasts.decided()
    assert [one.id for one in settled] == ["own-rain", "own-snow"]
    stated, happened = (np.array([getattr(one, name) for one in settled]) for name in ("probability", "happened"))
    # By hand: (0.25 − 1)² and (0.5 − 0)², halved.
    assert forecast_score.brier(stated, happened) == pytest.approx((0.5625 + 0.25) / 2)


def test_a_later_opinion_stands_beside_the_first_and_is_the_one_that_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, monkeypatch, OWN | {"made_on": "2026-12-31", "probability": "0.4"}, OWN)
    assert list(forecasts.problems(LOOKS_UNTIL, {})) == []
    assert len(forecasts.register()) == 2
    assert forecasts.newest()["own-rain"].probability == 0.4


CHANGED = {
    "odds": {"probability": "0.9"},
    "rule": {"rule": "Comes true if it rains in March."},
    "question": {"question": "It pours."},
    "last day": {"due": "2027-04-30"},
    "day on which it was said": {"made_on": "2026-11-30"},
    "day of the tables": {"known_until": "2026-08-31"},
}


@pytest.mark.parametrize("change", CHANGED.values(), ids=CHANGED)
def test_what_was_said_cannot_be_changed_afterwards(
    change: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, monkeypatch, OWN)
    seal = forecasts.register()[0].seal
    written(tmp_path, monkeypatch, OWN | change | {"seal": seal})
    found = list(forecasts.problems(LOOKS_UNTIL, {}))
    assert len(found) == 1
    assert "has been changed" in str(found[0])
    assert "forecasts.csv:2" in str(found[0])


WRONG = {
    "due and not decided": ({"due": "2026-09-30", "made_on": "2026-09-01", "known_until": "2026-08-31"}, "was due on"),
    "made after its day": ({"due": "2026-11-01"}, "is not made before its day"),
    "knows more than its day": ({"known_until": "2026-12-31"}, "is not made before its day"),
    "decided without a day": ({"outcome": "yes", "evidence": "The gauge"}, "without its day or its evidence"),
    "decided without evidence": ({"outcome": "no", "resolved_on": "2027-03-01"}, "without its day or its evidence"),
    "open with a day": ({"resolved_on": "2027-03-01"}, "without its day or its evidence"),
    "decided before it was said": (
        {"outcome": "no", "evidence": "The gauge", "resolved_on": "2026-11-01"}, "not between its making and its due",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "told"), WRONG.values(), ids=WRONG)
def test_a_row_that_cannot_be_is_told(
    change: dict[str, str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, monkeypatch, OWN | change)
    assert any(told in str(problem) for problem in forecasts.problems(LOOKS_UNTIL, {}))


UNREADABLE = {
    "certain": ({"probability": "1"}, "nothing that is open is certain"),
    "no figure": ({"probability": "likely"}, "above 0 and below 1"),
    "no day": ({"due": "spring"}, "write YYYY-MM-DD"),
    "no reason": ({"reason": ""}, "say in a sentence why"),
    "no rule": ({"rule": ""}, "has no rule"),
    "an outcome that is none": ({"outcome": "perhaps"}, "yes, no, void"),
    "nobody's forecast": ({"question": "", "id": "wr-rockier"}, "did you mean wr-rockier-than-implied?"),
    "a second rule beside the ledger's": ({"question": "", "id": "wr-rockier-than-implied"}, "or a second one"),
}


@pytest.mark.parametrize(("change", "told"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_row_that_cannot_be_read_is_refused_with_its_line(
    change: dict[str, str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BadFile) as caught:
        written(tmp_path, monkeypatch, OWN | change)
    assert told in str(caught.value)
    assert "forecasts.csv:2" in str(caught.value)


def test_the_register_agrees_with_what_became_of_the_essay_s_forecasts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = OWN | {"id": "wr-rockier-than-implied", "question": "", "rule": ""}
    written(tmp_path, monkeypatch, row)
    due = dt.date(2027, 3, 31)
    assert list(forecasts.problems(LOOKS_UNTIL, {row["id"]: (due, "open")})) == []
    cases = {
        "another day": {row["id"]: (dt.date(2027, 2, 28), "open")},
        "another end": {row["id"]: (due, "no")},
        "no odds": {"bull-robots-surprise": (due, "open")},
    }
    told = {name: str(next(forecasts.problems(LOOKS_UNTIL, case))) for name, case in cases.items()}
    assert "on 2027-02-28 in forecast_resolutions" in told["another day"]
    assert "is open here and no in forecast_resolutions" in told["another end"]
    assert "gives no odds on it" in told["no odds"]


def test_a_duplicate_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, monkeypatch, OWN, OWN)
    assert "stands twice" in str(next(forecasts.problems(LOOKS_UNTIL, {})))
