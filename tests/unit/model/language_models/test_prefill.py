"""`prefill` against published values and figures worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from shortcase.facts import table
from shortcase.model.language_models import (
    prefill,
    transformer,
)
from shortcase.model.language_models.transformer import Transformer

AS_OF = "2025-01-25"


def shaped(name: str) -> Transformer:
    return table("language_models", AS_OF).row(name).into(Transformer)


def test_a_cached_front_saves_less_than_its_share() -> None:
    llama = shaped("llama_3_1_70b")
    whole = float(prefill.prompt_flop(llama, 1e5))
    steps = sum(
        float(transformer.forward_flop_per_token(llama, t)) * 1000 for t in np.arange(50_500.0, 100_000.0, 1000.0)
    )
    assert float(prefill.prompt_flop(llama, 1e5, 0.5)) == pytest.approx(steps, rel=1e-3)
    assert 0.25 < 1 - float(prefill.prompt_flop(llama, 1e5, 0.5)) / whole < 0.5
    cached = float(prefill.cached_share_for(llama, 1e5, 0.3))
    assert float(prefill.prompt_flop(llama, 1e5, cached)) == pytest.approx(0.3 * whole, rel=1e-9)


def test_a_wait_that_a_full_cache_leaves_does_not_shrink() -> None:
    # 11.5 s with nothing cached, 2.4 s with all: for 10 s, 7.6 of the 9.1 s that shrink may be left.
    left = prefill.work_left_for(10.0, 11.5, 2.4)
    assert left == pytest.approx(7.6 / 9.1)
    assert prefill.wait_with_fixed_part(11.5, 2.4, left) == pytest.approx(10.0)
    assert prefill.wait_with_fixed_part(11.5, 2.4, 0.0) == 2.4
