"""What is asked of the thesis: the distribution, the attribution, the sensitivities, the price read backwards."""

from __future__ import annotations

import dataclasses
import tracemalloc
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import ndtr, ndtri
from scipy.stats import ks_1samp, lognorm

from shortcase.case import thesis
from shortcase.case.parameters import registry
from shortcase.case.thesis import (
    answer,
    combinations,
    correlations,
    deciding,
    distribution,
    draws,
    groups,
    reverse,
    roots,
    sensitivity,
    shapley_effects,
    thresholds,
    trade,
    warnings,
    weighing,
    year_on,
)
from shortcase.case.thesis.correlations import Pair
from shortcase.case.thesis.start import known
from shortcase.errors import BadFile, BadRequest
from shortcase.model.trading import short_size


@cache
def case() -> thesis.Inputs:
    return thesis.inputs(thesis.start(known("2025-01-25")), {})


@cache
def found() -> distribution.Distribution:
    return distribution.distribution(case(), 2**13, seed=3)


def test_the_same_seed_gives_the_same_digits_on_one_core_and_on_two() -> None:
    one = distribution.distribution(case(), 2**13, seed=3, cores=1)
    assert one.mean == found().mean
    assert one.threat_usd == found().threat_usd
    assert one.quantiles == found().quantiles
    assert distribution.distribution(case(), 2**13, seed=4).mean != found().mean


def test_the_parts_sum_to_what_the_threats_take() -> None:
    d = found()
    assert sum(d.threat_usd.values()) == pytest.approx(d.mean - d.without_threats, rel=1e-9)
    assert sum(d.threat_usd_if_all.values()) == pytest.approx(d.with_all_threats - d.without_threats, rel=1e-9)


def test_plain_random_points_agree_within_their_error() -> None:
    plain = distribution.distribution(
        case(), 2**15, points=lambda seed: draws.Random(np.random.default_rng(seed)), seed=11
    )
    assert abs(plain.mean - found().mean) < 5 * (plain.mean_error + found().mean_error)
    assert abs(plain.chance_price_above - found().chance_price_above) < 5 * (plain.chance_error + found().chance_error)


def test_the_quantiles_of_the_histogram_are_those_of_the_draws() -> None:
    one = draws.sobol(3 * distribution.REPLICATES)
    portion = next(iter(draws.portions(case(), 1024, one)))
    worth = np.stack(combinations.all_combinations(portion.case))[portion.combination, np.arange(1024)]
    place = np.clip((worth - distribution.LEAST) / distribution.STEP, 0, distribution.BINS - 1).astype(int)
    bins = np.bincount(place, minlength=distribution.BINS)
    for level in (0.1, 0.5, 0.9):
        assert distribution._quantile(bins, level, 0.0) == pytest.approx(np.quantile(worth, level), abs=2.0)


def test_memory_does_not_grow_with_the_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draws, "PORTION", 512)
    peaks = []
    for count in (2**12, 2**14):
        tracemalloc.start()
        distribution.distribution(case(), count, cores=1)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0]
    assert peaks[1] < 50e6


def test_a_marginal_has_its_low_and_high_at_the_stated_quantiles() -> None:
    for p in draws.uncertain():
        z = np.array([-1.2815515655446004, 0.0, 1.2815515655446004])
        assert draws.quantile(p, z) == pytest.approx(
            [min(p.low, p.value), p.value, max(p.high, p.value)], rel=1e-9, abs=1e-12
        )


def test_the_drawn_scores_have_the_stated_correlations() -> None:
    names = [p.name for p in draws.uncertain()]
    portion = next(iter(draws.portions(case(), 8192, draws.sobol(1))))
    pair = correlations.pairs()[0]
    one, other = (np.log(getattr(portion.case, name)) for name in (pair.first, pair.second))
    assert pair.first in names
    assert np.corrcoef(one, other)[0, 1] == pytest.approx(pair.correlation, abs=0.03)
    low = portion.case.sales_to_capital
    right = low[low >= 3.0]
    # Above the median the draws are those of a lognormal whose P90 is the stated high.
    scale = np.log(5.0 / 3.0) / 1.2815515655446004
    assert ks_1samp(right, lambda x: 2 * lognorm.cdf(x, scale, scale=3.0) - 1).statistic < 0.02


