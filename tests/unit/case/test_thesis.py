"""The thesis against a second route, against its limits, and against what must be true of it whatever the inputs."""

from __future__ import annotations

import dataclasses
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtri

from shortcase.case import thesis
from shortcase.case.parameters import registry
from shortcase.case.thesis import chain, choices, combinations, draws, market, weighing
from shortcase.case.thesis.start import known
from shortcase.case.thesis.threats import COMBINATIONS, mask_of, members
from shortcase.errors import BadRequest

NAMES = list(thesis.THREATS)


@cache
def start() -> thesis.Start:
    return thesis.start(known("2025-01-25"))


def case(**changes: object) -> thesis.Inputs:
    return thesis.inputs(start(), changes)


def by_hand(c: thesis.Inputs, threats: tuple[float, ...]) -> tuple[float, float]:  # noqa: PLR0915 - one sheet of paper
    """The same company on a sheet of paper: a loop over years in plain Python, written without the lib's formulas.

    Dollars a share if the business goes on growing after the horizon, and if it is sold then for a multiple of profit.
    """
    s = c.start
    wanted = s.data_center_usd / s.market_share
    rent_years, r = c.hardware_life_years, c.cost_of_capital
    yearly = 8.76 * s.watts_per_chip * c.power_overhead * c.electricity_usd_per_kwh
    yearly += 12 * s.watts_per_chip / 1000 * c.space_usd_per_kw_month
    overhead = c.server_usd_per_accelerator + sum(yearly / (1 + r) ** k for k in range(1, round(rent_years) + 1))
    partner = c.design_partner_margin if not threats[4] else c.open_partner_margin
    own_chip = c.h100_price_usd * (1 - c.nvidia_hardware_margin) / (1 - partner) + c.chip_design_usd / c.chip_volume
    break_even = (own_chip + overhead) / (c.h100_price_usd + overhead)
    sales = s.data_center_usd + s.other_usd
    other = s.other_usd
    begun = min((c.opening_gross_margin * sales - c.other_segments_margin * other) / s.data_center_usd, 0.97)
    total = 0.0
    profit = 0.0
    for year in range(1, 11):
        growth = c.long_run_growth + (c.demand_growth - c.long_run_growth) * 0.5 ** (
            (year - 1) / c.growth_half_life_years
        )
        wanted *= 1 + growth

        def spread(half: float, at: float = year) -> float:
            return 1 / (1 + 99 ** (1 - at / half))

        def made(at: int) -> float:
            wafers = min(s.rival_wafer_share + c.rival_wafer_gain * (at - 1), 0.99)
            theirs = wafers * c.rival_packages_per_wafer * c.rival_chip_performance
            ours = (1 - wafers) * s.packages_per_wafer * c.nvidia_package_yield * s.package_in_h100s
            return theirs / (theirs + ours)

        with_method = spread(c.adoption_half_time_months / 12, year - 0.5)
        left = 0.0
        for claimed, part in (
            (c.efficiency_multiple, 1 - c.inference_sales_share),
            (c.claimed_inference_efficiency, c.inference_sales_share),
        ):
            multiple = claimed**c.efficiency_real_share
            left += part * (1 - with_method + with_method * multiple**c.demand_elasticity / multiple)
        left = left if threats[3] else 1.0
        portable = spread(c.portability_half_time_years) if threats[2] else 0.0
        good = c.own_chip_performance * (1 - c.porting_penalty * (1 - portable))
        pays = 1 / (1 + np.exp(-(good - break_even) / c.performance_spread))
        own = threats[1] * c.large_buyers_share * pays * spread(c.own_silicon_half_time_years)
        reach = max(0.0, 1 - (1 - c.merchant_rival_ceiling) / (1 - s.merchant_share))
        new = reach * threats[0] * spread(c.newcomers_half_time_years) + reach * c.reach_when_portable * portable
        lost = min(own + new - own * new, 1.0 if threats[4] else max(0.0, 1 - (1 - made(year)) / (1 - made(1))))
        share = s.market_share * (1 - lost)
        hhi_before = s.market_share**2 + 3 * ((1 - s.market_share) / 3) ** 2
        hhi = share**2 + 3 * ((1 - share) / 3) ** 2
        lerner = begun * (1 - c.price_conduct + c.price_conduct * hhi / hhi_before)
        price = (1 - begun) / (1 - lerner)
        most = c.ai_output_share * c.world_output_usd * (1 + c.world_output_growth) ** year
        most *= (1 - c.customer_margin) * c.chip_cost_share
        # A purchase is repaid in even parts; of all that serve, each is smaller than the next by a year's growth.
        part, shrink = r / (1 - (1 + r) ** -rent_years), 1 / (1 + c.world_output_growth)
        most /= part * (1 - shrink**rent_years) / (1 - shrink)
        bought = min(wanted * left * price / price**c.demand_elasticity, most)
        centre = share * bought
        unit_cost = (1 - begun) * (1 + c.unit_cost_rise * year / 10)
        gross = centre - centre / price * unit_cost
        other *= 1 + c.other_growth
        units = centre / price / s.data_center_usd
        costs = s.operating_expenses_usd * units**c.expenses_scale
        profit = (gross + other * c.other_segments_margin - costs) * (1 - c.company_tax_rate)
        before, sales = sales, centre + other
        cash = profit - max(0.0, sales - before) / c.sales_to_capital
        total += cash / (1 + c.equity_discount_rate) ** (year - c.flows_arrive_early_years)
    g, r = c.long_run_growth, c.equity_discount_rate
    few = (2 + c.design_escalation / 2 + ((2 + c.design_escalation / 2) ** 2 - 4) ** 0.5) / 2  # N + 1/N = 2 + β/2
    excess = max(0.0, gross / centre - 1 / few) * centre * (1 - c.company_tax_rate)
    after = sum(
        (profit - excess + excess * c.spread_persistence**k) * ((1 + g) / (1 + r)) ** k for k in range(1, 4000)
    ) * (1 - g / c.return_on_new_capital)
    going_on = total + after / (1 + r) ** (10 - c.flows_arrive_early_years)
    sold = total + profit * c.exit_multiple / (1 + r) ** 10
    both = (max(0.0, float((value + s.net_cash_usd) / s.diluted_shares)) for value in (going_on, sold))
    return next(both), next(both)


