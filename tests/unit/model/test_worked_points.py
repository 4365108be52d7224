"""Worked points that an independent calculation of the same quantities fixed before the book was written.

Each expected value is the closed form written out; the figure in the comment is what it rounds to.
"""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from shortcase.facts import table
from shortcase.model import arithmetic
from shortcase.model.chips import cost_per_flop, memory_fit, roofline, wafer_geometry, wafer_yield
from shortcase.model.chips.roofline import EXAMPLE_LOAD, EXAMPLE_MACHINE, Deployment
from shortcase.model.language_models import (
    kv_cache,
    mixture_of_experts,
    serving_cost,
    speculative_decoding,
    training_compute,
)
from shortcase.model.language_models.transformer import Transformer
from shortcase.model.markets import custom_silicon
from shortcase.model.valuation import annuity

EXACT = 1e-6
CRF = 0.12 / (1 - 1.12**-4)

IDEAL_NODE = Deployment(
    chips=8.0,
    flop_per_s=1979e12,
    memory_bytes=80e9,
    memory_bandwidth_bytes_per_s=3.35e12,
    link_bytes_per_s=1e30,
    compute_efficiency=1.0,
    bandwidth_efficiency=1.0,
    usable_memory_share=600 / 640,
    collective_latency_s=0.0,
    floor_s=0.0,
)
EIGHT_BITS = replace(EXAMPLE_LOAD, bytes_per_parameter=1.0, context_tokens=2000.0, prompt_ratio=0.0)


def test_one_wafer_against_one_die() -> None:
    assert arithmetic.ratio(46_225.0, 814.0) == pytest.approx(56.787469, rel=EXACT)
    assert arithmetic.ratio(900_000.0, 132.0) == pytest.approx(6818.181818, rel=EXACT)
    assert cost_per_flop.per_unit_ratio(32.0, 1.0, 46_225.0, 814.0) == pytest.approx(0.56350460, rel=EXACT)
    # 125 PFLOP/s against 1.979 (sparse FP16) and 3.958 (sparse FP8): 63.2 and the essay's 32
    assert arithmetic.ratio(125e15, 1.979e15) == pytest.approx(125 / 1.979, rel=EXACT)
    assert arithmetic.ratio(125e15, 3.958e15) == pytest.approx(31.581607, rel=EXACT)


def test_yield_of_one_die() -> None:
    assert wafer_yield.poisson(0.814) == pytest.approx(math.exp(-0.814), rel=EXACT)  # 44.3 per cent
    assert wafer_yield.murphy(0.814) == pytest.approx(((1 - math.exp(-0.814)) / 0.814) ** 2, rel=EXACT)  # 46.8
    assert wafer_yield.negative_binomial(0.814, 3.0) == pytest.approx((1 + 0.814 / 3) ** -3, rel=EXACT)  # 48.7
    assert wafer_yield.negative_binomial(0.814, 2.0) == pytest.approx((1 + 0.814 / 2) ** -2, rel=EXACT)  # 50.5
    assert wafer_yield.expected_defects(46_225.0, 0.1) == pytest.approx(46.225, rel=EXACT)
    assert wafer_geometry.gross_dies(814.0, 300.0) == 63
    assert wafer_geometry.used_share(46_225.0, 1.0, 300.0) == pytest.approx(46_225 / (math.pi * 150**2), rel=EXACT)
    assert wafer_geometry.used_share(814.0, 63.0, 300.0) == pytest.approx(63 * 814 / (math.pi * 150**2), rel=EXACT)
    # the maker's rounded areas: 6 mm² lost to a defect against 0.05
    assert arithmetic.ratio(6.0, 0.05) == pytest.approx(120.0, rel=EXACT)


def test_bounds_of_one_stream_and_reading() -> None:
    sixteen = replace(EIGHT_BITS, bytes_per_parameter=2.0)
    assert roofline.single_stream_bound(IDEAL_NODE, sixteen) == pytest.approx(26.8e12 / 140e9, rel=EXACT)  # 191
    assert roofline.single_stream_bound(IDEAL_NODE, EIGHT_BITS) == pytest.approx(26.8e12 / 70e9, rel=EXACT)  # 383
    assert serving_cost.reading_tokens_per_s(238.0, 1.3) == pytest.approx(238 * 1.3 / 60, rel=EXACT)  # 5.2
    assert serving_cost.reading_tokens_per_s(10 * 60 / 1.3, 1.3) == pytest.approx(10.0, rel=EXACT)  # 462 words a minute
    alone = serving_cost.usd_per_million_tokens(16.0, roofline.single_stream_bound(IDEAL_NODE, EIGHT_BITS))
    assert alone == pytest.approx(16e6 / 3600 / (26.8e12 / 70e9), rel=EXACT)  # 11.6 dollars


