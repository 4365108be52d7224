"""`data_budget` against published values and figures worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from shortcase.case.parameters import value
from shortcase.model import arithmetic
from shortcase.model.language_models import data_budget

CORPUS, MODEL, MORE = 15e12, 405e9, 7e12


def test_the_essays_books() -> None:
    # By hand: 50,000 · 1.3 = 65,000; forty million of them are 2.6 trillion.
    assert data_budget.collection_tokens(40e6, np.array([50e3, 100e3]), 1.3) == pytest.approx([2.6e12, 5.2e12])
    assert arithmetic.ratio(3e12, 30e6) == 1e5
    assert data_budget.new_tokens(8.0, 0.5, 0.25) == 3.0


def test_a_product_is_as_unsure_as_draws_of_it() -> None:
    rng = np.random.default_rng(7)
    spreads = [data_budget.spread(50.0, 110.0), data_budget.spread(0.12, 0.45)]
    draws = np.exp(sum(rng.normal(0.0, s, 400_000) for s in spreads))
    both = data_budget.combined_spread(spreads)
    ends = data_budget.quantile_of_product(1.0, both, np.array([-data_budget.Z_90, data_budget.Z_90]))
    assert np.quantile(draws, [0.05, 0.95]) == pytest.approx(ends, rel=0.01)
    assert sum(data_budget.share_of_spread(s, both) for s in spreads) == pytest.approx(1.0)
    # The interval of one factor comes back from its own spread: its geometric middle, up by 1.645 of it.
    assert data_budget.quantile_of_product(math.sqrt(50.0 * 110.0), spreads[0], data_budget.Z_90) == pytest.approx(
        110.0
    )
    # What is left of a share between 0.2 and 0.9 lies between 0.1 and 0.8.
    assert data_budget.spread_of_rest(0.2, 0.9) == pytest.approx(data_budget.spread(0.1, 0.8))


def test_the_stock_lasts_three_and_a_half_years() -> None:
    # ln 20 / (0.38 · ln 10) = 3.42; at two to three times a year 4.32 and 2.73.
    growth = data_budget.yearly_growth(0.38)
    assert growth == pytest.approx(value("text_growth"), abs=0.01)
    assert data_budget.years_of_text_left(300e12, CORPUS, growth, 0.0) == pytest.approx(3.42, abs=0.005)
    assert data_budget.years_of_text_left(300e12, CORPUS, np.array([1.0, 2.0]), 0.0) == pytest.approx(
        [4.32, 2.73], abs=0.005
    )
    left = data_budget.years_of_text_left(300e12, CORPUS, growth, 0.05)
    assert data_budget.text_used_after(CORPUS, growth, left) == pytest.approx(300e12 * 1.05**left)
    assert [round(data_budget.year_reached(2025.07, t)) for t in (0.9, 0.95, 3.4)] == [2025, 2026, 2028]


def test_genomes_by_hand() -> None:
    # 3.1 billion bases thirty times: 93 billion letters and as many marks; reads of 100 with 50 bytes add a half each.
    assert data_budget.sequencing_bytes(3.1e9, 30.0, 100.0, 50.0) == pytest.approx(93e9 * 2.5)
    assert data_budget.difference_bytes(1e8, 4.5e6, 2.0) == pytest.approx(0.9e15)
    assert arithmetic.product(300e12, 4.0) == pytest.approx(1.2e15)