def test_drawn_growth_for_ever_stays_below_the_drawn_rate() -> None:
    names = [p.name for p in draws.uncertain()]
    extreme = dict.fromkeys(names, np.zeros(2)) | {
        "long_run_growth": np.array([6.0, 0.0]), "equity_discount_rate": np.array([-6.0, 0.0])
    }  # fmt: skip
    drawn = draws.around(case(), extreme)
    assert drawn.long_run_growth[0] == pytest.approx(drawn.equity_discount_rate[0] - registry()["long_run_growth"].gap)
    assert drawn.long_run_growth[1] == pytest.approx(case().long_run_growth)
    assert np.all(np.isfinite(thesis.valuation(drawn).value_per_share))
    assert thesis.valuation(drawn).value_per_share[0] > thesis.valuation(drawn).value_per_share[1]


def test_each_threat_succeeds_as_often_as_stated() -> None:
    fixed = case().with_()
    z = np.vstack([draws.ndtri(np.clip(draws.sobol(1).random(2**14).T, 1e-12, 1 - 1e-12))])[-6:]
    masks = draws.successes(fixed, z)
    for i, name in enumerate(thesis.THREATS):
        assert np.mean(masks >> i & 1) == pytest.approx(getattr(fixed, f"{name}_chance"), abs=0.01)
    joint = weighing.chances(fixed)
    assert np.mean(masks == 0) == pytest.approx(float(joint[0]), abs=0.01)


@pytest.mark.parametrize("correlation", [0.3, 0.95])
def test_the_chance_that_all_five_succeed_is_an_integral_over_their_common_factor(correlation: float) -> None:
    together = case().with_(threat_correlation=correlation)
    edges = ndtri([getattr(together, f"{name}_chance") for name in thesis.THREATS])

    def all_five(factor: float) -> float:
        given = ndtr((edges - np.sqrt(correlation) * factor) / np.sqrt(1.0 - correlation))
        return float(np.exp(-(factor**2) / 2.0) / np.sqrt(2.0 * np.pi) * np.prod(given))

    exact, _ = quad(all_five, -10.0, 10.0, points=[-2.0, 0.0, 2.0], epsabs=1e-13, limit=500)
    assert float(weighing.chances(together)[-1]) == pytest.approx(exact, abs=1e-11)


def test_correlations_that_contradict_one_another_are_refused() -> None:
    names = ["demand_growth", "demand_elasticity", "price_conduct"]
    stated = [Pair(names[0], names[1], 0.9, ""), Pair(names[1], names[2], 0.9, ""), Pair(names[0], names[2], -0.9, "")]
    with pytest.raises(BadFile, match="contradict one another"):
        correlations.matrix(names, stated)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "pairs:\n  - {between: [demand_growth, nothing], correlation: 0.1, reason: x}\n",
            "There is no parameter 'nothing'",
        ),
        ("pairs:\n  - {between: [demand_growth], correlation: 0.1, reason: x}\n", "two different parameters"),
        ("pairs:\n  - {between: [demand_growth, tax], correlation: 0.1}\n", "A pair does not say its reason"),
        (
            "pairs:\n  - {between: [demand_growth, demand_elasticity], correlation: 1.0, reason: x}\n",
            "no figure between -1 and 1",
        ),
        ("other: 1\n", "unknown field 'other'"),
        ("pairs: 1\n", "pairs of the file of correlations is 1, not a list"),
        ("pairs:\n  - 1\n", "A pair is 1, not a record"),
    ],
)
def test_a_broken_file_of_correlations_is_refused_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "correlations.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadFile, match=r"correlations\.yml:") as caught:
        correlations.pairs(path)
    assert words in str(caught.value)


def ishigami(x: np.ndarray) -> np.ndarray:
    return np.sin(x[0]) + 7.0 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])


