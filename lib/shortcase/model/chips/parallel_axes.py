"""What one GPU must send in a training step, by the way the work is cut up.

Copies of the model share the data (data axis), GPUs of a node share each matrix (tensor axis), groups of nodes share
the layers (pipeline axis), and in a mixture of experts each GPU keeps a few experts (expert axis).
"""

from __future__ import annotations

from dataclasses import dataclass

from shortcase.model.quantity import Quantity


@dataclass(frozen=True)
class Layout:
    """How a training run is cut up; all fields are counts. Tokens are those of one step, over all copies."""

    tensor: Quantity
    pipeline: Quantity
    data: Quantity
    tokens_per_step: Quantity


def gpus(layout: Layout) -> Quantity:
    """GPUs that a layout takes.

    Equation: n = t·p·d

    Units: a count. Shapes broadcast.

    >>> gpus(Layout(tensor=8, pipeline=16, data=128, tokens_per_step=2**24))
    16384

    Source: Narayanan et al. 2021, arXiv 2104.04473, section 2.
    """
    return layout.tensor * layout.pipeline * layout.data


def step_s(layout: Layout, flop_per_token: Quantity, flop_per_s: Quantity) -> Quantity:
    """Time of a training step at a measured rate.

    Equation: t = T·C / (n·F)

    T tokens in a step; flop_per_token: C; n GPUs; flop_per_s: F, measured for each GPU over the whole step, so that
    waiting for the network is already in it.
    Units: seconds. Shapes broadcast.

    >>> round(step_s(Layout(8, 16, 128, 2**24), flop_per_token=2.43e12, flop_per_s=400e12), 2)
    6.22

    Source: Chowdhery et al. 2022, arXiv 2204.02311, appendix B, solved for the time.
    """
    return layout.tokens_per_step * flop_per_token / (gpus(layout) * flop_per_s)


def data_axis_bytes(layout: Layout, parameters: Quantity, bytes_per_parameter: Quantity) -> Quantity:
    """What a GPU sends in a step so that all copies of the model stay alike.

    Equation: V = (d − 1)/d · β·N / (t·p)

    parameters: N of the model, of which a GPU holds 1/(t·p); bytes_per_parameter: β, summed over the exchanges of a
    step, for instance four for gradients that are summed in FP32 and two for weights gathered in BF16.
    Units: bytes a step. Shapes broadcast.

    >>> round(data_axis_bytes(Layout(8, 16, 128, 2**24), parameters=405e9, bytes_per_parameter=6) / 1e9, 2)
    18.84

    Source: Rajbhandari et al. 2020, arXiv 1910.02054, section 7; ring volumes of Patarasuk and Yuan 2009.
    """
    held = parameters / (layout.tensor * layout.pipeline)
    return (layout.data - 1.0) / layout.data * bytes_per_parameter * held


def tensor_axis_bytes(layout: Layout, layers: Quantity, hidden: Quantity, bytes_per_value: Quantity) -> Quantity:
    """What a GPU sends in a step because its node shares every matrix.

    Equation: V = 4·ℓ/p · 2·(t − 1)/t · T/d · h·β

    Four all-reduces of the activations for each of the ℓ/p layers that a GPU works on, two forward and two backward;
    layers: ℓ; hidden: h; bytes_per_value: β.
    Units: bytes a step. Shapes broadcast.

    >>> round(tensor_axis_bytes(Layout(8, 16, 128, 2**24), layers=126, hidden=16384, bytes_per_value=2) / 1e9, 1)
    236.8

    Source: Shoeybi et al. 2019, arXiv 1909.08053, section 3.
    """
    activations = layout.tokens_per_step / layout.data * hidden * bytes_per_value
    return 4.0 * layers / layout.pipeline * 2.0 * (layout.tensor - 1.0) / layout.tensor * activations


def pipeline_axis_bytes(layout: Layout, hidden: Quantity, bytes_per_value: Quantity) -> Quantity:
    """What a GPU sends in a step because another group has the next layers.

    Equation: V = 2 · T/d · h·β / t

    Activations forward and their gradients backward, each GPU of a node carrying its part.
    Units: bytes a step. Shapes broadcast.

    >>> round(pipeline_axis_bytes(Layout(8, 16, 128, 2**24), hidden=16384, bytes_per_value=2) / 1e9, 2)
    1.07

    Source: Narayanan et al. 2021, arXiv 2104.04473, sections 3.2 and 4.1.
    """
    return 2.0 * layout.tokens_per_step / layout.data * hidden * bytes_per_value / layout.tensor


def expert_bytes_per_token(
    expert_layers: Quantity,
    copies: Quantity,
    hidden: Quantity,
    *,
    bytes_out: Quantity,
    bytes_back: Quantity,
    passes: Quantity,
) -> Quantity:
    """What is sent for one token so that it meets its experts.

    Equation: V = passes · ℓ·k·h·(β₁ + β₂)

    expert_layers: ℓ; copies: k places that a token is sent to in a layer; hidden: h; bytes_out: β₁ a value on the way
    there, bytes_back: β₂ on the way back; passes: one in serving, two in training.
    Units: bytes a token. Shapes broadcast.

    >>> expert_bytes_per_token(58, 8, 7168, bytes_out=1, bytes_back=2, passes=1)
    9977856

    Source: DeepSeek-V3 Technical Report, arXiv 2412.19437, sections 3.2.2 and 3.4.2.
    """
    return passes * expert_layers * copies * hidden * (bytes_out + bytes_back)


def tokens_where_data_axis_binds(
    bytes_per_parameter: Quantity, flop_per_s: Quantity, bytes_per_s: Quantity
) -> Quantity:
    """Tokens that a copy of the model must see in a step for its arithmetic to take as long as its exchange.

    Equation: T* = β·F / (6·B)

    bytes_per_parameter: β exchanged in a step; flop_per_s: F achieved; bytes_per_s: B. Fewer tokens, and the network
    sets the pace. The size of the model cancels out, and so does the number of GPUs that hold a copy.
    Units: tokens. Shapes broadcast.

    >>> tokens_where_data_axis_binds(bytes_per_parameter=6, flop_per_s=400e12, bytes_per_s=50e9)
    8000.0

    Source: six operations a parameter and token (Kaplan et al. 2020, arXiv 2001.08361) against β bytes a parameter.
    """
    return bytes_per_parameter * flop_per_s / (6.0 * bytes_per_s)
