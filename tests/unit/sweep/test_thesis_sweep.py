"""The valuation swept: the same figures as asked for one by one, failures told, and taken up where it stopped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from shortcase import results
from shortcase.case import thesis
from shortcase.case.thesis import weighing
from shortcase.errors import BadRequest
from shortcase.publish.request import Request
from shortcase.sweep import routes
from shortcase.sweep.asked import Sweep
from shortcase.sweep.run import run


def silent(_: str) -> None:
    """Says nothing."""


def test_a_sweep_gives_what_the_valuation_gives_case_by_case(tmp_path: Path) -> None:
    over = ("demand_growth=0.3,0.7", "software_chance=0.1,0.4", "as_of=2025-01-25,2025-03-31")
    report = run(Sweep(Request(jobs=2), tmp_path / "a.parquet", over, keep=("va_none", "va_weighed")), silent)
    found = results.read(report.out)
    assert (report.points, report.failed, found.unit("va_none")) == (8, 0, "USD")
    for row in found.frame.to_dict("records"):
        case = thesis.case(row["as_of"], {n: row[n] for n in ("demand_growth", "software_chance")})
        assert row["va_none"] == pytest.approx(float(thesis.valuation(case).value_per_share), rel=1e-12)
        assert row["va_weighed"] == pytest.approx(float(weighing.probability_weighted(case)), rel=1e-12)


def test_a_senseless_point_is_a_row_with_its_cause_and_its_command(tmp_path: Path) -> None:
    over = ("long_run_growth=0.02,0.05", "equity_discount_rate=0.055,0.1")
    report = run(Sweep(Request(jobs=1), tmp_path / "a.csv", over, keep=("va_none",)), silent)
    frame = results.read(report.out).frame
    assert report.failed == 1
    assert frame["va_none"].isna().tolist() == [False, False, True, False]
    assert "closer than" in frame["error"][2]
    assert frame["error_command"][2] == "shortcase value --set long_run_growth=0.05 --set equity_discount_rate=0.055"


def test_a_sweep_that_was_stopped_is_taken_up_and_does_nothing_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Sweep(Request(jobs=1), tmp_path / "a.parquet", ("demand_growth=0.2:0.6:40",), keep=("va_none",))
    monkeypatch.setattr(routes, "PORTION", 4)
    computed = routes.ThesisRoute.compute
    seen: list[int] = []

    def stopped_after(portions: int) -> Any:
        def compute(self: routes.ThesisRoute, missing: np.ndarray) -> Iterator[Any]:
            for number, found in enumerate(computed(self, missing)):
                if number == portions:
                    raise KeyboardInterrupt
                seen.append(found[0])
                yield found

        return compute

    for portions in (0, 3, 2):
        monkeypatch.setattr(routes.ThesisRoute, "compute", stopped_after(portions))
        with pytest.raises(KeyboardInterrupt):
            run(asked, silent)
        assert not asked.out.exists()
    monkeypatch.setattr(routes.ThesisRoute, "compute", stopped_after(99))
    report = run(asked, silent)
    assert (report.computed, sorted(seen)) == (20, list(range(0, 40, 4)))
    assert results.read(report.out).frame["point"].tolist() == list(range(40))
    assert run(asked, silent).computed == 0


def test_another_design_in_the_same_place_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    run(Sweep(Request(jobs=1), out, ("demand_growth=0.2,0.6",), keep=("va_none",)), silent)
    with pytest.raises(BadRequest, match="the points are others"):
        run(Sweep(Request(jobs=1), out, ("demand_growth=0.2,0.7",), keep=("va_none",)), silent)
    with pytest.raises(BadRequest, match="the keep was"):
        run(Sweep(Request(jobs=1), out, ("demand_growth=0.2,0.6",), keep=("va_all",)), silent)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"over": ("defect_density_per_cm2=0.1,0.2",)}, "does not read defect_density_per_cm2"),
        ({"keep": ("fo_*",)}, "No number or claim"),
        ({"notebook": True}, "No chapter is named"),
        ({"chapter": "the_fallout", "scheduler": "tcp://127.0.0.1:1"}, "Only notebooks run on a cluster"),
        ({"chapter": "the_falout"}, "did you mean the_fallout"),
        ({"request": Request(settings=("demand_growth=0.4",))}, "set, and swept over"),
        ({"request": Request(scenario="today")}, "begins with the last four quarters"),
    ],
)
def test_what_is_refused_leaves_no_folder(tmp_path: Path, more: dict[str, Any], told: str) -> None:
    asked: dict[str, Any] = {"request": Request(), "over": ("demand_growth=0.2,0.6",), "out": tmp_path / "a.csv"}
    with pytest.raises(BadRequest) as refused:
        run(Sweep(**{**asked, **more}), silent)
    assert told in str(refused.value)
    assert not list(tmp_path.iterdir())


def test_a_chart_of_one_or_two_parameters_is_a_page_that_needs_no_network(tmp_path: Path) -> None:
    for over in (("demand_growth=0.2:0.6:5",), ("demand_growth=0.2:0.6:3", "demand_elasticity=0.4,1.2")):
        out = tmp_path / f"{len(over)}.csv"
        page = tmp_path / f"{len(over)}.html"
        report = run(Sweep(Request(jobs=1), out, over, keep=("va_none",), chart=page), silent)
        text = page.read_text(encoding="utf-8")
        assert report.chart == page
        assert "Value of a share if none of the five threats succeeds" in text
        assert "<script src" not in text
        assert "cdn.jsdelivr.net/npm/vega" not in text
