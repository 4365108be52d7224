"""A mixture of experts that is served by many GPUs together: memory decides how many users, the network how fast.

Every GPU keeps its part of the weights and the caches of its own users. The more GPUs share the weights, the more room
is left for users; but every token must then travel to its experts and back.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shortcase.model.quantity import Quantity


@dataclass(frozen=True)
class Service:
    """A served model on one kind of GPU. Bytes are decimal; shares are of one."""

    weights_bytes: Quantity
    cache_bytes_per_user: Quantity
    exchange_bytes_per_token: Quantity
    memory_bytes: Quantity
    usable_memory_share: Quantity
    memory_bandwidth_bytes_per_s: Quantity
    bandwidth_efficiency: Quantity
    flop_per_token: Quantity
    flop_per_s: Quantity
    compute_efficiency: Quantity


def gpus_to_hold(service: Service) -> Quantity:
    """GPUs whose memory holds the weights and nothing else.

    Equation: n₀ = W / (M·u)

    W bytes of weights; M memory of a GPU, of which the share u is usable.
    Units: GPUs, as a fraction. Shapes broadcast.

    >>> round(gpus_to_hold(EXAMPLE), 2)
    9.32

    Source: arithmetic.
    """
    return service.weights_bytes / (service.memory_bytes * service.usable_memory_share)


def users_per_gpu(service: Service, gpus: Quantity) -> Quantity:
    """Users whose caches fit on each GPU beside its part of the weights.

    Equation: b = (M·u − W/n) / κ

    κ: cache of one user; n GPUs share the weights. Nothing fits below n₀.
    Units: users, as a fraction. Shapes broadcast.

    >>> round(float(users_per_gpu(EXAMPLE, gpus=32.0)), 1)
    177.3

    Source: arithmetic.
    """
    room = service.memory_bytes * service.usable_memory_share - service.weights_bytes / gpus
    return np.maximum(room, 0.0) / service.cache_bytes_per_user


def memory_s(service: Service) -> Quantity:
    """Time in which a GPU that is full reads all it holds, as every step must.

    Equation: t = M·u / (B·e)

    B memory bandwidth, of which the share e is reached.
    Units: seconds. Shapes broadcast.

    >>> round(memory_s(EXAMPLE) * 1000, 1)
    33.1

    Source: Pope et al. 2022, arXiv 2211.05102, section 3.
    """
    held = service.memory_bytes * service.usable_memory_share
    return held / (service.memory_bandwidth_bytes_per_s * service.bandwidth_efficiency)


def compute_s(service: Service, gpus: Quantity) -> Quantity:
    """Time of the arithmetic for one token of each user on a GPU.

    Equation: t = b·C / (F·e)

    b users on the GPU; C operations a token, spread evenly over all GPUs; F peak rate, of which the share e is reached.
    Units: seconds. Shapes broadcast.

    >>> round(float(compute_s(EXAMPLE, gpus=32.0)) * 1000, 1)
    13.3

    Source: Pope et al. 2022, arXiv 2211.05102, section 3.
    """
    work = users_per_gpu(service, gpus) * service.flop_per_token
    return work / (service.flop_per_s * service.compute_efficiency)


def network_s(service: Service, gpus: Quantity, bytes_per_s: Quantity) -> Quantity:
    """Time in which a GPU sends one token of each of its users to their experts and back.

    Equation: t = b·X·(n − 1)/n / L

    b users on the GPU; X bytes exchanged for a token; of n GPUs all but one are elsewhere; bytes_per_s: L of a GPU's
    link, one way.
    Units: seconds. Shapes broadcast.

    >>> round(float(network_s(EXAMPLE, gpus=32.0, bytes_per_s=50e9)) * 1000, 1)
    34.3

    Source: DeepSeek-V3 Technical Report, arXiv 2412.19437, section 3.4.2.
    """
    sent = users_per_gpu(service, gpus) * service.exchange_bytes_per_token * (gpus - 1.0) / gpus
    return sent / bytes_per_s


def step_s(service: Service, gpus: Quantity, bytes_per_s: Quantity) -> Quantity:
    """Time of one decoding step of a full service: the longest of reading, arithmetic and exchange.

    Equation: t = max(t_memory, t_compute, t_network)

    Units: seconds, at least. Shapes broadcast. The three run beside each other, as with two batches that take turns.

    >>> round(float(step_s(EXAMPLE, gpus=32.0, bytes_per_s=50e9)) * 1000, 1)
    34.3

    Source: DeepSeek-V3 Technical Report, arXiv 2412.19437, section 3.4.2.
    """
    local = np.maximum(memory_s(service), compute_s(service, gpus))
    return np.maximum(local, network_s(service, gpus, bytes_per_s))


def tokens_per_s_per_gpu(service: Service, gpus: Quantity, bytes_per_s: Quantity) -> Quantity:
    """Tokens a second from each GPU of a full service.

    Equation: v = b / t_step

    Units: tokens a second for each GPU, at most. Shapes broadcast.

    >>> round(float(tokens_per_s_per_gpu(EXAMPLE, gpus=32.0, bytes_per_s=50e9)))
    5173

    Source: definition of throughput.
    """
    return users_per_gpu(service, gpus) / step_s(service, gpus, bytes_per_s)


def tokens_per_s_per_user(service: Service, gpus: Quantity, bytes_per_s: Quantity) -> Quantity:
    """Tokens a second that each user of a full service sees.

    Equation: u = 1 / t_step

    Units: tokens a second. Shapes broadcast.

    >>> round(float(tokens_per_s_per_user(EXAMPLE, gpus=32.0, bytes_per_s=50e9)), 1)
    29.2

    Source: as for the tokens a second of a GPU.
    """
    return 1.0 / step_s(service, gpus, bytes_per_s)


def bandwidth_needed(service: Service, gpus: Quantity) -> Quantity:
    """Bandwidth of a GPU's link at which the exchange takes no longer than the rest of the step.

    Equation: L* = b·X·(n − 1)/n / max(t_memory, t_compute)

    Units: bytes a second, one way. Shapes broadcast.

    >>> round(float(bandwidth_needed(EXAMPLE, gpus=32.0)) / 1e9, 1)
    51.8

    Source: network_s set equal to the longer of the other two.
    """
    return network_s(service, gpus, 1.0) / np.maximum(memory_s(service), compute_s(service, gpus))


EXAMPLE = Service(
    weights_bytes=671e9, cache_bytes_per_user=4096 * 70_272.0, exchange_bytes_per_token=9_977_856.0, memory_bytes=80e9,
    usable_memory_share=0.9, memory_bandwidth_bytes_per_s=3.35e12, bandwidth_efficiency=0.65, flop_per_token=74e9,
    flop_per_s=1.979e15, compute_efficiency=0.5,
)  # fmt: skip
"""DeepSeek-V3 in eight bits on cards of 80 GB, 4,096 tokens a user; the doctests count it."""