@pytest.mark.parametrize("mask", range(COMBINATIONS))
def test_every_combination_agrees_with_a_second_route(mask: int) -> None:
    c = case()
    expected, if_sold = by_hand(c, members(mask))
    found = thesis.valuation(c, members(mask))
    assert found.value_per_share == pytest.approx(expected, rel=1e-12)
    assert found.value_per_share_by_multiple == pytest.approx(if_sold, rel=1e-12)
    assert combinations.all_combinations(c)[mask] == pytest.approx(expected, rel=1e-12)


def test_draws_are_worth_what_each_is_worth_alone() -> None:
    portion = next(iter(draws.portions(case(), 16, draws.sobol(5))))
    together = combinations.all_combinations(portion.case)
    for i in range(16):
        one = dataclasses.replace(
            portion.case,
            **{
                f.name: float(np.asarray(getattr(portion.case, f.name)).reshape(-1)[i])
                for f in dataclasses.fields(portion.case)
                if f.name != "start" and np.ndim(getattr(portion.case, f.name))
            },
        )
        assert together[21][i] == pytest.approx(by_hand(one, members(21))[0], rel=1e-11)


def test_the_start_is_what_the_filings_say() -> None:
    # Three quarters, 26.044 + 30.040 + 35.082, and the outlook of 37.5, in billions.
    s = start()
    assert s.data_center_usd + s.other_usd == pytest.approx(128.666e9, rel=1e-9)
    # 9.107 + 29.380 of cash and securities, less 8.462 of debt.
    assert s.net_cash_usd == pytest.approx(30.025e9, rel=1e-9)
    # Expenses of the three quarters, 3.497 + 3.932 + 4.287, and the outlook of 4.8.
    assert s.operating_expenses_usd == pytest.approx(16.516e9, rel=1e-9)
    # Data centres 22.563 + 26.272 + 30.771, and of the outlook their part of the last quarter, 30.771/35.082.
    assert s.data_center_usd == pytest.approx(112.497856e9, rel=1e-6)
    # A DGX H100 draws 10.2 kW at most, for eight chips.
    assert s.watts_per_chip == 1275.0


def test_two_months_later_the_last_quarter_is_the_reported_one() -> None:
    s = thesis.start(known("2025-03-31"))
    assert s.data_center_usd + s.other_usd == pytest.approx(130.497e9, rel=1e-9)


def test_no_threat_gives_the_bull_value_and_elasticity_one_leaves_spending_alone() -> None:
    c = case(demand_elasticity=1.0)
    quiet, shocked = thesis.valuation(c), thesis.valuation(c, members(mask_of(["efficiency"])))
    assert shocked.spending_usd == pytest.approx(quiet.spending_usd, rel=1e-12)
    assert weighing.parts(c)["efficiency"] == pytest.approx(0.0, abs=1e-9)
    never = case(**{f"{name}_chance": 1e-12 for name in NAMES})
    assert weighing.probability_weighted(never) == pytest.approx(thesis.valuation(never).value_per_share, rel=1e-9)


