"""How long it takes many processors to exchange data: latency and bandwidth, rings, and two levels of network."""

from __future__ import annotations

from shortcase.model.quantity import Quantity


def message_s(message_bytes: Quantity, bytes_per_s: Quantity, latency_s: Quantity) -> Quantity:
    """Time for one message between two processors.

    Equation: t = α + n / B

    message_bytes: n; bytes_per_s: B, one way; latency_s: α, to start.
    Units: seconds. Shapes broadcast.

    >>> message_s(message_bytes=50e9, bytes_per_s=50e9, latency_s=0.0)
    1.0

    Source: Hockney 1994, The communication challenge for MPP, Parallel Computing 20(3).
    """
    return latency_s + message_bytes / bytes_per_s


def ring_all_gather_s(size_bytes: Quantity, members: Quantity, bytes_per_s: Quantity, latency_s: Quantity) -> Quantity:
    """Time until each member of a ring has all parts of what was spread over them; a reduce-scatter takes as long.

    Equation: t = (p − 1)·(α + S / (p·B))

    size_bytes: S, of the whole; members: p; bytes_per_s: B of each member, one way; latency_s: α.
    Units: seconds. Shapes broadcast.

    >>> round(ring_all_gather_s(size_bytes=140e9, members=8, bytes_per_s=450e9, latency_s=0.0), 4)
    0.2722

    Source: Patarasuk and Yuan 2009, Bandwidth optimal all-reduce algorithms for clusters of workstations, Journal of
    Parallel and Distributed Computing 69(2).
    """
    return (members - 1.0) * message_s(size_bytes / members, bytes_per_s, latency_s)


def ring_all_reduce_s(size_bytes: Quantity, members: Quantity, bytes_per_s: Quantity, latency_s: Quantity) -> Quantity:
    """Time until each member of a ring has the sum over all of them.

    Equation: t = 2·(p − 1)·(α + S / (p·B))

    A reduce-scatter and an all-gather; symbols as for the all-gather. Nearly independent of p while S is large.
    Units: seconds. Shapes broadcast.

    >>> round(ring_all_reduce_s(size_bytes=140e9, members=1024, bytes_per_s=50e9, latency_s=0.0), 3)
    5.595

    Source: Patarasuk and Yuan 2009.
    """
    return 2.0 * ring_all_gather_s(size_bytes, members, bytes_per_s, latency_s)


def two_level_all_reduce_s(
    size_bytes: Quantity,
    per_node: Quantity,
    nodes: Quantity,
    *,
    inside_bytes_per_s: Quantity,
    between_bytes_per_s: Quantity,
    latency_s: Quantity,
) -> Quantity:
    """Time of an all-reduce that sums inside each node first, then between nodes, then spreads inside again.

    Equation: t = 2·(k − 1)·(α + S / (k·Bᵢ)) + 2·(m − 1)·(α + (S/k) / (m·Bₒ))

    size_bytes: S; per_node: k processors in a node, each with its own link out; nodes: m; inside_bytes_per_s: Bᵢ and
    between_bytes_per_s: Bₒ of one processor, one way; latency_s: α. The phases run one after the other.
    Units: seconds. Shapes broadcast.

    >>> round(two_level_all_reduce_s(
    ...     140e9, 8, 128, inside_bytes_per_s=450e9, between_bytes_per_s=50e9, latency_s=0.0), 3)
    1.239

    Source: ring phases of Patarasuk and Yuan 2009, composed over two levels as in Thakur, Rabenseifner and Gropp 2005.
    """
    inside = ring_all_reduce_s(size_bytes, per_node, inside_bytes_per_s, latency_s)
    between = ring_all_reduce_s(size_bytes / per_node, nodes, between_bytes_per_s, latency_s)
    return inside + between


def bandwidth_for_share(moved_bytes: Quantity, step_s: Quantity, share: Quantity) -> Quantity:
    """Bandwidth at which moving data takes no more than a given part of a step.

    Equation: B = V / (φ·t)

    moved_bytes: V through one link in a step; step_s: t; share: φ.
    Units: bytes a second, one way. Shapes broadcast.

    >>> bandwidth_for_share(moved_bytes=100.0, step_s=10.0, share=0.1)
    100.0

    Source: definition of bandwidth.
    """
    return moved_bytes / (share * step_s)


def share_of_step(moved_bytes: Quantity, bytes_per_s: Quantity, step_s: Quantity) -> Quantity:
    """Time to move data over the time of a step, nothing hidden behind the arithmetic.

    Equation: φ = V / (B·t)

    Units: a share of one; above one the link is slower than the step. Shapes broadcast.

    >>> share_of_step(moved_bytes=50.0, bytes_per_s=10.0, step_s=10.0)
    0.5

    Source: definition of bandwidth.
    """
    return moved_bytes / (bytes_per_s * step_s)


def slowdown(share_now: Quantity, share_then: Quantity) -> Quantity:
    """How much longer a step becomes when what was moved quickly has to be moved slowly.

    Equation: t₁ / t₀ = 1 + φ₁ − φ₀

    share_now: φ₀ and share_then: φ₁, of the step as it was; nothing hidden in either case.
    Units: a ratio. Shapes broadcast.

    >>> round(slowdown(share_now=0.1, share_then=0.9), 6)
    1.8

    Source: the parts of a step added up.
    """
    return 1.0 + share_then - share_now
