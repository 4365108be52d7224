"""How fast a language model answers on a given machine.

One decoding step makes one token for every request in the batch. It must read all weights once and every request's
cache, do the arithmetic, and pass activations between the chips that share the model. Which of these takes longest
decides.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shortcase.model.quantity import Quantity


@dataclass(frozen=True)
class Deployment:
    """The machine that holds one copy of a model, and how much of its data sheet it reaches.

    floor_s is the shortest time of a step, however little there is to do. It bounds a user's speed; where a model is
    spread over a pipeline the wait of one request is filled with the work of others, so every further request adds to
    the throughput until memory or arithmetic is full.
    """

    chips: Quantity
    flop_per_s: Quantity
    memory_bytes: Quantity
    memory_bandwidth_bytes_per_s: Quantity
    link_bytes_per_s: Quantity
    compute_efficiency: Quantity
    bandwidth_efficiency: Quantity
    usable_memory_share: Quantity
    collective_latency_s: Quantity
    floor_s: Quantity


@dataclass(frozen=True)
class Workload:
    """The model that is served and the requests that come in.

    context_tokens is the mean length of a request's cache over its life; prompt_ratio is how many tokens of prompt
    are read for each token of answer. layers and hidden are the model's; together with the bytes they say what the
    chips must exchange.
    """

    parameters: Quantity
    bytes_per_parameter: Quantity
    cache_bytes_per_token: Quantity
    context_tokens: Quantity
    prompt_ratio: Quantity
    layers: Quantity
    hidden: Quantity


@dataclass(frozen=True)
class Step:
    """One decoding step at a batch that fits: its parts, and the speeds that follow."""

    batch: Quantity
    memory_s: Quantity
    compute_s: Quantity
    prompt_s: Quantity
    network_s: Quantity
    step_s: Quantity
    tokens_per_s_per_user: Quantity
    tokens_per_s: Quantity


def batch_limit(machine: Deployment, load: Workload) -> Quantity:
    """Requests whose caches fit beside the weights.

    Equation: b_max = (n·M·u − N·w) / (L·κ)

    n chips with M bytes each, of which the share u is usable; N parameters of w bytes; L tokens of context of κ bytes
    each.
    Units: requests, not rounded; below one the model does not fit. Shapes broadcast.

    >>> print(round(batch_limit(EXAMPLE_MACHINE, EXAMPLE_LOAD), 1))
    53.6

    Source: Pope et al., Efficiently Scaling Transformer Inference, 2022, arXiv 2211.05102, section 3.3.
    """
    free = machine.chips * machine.memory_bytes * machine.usable_memory_share
    weights = load.parameters * load.bytes_per_parameter
    return (free - weights) / (load.context_tokens * load.cache_bytes_per_token)


def single_stream_bound(machine: Deployment, load: Workload) -> Quantity:
    """Tokens a second for one user if reading the weights were all there is to do.

    Equation: v = n·B / (N·w)

    n chips of memory bandwidth B; N parameters of w bytes. No machine reaches it.
    Units: tokens a second. Shapes broadcast.

    >>> print(round(single_stream_bound(EXAMPLE_MACHINE, EXAMPLE_LOAD)))
    600000

    Source: Williams, Waterman, Patterson, Roofline, Communications of the ACM 52(4), 2009, the bandwidth roof.
    """
    weights = load.parameters * load.bytes_per_parameter
    return machine.chips * machine.memory_bandwidth_bytes_per_s / weights


def decode(
    machine: Deployment,
    load: Workload,
    batch: Quantity,
    *,
    checked_tokens: Quantity = 1.0,
    tokens_per_pass: Quantity = 1.0,
    draft_share: Quantity = 0.0,
) -> Step:
    """One decoding step: the larger of memory and arithmetic, then prompts and links, and not below the floor.

    Equation: t = max( max( (N·w + b·L·κ) / (n·B·η_B), 2·N·b·g / (n·F·η_F) ) + 2·N·b·ρ·E / (n·F·η_F) + t_net, t_floor
    )·(1 + d); speed per user E / t; throughput b·E / t; t_net = 2·layers·τ + 8·b·(g + ρ·E)·layers·hidden·(n − 1) / n
    / link

    N parameters of w bytes, b requests with L tokens of cache of κ bytes, n chips of bandwidth B and rate F reaching
    the shares η; ρ prompt tokens read for each token of answer; τ start-up time of one all-reduce, of which there are
    two a layer, on 16-bit activations; g tokens checked and E tokens made in a pass, d time of drafting over the time
    of a pass: 1, 1 and 0 without speculative decoding. A batch above the limit of memory is cut to it.
    Units: seconds; tokens a second. Shapes broadcast.

    >>> step = decode(EXAMPLE_MACHINE, EXAMPLE_LOAD, batch=1.0)
    >>> print(round(step.tokens_per_s_per_user), round(step.tokens_per_s))
    1500 1500

    Source: Williams, Waterman, Patterson 2009; Pope et al. 2022, arXiv 2211.05102, sections 2 and 3; all-reduce
    volume: Patarasuk and Yuan, Bandwidth Optimal All-reduce Algorithms for Clusters of Workstations, Journal of
    Parallel and Distributed Computing 69(2), 2009.
    """
    b = np.minimum(batch, batch_limit(machine, load))
    bandwidth = machine.chips * machine.memory_bandwidth_bytes_per_s * machine.bandwidth_efficiency
    rate = machine.chips * machine.flop_per_s * machine.compute_efficiency
    cache = b * load.context_tokens * load.cache_bytes_per_token
    memory = (load.parameters * load.bytes_per_parameter + cache) / bandwidth
    compute = 2.0 * load.parameters * b * checked_tokens / rate
    prompt = 2.0 * load.parameters * b * load.prompt_ratio * tokens_per_pass / rate
    passed_on = b * (checked_tokens + load.prompt_ratio * tokens_per_pass)
    shared = (machine.chips - 1.0) / machine.chips
    volume = 8.0 * passed_on * load.layers * load.hidden * shared
    network = 2.0 * load.layers * machine.collective_latency_s + volume / machine.link_bytes_per_s
    step = np.maximum(np.maximum(memory, compute) + prompt + network, machine.floor_s) * (1.0 + draft_share)
    return Step(
        batch=b,
        memory_s=memory,
        compute_s=compute,
        prompt_s=prompt,
        network_s=network,
        step_s=step,
        tokens_per_s_per_user=tokens_per_pass / step,
        tokens_per_s=b * tokens_per_pass / step,
    )


def batch_for(
    machine: Deployment,
    load: Workload,
    tokens_per_s: Quantity,
    *,
    checked_tokens: Quantity = 1.0,
    tokens_per_pass: Quantity = 1.0,
    draft_share: Quantity = 0.0,
) -> Quantity:
    """Requests that must be served at once to make so many tokens a second.

    Equation: b such that throughput(b) = v, by halving [0, b_max] fifty times

    tokens_per_s: v, of the whole machine; the last three as for the decoding step. Throughput rises with the batch, so
    there is one answer; where v is out of reach the result sticks at the limit of memory.
    Units: requests, not rounded. Shapes broadcast.

    >>> print(round(batch_for(EXAMPLE_MACHINE, EXAMPLE_LOAD, tokens_per_s=30_000.0), 6))
    20.0

    Source: the decoding step, solved for the batch.
    """
    low = 0.0 * (batch_limit(machine, load) + tokens_per_s)
    high = low + batch_limit(machine, load)
    for _ in range(50):
        middle = (low + high) / 2.0
        step = decode(
            machine,
            load,
            middle,
            checked_tokens=checked_tokens,
            tokens_per_pass=tokens_per_pass,
            draft_share=draft_share,
        )
        short = step.tokens_per_s < tokens_per_s
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    return ((low + high) / 2.0)[()]


def arithmetic_share(machine: Deployment, load: Workload, tokens_per_s: Quantity) -> Quantity:
    """How busy a machine keeps its arithmetic units.

    Equation: u = 2·N·(1 + ρ)·v / (n·F)

    tokens_per_s: v, tokens of answer that the whole machine makes; ρ prompt tokens for each.
    Units: share of the peak rate. Shapes broadcast.

    >>> print(round(arithmetic_share(EXAMPLE_MACHINE, EXAMPLE_LOAD, tokens_per_s=75_000.0), 3))
    0.336

    Source: definition.
    """
    needed = 2.0 * load.parameters * (1.0 + load.prompt_ratio) * tokens_per_s
    return needed / (machine.chips * machine.flop_per_s)


EXAMPLE_MACHINE = Deployment(
    chips=4.0,
    flop_per_s=15.625e15,
    memory_bytes=44e9,
    memory_bandwidth_bytes_per_s=21e15,
    link_bytes_per_s=1e15,
    compute_efficiency=0.5,
    bandwidth_efficiency=0.65,
    usable_memory_share=1.0,
    collective_latency_s=0.0,
    floor_s=1.0 / 1500.0,
)
"""Four wafers, for examples and tests."""

EXAMPLE_LOAD = Workload(
    parameters=70e9,
    bytes_per_parameter=2.0,
    cache_bytes_per_token=327_680.0,
    context_tokens=2048.0,
    prompt_ratio=1.0,
    layers=80.0,
    hidden=8192.0,
)
"""A seventy-billion model in sixteen bits, for examples and tests."""
