"""`floating_point` against published values and figures worked by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from shortcase.model.chips import floating_point as fp


def every_value(exponent_bits: int, mantissa_bits: int, *, ieee: bool) -> list[float]:
    """All finite values, decoded code by code as arXiv 2209.05433, section 3, defines them."""
    bias = 2 ** (exponent_bits - 1) - 1
    found = []
    for sign, e, m in itertools.product((1.0, -1.0), range(2**exponent_bits), range(2**mantissa_bits)):
        top = e == 2**exponent_bits - 1
        if top and (ieee or m == 2**mantissa_bits - 1):
            continue
        fraction = m / 2**mantissa_bits
        found.append(sign * (fraction * 2.0 ** (1 - bias) if e == 0 else (1 + fraction) * 2.0 ** (e - bias)))
    return found


@pytest.mark.parametrize(("form", "ieee"), [(fp.E4M3, False), (fp.E5M2, True)])
def test_limits_and_number_of_values(form: fp.FloatFormat, ieee: bool) -> None:
    values = every_value(form.exponent_bits, form.mantissa_bits, ieee=ieee)
    assert fp.largest(form) == max(values)
    assert fp.smallest(form) == min(v for v in values if v > 0)
    assert fp.finite_values(form) == len(set(values))
    assert fp.dynamic_range(form) == max(values) / min(v for v in values if v > 0)


def test_published_limits() -> None:
    # table 1 of arXiv 2209.05433
    assert (fp.largest(fp.E4M3), fp.largest(fp.E5M2)) == (448.0, 57_344.0)
    assert (fp.smallest(fp.E4M3), fp.smallest(fp.E5M2)) == (2.0**-9, 2.0**-16)
    assert fp.largest(fp.FP32) == float(np.finfo(np.float32).max)
    assert fp.finite_values(fp.E4M3) == 253


@pytest.mark.parametrize("form", [fp.E4M3, fp.E5M2])
def test_rounding_finds_the_nearest_value(form: fp.FloatFormat) -> None:
    values = np.array(sorted(set(every_value(form.exponent_bits, form.mantissa_bits, ieee=bool(form.ieee)))))
    rng = np.random.default_rng(3)
    x = rng.choice([-1.0, 1.0], 4000) * 2.0 ** rng.uniform(-18, np.log2(fp.largest(form)), 4000)
    nearest = np.abs(x[:, None] - values).min(axis=1)
    assert np.abs(fp.rounded(x, form) - x) == pytest.approx(nearest, abs=1e-15)
    assert fp.rounded(values, form).tolist() == values.tolist()
    assert fp.rounded(2.5 * fp.largest(form), form) == fp.largest(form)


def test_tiles_keep_small_values_beside_a_giant() -> None:
    row = fp.row_with_outlier(np.random.default_rng(5), 1024, 1e6)
    whole = fp.median_relative_error(row, fp.rounded_in_tiles(row, fp.E4M3, 1024))
    tiles = fp.median_relative_error(row, fp.rounded_in_tiles(row, fp.E4M3, 128))
    assert whole == 1.0  # most values are flushed to zero
    assert tiles < 0.04  # three bits of mantissa: at most 1/16, typically half of that or less


def test_without_an_outlier_tiles_hardly_matter() -> None:
    row = fp.row_with_outlier(np.random.default_rng(5), 1024, 1.0)
    whole = fp.median_relative_error(row, fp.rounded_in_tiles(row, fp.E4M3, 1024))
    tiles = fp.median_relative_error(row, fp.rounded_in_tiles(row, fp.E4M3, 128))
    assert whole == pytest.approx(tiles, abs=0.005)


def test_training_state() -> None:
    # ZeRO, section 3.1: mixed precision with Adam keeps 16 bytes; the FP8 recipe 1 + 4 + 4 + 2 + 2
    assert fp.state_bytes(fp.MIXED_BF16) == 16
    assert fp.state_bytes(fp.DEEPSEEK_FP8) == 13
    assert fp.state_bytes(fp.TrainingState(np.array([1, 2]), 4, 4, 2, 2)).tolist() == [13, 14]


def test_formats_broadcast() -> None:
    both = fp.FloatFormat(np.array([4, 5]), np.array([3, 2]), np.array([0, 1]))
    assert fp.largest(both).tolist() == [448.0, 57_344.0]
    assert fp.finite_values(both).tolist() == [253, 247]
