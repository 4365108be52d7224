"""`expert_serving` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.model.accounts import product_mix
from shortcase.model.language_models import expert_serving
from shortcase.model.markets import market_structure


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


def test_shapes_broadcast() -> None:
    gpus = np.array([8.0, 16.0, 320.0])
    links = np.array([[3.1e9], [50e9]])
    assert expert_serving.tokens_per_s_per_gpu(expert_serving.EXAMPLE, gpus, links).shape == (2, 3)
    assert product_mix.segment_margin(0.75, np.array([0.8, 0.9]), 0.5).shape == (2,)
    assert market_structure.lerner_market(np.array([0.3, 0.7]), np.array([[1.0], [2.0]])).shape == (2, 2)
