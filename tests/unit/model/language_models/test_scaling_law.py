"""`scaling_law` against published values and figures worked by hand."""

from __future__ import annotations

import pytest
from scipy.optimize import brentq

from shortcase.facts import table
from shortcase.model.language_models import scaling_law
from shortcase.model.language_models.scaling_law import ScalingLaw

AS_OF = "2025-01-25"
CORPUS, MODEL, MORE = 15e12, 405e9, 7e12


def law(row: str) -> ScalingLaw:
    return table("scaling_laws", AS_OF).row(row).into(ScalingLaw)


@pytest.mark.parametrize(
    ("row", "loss", "more", "all_text"),
    [("besiroglu_2024", 1.8926, 0.00412, 0.0315), ("hoffmann_2022", 1.813, 0.0075, 0.0724)],
)
def test_both_fits_at_the_corpus_of_the_day(row: str, loss: float, more: float, all_text: float) -> None:
    # With the constants of each paper's table, to the digits given: 482.01/405e9^0.3478 and 2085.43/15e12^0.3658, and
    # so on for the first fit in the unrounded constants of its TeX source.
    assert scaling_law.loss(law(row), MODEL, CORPUS) == pytest.approx(loss, abs=5e-4)
    assert scaling_law.saved_by_text(law(row), CORPUS, MORE) == pytest.approx(more, abs=5e-5)
    assert scaling_law.token_term(law(row), CORPUS) == pytest.approx(all_text, abs=5e-5)


def test_a_larger_model_saves_what_it_is_said_to() -> None:
    fit = law("besiroglu_2024")
    saved = scaling_law.saved_by_text(fit, CORPUS, MORE)
    larger = scaling_law.larger_model_instead(fit, MODEL, saved)
    assert scaling_law.loss(fit, MODEL * larger, CORPUS) == pytest.approx(scaling_law.loss(fit, MODEL, CORPUS + MORE))


def test_compute_split_evenly_is_a_model_and_a_text_each_larger_by_the_root() -> None:
    fit = law("besiroglu_2024")
    saved = scaling_law.saved_by_compute(fit, MODEL, CORPUS, 9.0)
    assert saved == pytest.approx(
        scaling_law.loss(fit, MODEL, CORPUS) - scaling_law.loss(fit, 3.0 * MODEL, 3.0 * CORPUS)
    )
    for wanted in (1e-4, 0.004, 0.02, 0.05, 0.07):
        by_bisection = brentq(lambda k, w=wanted: scaling_law.saved_by_compute(fit, MODEL, CORPUS, k) - w, 1.0, 1e12)
        assert scaling_law.compute_multiple_for(fit, MODEL, CORPUS, wanted) == pytest.approx(by_bisection, rel=1e-9)
    # By hand: as much again in half a year, at four times a year.
    assert scaling_law.months_of_compute(2.0, 4.0) == pytest.approx(6.0)


def test_four_passes_are_worth_nearly_four_texts_and_forty_are_not() -> None:
    # Muennighoff et al., abstract and section 6: four epochs are nearly as good as new text; with R* = 15.39 the law
    # gives 1 + 15.39·(1 − e^(−3/15.39)) = 3.727, and never more than 16.39 texts.
    half = table("text_stock", AS_OF).row("repetition").value
    assert scaling_law.effective_tokens(1.0, 1.0, half) == 1.0
    assert scaling_law.effective_tokens(1.0, 4.0, half) == pytest.approx(3.725, abs=5e-3)
    assert scaling_law.effective_tokens(1.0, 1e4, half) == pytest.approx(1.0 + half)
