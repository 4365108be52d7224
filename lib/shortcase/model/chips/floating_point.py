"""Small floating-point formats: what they can represent, and what rounding to them does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shortcase.model.quantity import Quantity


@dataclass(frozen=True)
class FloatFormat:
    """A binary format: bits of exponent and mantissa besides the sign, and what its top exponent is kept for.

    ieee is one where the top exponent is reserved (as in IEEE 754) and zero where only one code a sign is (E4M3).
    """

    exponent_bits: Quantity
    mantissa_bits: Quantity
    ieee: Quantity


E4M3 = FloatFormat(exponent_bits=4, mantissa_bits=3, ieee=0)
E5M2 = FloatFormat(exponent_bits=5, mantissa_bits=2, ieee=1)
BF16 = FloatFormat(exponent_bits=8, mantissa_bits=7, ieee=1)
FP32 = FloatFormat(exponent_bits=8, mantissa_bits=23, ieee=1)


def bits(form: FloatFormat) -> Quantity:
    """Bits of a number in the format.

    Equation: 1 + exponent bits + mantissa bits

    Units: bits.

    >>> bits(E4M3), bits(BF16)
    (8, 16)

    Source: Micikevicius et al. 2022, FP8 Formats for Deep Learning, arXiv 2209.05433, table 1.
    """
    return 1 + form.exponent_bits + form.mantissa_bits


def bias(form: FloatFormat) -> Quantity:
    """Offset of the exponent.

    Equation: 2^(e − 1) − 1

    Units: powers of two.

    >>> bias(E4M3), bias(E5M2)
    (7, 15)

    Source: Micikevicius et al. 2022, arXiv 2209.05433, table 1.
    """
    return 2 ** (form.exponent_bits - 1) - 1


def largest(form: FloatFormat) -> Quantity:
    """Largest finite value.

    Equation: IEEE: 2^(2ᵉ − 2 − bias) · (2 − 2⁻ᵐ); E4M3, which keeps one code for NaN: 2^(2ᵉ − 1 − bias) · (2 − 2·2⁻ᵐ)

    Units: one.

    >>> float(largest(E4M3)), float(largest(E5M2))
    (448.0, 57344.0)

    Source: Micikevicius et al. 2022, arXiv 2209.05433, table 1.
    """
    top = 2.0 ** (2**form.exponent_bits - 1 - form.ieee - bias(form))
    return top * (2.0 - (2.0 - form.ieee) * 2.0 ** (-1.0 * form.mantissa_bits))


def smallest(form: FloatFormat) -> Quantity:
    """Smallest value above zero, which is subnormal.

    Equation: 2^(1 − bias − m)

    Units: one.

    >>> smallest(E4M3) == 2**-9, smallest(E5M2) == 2**-16
    (True, True)

    Source: Micikevicius et al. 2022, arXiv 2209.05433, table 1.
    """
    return 2.0 ** (1.0 - bias(form) - form.mantissa_bits)


def dynamic_range(form: FloatFormat) -> Quantity:
    """Largest over smallest value above zero.

    Equation: largest / smallest

    Units: ratio.

    >>> float(dynamic_range(E4M3))
    229376.0

    Source: Micikevicius et al. 2022, arXiv 2209.05433, table 1.
    """
    return largest(form) / smallest(form)


def finite_values(form: FloatFormat) -> Quantity:
    """How many different finite values there are, plus and minus zero counted once.

    Equation: 2ᵇ − 1 − codes for infinity and NaN: 2·2ᵐ with an IEEE top exponent, otherwise 2

    Units: values.

    >>> finite_values(E4M3), finite_values(E5M2)
    (253, 247)

    Source: Micikevicius et al. 2022, arXiv 2209.05433, table 1.
    """
    special = 2 * (form.ieee * 2**form.mantissa_bits + (1 - form.ieee))
    return 2 ** bits(form) - 1 - special


def rounded(x: Quantity, form: FloatFormat) -> Quantity:
    """Values rounded to the nearest that the format has, ties to even, held at its largest.

    Equation: round(x / u)·u with u = 2^(max(⌊log₂|x|⌋, 1 − bias) − m), clipped to ± largest

    x: an array or float.
    Units: those of x.

    >>> rounded(np.array([0.3, 100.0, 500.0, 2.0**-11]), E4M3).tolist()
    [0.3125, 96.0, 448.0, 0.0]

    Source: Micikevicius et al. 2022, arXiv 2209.05433, section 3.
    """
    size = np.maximum(np.abs(x), smallest(form))
    unit = 2.0 ** (np.maximum(np.floor(np.log2(size)), 1.0 - bias(form)) - form.mantissa_bits)
    return np.clip(np.round(x / unit) * unit, -largest(form), largest(form))


def rounded_in_tiles(x: Quantity, form: FloatFormat, tile: int) -> Quantity:
    """Values rounded with one scale factor for each run of neighbours, so that the largest of a run fills the format.

    Equation: s = largest / max|x in tile|; rounded(s·x) / s

    x: values in one row whose length is a multiple of tile; tile: values that share a scale.
    Units: those of x.

    >>> rounded_in_tiles(np.array([1.0, 2.0, 1e9, 1e9]), E4M3, tile=2).tolist()
    [1.0, 2.0, 1000000000.0, 1000000000.0]

    Source: DeepSeek-V3 Technical Report, arXiv 2412.19437, section 3.3.2, with tiles of one by 128.
    """
    runs = x.reshape(-1, tile)
    scale = largest(form) / np.max(np.abs(runs), axis=1, keepdims=True)
    return (rounded(runs * scale, form) / scale).reshape(x.shape)


def median_relative_error(x: Quantity, approximation: Quantity) -> Quantity:
    """Typical error of rounded values.

    Equation: median of |x̂ − x| / |x|

    Units: share of one.

    >>> float(median_relative_error(np.array([1.0, 2.0, 4.0]), np.array([1.1, 2.0, 4.0])))
    0.0

    Source: arithmetic.
    """
    return np.median(np.abs(approximation - x) / np.abs(x))


def row_with_outlier(rng: np.random.Generator, length: int, strength: float) -> Quantity:
    """A row of normal values in which one is larger by a given factor.

    Equation: x ~ N(0, 1), x₀ := strength

    Units: one. Randomness comes from the generator that is handed in.

    >>> row_with_outlier(np.random.default_rng(0), length=4, strength=50.0)[0]
    np.float64(50.0)

    Source: outlier features as in Dettmers et al. 2022, LLM.int8(), arXiv 2208.07339, section 4.
    """
    return np.concatenate(([strength], rng.standard_normal(length - 1)))


@dataclass(frozen=True)
class TrainingState:
    """Bytes that training keeps for each parameter; unsharded, activations not counted."""

    weight_bytes: Quantity
    master_weight_bytes: Quantity
    gradient_bytes: Quantity
    first_moment_bytes: Quantity
    second_moment_bytes: Quantity


FULL_FP32 = TrainingState(0, 4, 4, 4, 4)
MIXED_BF16 = TrainingState(2, 4, 2, 4, 4)
DEEPSEEK_FP8 = TrainingState(1, 4, 4, 2, 2)


def state_bytes(state: TrainingState) -> Quantity:
    """Training state for each parameter.

    Equation: working weight + master weight + gradient + first moment + second moment

    Units: bytes a parameter.

    >>> state_bytes(FULL_FP32), state_bytes(MIXED_BF16), state_bytes(DEEPSEEK_FP8)
    (16, 16, 13)

    Source: Rajbhandari et al. 2020, ZeRO, arXiv 1910.02054, section 3.1; DeepSeek-V3 Technical Report,
    arXiv 2412.19437, section 3.3.3.
    """
    return (
        state.weight_bytes
        + state.master_weight_bytes
        + state.gradient_bytes
        + state.first_moment_bytes
        + state.second_moment_bytes
    )
