"""Mix, concentration, collectives, parallel axes, expert serving and profit pools: worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.model import arithmetic
from shortcase.model.accounts import margin_bridge, product_mix, profit_pool
from shortcase.model.chips import collective_communication as cc
from shortcase.model.chips import cost_per_flop, parallel_axes
from shortcase.model.demand import price_parity
from shortcase.model.language_models import expert_serving
from shortcase.model.markets import market_structure, price_conduct

LLAMA = parallel_axes.Layout(tensor=8, pipeline=16, data=128, tokens_per_step=2**24)


def test_ninety_per_cent_on_a_segment_needs_losses_elsewhere() -> None:
    # 0.75 = 0.88 · 0.90 + 0.12 · x, so x = (0.75 − 0.792) / 0.12
    assert product_mix.other_margin_needed(0.75, 0.88, 0.90) == pytest.approx(-0.35, rel=1e-12)
    # with nothing earned elsewhere the segment can have 0.75 / 0.88 at most
    assert product_mix.segment_margin(0.75, 0.88, 0.0) == pytest.approx(0.75 / 0.88, rel=1e-12)
    assert product_mix.segment_margin(0.75, 0.88, 0.4) == pytest.approx(0.7977272727, rel=1e-9)
    assert product_mix.segment_margin(0.75, 0.88, 0.5) == pytest.approx(0.7840909091, rel=1e-9)


def test_the_corners_of_the_feasible_region() -> None:
    # shares from 80 to 92 per cent and other margins from 35 to 60: 0.7632 to 0.85
    corners = product_mix.segment_margin(0.75, np.array([[0.80], [0.92]]), np.array([0.35, 0.60]))
    assert corners.max() == pytest.approx(0.85, rel=1e-12)
    assert corners.min() == pytest.approx((0.75 - 0.08 * 0.60) / 0.92, rel=1e-12)


def test_the_identities_undo_each_other() -> None:
    segment = product_mix.segment_margin(0.746, 0.877, 0.5)
    assert product_mix.other_margin_needed(0.746, 0.877, segment) == pytest.approx(0.5, rel=1e-12)
    assert product_mix.share_allowed(0.746, segment, 0.5) == pytest.approx(0.877, rel=1e-12)
    assert product_mix.price_over_cost(0.75) == 4.0
    assert product_mix.drag(segment, 0.5, 0.877) == pytest.approx(segment - 0.746, rel=1e-9)


def test_parity_price() -> None:
    # a rival at 15,000 with 20,000 around it, three quarters as fast: 35,000/0.75 = 46,666 2/3, less one's own 20,000
    rival = price_parity.all_in_usd(15_000.0, 20_000.0)
    assert price_parity.parity_price_usd(rival, 20_000.0, 0.75) == pytest.approx(26_666.6666667, rel=1e-9)
    # as fast, and with the same around it, it is the rival's price
    assert price_parity.parity_price_usd(rival, 20_000.0, 1.0) == pytest.approx(15_000.0, rel=1e-12)


def test_published_price_ratios() -> None:
    # chip only, dense BF16: 15,000/1,307.4 against 40,000, 30,000 and 25,000 over 989.4
    ratio = cost_per_flop.per_unit_ratio(15_000.0, np.array([40e3, 30e3, 25e3]), 1307.4, 989.4)
    assert ratio == pytest.approx([0.28379, 0.37838, 0.45406], abs=1e-5)


def test_the_leader_follows_its_share_which_is_a_conduct_of_two_thirds() -> None:
    for share in (0.77, 0.7, 0.57):
        before, now = price_conduct.concentration(0.85), price_conduct.concentration(share)
        conduct = (1.0 - share / 0.85) / (1.0 - now / before)
        assert 0.57 < conduct < 0.71
        own = market_structure.lerner_of_seller(share, 1.1) / market_structure.lerner_of_seller(0.85, 1.1)
        assert price_conduct.margin_under_conduct(0.75, before, now, conduct) == pytest.approx(0.75 * own, rel=1e-12)


def test_concentration() -> None:
    # 0.42² + 0.35² + 0.22² = 0.1764 + 0.1225 + 0.0484
    assert market_structure.herfindahl((0.42, 0.35, 0.22)) == pytest.approx(0.3473, rel=1e-12)
    assert market_structure.herfindahl((1.0,)) == 1.0
    assert market_structure.equal_sellers(market_structure.herfindahl([0.25] * 4)) == pytest.approx(4.0)
    assert market_structure.market_share(98.0, 17.2) == pytest.approx(98.0 / 115.2, rel=1e-12)


def test_the_lerner_index_of_one_firm_and_of_a_market() -> None:
    # one seller: the monopoly rule L = 1/ε; and at a share of 0.85 with a margin of 0.75 the firm's rule gives
    # ε = 0.85/0.75 = 1.133, the market's (0.85² + 0.15²)/0.75 = 0.993
    assert market_structure.lerner_market(1.0, 2.0) == 0.5
    assert market_structure.elasticity_implied(0.85, 0.75) == pytest.approx(1.1333333333, rel=1e-9)
    two = market_structure.herfindahl((0.85, 0.15))
    assert market_structure.elasticity_implied(two, 0.75) == pytest.approx(0.745 / 0.75, rel=1e-12)
    # the market's mark-up is the mean of its sellers', weighted by their shares
    of_each = [market_structure.lerner_of_seller(share, 1.2) for share in (0.85, 0.15)]
    assert market_structure.lerner_market(two, 1.2) == pytest.approx(0.85 * of_each[0] + 0.15 * of_each[1], rel=1e-12)
    # a monopolist that maximises (p − c)·p^(−ε) asks c·ε/(ε − 1): the same by search
    price = np.linspace(1.01, 6.0, 500_001)
    best = float(price[np.argmax((price - 1.0) * price**-1.6)])
    assert market_structure.lerner_of_seller(1.0, 1.6) == pytest.approx(1.0 - 1.0 / best, abs=1e-4)
    n = market_structure.sellers_for_margin(0.8, 0.25)
    assert market_structure.lerner_market(1.0 / n, 0.8) == pytest.approx(0.25, rel=1e-12)


def test_the_mean_of_a_cycle() -> None:
    assert product_mix.average_margin([0.6, -0.3, 0.3]) == pytest.approx(0.2, rel=1e-12)


def test_priced_like_memory() -> None:
    # unit cost 25 of 100: a margin of 20 per cent is a price of 31.25, so −68.75 per cent, and profit 6.25 of 75
    cut = margin_bridge.price_cut(0.75, 0.20, elasticity=0.0)
    assert cut.price == pytest.approx(0.3125, rel=1e-12)
    assert cut.gross_profit == pytest.approx(1 / 12, rel=1e-12)


def test_collectives_on_two_levels() -> None:
    # 140 GB over eight GPUs at 450 GB/s: 7/8 · 140 / 450 = 0.27222 s, twice 0.54444; then an eighth of it over 128
    # nodes at 50 GB/s: 2 · 127/128 · 17.5 / 50 = 0.69453 s
    assert cc.ring_all_gather_s(140e9, 8, 450e9, 0.0) == pytest.approx(0.2722222222, rel=1e-9)
    assert cc.ring_all_reduce_s(17.5e9, 128, 50e9, 0.0) == pytest.approx(0.69453125, rel=1e-12)
    both = cc.two_level_all_reduce_s(140e9, 8, 128, inside_bytes_per_s=450e9, between_bytes_per_s=50e9, latency_s=0.0)
    assert both == pytest.approx(1.2389756944, rel=1e-9)
    slow = cc.two_level_all_reduce_s(140e9, 8, 128, inside_bytes_per_s=160e9, between_bytes_per_s=50e9, latency_s=0.0)
    assert slow == pytest.approx(2.22578125, rel=1e-9)


def test_latency_counts_the_hops() -> None:
    # an empty ring of five takes 2 · 4 hops
    assert cc.ring_all_reduce_s(0.0, 5, 1e9, 1e-6) == pytest.approx(8e-6, rel=1e-12)
    assert cc.message_s(1e9, 1e9, 0.5) == 1.5
    assert cc.slowdown(0.1, 0.7) == pytest.approx(1.6, rel=1e-12)
    volume = 50.0
    needed = cc.bandwidth_for_share(volume, 10.0, 0.1)
    assert cc.share_of_step(volume, needed, 10.0) == pytest.approx(0.1, rel=1e-12)


def test_the_axes_of_a_llama_step() -> None:
    assert parallel_axes.gpus(LLAMA) == 16_384
    # 405e9/128 parameters a GPU, six bytes, 127/128
    assert parallel_axes.data_axis_bytes(LLAMA, 405e9, 6) == pytest.approx(405e9 / 128 * 6 * 127 / 128, rel=1e-12)
    # 131,072 tokens a copy; 4 · 126/16 · 2 · 7/8 · 131,072 · 16,384 · 2 bytes
    tensor = parallel_axes.tensor_axis_bytes(LLAMA, 126, 16_384, 2)
    assert tensor == pytest.approx(55.125 * 131_072 * 16_384 * 2, rel=1e-12)
    assert parallel_axes.pipeline_axis_bytes(LLAMA, 16_384, 2) == pytest.approx(2**17 * 2**14 * 4 / 8, rel=1e-12)
    # 2²⁴ · 2.4e12 / (16,384 · 400e12) = 1,024 · 2.4e12 / 400e12
    assert parallel_axes.step_s(LLAMA, 2.4e12, 400e12) == pytest.approx(6.144, rel=1e-12)


def test_where_the_data_axis_binds() -> None:
    # at T* tokens a copy the ring volume over the link takes as long as six operations a parameter and token
    tokens = parallel_axes.tokens_where_data_axis_binds(6, 400e12, 50e9)
    parameters = 1e9
    assert 6 * parameters * tokens / 400e12 == pytest.approx(6 * parameters / 50e9, rel=1e-12)


def test_expert_serving() -> None:
    service = expert_serving.EXAMPLE
    # 671 / 72 cards hold the weights; at twice as many, half of each card is left: 36 GB / 287.8 MB
    n0 = expert_serving.gpus_to_hold(service)
    assert n0 == pytest.approx(671 / 72, rel=1e-12)
    assert expert_serving.users_per_gpu(service, 2 * n0) == pytest.approx(36e9 / (4096 * 70_272), rel=1e-12)
    assert expert_serving.users_per_gpu(service, 0.9 * n0) == 0.0
    # with the bandwidth it needs, the exchange takes as long as the reading
    needed = expert_serving.bandwidth_needed(service, 64.0)
    assert expert_serving.network_s(service, 64.0, needed) == pytest.approx(expert_serving.memory_s(service), rel=1e-12)
    fast = expert_serving.tokens_per_s_per_user(service, 64.0, 2 * needed)
    slow = expert_serving.tokens_per_s_per_user(service, 64.0, needed / 2)
    assert fast == pytest.approx(2 * slow, rel=1e-12)


def test_profit_pool() -> None:
    assert arithmetic.share(profit_pool.profit(98.0, 0.75), 147.0) == pytest.approx(0.5, rel=1e-12)
    taken = arithmetic.ratio(30.0, 120.0)
    assert profit_pool.margin_after_toll(0.75, taken, 0.2) == pytest.approx(0.70, rel=1e-12)
    assert arithmetic.ratio(0.05, taken) == pytest.approx(0.2, rel=1e-12)
    # 3.4928 trillion at 2.2 per cent
    assert arithmetic.ratio(3.4928e12, 0.022) == pytest.approx(158.7636363636e12, rel=1e-9)


def test_shapes_broadcast() -> None:
    gpus = np.array([8.0, 16.0, 320.0])
    links = np.array([[3.1e9], [50e9]])
    assert expert_serving.tokens_per_s_per_gpu(expert_serving.EXAMPLE, gpus, links).shape == (2, 3)
    assert product_mix.segment_margin(0.75, np.array([0.8, 0.9]), 0.5).shape == (2,)
    assert market_structure.lerner_market(np.array([0.3, 0.7]), np.array([[1.0], [2.0]])).shape == (2, 2)
