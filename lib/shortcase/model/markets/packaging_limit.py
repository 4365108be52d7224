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