def test_the_indices_are_right_on_the_function_of_ishigami(monkeypatch: pytest.MonkeyPatch) -> None:
    # Closed form for a = 7, b = 0.1: S = 0.3139, 0.4424, 0; T = 0.5576, 0.4424, 0.2437 (Ishigami and Homma 1990).
    three = draws.uncertain()[:3]
    monkeypatch.setattr(sensitivity, "asked_for", lambda *_: [p.name for p in three])
    monkeypatch.setattr(sensitivity, "around", lambda _, scores: np.array([scores[p.name] for p in three]))
    first, total = sensitivity.variance_parts(case(), 2**15, answer=lambda z: ishigami(2.0 * np.pi * ndtr(z) - np.pi))
    assert [i.value for i in first] == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)
    assert [i.value for i in total] == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)
    assert all(i.low <= i.value <= i.high for i in first + total)


def test_the_effects_of_groups_are_right_on_a_sum_of_two_correlated_inputs(monkeypatch: pytest.MonkeyPatch) -> None:
    # For y = β₁x₁ + β₂x₂, standard normal with correlation ρ, the Shapley effect of x₁ is
    # (β₁²(1 − ρ²/2) + ρβ₁β₂ + β₂²ρ²/2)/σ²: half of c(1) + 1 − c(2), with c(1) = (β₁ + ρβ₂)²/σ² (Owen and Prieur 2017).
    rho, weights = 0.5, (1.0, 2.0)
    names = ("demand_growth", "price_conduct")
    monkeypatch.setattr(shapley_effects, "GROUPS", {"one": names[:1], "two": names[1:]})
    known_parameters = [p for p in draws.uncertain() if p.name in names]
    monkeypatch.setattr(shapley_effects, "uncertain", lambda: known_parameters)
    monkeypatch.setattr(shapley_effects.correlations, "matrix", lambda _: np.array([[1.0, rho], [rho, 1.0]]))
    monkeypatch.setattr(shapley_effects, "around", lambda _, scores: np.array([scores[n] for n in names]))
    third = 1.5  # the weight of the score that the threats share, which depends on nothing else
    effects, cubed = shapley_effects.group_effects(
        case(), 2**14, answer=lambda x, z: weights[0] * x[0] + weights[1] * x[1] + third * z[0],
        measures=(np.asarray, lambda v: v**3),
    )  # fmt: skip
    total = weights[0] ** 2 + weights[1] ** 2 + 2 * rho * weights[0] * weights[1] + third**2
    first = (weights[0] ** 2 * (1 - rho**2 / 2) + rho * weights[0] * weights[1] + weights[1] ** 2 * rho**2 / 2) / total
    assert [e.name for e in effects] == ["one", "two", shapley_effects.WHICH]
    assert [e.value for e in effects] == pytest.approx(
        [first, 1 - first - third**2 / total, third**2 / total], abs=0.02
    )
    assert all(e.low <= e.value <= e.high for e in effects)
    # A monotone measure keeps the order, and what all groups explain is all of it.
    assert sum(e.value for e in cubed) == pytest.approx(1.0)
    assert sorted(cubed, key=lambda e: e.value)[-1].name == "two"


def test_whether_threats_come_is_the_part_of_the_variance_that_no_parameter_explains() -> None:
    # By the law of total variance, what is left where every parameter is known lies between the first-order and the
    # total part of which threats succeed, and so does the Shapley effect.
    found_effect = shapley_effects.effect_of(case(), 2**10, (shapley_effects.WHICH,))
    portion = next(iter(draws.portions(case(), 4096, draws.sobol(5))))
    worth = np.stack(combinations.all_combinations(portion.case))
    chances = np.stack(weighing.chances(portion.case))
    mean = (chances * worth).sum(axis=0)
    within = (chances * worth**2).sum(axis=0) - mean**2
    assert 0.01 < found_effect < within.mean() / (within.mean() + mean.var())
    assert sum(e.value for e in shapley_effects.effects_of_groups(case(), 2**10)) == pytest.approx(1.0)


