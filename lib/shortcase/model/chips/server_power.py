"""What an accelerator draws with its share of the server around it."""

from __future__ import annotations

from shortcase.model.quantity import Quantity


def watts_each(server_watts: Quantity, accelerators: Quantity) -> Quantity:
    """Power of one accelerator with its share of processors, fans and links.

    Equation: W = S / n

    server_watts: S, the most that the whole server draws; accelerators: n in it. Units: watts. Shapes broadcast.

    >>> watts_each(server_watts=10_200.0, accelerators=8)
    1275.0

    Source: definition.
    """
    return server_watts / accelerators


def watts_of_another(
    server_watts: Quantity, accelerators: Quantity, own_watts: Quantity, other_watts: Quantity
) -> Quantity:
    """Power of another accelerator with its share of the same server.

    Equation: W′ = S / n − w + w′

    own_watts: w of the accelerator that the server was measured with; other_watts: w′ of the one that takes its place.
    Units: watts. Shapes broadcast. Processors, fans and links are taken to draw what they drew.

    >>> watts_of_another(server_watts=10_200.0, accelerators=8, own_watts=700.0, other_watts=750.0)
    1325.0

    Source: definition.
    """
    return watts_each(server_watts, accelerators) - own_watts + other_watts
