"""`parallel_axes` against published values and figures worked by hand."""

from __future__ import annotations

import pytest

from shortcase.model.chips import parallel_axes

LLAMA = parallel_axes.Layout(tensor=8, pipeline=16, data=128, tokens_per_step=2**24)


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