def test_a_weak_group_beside_a_wild_one_is_told_from_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    # y = e^x₁·(1 + x₂/5), independent: c(1) = Var(e^x₁)/Var(y) and c(2) = E[e^x₁]²/25/Var(y), so that the Shapley
    # effect of x₂ is half of c(2) + 1 − c(1). The plain covariance misses it by more than this in three seeds of eight.
    names = ("demand_growth", "price_conduct")
    monkeypatch.setattr(shapley_effects, "GROUPS", {"wild": names[:1], "weak": names[1:]})
    known_parameters = [p for p in draws.uncertain() if p.name in names]
    monkeypatch.setattr(shapley_effects, "uncertain", lambda: known_parameters)
    monkeypatch.setattr(shapley_effects.correlations, "matrix", lambda _: np.eye(2))
    monkeypatch.setattr(shapley_effects, "around", lambda _, scores: np.array([scores[n] for n in names]))
    variance = np.exp(2.0) * (1.0 + 1.0 / 25.0) - np.exp(1.0)
    weak = (np.exp(1.0) / 25.0 + np.exp(2.0) / 25.0) / (2.0 * variance)
    for seed in range(8):
        (found,) = shapley_effects.group_effects(
            case(), 2**11, seed=seed, answer=lambda z, _: np.exp(z[0]) * (1.0 + z[1] / 5.0)
        )
        assert found[1].value == pytest.approx(weak, abs=0.012)


def test_what_is_drawn_is_drawn_once_however_it_is_asked_for() -> None:
    once = answer.drawn(case(), 64)
    assert answer.drawn(case=case(), draws=64, seed=answer.SEED) is once


@pytest.mark.parametrize("module", [answer, deciding, sensitivity, shapley_effects, thresholds, year_on])
def test_nothing_is_kept_that_would_be_computed_again_for_a_named_argument(module: ModuleType) -> None:
    """`functools.cache` knows arguments by place and by name as different ones; `once` does not."""
    kept = [
        thing
        for thing in vars(module).values()
        if hasattr(thing, "cache_clear") and thing.__module__ == module.__name__
    ]
    assert kept
    assert not [thing for thing in kept if hasattr(thing, "cache_info")]


def test_inputs_that_flip_a_conclusion_are_found_together_as_each_alone() -> None:
    poor = case().with_(ai_output_share=0.03)
    flips = thresholds.flips(poor, thresholds.CONCLUSIONS[0])
    assert len(flips) >= 4
    for flip in flips:
        assert flip.flips_at == pytest.approx(thresholds.flip_at(poor, "dear", flip.parameter.name), rel=1e-12)


def test_the_swing_of_each_parameter_is_over_its_own_range() -> None:
    widest = sensitivity.swings(case())[0]
    low, high = (
        weighing.probability_weighted(case().with_(**{widest.parameter.name: end}))
        for end in (widest.parameter.low, widest.parameter.high)
    )
    assert (widest.at_low, widest.at_high) == pytest.approx((low, high), rel=1e-12)


def test_a_ceiling_that_the_case_itself_never_meets_is_still_asked_for() -> None:
    slow = case().with_(demand_growth=0.1)
    flat = next(s for s in sensitivity.swings(slow) if s.parameter.name == "chip_cost_share")
    assert flat.usd == 0.0
    assert "chip_cost_share" in sensitivity.asked_for(slow)
    assert "exit_multiple" not in sensitivity.asked_for(slow)


def test_every_uncertain_parameter_stands_in_one_group() -> None:
    listed = [name for members in groups.GROUPS.values() for name in members]
    assert len(listed) == len(set(listed))
    assert {p.name for p in draws.uncertain()} <= set(listed)


@pytest.mark.parametrize("conclusion", thresholds.CONCLUSIONS, ids=lambda c: c.name)
def test_on_either_side_of_a_threshold_the_conclusion_differs(conclusion: thresholds.Conclusion) -> None:
    for flip in thresholds.flips(case(), conclusion)[:4]:
        step = 1e-6 * max(abs(flip.flips_at), 1e-6)
        either = [
            float(conclusion.margin(case().with_(**{flip.parameter.name: flip.flips_at + s}))) > 0
            for s in (-step, step)
        ]
        assert either[0] != either[1]


