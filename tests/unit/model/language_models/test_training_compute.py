"""`training_compute` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.facts import table
from shortcase.model import arithmetic
from shortcase.model.language_models import (
    training_compute,
    transformer,
)
from shortcase.model.language_models.transformer import Transformer

AS_OF = "2025-01-25"
MODELS, RUNS = table("language_models", AS_OF), table("training_runs", AS_OF)
V3, LLAMA = (MODELS.row(name).into(Transformer) for name in ("deepseek_v3", "llama_3_1_405b"))
V3_RUN, LLAMA_RUN = RUNS.row("deepseek_v3"), RUNS.row("llama_3_1_405b")
EXACT = 1e-6


def test_v3_is_not_ahead_on_like_hours() -> None:
    # 250.456 GFLOP · 14.8e12 tokens / (2.664e6 h · 3,600 s) = 386.5 TFLOP/s, below the 400 that Meta measured
    work = transformer.training_flop_per_token(V3, 4096)
    rate = training_compute.achieved_flop_per_s(work, V3_RUN.tokens, V3_RUN.gpu_hours_pretraining)
    assert rate == pytest.approx(386.5e12, rel=1e-3)
    assert rate < LLAMA_RUN.running_flop_per_s
    # an independent estimate published on 8 January 2025 finds 37 per cent of the BF16 peak
    assert training_compute.utilisation(rate, 989.4e12) == pytest.approx(0.37, abs=0.03)


def test_work_of_published_runs() -> None:
    # 6 · 37e9 · 14.8e12; Meta states 3.8e25 for 405e9 and 15.6e12 (arXiv 2407.21783, section 3.2.1)
    assert training_compute.six_n_d(37e9, 14.8e12) == pytest.approx(3.2856e24, rel=1e-12)
    assert training_compute.six_n_d(405e9, 15.6e12) == pytest.approx(3.8e25, rel=0.005)


def test_rate_and_hours_are_inverse() -> None:
    hours = training_compute.hours_at_rate(250e9, 14.8e12, 386e12)
    assert training_compute.achieved_flop_per_s(250e9, 14.8e12, hours) == pytest.approx(386e12, rel=1e-12)
    # 1e15 operations a second for one hour are 3.6e18
    assert training_compute.achieved_flop_per_s(3.6e6, 1e12, 1.0) == pytest.approx(1e15, rel=1e-12)


def test_utilisation_as_meta_states_it() -> None:
    # 400, 430 and 380 TFLOP/s are stated as 41, 43 and 38 per cent of 989 (arXiv 2407.21783, table 4)
    found = training_compute.utilisation(np.array([400e12, 430e12, 380e12]), 989e12)
    assert found == pytest.approx([0.41, 0.43, 0.38], abs=0.006)


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
