"""What a training run costs, on four bases: rented hours, owned hours, the programme, the fleet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shortcase.model.annuity import HOURS_PER_YEAR, hourly_charge


def rented(gpu_hours: Any, usd_per_gpu_hour: Any) -> Any:
    """Cost of the final run at a rental price: what an outsider would pay for those hours and nothing else.

    Equation: GPU-hours · price of an hour

    Units: dollars. Shapes broadcast.

    >>> rented(gpu_hours=2.788e6, usd_per_gpu_hour=2.0)
    5576000.0

    Source: DeepSeek-V3 Technical Report, arXiv 2412.19437, table 1.
    """
    return gpu_hours * usd_per_gpu_hour


@dataclass(frozen=True)
class Ownership:
    """What it takes to own a GPU: price of the card, whole installed system over the card, and running costs.

    busy_share is hours worked over hours owned; space and staff of the data centre are dollars a year for one GPU.
    """

    gpu_price_usd: Any
    system_factor: Any
    cost_of_capital: Any
    life_years: Any
    power_kw: Any
    electricity_usd_per_kwh: Any
    space_usd_per_year: Any
    busy_share: Any


def owned_hour(terms: Ownership) -> Any:
    """Cost of a useful hour of a GPU that one owns.

    Equation: (price · system factor · CRF / 8,760 + power · electricity + space / 8,760) / busy share

    CRF: capital recovery factor at the cost of capital over the life.
    Units: dollars a GPU-hour. Shapes broadcast.

    >>> round(float(owned_hour(Ownership(25e3, 1.35, 0.12, 4.0, 1.3, 0.08, 1050.0, 0.95))), 2)
    1.57

    Source: the capital recovery factor with running costs; the parts are those of Cottier et al., arXiv 2405.21015.
    """
    capital = hourly_charge(terms.gpu_price_usd * terms.system_factor, terms.cost_of_capital, terms.life_years)
    running = terms.power_kw * terms.electricity_usd_per_kwh + terms.space_usd_per_year / HOURS_PER_YEAR
    return (capital + running) / terms.busy_share


def programme(final_run_usd: Any, compute_multiple: Any, staff_usd: Any) -> Any:
    """Cost of getting to the final run: all compute of the programme, and the people.

    Equation: final run · compute multiple + staff

    compute_multiple: experiments, failed runs and the final run, over the final run.
    Units: dollars. Shapes broadcast.

    >>> programme(final_run_usd=5.0, compute_multiple=2.0, staff_usd=40.0)
    50.0

    Source: Cottier et al. 2024, arXiv 2405.21015, section 2.4.
    """
    return final_run_usd * compute_multiple + staff_usd


def staff(people: Any, usd_per_person_year: Any, years: Any) -> Any:
    """Cost of the people behind a model.

    Equation: people · yearly cost · years

    Units: dollars. Shapes broadcast.

    >>> staff(people=200, usd_per_person_year=300e3, years=0.5)
    30000000.0

    Source: arithmetic.
    """
    return people * usd_per_person_year * years


def staff_from_share(compute_usd: Any, staff_share: Any) -> Any:
    """Cost of the people, where only their share in the whole is published.

    Equation: compute · s / (1 − s)

    compute_usd: all compute of the programme; s: share of staff in the whole.
    Units: dollars. Shapes broadcast.

    >>> round(staff_from_share(compute_usd=60.0, staff_share=0.4), 6)
    40.0

    Source: Cottier et al. 2024, arXiv 2405.21015, figure on development costs: staff are 29 to 49 per cent.
    """
    return compute_usd * staff_share / (1.0 - staff_share)


def fleet(gpus: Any, gpu_price_usd: Any, system_factor: Any) -> Any:
    """Outlay for the cluster that the run occupied.

    Equation: GPUs · price · system factor

    Units: dollars. Shapes broadcast.

    >>> round(fleet(gpus=2048, gpu_price_usd=25e3, system_factor=1.35) / 1e6, 2)
    69.12

    Source: arithmetic.
    """
    return gpus * gpu_price_usd * system_factor