def test_what_the_price_needs_gives_the_price() -> None:
    paid = reverse.implied(case(), "ai_output_share")
    assert thesis.valuation(case().with_(ai_output_share=paid)).value_per_share == pytest.approx(142.62, rel=1e-9)
    with pytest.raises(BadRequest, match="makes a share worth"):
        reverse.implied(case().with_(ai_output_share=0.0005), "opening_gross_margin")


def test_a_short_is_left_alone_where_the_shares_are_cheap() -> None:
    stock = {
        "class_return": 0.0,
        "class_spread": 0.05,
        "volatility": 0.5,
        "borrow_fee": 0.005,
        "target": 0.4,
        "stop": 0.5,
    }
    assert trade.short(trade.View(0.2, 0.05), **stock).size < 0.0
    dear = trade.short(trade.View(-0.2, 0.05), **stock)
    doubtful = trade.short(trade.View(-0.2, 0.4), **stock)
    assert dear.size > 0.0
    assert doubtful.size < dear.size
    # Sold alone, the same short pays what the shares earn for their risk; at as much as it hopes for, it is left.
    alone = trade.short(trade.View(-0.2, 0.05), **stock, paid_beside=trade.premium(0.1, 0.042))
    assert alone.size < dear.size
    assert trade.premium(0.1, 0.042) == pytest.approx(0.0533, abs=1e-4)


def test_what_a_short_adds_in_a_year_is_a_mean_over_the_doubt() -> None:
    drawn = np.random.default_rng(3).standard_normal(200_000)
    stock = {"volatility": 0.5, "target": 0.4, "stop": 0.5}
    made = trade.short(trade.View(-0.3, 0.2), class_return=0.0, class_spread=0.2, borrow_fee=0.005, **stock)
    each = short_size.growth_a_year(
        made.size, made.excess_return + 0.005 + made.error * drawn, stock["volatility"], stock["target"], stock["stop"]
    )
    assert made.growth_a_year == pytest.approx(float(each.mean()), abs=4.0 * float(each.std()) / np.sqrt(each.size))


def test_a_put_at_the_riskless_drift_earns_the_riskless_rate() -> None:
    made = trade.put_return(142.62, strike=0.9, volatility=0.5, rate=0.04, drift=0.04, years=2.0)
    assert made == pytest.approx(np.exp(0.08) - 1.0, rel=1e-9)
    doubted = trade.put_return(142.62, strike=0.9, volatility=0.5, rate=0.04, drift=0.04, years=2.0, error=0.3)
    assert doubted > made  # what a put pays bends upwards in the drift


def test_the_growth_that_the_record_counts_is_over_ten_years_from_known_sales() -> None:
    needed = reverse.Required(0.3, 0.2, 500e9, 100e9 * 1.4 * 1.2**9)
    expected = (1.4 * 1.2**9) ** 0.1 / 1.025 - 1.0
    assert reverse.ten_year_growth(needed, 100e9, 0.025) == pytest.approx(expected, rel=1e-12)
    rising = case().with_(long_run_growth=0.06)
    assert reverse.implied(rising, "equity_discount_rate") > 0.06


def test_what_was_not_looked_at_is_never_shown_as_fine() -> None:
    held = {w.name: w for w in warnings.implied(case(), thesis.valuation(case()))}
    assert held["profits"].status is warnings.Status.UNKNOWN
    assert held["profits"].value is None
    steep = case().with_(growth_half_life_years=20.0, ai_output_share=0.5, equity_discount_rate=0.05)
    assert {w.name: w.status for w in warnings.implied(steep, thesis.valuation(steep))}[
        "terminal"
    ] is warnings.Status.LOOK


def test_a_loss_is_never_shown_as_nothing_strange() -> None:
    losing = case().with_(opening_gross_margin=0.2)
    held = {w.name: w for w in warnings.implied(losing, thesis.valuation(losing))}
    assert (held["terminal"].value, held["terminal"].status) == (None, warnings.Status.LOOK)
    assert held["return"].value < 0.0
    assert held["return"].status is warnings.Status.LOOK
    found = distribution.distribution(losing, 512)
    assert found.quantiles_without[0.1] == found.quantiles[0.1] == 0.0


