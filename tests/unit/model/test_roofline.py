"""The decoding step against its roofs, worked by hand for one machine."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from shortcase.model.chips import roofline
from shortcase.model.chips.roofline import EXAMPLE_LOAD, EXAMPLE_MACHINE, Deployment, Workload
from shortcase.model.language_models import serving_cost

NODE = Deployment(
    chips=8.0,
    flop_per_s=2e15,
    memory_bytes=80e9,
    memory_bandwidth_bytes_per_s=3.35e12,
    link_bytes_per_s=450e9,
    compute_efficiency=0.5,
    bandwidth_efficiency=0.5,
    usable_memory_share=0.9,
    collective_latency_s=20e-6,
    floor_s=0.0,
)
LOAD = Workload(
    parameters=70e9,
    bytes_per_parameter=1.0,
    cache_bytes_per_token=327_680.0,
    context_tokens=2048.0,
    prompt_ratio=0.0,
    layers=80.0,
    hidden=8192.0,
)


def test_bound_of_one_stream() -> None:
    # 8 · 3.35 TB/s over 140 GB and over 70 GB
    assert roofline.single_stream_bound(NODE, replace(LOAD, bytes_per_parameter=2.0)) == pytest.approx(
        191.4286, rel=1e-6
    )
    assert roofline.single_stream_bound(NODE, LOAD) == pytest.approx(382.8571, rel=1e-6)


def test_batch_limit() -> None:
    # (640e9 · 0.9 - 70e9) / (2048 · 327,680)
    assert roofline.batch_limit(NODE, LOAD) == pytest.approx(506e9 / 671_088_640, rel=1e-12)
    # four wafers keep (176 - 140) GB for caches: 36e9 / 671,088,640
    assert roofline.batch_limit(EXAMPLE_MACHINE, EXAMPLE_LOAD) == pytest.approx(53.644, rel=1e-4)


def test_small_batch_waits_for_memory() -> None:
    step = roofline.decode(NODE, LOAD, 1.0)
    memory = (70e9 + 671_088_640) / (8 * 3.35e12 * 0.5)
    network = 160 * 20e-6 + 8 * 80 * 8192 * (7 / 8) / 450e9
    assert step.memory_s == pytest.approx(memory, rel=1e-12)
    assert step.compute_s == pytest.approx(140e9 / 8e15, rel=1e-12)
    assert step.step_s == pytest.approx(memory + network, rel=1e-12)
    assert step.tokens_per_s == pytest.approx(step.tokens_per_s_per_user)


def test_large_batch_waits_for_arithmetic_and_prompts() -> None:
    free = replace(NODE, collective_latency_s=0.0, link_bytes_per_s=1e30)
    load = replace(LOAD, cache_bytes_per_token=1.0, prompt_ratio=2.0)
    step = roofline.decode(free, load, 4096.0)
    # decode 2·70e9·4096 / 8e15 = 71.68 ms, prompts twice that
    assert step.step_s == pytest.approx(3 * 0.07168, rel=1e-9)
    assert step.tokens_per_s == pytest.approx(8e15 / (3 * 140e9), rel=1e-9)


def test_batch_is_cut_at_the_limit() -> None:
    limit = roofline.batch_limit(NODE, LOAD)
    assert roofline.decode(NODE, LOAD, 1e6).batch == pytest.approx(limit)
    assert roofline.decode(NODE, LOAD, 1e6).tokens_per_s == roofline.decode(NODE, LOAD, limit).tokens_per_s


def test_floor_bounds_the_user_and_not_the_wafer() -> None:
    steps = roofline.decode(EXAMPLE_MACHINE, replace(EXAMPLE_LOAD, prompt_ratio=0.0), np.array([1.0, 10.0, 50.0]))
    assert steps.tokens_per_s_per_user == pytest.approx([1500, 1500, 1500])
    assert steps.tokens_per_s == pytest.approx([1500, 15_000, 75_000])


def test_speed_and_throughput_trade() -> None:
    steps = roofline.decode(NODE, LOAD, np.geomspace(1, 512, 30))
    assert np.all(np.diff(steps.tokens_per_s_per_user) < 0)
    assert np.all(np.diff(steps.tokens_per_s) > 0)


def test_speculation_helps_one_stream_and_fades_in_a_crowd() -> None:
    def gain(load: Workload, batch: float) -> float:
        guessed = roofline.decode(NODE, load, batch, checked_tokens=5.0, tokens_per_pass=3.36)
        return float(guessed.tokens_per_s / roofline.decode(NODE, load, batch).tokens_per_s)

    assert gain(LOAD, 1.0) == pytest.approx(3.36, rel=0.01)
    assert gain(LOAD, 700.0) < 0.6 * 3.36
    # where arithmetic alone decides, five tokens are checked to keep 3.36: a loss
    short = replace(LOAD, context_tokens=1.0, cache_bytes_per_token=1.0, hidden=0.0)
    assert gain(short, 1e6) == pytest.approx(3.36 / 5, rel=0.01)


def test_batch_for_is_the_inverse() -> None:
    batch = roofline.batch_for(NODE, LOAD, 3000.0)
    assert roofline.decode(NODE, LOAD, batch).tokens_per_s == pytest.approx(3000.0, rel=1e-9)
    guess = {"checked_tokens": 5.0, "tokens_per_pass": 3.36, "draft_share": 0.2}
    guessed = roofline.batch_for(NODE, LOAD, 3000.0, **guess)
    assert roofline.decode(NODE, LOAD, guessed, **guess).tokens_per_s == pytest.approx(3000.0, rel=1e-9)
    assert guessed < batch
    assert roofline.batch_for(NODE, LOAD, 1e9) == pytest.approx(roofline.batch_limit(NODE, LOAD))


def test_money_and_queues() -> None:
    # 16 $/h at 383 tokens/s is 16 / 1.3788 = 11.60 $ a million
    assert serving_cost.usd_per_million_tokens(16.0, 383.0) == pytest.approx(11.6043, rel=1e-5)
    assert serving_cost.usd_per_million_tokens(16.0, 383.0, 0.5) == pytest.approx(23.2086, rel=1e-5)
    assert serving_cost.throughput_for(16.0, 11.6043) == pytest.approx(383.0, rel=1e-5)
    assert serving_cost.concurrent_requests(74.42, 44.954547225) == pytest.approx(3345.517, rel=1e-6)
    assert serving_cost.reading_tokens_per_s(238.0, 1.3) == pytest.approx(5.156667, rel=1e-6)
