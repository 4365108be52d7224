"""Work of a training run, and how fast the machines did it."""

from __future__ import annotations

from shortcase.model.quantity import Quantity

SECONDS_PER_HOUR = 3600.0


def six_n_d(active_parameters: Quantity, tokens: Quantity) -> Quantity:
    """Floating-point operations of a training run, attention left out.

    Equation: C = 6·N·D

    active_parameters: parameters that a token passes through; tokens: tokens seen, repeats counted.
    Units: FLOP. Shapes broadcast.

    >>> f"{six_n_d(active_parameters=37e9, tokens=14.8e12):.4g}"
    '3.286e+24'

    Source: Kaplan et al. 2020, arXiv 2001.08361, section 2.1.
    """
    return 6.0 * active_parameters * tokens


def achieved_flop_per_s(flop_per_token: Quantity, tokens: Quantity, gpu_hours: Quantity) -> Quantity:
    """Useful operations a second on each GPU, over all the hours paid for.

    Equation: FLOP per token · tokens / (GPU-hours · 3,600)

    Units: FLOP/s a GPU. Recomputed work is not useful work. Hours of restarts and idle time lower the figure where they
    are counted in, so two runs compare only on hours of the same kind.

    >>> f"{achieved_flop_per_s(flop_per_token=250e9, tokens=14.8e12, gpu_hours=2.664e6):.4g}"
    '3.858e+14'

    Source: Chowdhery et al. 2022, arXiv 2204.02311, appendix B (model FLOPs utilisation).
    """
    return flop_per_token * tokens / (gpu_hours * SECONDS_PER_HOUR)


def utilisation(achieved_flop_per_s: Quantity, peak_flop_per_s: Quantity) -> Quantity:
    """Model FLOPs utilisation.

    Equation: MFU = achieved / peak

    peak_flop_per_s: of the format that the comparison names, without sparsity.
    Units: share of one. Shapes broadcast.

    >>> round(utilisation(achieved_flop_per_s=400e12, peak_flop_per_s=989.4e12), 3)
    0.404

    Source: Chowdhery et al. 2022, arXiv 2204.02311, section 4.1.
    """
    return achieved_flop_per_s / peak_flop_per_s


def hours_at_rate(flop_per_token: Quantity, tokens: Quantity, flop_per_s: Quantity) -> Quantity:
    """GPU-hours that a run needs at a measured rate, nothing else counted.

    Equation: FLOP per token · tokens / (rate · 3,600)

    Units: GPU-hours. Shapes broadcast.

    >>> round(hours_at_rate(flop_per_token=2500e9, tokens=15.6e12, flop_per_s=400e12) / 1e6, 2)
    27.08

    Source: the definition of the achieved rate, solved for the hours.
    """
    return flop_per_token * tokens / (flop_per_s * SECONDS_PER_HOUR)