def test_where_nothing_flips_a_conclusion_the_bound_nearest_to_it_is_told() -> None:
    poor = case().with_(ai_output_share=0.001, demand_growth=0.05, opening_gross_margin=0.4)
    assert "equity_discount_rate" not in {f.parameter.name for f in thresholds.flips_of(poor, "dear")}
    least = thresholds.below_the_rate(poor, thresholds.registry()["equity_discount_rate"])[0]
    assert thresholds.flip_at(poor, "dear", "equity_discount_rate") == least
    assert thresholds.flip_count(poor, "dear", "equity_discount_rate") == 0
    assert thresholds.flip_count(case(), "dear", "equity_discount_rate") == 1
    flips = {f.parameter.name: f.flips_at for f in thresholds.flips_of(case(), "dear")}
    at = thresholds.flip_at(case(), "dear", "equity_discount_rate")
    assert at == pytest.approx(flips["equity_discount_rate"], rel=1e-12)
    assert thresholds.inputs_searched() == len(draws.uncertain())


def test_the_part_of_a_map_at_the_price_is_counted_on_its_grid() -> None:
    worth = thresholds.pair_map(case(), "demand_growth", "ai_output_share", 5)[2]
    part = thresholds.part_at_the_price(case(), "demand_growth", "ai_output_share", 5)
    assert part == pytest.approx(np.count_nonzero(worth >= 142.62) / 25)
    assert 0.0 < part < 1.0


def test_the_drawn_worth_without_threats_is_never_below_the_worth_with_them_at_the_same_level() -> None:
    d = found()
    assert all(d.quantiles_without[level] > d.quantiles[level] for level in d.quantiles)
    assert d.chance_price_above_without < d.chance_price_above
    assert (d.density_without.sum() * distribution.STEP) == pytest.approx(1.0)


def test_a_root_is_where_a_function_leaves_zero_and_not_where_it_is_zero_already() -> None:
    edge = 0.7123
    for level in (lambda x: np.maximum(x - edge, 0.0), lambda x: np.where(x > edge, 1.0, -1.0)):
        found = roots.roots(level, 0.2, 0.97)
        assert found.at == pytest.approx((edge,), rel=1e-12)
        assert not found.above


@pytest.mark.parametrize(
    "changes",
    [{}, {"demand_growth": 0.25, "demand_elasticity": 0.3, "opening_gross_margin": 0.71}, {"ai_output_share": 0.001}],
)
def test_the_command_and_the_page_ask_one_solver(changes: dict[str, float]) -> None:
    changed = case().with_(**changes)
    for name in answer.IMPLIED:
        solved = answer.implied(changed, name)["probability_weighted"]
        assert (solved is None) == (thresholds.flip_count(changed, "dear", name) == 0)
        if solved is not None:
            assert thresholds.flip_at(changed, "dear", name) == pytest.approx(solved, rel=1e-9)
            assert weighing.probability_weighted(changed.with_(**{name: solved})) == pytest.approx(
                changed.start.price_usd, rel=1e-9
            )


def test_of_several_values_the_nearest_is_told_and_of_none_the_side() -> None:
    found = roots.roots(np.cos, 0.0, 9.0)
    assert found.at == pytest.approx((np.pi / 2, 3 * np.pi / 2, 5 * np.pi / 2), rel=1e-12)
    assert found.nearest(5.0) == pytest.approx(3 * np.pi / 2, rel=1e-12)
    assert roots.roots(lambda x: 0.0 * x - 1.0, 0.0, 1.0) == roots.Roots((), above=False)
    with np.errstate(invalid="ignore"):
        assert roots.roots(lambda x: np.where(x < 0.5, np.nan, 1.0), 0.0, 1.0).at == pytest.approx((0.5,), abs=1e-9)
    with pytest.raises(BadRequest, match="worth less at each"):
        reverse.implied_with_threats(case().with_(ai_output_share=0.0005), "opening_gross_margin")


