"""`roofline` against published values and figures worked by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from shortcase.model.chips import cost_per_flop, roofline
from shortcase.model.chips.roofline import EXAMPLE_LOAD, EXAMPLE_MACHINE, Deployment, Workload
from shortcase.model.language_models import serving_cost
from shortcase.model.valuation import annuity

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
EXACT = 1e-6
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
CRF = 0.12 / (1 - 1.12**-4)


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


def test_speculation_makes_more_tokens_of_a_pass_and_reads_more_of_the_prompt_for_it() -> None:
    # By hand, one request with a prompt token for every two of the answer, five tokens checked and three made in a
    # pass, drafted in a tenth of its time. Weights: 70e9 / (8 · 3.35e12 · 0.5) = 5.2239 ms; cache of 2,048 tokens:
    # 0.0501 ms. Checking: 2 · 70e9 · 5 / (8 · 2e15 · 0.5) = 0.0875 ms, below both. Prompt: 2 · 70e9 · 0.5 · 3 / 8e15 =
    # 0.02625 ms. Links: 160 · 20 µs = 3.2 ms, and 8 · 6.5 · 80 · 8192 · (7/8) bytes at 450 GB/s = 0.06626 ms.
    load = replace(LOAD, prompt_ratio=0.5)
    step = roofline.decode(NODE, load, 1.0, checked_tokens=5.0, tokens_per_pass=3.0, draft_share=0.1)
    memory = 70e9 / 13.4e12 + 2048 * 327_680 / 13.4e12
    volume = 8 * 6.5 * 80 * 8192 * 7 / 8
    pass_s = (memory + 2.625e-5 + 3.2e-3 + volume / 450e9) * 1.1
    assert step.prompt_s == pytest.approx(2.625e-5, rel=1e-12)
    assert step.step_s == pytest.approx(pass_s, rel=1e-12)
    assert step.tokens_per_s_per_user == pytest.approx(3.0 / pass_s, rel=1e-12)


def test_a_batch_is_found_whose_throughput_is_the_one_asked_for_with_speculation_and_prompts() -> None:
    load = replace(LOAD, prompt_ratio=0.5)
    terms = {"checked_tokens": 5.0, "tokens_per_pass": 3.0, "draft_share": 0.1}
    batch = roofline.batch_for(NODE, load, 2000.0, **terms)
    assert roofline.decode(NODE, load, batch, **terms).tokens_per_s == pytest.approx(2000.0, rel=1e-9)