def test_a_full_node_waits_for_its_caches() -> None:
    # 600 GB less 70 GB of weights, over 2,000 tokens of 327,680 bytes: 809 conversations
    full = roofline.batch_limit(IDEAL_NODE, EIGHT_BITS)
    assert full == pytest.approx(530e9 / (2000 * 327_680), rel=EXACT)
    # all 600 GB are read for each token of each: 36,100 tokens a second, 28,900 at four fifths of the bandwidth
    ideal = roofline.decode(IDEAL_NODE, EIGHT_BITS, full).tokens_per_s
    assert ideal == pytest.approx(full / (600e9 / 26.8e12), rel=EXACT)
    real = replace(IDEAL_NODE, bandwidth_efficiency=0.8)
    assert roofline.decode(real, EIGHT_BITS, full).tokens_per_s == pytest.approx(0.8 * ideal, rel=EXACT)
    # two dollars a GPU-hour: 0.15 at four fifths, and 0.18 at the offline rate that MLPerf measured
    assert serving_cost.usd_per_million_tokens(16.0, 0.8 * ideal) == pytest.approx(
        16e6 / 3600 / (0.8 * ideal), rel=EXACT
    )
    assert serving_cost.usd_per_million_tokens(16.0, 24_524.9) == pytest.approx(16e6 / 3600 / 24_524.9, rel=EXACT)


def test_four_wafers_are_short_of_memory() -> None:
    # 36 GB for caches are 109,863 tokens: 55 conversations of two thousand, 82,400 tokens a second at 1,500 each
    load = replace(EXAMPLE_LOAD, context_tokens=2000.0, prompt_ratio=0.0)
    assert roofline.batch_limit(EXAMPLE_MACHINE, load) == pytest.approx(36e9 / 327_680 / 2000, rel=EXACT)
    assert roofline.decode(EXAMPLE_MACHINE, load, 1e9).tokens_per_s == pytest.approx(1500 * 54.931640625, rel=EXACT)
    # ten million dollars at 12 per cent over four years are 0.104 a second: 70 dollars a million from one stream,
    # and 174,000 tokens a second are needed for 60 cents, more than the memory has room for
    hour = annuity.hourly_charge(10e6, 0.12, 4.0)
    assert hour / 3600 == pytest.approx(10e6 * CRF / (8760 * 3600), rel=EXACT)
    assert serving_cost.usd_per_million_tokens(hour, 1500.0) == pytest.approx(
        10e12 * CRF / 8760 / 3600 / 1500, rel=EXACT
    )
    assert serving_cost.throughput_for(hour, 0.60) == pytest.approx(10e12 * CRF / 8760 / 3600 / 0.6, rel=EXACT)
    five = annuity.hourly_charge(10e6, 0.12, 5.0)
    assert serving_cost.throughput_for(five, 0.60) == pytest.approx(146_616, rel=1e-4)
    # eight H100 at 30,000 dollars, a third more with their server: 12.2 dollars an hour
    assert annuity.hourly_charge(8 * 30_000 * 1.35, 0.12, 4.0) == pytest.approx(324_000 * CRF / 8760, rel=EXACT)
    # cards of 230 MB that hold seventy billion in eight and in sixteen bits
    assert cost_per_flop.units_needed(70e9, 230e6) == 305
    assert cost_per_flop.units_needed(140e9, 230e6) == 609


@pytest.mark.parametrize(("drafted", "cost", "expected"), [(4.0, 0.05, 0.7695), (3.0, 0.0, 0.7271)])
def test_acceptance_behind_a_speed_up(drafted: float, cost: float, expected: float) -> None:
    found = speculative_decoding.acceptance_for(2.64, drafted, cost)
    assert found == pytest.approx(expected, abs=5e-5)
    assert sum(found**k for k in range(int(drafted) + 1)) / (drafted * cost + 1) == pytest.approx(2.64, rel=EXACT)


@pytest.mark.parametrize(("acceptance", "cost"), [(0.85, 1.85 / 1.8 - 1), (0.90, 1.90 / 1.8 - 1)])
def test_reported_gain_of_the_second_token(acceptance: float, cost: float) -> None:
    # 1.8 times the speed at 85 to 90 per cent accepted means a draft that costs 3 to 6 per cent of a pass
    assert speculative_decoding.speed_up(acceptance, 1.0, cost) == pytest.approx(1.8, rel=EXACT)
    assert 0.027 < cost < 0.056