def test_a_draw_that_is_not_finite_is_refused_with_the_input_that_did_it() -> None:
    broken = case().with_(world_output_usd=float("nan"))
    for ask in (
        lambda: distribution.distribution(broken, 64),
        lambda: sensitivity.variance_parts(broken, 64),
        lambda: shapley_effects.group_effects(broken, 64),
        lambda: sensitivity.swings(broken),
    ):
        with pytest.raises(BadRequest, match="is not finite"):
            ask()

    def answered(changed: thesis.Inputs) -> np.ndarray:
        growth = np.asarray(changed.demand_growth)
        return np.where(growth > np.median(growth), np.inf, 1.0)

    with pytest.raises(BadRequest, match="is not finite, for demand_growth ="):
        sensitivity.variance_parts(case(), 64, answer=answered)


def test_two_roots_in_cells_beside_each_other_are_both_found() -> None:
    last = float(roots.GRID - 1)
    assert roots.roots(lambda x: (x - 0.5) * (x - 1.5), 0.0, last).at == pytest.approx((0.5, 1.5))
    assert roots.roots(lambda x: x - (last - 0.5), 0.0, last).at == pytest.approx((last - 0.5,))


def test_the_quantiles_without_threats_are_those_of_the_cases_that_no_threat_meets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without threats half of the cases are worth nothing and half 100; with any, each is worth 50."""

    def made(portion: thesis.Inputs) -> np.ndarray:
        count = np.size(portion.demand_growth)
        return np.stack([np.arange(count) % 2 * 100.0, *np.full((distribution.COMBINATIONS - 1, count), 50.0)])

    monkeypatch.setattr(distribution, "each_combination", made)
    d = distribution.distribution(case(), 2**10, cores=1)
    assert [d.quantiles_without[level] for level in (0.05, 0.25)] == [0.0, 0.0]
    assert d.quantiles_without[0.75] == pytest.approx(100.0, abs=distribution.STEP)
    assert d.chance_price_above_without == 1.0
    assert d.with_all_threats == 50.0
    assert d.without_threats == 50.0  # the mean of nothing and a hundred


@pytest.mark.parametrize("conclusion", [one.name for one in thresholds.CONCLUSIONS])
def test_flips_inside_their_range_come_first_and_then_the_nearest_in_terms_of_it(conclusion: str) -> None:
    def place(flip: thresholds.Flip) -> tuple[bool, float]:
        low, high = flip.parameter.low, flip.parameter.high
        assert low is not None
        assert high is not None
        return not low <= flip.flips_at <= high, abs(flip.flips_at - flip.value) / (high - low)

    places = [place(flip) for flip in thresholds.flips_of(case(), conclusion)]
    assert len(places) > 1
    assert places == sorted(places)


def test_the_map_of_two_inputs_runs_from_low_to_high_of_each() -> None:
    first, second = registry()["demand_growth"], registry()["ai_output_share"]
    x, y, value = thresholds.pair_map(case(), first.name, second.name, 3)
    assert (x[0], x[-1], y[0], y[-1]) == (first.low, first.high, second.low, second.high)
    corner = case().with_(demand_growth=first.low, ai_output_share=second.high)
    assert value[0, -1] == pytest.approx(float(weighing.probability_weighted(corner)))


def test_the_interval_over_blocks_by_hand() -> None:
    """Blocks of 1, 2 and 3: mean 2, deviation 1, and Student's t of two degrees at 95 per cent, 2.920, over √3."""
    (found,) = sensitivity._over_blocks(["one"], np.array([[1.0], [2.0], [3.0]]))
    assert (found.low, found.value, found.high) == pytest.approx((2.0 - 1.6858, 2.0, 2.0 + 1.6858), abs=1e-4)


