"""How much of a round wafer becomes chips."""

from __future__ import annotations

import numpy as np

from shortcase.model.quantity import Quantity


def wafer_area(diameter_mm: Quantity) -> Quantity:
    """Area of the whole wafer.

    Equation: A = π·(d / 2)²

    Units: square millimetres. Shapes broadcast.

    >>> print(round(wafer_area(300.0)))
    70686

    Source: geometry.
    """
    return np.pi * diameter_mm * diameter_mm / 4.0


def gross_dies(die_area_mm2: Quantity, diameter_mm: Quantity = 300.0) -> Quantity:
    """Whole dies that one wafer gives before any is tested.

    Equation: n = ⌊π·(d / 2)² / S − π·d / √(2·S)⌋

    die_area_mm2: S, scribe lines included; diameter_mm: d. The second term takes off the dies that the edge cuts.
    Units: dies. Shapes broadcast.

    >>> print(gross_dies(die_area_mm2=814.0))
    63.0

    Source: the usual estimate of gross dies per wafer, one of those compared by de Vries, Investigation of Gross Die
    Per Wafer Formulas, IEEE Transactions on Semiconductor Manufacturing 18(1), 2005.
    """
    edge = np.pi * diameter_mm / np.sqrt(2.0 * die_area_mm2)
    return np.floor(wafer_area(diameter_mm) / die_area_mm2 - edge)


def used_share(die_area_mm2: Quantity, dies: Quantity, diameter_mm: Quantity = 300.0) -> Quantity:
    """Share of the wafer's area that ends up in dies.

    Equation: u = n·S / (π·(d / 2)²)

    Units: share of one. Shapes broadcast.

    >>> print(round(used_share(die_area_mm2=46_225.0, dies=1.0), 3))
    0.654

    Source: geometry.
    """
    return dies * die_area_mm2 / wafer_area(diameter_mm)
