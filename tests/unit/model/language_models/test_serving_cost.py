"""`serving_cost` against published values and figures worked by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from shortcase.model.chips import roofline
from shortcase.model.chips.roofline import EXAMPLE_LOAD, Deployment
from shortcase.model.language_models import serving_cost
from shortcase.model.valuation.annuity import hourly_charge

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


def test_price_of_a_machine_leads_back_to_the_price_of_a_token() -> None:
    price = serving_cost.machine_price_for(0.6, 90_000.0, 20.0, 4.0, rate=0.12, years=4.0)
    hour = hourly_charge(4 * price, 0.12, 4.0) + 20.0
    assert serving_cost.usd_per_million_tokens(hour, 90_000.0) == pytest.approx(0.6, rel=1e-9)


def test_money_and_queues() -> None:
    # 16 $/h at 383 tokens/s is 16 / 1.3788 = 11.60 $ a million
    assert serving_cost.usd_per_million_tokens(16.0, 383.0) == pytest.approx(11.6043, rel=1e-5)
    assert serving_cost.usd_per_million_tokens(16.0, 383.0, 0.5) == pytest.approx(23.2086, rel=1e-5)
    assert serving_cost.throughput_for(16.0, 11.6043) == pytest.approx(383.0, rel=1e-5)
    assert serving_cost.concurrent_requests(74.42, 44.954547225) == pytest.approx(3345.517, rel=1e-6)
    assert serving_cost.reading_tokens_per_s(238.0, 1.3) == pytest.approx(5.156667, rel=1e-6)


def test_bounds_of_one_stream_and_reading() -> None:
    sixteen = replace(EIGHT_BITS, bytes_per_parameter=2.0)
    assert roofline.single_stream_bound(IDEAL_NODE, sixteen) == pytest.approx(26.8e12 / 140e9, rel=EXACT)  # 191
    assert roofline.single_stream_bound(IDEAL_NODE, EIGHT_BITS) == pytest.approx(26.8e12 / 70e9, rel=EXACT)  # 383
    assert serving_cost.reading_tokens_per_s(238.0, 1.3) == pytest.approx(238 * 1.3 / 60, rel=EXACT)  # 5.2
    assert serving_cost.reading_tokens_per_s(10 * 60 / 1.3, 1.3) == pytest.approx(10.0, rel=EXACT)  # 462 words a minute
    alone = serving_cost.usd_per_million_tokens(16.0, roofline.single_stream_bound(IDEAL_NODE, EIGHT_BITS))
    assert alone == pytest.approx(16e6 / 3600 / (26.8e12 / 70e9), rel=EXACT)  # 11.6 dollars


def test_context_grows_while_the_answer_is_written() -> None:
    # token k of an answer looks back on the prompt and k − 1/2 tokens of the answer, on average over its own step
    answer = np.arange(300) + 0.5
    assert serving_cost.mean_context_tokens(128.0, 300.0) == pytest.approx(128.0 + answer.mean(), rel=1e-12)
