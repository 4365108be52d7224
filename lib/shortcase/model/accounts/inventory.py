"""A firm that orders ahead of demand: what its rule of ordering does to its stock when demand turns.

Everything is at cost. Sales are known by the quarter and spread evenly over its months; the firm decides every month,
and what it orders arrives a fixed number of months later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from shortcase.model.quantity import Quantity

MONTHS = 3


@dataclass(frozen=True)
class OrderRule:
    """How a firm decides what to order, each month.

    smoothing: weight of the latest sales in what it expects; adjustment: part of a gap in its stock that it orders away
    at once; supply_line_weight: how much of what is on the way it keeps in mind (all shares); cover_months: stock that
    it wants, in months of sales; growth: growth a month that it counts on; lead_months: whole numbers, above zero.
    """

    smoothing: Quantity
    adjustment: Quantity
    supply_line_weight: Quantity
    cover_months: Quantity
    growth: Quantity
    lead_months: Quantity


@dataclass(frozen=True)
class Flow:
    """Stock at the end of each quarter and supplies received during it, at cost, quarters last."""

    inventory: Quantity
    receipts: Quantity


def inventory_path(rule: OrderRule, sales_at_cost: Quantity, opening_usd: Quantity) -> Flow:
    """Stock and supplies of a firm that orders by the rule, from the sales that it made.

    Equation: each month F = θ·C + (1 − θ)·F₋; D = F·(1 + g)^λ; I = max(0, I₋ + O₋λ − C);
    O = max(0, D + α·(c·F − I + β·((λ − 1)·D − Q)))

    C: sales at cost of the month; F: sales expected; D: the same for the month in which the order arrives; I: stock;
    Q: ordered and not yet here; O: the order. sales_at_cost: of each quarter, beginning with the last before the run,
    in which orders had kept up with growth; opening_usd: stock at its end.
    Units: those of the sales. Shapes: quarters on the last axis of the sales; the rest broadcasts.

    >>> rule = OrderRule(1.0, 0.5, 1.0, cover_months=2.0, growth=0.0, lead_months=1)
    >>> inventory_path(rule, np.array([30.0, 30.0, 15.0]), 20.0).inventory.tolist()
    [20.0, 15.0]

    Source: Sterman 1989, Modeling Managerial Behavior, Management Science 35(3), 321-339, equations of the stock
    management task; growth and the desired supply line for it are added.
    """
    before = sales_at_cost[..., 0] / MONTHS
    expected, held = before, opening_usd * 1.0
    line = before * (1.0 + rule.growth) * _each_month(rule.growth, rule.lead_months)
    orders: list[Any] = []
    inventory, receipts = [], []
    for quarter in range(1, np.shape(sales_at_cost)[-1]):
        sold = sales_at_cost[..., quarter] / MONTHS
        received: Any = 0.0
        for _ in range(MONTHS):
            arrived = before * (1.0 + rule.growth) ** (len(orders) + 1.0)  # ordered before the run
            for ago, order in enumerate(reversed(orders), start=1):
                due = rule.lead_months == ago
                arrived = arrived if due is False else np.where(due, order, arrived)  # a bare number chooses by itself
            received = received + arrived
            held = np.maximum(0.0, held + arrived - sold)
            line = line - arrived
            expected = rule.smoothing * sold + (1.0 - rule.smoothing) * expected
            demand = expected * (1.0 + rule.growth) ** rule.lead_months
            short = (rule.lead_months - 1.0) * demand - line
            gap = rule.cover_months * expected - held + rule.supply_line_weight * short
            orders.append(np.maximum(0.0, demand + rule.adjustment * gap))
            line = line + orders[-1]
        inventory.append(held)
        receipts.append(received)
    return Flow(inventory=np.stack(inventory, axis=-1), receipts=np.stack(receipts, axis=-1))


def _each_month(growth: Quantity, months: Quantity) -> Quantity:
    # Σ (1 + g)^k over k = 0 … n − 1, in closed form, so that the number of months may be an array as well.
    still = np.equal(growth, 0.0)
    return np.where(still, months, np.expm1(months * np.log1p(growth)) / np.where(still, 1.0, growth))


def months_of_cover(inventory_usd: Quantity, cost_usd: Quantity) -> Quantity:
    """Stock in months of sales at cost, on average over some quarters.

    Equation: c = 3 · mean(I / C)

    inventory_usd: I at the ends of the quarters; cost_usd: C of each. Units: months. Shapes: quarters last.

    >>> float(months_of_cover(np.array([10.0, 30.0]), np.array([10.0, 10.0])))
    6.0

    Source: definition.
    """
    return MONTHS * np.mean(inventory_usd / cost_usd, axis=-1)


def inventory_for(quarter_at_cost: Quantity, cover_months: Quantity) -> Quantity:
    """Stock that is so many months of a quarter's sales.

    Equation: I = c · C / 3

    Units: those of the sales. Shapes broadcast.

    >>> inventory_for(30.0, 2.0)
    20.0

    Source: months_of_cover turned round.
    """
    return cover_months * quarter_at_cost / MONTHS


def growth_a_period(before_usd: Quantity, after_usd: Quantity, periods: Quantity) -> Quantity:
    """Growth a month or a year, if it was the same in each, between two sales.

    Equation: g = (S₁ / S₀)^(1/n) − 1

    periods: n between the two. Units: a share a period. Shapes broadcast.

    >>> round(growth_a_period(100.0, 200.0, 12.0), 5)
    0.05946

    Source: definition.
    """
    return (after_usd / before_usd) ** (1.0 / periods) - 1.0


def at_cost(sales_usd: Quantity, gross_margin: Quantity) -> Quantity:
    """What the goods sold cost, at an unchanged margin.

    Equation: C = S · (1 − m)

    So write-downs and cuts of price do not enter. Units: those of the sales. Shapes broadcast.

    >>> at_cost(100.0, 0.75)
    25.0

    Source: definition of the gross margin.
    """
    return sales_usd * (1.0 - gross_margin)


def received(cost_usd: Quantity, inventory_before_usd: Quantity, inventory_after_usd: Quantity) -> Quantity:
    """Supplies that came in during a quarter, from a firm's accounts.

    Equation: A = C + I₁ − I₀

    cost_usd: cost of revenue, in which write-downs of stock are contained. Units: dollars. Shapes broadcast.

    >>> received(10.0, 5.0, 8.0)
    13.0

    Source: what comes in is sold, written down or still there.
    """
    return cost_usd + inventory_after_usd - inventory_before_usd


def misfit(computed: Quantity, observed: Quantity) -> Quantity:
    """How far a computed path is from the observed one, as a share of it.

    Equation: e = √(mean((x / y − 1)²))

    Units: a share. Shapes: periods last.

    >>> round(float(misfit(np.array([1.1, 0.9]), np.array([1.0, 1.0]))), 6)
    0.1

    Source: root of the mean squared relative error.
    """
    return np.sqrt(np.mean((computed / observed - 1.0) ** 2, axis=-1))


def largest_miss(computed: Quantity, observed: Quantity) -> Quantity:
    """The farthest that a computed path is from the observed one in any period, as a share of it.

    Equation: max |x / y − 1|

    Units: a share. Shapes: periods last.

    >>> round(float(largest_miss(np.array([1.1, 0.8]), np.array([1.0, 1.0]))), 6)
    0.2

    Source: definition.
    """
    return np.max(np.abs(computed / observed - 1.0), axis=-1)


def best_lead(
    rule: OrderRule, sales_at_cost: Quantity, opening_usd: Quantity, observed_usd: Quantity, leads: Sequence[int]
) -> Quantity:
    """Which lead makes the rule's stock come nearest to the one observed.

    Equation: the λ for which √(mean((I/I_observed − 1)²)) is least

    Arguments as for the stock; the rule's own lead is not used. observed_usd: stock at the ends of the quarters of the
    run; leads: those that are tried, in months. Units: months. Shapes: quarters last.

    >>> rule = OrderRule(0.36, 0.26, 0.34, cover_months=2.7, growth=0.03, lead_months=4)
    >>> made = inventory_path(rule, np.array([30.0, 33.0, 22.0, 20.0]), 27.0).inventory
    >>> int(best_lead(rule, np.array([30.0, 33.0, 22.0, 20.0]), 27.0, made, (3, 4, 5)))
    4

    Source: least squares.
    """
    best: Any = float(leads[0])
    least = misfit(
        inventory_path(replace(rule, lead_months=leads[0]), sales_at_cost, opening_usd).inventory, observed_usd
    )
    for lead in leads[1:]:
        found = misfit(
            inventory_path(replace(rule, lead_months=lead), sales_at_cost, opening_usd).inventory, observed_usd
        )
        best, least = np.where(found < least, float(lead), best), np.minimum(found, least)
    return best


def largest_excess(inventory_usd: Quantity, sales_at_cost: Quantity, cover_months: Quantity) -> Quantity:
    """The most that a firm ever holds beyond the stock that its sales call for.

    Equation: max(I − c·C/3)

    inventory_usd and sales_at_cost: of the same quarters; cover_months: c. Units: dollars. Shapes: quarters last.

    >>> float(largest_excess(np.array([10.0, 20.0]), np.array([12.0, 6.0]), 2.0))
    16.0

    Source: definition.
    """
    return np.max(inventory_usd - np.expand_dims(cover_months, -1) * sales_at_cost / MONTHS, axis=-1)


def excess(inventory_usd: Quantity, quarter_at_cost: Quantity, cover_months: Quantity) -> Quantity:
    """What a firm holds beyond the stock that its sales call for, at the end of a quarter.

    Equation: E = I − c·C/3

    inventory_usd and quarter_at_cost: of the same quarter; cover_months: c. Units: dollars. Shapes broadcast.

    >>> excess(20.0, 6.0, 2.0)
    16.0

    Source: definition.
    """
    return inventory_usd - inventory_for(quarter_at_cost, cover_months)


def fall(path: Quantity) -> Quantity:
    """How far a path falls from its highest point to the lowest after it, as a share.

    Equation: 1 − min over t of x_t / max over s ≤ t of x_s

    Units: a share. Shapes: periods last.

    >>> float(fall(np.array([8.0, 10.0, 5.0, 7.0])))
    0.5

    Source: definition (drawdown).
    """
    highest = path[..., 0]
    lowest_share: Any = 1.0
    for period in range(1, np.shape(path)[-1]):
        highest = np.maximum(highest, path[..., period])
        lowest_share = np.minimum(lowest_share, path[..., period] / highest)
    return 1.0 - lowest_share


def margin_after_charge(gross_margin: Quantity, charge_usd: Quantity, sales_usd: Quantity) -> Quantity:
    """Gross margin of a quarter in which stock is written down.

    Equation: m₁ = m − W / S

    Units: a share. Shapes broadcast.

    >>> round(margin_after_charge(0.75, 5.0, 20.0), 4)
    0.5

    Source: a write-down is part of the cost of revenue.
    """
    return gross_margin - charge_usd / sales_usd