@pytest.mark.parametrize(
    ("margin", "partner", "per_chip", "expected"),
    [
        (0.75, 0.0, 0.0, 24_090),
        (0.75, 0.0, 1_250.0, 25_340),
        (0.75, 0.5, 1_250.0, 31_590),
        (0.78, 0.5, 1_250.0, 30_090),
    ],
)
def test_break_even_at_the_low_price(margin: float, partner: float, per_chip: float, expected: float) -> None:
    # 0.562, 0.591, 0.737 and 0.702: 25,000 dollars a chip, 17,840 around it
    found = custom_silicon.break_even_performance(
        25_000.0,
        custom_silicon.made_for(25_000.0, margin),
        17_840.0,
        partner_margin=partner,
        design_usd=per_chip,
    )
    assert found == pytest.approx(expected / 42_840, rel=EXACT)


def test_half_a_chip_after_three_years() -> None:
    # against a line that gains 41 per cent a year: 18 per cent of the part then current
    assert custom_silicon.aimed_at(0.5, 3.0, 0.0, 0.41) == pytest.approx(0.5 / 1.41**3, rel=EXACT)


def test_ledger_of_published_runs() -> None:
    own, rival, leaked = (
        training_compute.six_n_d(n, d) for n, d in ((37e9, 14.8e12), (405e9, 15.6e12), (280e9, 13e12))
    )
    assert (own, rival, leaked) == pytest.approx((3.2856e24, 3.7908e25, 2.184e25), rel=EXACT)
    assert arithmetic.ratio(rival, own) == pytest.approx(11.537618, rel=EXACT)
    assert arithmetic.ratio(leaked, own) == pytest.approx(6.6471877, rel=EXACT)
    hours = arithmetic.ratio(30.84e6, 2.788e6)
    assert hours == pytest.approx(11.061693, rel=EXACT)
    assert arithmetic.ratio(45.0, hours) == pytest.approx(45 * 2.788 / 30.84, rel=EXACT)  # 4.07
    # 25,000 cards for 95 days: twenty times the hours
    assert arithmetic.ratio(25_000 * 95 * 24, 2.788e6) == pytest.approx(20.444763, rel=EXACT)
    assert arithmetic.ratio(20.0, 132.0) == pytest.approx(0.15151515, rel=EXACT)


def test_utilisation_with_and_without_attention() -> None:
    plain = training_compute.achieved_flop_per_s(6 * 37e9, 14.8e12, 2.664e6)
    assert plain == pytest.approx(6 * 37e9 * 14.8e12 / (2.664e6 * 3600), rel=EXACT)  # 343 TFLOP/s
    assert training_compute.utilisation(plain, 989.5e12) == pytest.approx(0.3462, rel=1e-3)
    assert training_compute.utilisation(plain, 1979e12) == pytest.approx(0.1731, rel=1e-3)
    assert training_compute.achieved_flop_per_s(6 * 405e9, 15.6e12, 30.84e6) == pytest.approx(341.44e12, rel=1e-4)


@pytest.mark.parametrize(("tokens", "share"), [(8, 0.2243), (32, 0.637945), (64, 0.868916), (128, 0.982817)])
def test_experts_touched(tokens: int, share: float) -> None:
    found = mixture_of_experts.share_of_experts_touched(256, 8, tokens)
    assert found == pytest.approx(1 - (31 / 32) ** tokens, rel=EXACT)
    assert found == pytest.approx(share, abs=1e-6)


def test_cards_as_ratios_in_makers_gigabytes() -> None:
    makers_80, makers_24 = 80e9 / 2**20, 24e9 / 2**20
    bits = (32, 16, 8, 4)
    cards = [memory_fit.cards(memory_fit.weight_bytes(405e9, b), makers_80, 1.0) for b in bits]
    assert cards == pytest.approx([20.25, 10.125, 5.0625, 2.53125], rel=EXACT)
    v3 = [memory_fit.cards(memory_fit.weight_bytes(671e9, b), makers_24, 1.0) for b in (8, 4)]
    assert v3 == pytest.approx([671 / 24, 671 / 48], rel=EXACT)  # 28 and 14 cards
    assert memory_fit.bits_that_fit(makers_24, 1.0, 70e9) == pytest.approx(24 * 8 / 70, rel=EXACT)  # 2.74


def test_full_multi_head_at_full_length() -> None:
    v3 = table("language_models", "2025-01-25").row("deepseek_v3").into(Transformer)
    assert 131_072 * kv_cache.bytes_per_token_multi_head(v3) == pytest.approx(523.99e9, rel=1e-5)
