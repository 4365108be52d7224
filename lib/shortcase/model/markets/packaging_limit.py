"""How many accelerators rivals can have built: wafers of advanced packaging, and the memory stacked beside the chip."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shortcase.model.quantity import Quantity


@dataclass(frozen=True)
class Packaging:
    """How the wafers of advanced packaging are divided, and what each side makes of one.

    rival_wafer_share: of all wafers, what goes to others than the leader. The packages are those of one wafer, before
    any is lost; the performances are those of one package, both in the same unit, such as H100-equivalents.
    """

    rival_wafer_share: Quantity
    rival_packages_per_wafer: Quantity
    rival_performance: Quantity
    leader_packages_per_wafer: Quantity
    leader_performance: Quantity


def packages(wafers: Quantity, share: Quantity, per_wafer: Quantity) -> Quantity:
    """Packages that a share of the wafers gives.

    Equation: N = W·w·k

    wafers: W, of a year; share: w of them; per_wafer: k packages on one, by the size of the interposer.
    Units: packages, before any is lost. Shapes broadcast.

    >>> packages(wafers=600_000.0, share=0.25, per_wafer=20.0)
    3000000.0

    Source: definition.
    """
    return wafers * share * per_wafer


def packages_with_memory(
    memory_usd: Quantity, share: Quantity, usd_per_gb: Quantity, gb_per_package: Quantity
) -> Quantity:
    """Packages that a share of the stacked memory can fill.

    Equation: N = M·h / (p·G)

    memory_usd: M, sales of stacked memory in a year; share: h of it; usd_per_gb: p; gb_per_package: G, decimal.
    Units: packages. Shapes broadcast.

    >>> packages_with_memory(memory_usd=40e9, share=0.25, usd_per_gb=10.0, gb_per_package=100.0)
    10000000.0

    Source: definition.
    """
    return memory_usd * share / (usd_per_gb * gb_per_package)


def buildable(by_packaging: Quantity, by_memory: Quantity) -> Quantity:
    """Packages that can be finished: each needs its place on a wafer and its memory.

    Equation: N = min(N_packaging, N_memory)

    Units: packages. Shapes broadcast.

    >>> print(buildable(by_packaging=3e6, by_memory=1e7))
    3000000.0

    Source: two inputs in fixed proportions (Leontief).
    """
    return np.minimum(by_packaging, by_memory)


def rival_output_share(packaging: Packaging) -> Quantity:
    """Share of all computing power made in a year that rivals make.

    Equation: x = w·k_r·r / ( w·k_r·r + (1 − w)·k_n·n )

    w: rivals' share of the wafers; k: packages on a wafer and r, n: performance of one, rivals' and the leader's.
    Units: share of one. Fields broadcast.

    >>> rival_output_share(Packaging(0.4, 15.0, 1.0, 10.0, 3.0))
    0.25

    Source: definition.
    """
    rivals = packaging.rival_wafer_share * packaging.rival_packages_per_wafer * packaging.rival_performance
    others = 1.0 - packaging.rival_wafer_share
    leader = others * packaging.leader_packages_per_wafer * packaging.leader_performance
    return rivals / (rivals + leader)


def wafer_share_for(output_share: Quantity, packaging: Packaging) -> Quantity:
    """Share of the wafers that rivals must have to make a given share of the computing power.

    Equation: w = x·k_n·n / ( x·k_n·n + (1 − x)·k_r·r )

    output_share: x. The share of the wafers in `packaging` is not read. Units: share of one. Shapes broadcast.

    >>> round(wafer_share_for(0.25, Packaging(0.0, 15.0, 1.0, 10.0, 3.0)), 6)
    0.4

    Source: rival_output_share solved for the share of the wafers.
    """
    leader = output_share * packaging.leader_packages_per_wafer * packaging.leader_performance
    rivals = (1.0 - output_share) * packaging.rival_packages_per_wafer * packaging.rival_performance
    return leader / (leader + rivals)


def sales_per_wafer(sales_usd: Quantity, wafers: Quantity, share: Quantity) -> Quantity:
    """What a seller takes in for each of its wafers.

    Equation: s = S / (W·w)

    sales_usd: S; wafers: W, of all sellers; share: w of them. Units: dollars for a wafer. Shapes broadcast.

    >>> sales_per_wafer(sales_usd=150e9, wafers=600_000.0, share=0.5)
    500000.0

    Source: definition.
    """
    return sales_usd / (wafers * share)


def output(wafers: Quantity, share: Quantity, per_wafer: Quantity, performance: Quantity) -> Quantity:
    """Computing power that a share of the wafers carries.

    Equation: C = W·w·k·r

    performance: r of one package; the rest as for the packages. Units: those of the performance. Shapes broadcast.

    >>> output(wafers=600_000.0, share=0.25, per_wafer=20.0, performance=0.5)
    1500000.0

    Source: definition.
    """
    return packages(wafers, share, per_wafer) * performance


def wafer_share_after(share_now: Quantity, gain: Quantity, years: Quantity) -> Quantity:
    """Share of the wafers after some years, when the first of them is booked and each later one brings a gain.

    Equation: w(t) = min( 1, max( 0, w₀ + g·max(t − 1, 0) ) )

    gain: g a year, in points of the share. Units: share of one, years. Shapes broadcast.

    >>> print(wafer_share_after(share_now=0.375, gain=0.125, years=3.0))
    0.625

    Source: definition.
    """
    return np.clip(share_now + gain * np.maximum(years - 1.0, 0.0), 0.0, 1.0)
