"""What a training run costs, on four bases: rented hours, owned hours, the programme, the fleet."""

from __future__ import annotations

from shortcase.model.quantity import Quantity
from shortcase.model.valuation.annuity import hourly_charge


def rented(gpu_hours: Quantity, usd_per_gpu_hour: Quantity) -> Quantity:
    """Cost of the final run at a rental price: what an outsider would pay for those hours and nothing else.

    Equation: GPU-hours · price of an hour

    Units: dollars. Shapes broadcast.

    >>> rented(gpu_hours=2.788e6, usd_per_gpu_hour=2.0)
    5576000.0

    Source: DeepSeek-V3 Technical Report, arXiv 2412.19437, table 1.
    """
    return gpu_hours * usd_per_gpu_hour


def owned_hour(
    gpu_price_usd: Quantity,
    running_cost_usd: Quantity,
    cost_of_capital: Quantity,
    life_years: Quantity,
    *,
    busy_share: Quantity,
) -> Quantity:
    """Cost of a useful hour of a GPU that one owns.

    Equation: (price + o) · CRF / 8,760 / busy share

    gpu_price_usd: the card; running_cost_usd: o, its server, power and space over its life, in present value; CRF: the
    capital recovery factor at the cost of capital over the life; busy_share: hours worked over hours owned.
    Units: dollars a GPU-hour. Shapes broadcast.

    >>> round(float(owned_hour(30_000.0, 10_000.0, 0.12, 4.0, busy_share=0.95)), 2)
    1.58

    Source: the capital recovery factor; the parts are those of Cottier et al., arXiv 2405.21015.
    """
    return hourly_charge(gpu_price_usd + running_cost_usd, cost_of_capital, life_years) / busy_share


def programme(final_run_usd: Quantity, compute_multiple: Quantity, staff_usd: Quantity) -> Quantity:
    """Cost of getting to the final run: all compute of the programme, and the people.

    Equation: final run · compute multiple + staff

    compute_multiple: experiments, failed runs and the final run, over the final run.
    Units: dollars. Shapes broadcast.

    >>> programme(final_run_usd=5.0, compute_multiple=2.0, staff_usd=40.0)
    50.0

    Source: Cottier et al. 2024, arXiv 2405.21015, section 2.4.
    """
    return final_run_usd * compute_multiple + staff_usd


def staff(people: Quantity, usd_per_person_year: Quantity, years: Quantity) -> Quantity:
    """Cost of the people behind a model.

    Equation: people · yearly cost · years

    Units: dollars. Shapes broadcast.

    >>> staff(people=200, usd_per_person_year=300e3, years=0.5)
    30000000.0

    Source: arithmetic.
    """
    return people * usd_per_person_year * years


def programme_from_share(final_run_usd: Quantity, compute_multiple: Quantity, staff_share: Quantity) -> Quantity:
    """Cost of the programme where not the people but their share in the whole is known.

    Equation: final run · compute multiple / (1 − s)

    s: share of staff in the whole, below one.
    Units: dollars. Shapes broadcast.

    >>> round(programme_from_share(final_run_usd=30.0, compute_multiple=2.0, staff_share=0.4), 6)
    100.0

    Source: Cottier et al. 2024, arXiv 2405.21015: research staff are 29 to 49 per cent of development costs.
    """
    return final_run_usd * compute_multiple / (1.0 - staff_share)


def fleet(gpus: Quantity, gpu_price_usd: Quantity, server_usd: Quantity) -> Quantity:
    """Outlay for the cluster that the run occupied.

    Equation: GPUs · (price + server and network of one)

    Units: dollars. Shapes broadcast.

    >>> round(fleet(gpus=2048, gpu_price_usd=25e3, server_usd=8_750.0) / 1e6, 2)
    69.12

    Source: arithmetic.
    """
    return gpus * (gpu_price_usd + server_usd)