def test_every_sum_of_a_distribution_begins_at_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where each of 128 cases is worth 100 whatever comes, a case that nobody drew would show."""

    def made(portion: thesis.Inputs) -> np.ndarray:
        return np.full((distribution.COMBINATIONS, np.size(portion.demand_growth)), 100.0)

    monkeypatch.setattr(distribution, "each_combination", made)
    d = distribution.distribution(case(), 128, cores=1)
    assert (d.draws, d.mean, d.deviation) == (128, 100.0, 0.0)
    assert (d.chance_price_above, d.chance_price_above_without) == (1.0, 1.0)
    for quantiles in (d.quantiles, d.quantiles_without):
        assert list(quantiles.values()) == pytest.approx([100.0] * len(distribution.LEVELS), abs=distribution.STEP)
    assert (d.density.sum() * distribution.STEP, d.density_without.sum() * distribution.STEP) == pytest.approx(
        (1.0, 1.0)
    )


def test_the_bins_cover_nothing_to_three_thousand_dollars_and_the_levels_are_symmetric() -> None:
    d = found()
    assert (d.edges[0], d.edges[-1]) == pytest.approx((0.0, 3000.0))
    assert d.middles.shape == d.density.shape == d.density_without.shape == (30_000,)
    assert [low + high for low, high in zip(distribution.LEVELS, distribution.LEVELS[::-1], strict=True)] == [1.0] * 7


@pytest.mark.parametrize(("draws_in_all", "each"), [(1, 1), (8, 1), (9, 2), (128, 16), (129, 32)])
def test_a_replicate_is_an_eighth_of_the_draws_rounded_up_to_a_power_of_two(draws_in_all: int, each: int) -> None:
    assert distribution.size_of_replicate(draws_in_all) == each


def test_who_asks_for_no_seed_draws_the_first_one_with_inputs_that_hang_together() -> None:
    plain = distribution.distribution(case(), 64, cores=1)
    assert plain.mean == distribution.distribution(case(), 64, seed=1, correlated=True, cores=1).mean
    assert plain.mean != distribution.distribution(case(), 64, seed=1, correlated=False, cores=1).mean


def test_the_draws_of_the_indices_are_shared_by_eight_blocks_of_a_power_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, float]] = []

    def made(*, n: int, rng: np.random.Generator, **_: object) -> SimpleNamespace:
        asked.append((n, rng.random()))
        return SimpleNamespace(first_order=np.zeros(1), total_order=np.zeros(1))

    monkeypatch.setattr(sensitivity, "asked_for", lambda *_: ["demand_growth"])
    monkeypatch.setattr(sensitivity, "sobol_indices", made)
    sensitivity.variance_parts(case(), 1024)
    sensitivity.variance_parts(case(), 1025)
    # The first seed, counted in eights: generators 8 to 15.
    first = [np.random.default_rng(number).random() for number in range(8, 16)]
    assert asked == [(size, start) for size in (128, 256) for start in first]


def test_a_view_is_the_mean_and_the_deviation_of_the_gap_a_year() -> None:
    """Half at 100 and half at 400 against a price of 100, over two years: gaps of 0 and ln 4 / 2 = ln 2."""
    edges = np.array([50.0, 150.0, 650.0])
    seen = trade.view(dataclasses.replace(found(), edges=edges, density=np.array([3.0, 3.0])), 100.0, 2.0)
    assert (seen.excess_return, seen.error) == pytest.approx((np.log(2.0) / 2.0, np.log(2.0) / 2.0))
    # What is worth half a dollar counts as one: ln (1/100).
    least = trade.view(dataclasses.replace(found(), edges=np.array([0.0, 1.0]), density=np.array([1.0])), 100.0, 1.0)
    assert (least.excess_return, least.error) == pytest.approx((-np.log(100.0), 0.0))


def test_a_point_at_the_end_of_the_unit_cube_is_a_score_of_seven(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 64 bits a point may round to one, whose score is infinite: Φ⁻¹(1 − 10⁻¹²) = 7.0345 stands there instead."""

    def made(*, func: Callable[[np.ndarray], np.ndarray], **_: object) -> SimpleNamespace:
        ends = func(np.array([[0.0, 0.5, 1.0]]))
        return SimpleNamespace(first_order=ends, total_order=ends)

    monkeypatch.setattr(sensitivity, "asked_for", lambda *_: ["demand_growth"])
    monkeypatch.setattr(sensitivity, "around", lambda _, scores: scores["demand_growth"])
    monkeypatch.setattr(sensitivity, "sobol_indices", made)
    monkeypatch.setattr(sensitivity, "_over_blocks", lambda _, values: list(values[0]))
    first, _ = sensitivity.variance_parts(case(), 8, answer=np.asarray)
    assert first == pytest.approx([-7.0345, 0.0, 7.0345], abs=1e-4)