def test_above_elasticity_one_efficiency_is_no_threat() -> None:
    c = case(demand_elasticity=1.3, ai_output_share=0.5)
    assert weighing.alone(c)["efficiency"] > 0.0
    assert weighing.alone(case())["efficiency"] < 0.0


def test_the_parts_of_the_threats_sum_to_the_whole() -> None:
    c = case()
    lost = weighing.probability_weighted(c) - thesis.valuation(c).value_per_share
    assert sum(weighing.parts(c).values()) == pytest.approx(lost, rel=1e-9)
    full = thesis.valuation(c, thesis.ALL).value_per_share - thesis.valuation(c).value_per_share
    assert sum(weighing.parts_in_full(c).values()) == pytest.approx(full, rel=1e-9)
    assert sum(weighing.alone(c).values()) + weighing.interaction(c) == pytest.approx(full, rel=1e-9)


def test_a_lower_price_cuts_sales_and_a_dearer_unit_does_not() -> None:
    c = case(ai_output_share=0.5)
    rivals = members(mask_of(["architecture"]))
    held = thesis.valuation(c.with_(price_conduct=0.0), rivals)
    cut = thesis.valuation(c.with_(price_conduct=0.9), rivals)
    assert cut.sales_usd[-1] < held.sales_usd[-1]
    assert cut.gross_margin[-1] < held.gross_margin[-1]
    dearer = thesis.valuation(c.with_(unit_cost_rise=0.4))
    assert dearer.sales_usd == pytest.approx(thesis.valuation(c).sales_usd, rel=1e-12)
    assert dearer.gross_margin[-1] < thesis.valuation(c).gross_margin[-1]


def test_growth_that_reaches_the_rate_is_refused_in_words() -> None:
    with pytest.raises(BadRequest, match=r"below equity_discount_rate: closer than 0\.01") as caught:
        case(long_run_growth=0.05, equity_discount_rate=0.05)
    assert "below equity_discount_rate" in str(caught.value)


BOUNDED = [p for name, p in registry().items() if name in thesis.inputs.__globals__["PARAMETERS"] and p.min is not None]


@st.composite
def anywhere(pick: st.DrawFn) -> dict[str, float]:
    """A few parameters anywhere inside their hard bounds, with growth kept below the rate."""
    chosen = pick(st.lists(st.sampled_from(BOUNDED), min_size=1, max_size=6, unique_by=lambda p: p.name))
    found = {p.name: pick(st.floats(p.min, p.max)) for p in chosen}
    rate = found.get("equity_discount_rate", registry()["equity_discount_rate"].value)
    if found.get("long_run_growth", registry()["long_run_growth"].value) >= rate - 0.005:
        found.pop("long_run_growth", None)
        found.pop("equity_discount_rate", None)
    return found


@settings(max_examples=150, deadline=None)
@given(anywhere())
def test_the_worth_is_finite_anywhere_inside_the_bounds(found: dict[str, float]) -> None:
    c = case(**found)
    assert np.isfinite(weighing.probability_weighted(c))
    assert np.isfinite(thesis.valuation(c, thesis.ALL).value_per_share_by_multiple)


@settings(max_examples=60, deadline=None)
@given(st.floats(0.06, 0.2), st.floats(0.001, 0.03), st.integers(0, COMBINATIONS - 1))
def test_the_worth_falls_with_the_rate(rate: float, more: float, mask: int) -> None:
    low, high = (
        thesis.valuation(case(equity_discount_rate=r), members(mask)).value_per_share for r in (rate, rate + more)
    )
    assert high < low


@settings(max_examples=60, deadline=None)
@given(st.floats(0.5, 0.9), st.floats(0.001, 0.05))
def test_the_worth_rises_with_the_margin(margin: float, more: float) -> None:
    low, high = (thesis.valuation(case(opening_gross_margin=m)).value_per_share for m in (margin, margin + more))
    assert high > low


def test_the_data_centre_earns_what_the_company_s_margin_leaves() -> None:
    # 128.666 at 73.5 per cent, of which 16.168 at 50: (94.570 − 8.084)/112.498.
    assert market.centre_margin(case(opening_gross_margin=0.735)) == pytest.approx(0.76877, abs=1e-5)
    assert market.centre_margin(case(opening_gross_margin=0.95, other_segments_margin=-1.0)) == market.MOST_MARGIN


