"""What a fleet of accelerators is for: one training run, the next one, and the people who use the model."""

from __future__ import annotations

from shortcase.model.quantity import Quantity

HOURS_PER_DAY = 24.0
SECONDS_PER_DAY = 86_400.0


def run_days(gpu_hours: Quantity, fleet: Quantity) -> Quantity:
    """Days that a run would keep a whole fleet busy.

    Equation: days = accelerator-hours / (24 · accelerators)

    Units: hours, a count, days. Shapes broadcast. Assumes that the run would spread over the fleet without loss.

    >>> round(run_days(2.788e6, 2_048), 1)
    56.7

    Source: definition.
    """
    return gpu_hours / (HOURS_PER_DAY * fleet)


def gpus_for_run(gpu_hours: Quantity, days: Quantity) -> Quantity:
    """Accelerators that a run occupies if it may take so many days.

    Equation: accelerators = accelerator-hours / (24 · days)

    Units: hours, days, a count. Shapes broadcast.

    >>> round(gpus_for_run(2.788e6, 90.0))
    1291

    Source: definition.
    """
    return gpu_hours / (HOURS_PER_DAY * days)


def gpus_for_serving(
    users: Quantity, tokens_per_user_per_day: Quantity, tokens_per_s_per_gpu: Quantity, utilisation: Quantity
) -> Quantity:
    """Accelerators that serving people takes.

    Equation: accelerators = users · tokens a day / (86,400 s · tokens a second an accelerator · utilisation)

    utilisation: average load over the peak that the fleet must carry, a share. Units: counts, tokens. Shapes broadcast.

    >>> round(gpus_for_serving(1e9, 2_000.0, 6_250.0, 0.3))
    12346

    Source: throughput and load.
    """
    return users * tokens_per_user_per_day / (SECONDS_PER_DAY * tokens_per_s_per_gpu * utilisation)
