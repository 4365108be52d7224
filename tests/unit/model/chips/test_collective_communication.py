"""`collective_communication` against published values and figures worked by hand."""

from __future__ import annotations

import pytest

from shortcase.model.chips import collective_communication as cc


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


def test_bandwidth_by_hand() -> None:
    # 100 GB in a tenth of two seconds, which is 0.2 s: 500 GB/s
    assert cc.bandwidth_for_share(100e9, 2.0, 0.1) == pytest.approx(500e9, rel=1e-12)