def test_portable_software_alone_frees_the_makers_that_are_there_and_an_open_foundry_alone_does_nothing() -> None:
    alone = weighing.alone(case())
    assert alone["software"] < -1.0
    assert alone["foundry"] == 0.0
    assert weighing.alone(case(reach_when_portable=0.0))["software"] == 0.0
    assert weighing.cost_alone(case(), "software") == -alone["software"]
    assert weighing.beyond_the_sum(case()) == -weighing.interaction(case())
    assert weighing.cost_in_full(case(), "software") == -weighing.parts_in_full(case())["software"]


def test_wanted_spending_meets_the_ceiling_in_the_first_year_that_it_binds() -> None:
    spending = thesis.valuation(case()).spending_usd
    most = market.market_of(case()).most_usd
    bound = [2026 + year for year in range(10) if spending[year] == most[year]]
    assert chain.year_of_the_ceiling(case()) == bound[0] == 2030
    assert chain.year_of_the_ceiling(case(ai_output_share=0.5)) == 2036


def test_spending_kept_as_it_is_needs_six_thousandths_of_the_world() -> None:
    # 112.498 over a share of 0.86738 is 129.70 billion; twice for the centre, twice for the margin; four years at a
    # tenth take 4 · 0.31547 of it; over 110 trillion.
    assert thesis.output_needed(case()) == pytest.approx(4 * 129.70e9 * 4 * 0.31547 / 110e12, rel=1e-4)


def test_a_margin_that_lasts_and_a_ceiling_without_interest_are_worth_more() -> None:
    worth = {name: choices.values_per_share(change(case())) for name, change in choices.CHOICES.items()}
    book = worth.pop("As in this book")
    assert worth["Neither fade nor interest"][0] > worth["The ceiling pays no interest"][0] > book[0]
    assert worth["The margin of the last year lasts for ever"][1] > book[1]
    assert worth["Price does not follow concentration"][0] == pytest.approx(book[0])
    assert worth["Price does not follow concentration"][2] > book[2]
    # Without interest the ceiling is a·Y·(1 + y)·(1 − m)·h.
    plain = market.market_of(choices.without_interest(case())).most_usd[0]
    c = case()
    by_hand = c.ai_output_share * c.world_output_usd * (1 + c.world_output_growth)
    assert plain == pytest.approx(by_hand * (1 - c.customer_margin) * c.chip_cost_share, rel=1e-12)
    assert choices.at_beta(c, 2.0, 0.04, 0.05).equity_discount_rate == pytest.approx(0.14)


def test_a_chance_drawn_about_a_low_median_has_a_higher_mean() -> None:
    c, known = case(), registry()
    for name in ("architecture_chance", "software_chance"):
        z = ndtri((np.arange(200_000) + 0.5) / 200_000)
        drawn = draws.quantile(known[name], z, getattr(c, name))
        assert draws.mean_drawn(c, name) == pytest.approx(float(drawn.mean()), rel=1e-3)
        assert draws.mean_drawn(c, name) > getattr(c, name)


def test_inputs_on_their_own_and_an_input_held_to_its_range() -> None:
    apart = next(iter(draws.portions(case(), 4096, draws.sobol(3), correlated=False))).case
    tied = next(iter(draws.portions(case(), 4096, draws.sobol(3), held=("ai_output_share",)))).case
    together = (apart.demand_growth, apart.ai_output_share), (tied.demand_growth, tied.ai_output_share)
    correlations = [float(np.corrcoef(np.log(x), np.log(y))[0, 1]) for x, y in together]
    assert abs(correlations[0]) < 0.05
    assert correlations[1] > 0.2
    assert float(np.max(tied.ai_output_share)) == registry()["ai_output_share"].high


def test_the_quarter_that_is_not_in_the_balance_sheet() -> None:
    # (37.5 · 0.73 − 4.8) · (1 − 0.165) billion over 24.774 billion shares.
    assert thesis.cash_of_the_quarter(known("2025-01-25"), 0.165) == pytest.approx(22.575 * 0.835 / 24.774, rel=1e-9)


def test_the_part_of_the_threats_that_is_in_the_price() -> None:
    c = case()
    none, weighed = thesis.valuation(c).value_per_share, weighing.probability_weighted(c)
    assert weighing.priced_in(c) == pytest.approx((none - 142.62) / (none - weighed), rel=1e-12)


def test_the_multiple_at_the_horizon_is_of_the_last_year_s_profit() -> None:
    # Without an excess that fades: (1 + 0.04) / (0.1 − 0.04) · (1 − 0.04/0.16) = 13 times the last profit.
    c = case(equity_discount_rate=0.1, long_run_growth=0.04, return_on_new_capital=0.16, spread_persistence=1.0)
    assert thesis.valuation(c).multiple_implied == pytest.approx(13.0, rel=1e-12)
