"""What chips that share a model must send one another for each token."""

from __future__ import annotations

from shortcase.model.chips.roofline import Workload
from shortcase.model.quantity import Quantity


def tensor_parallel_bytes_per_token(load: Workload, chips: Quantity) -> Quantity:
    """What each chip sends for one token when every layer is cut across all of them.

    Equation: 8·layers·hidden·(n − 1) / n

    Two all-reduces a layer, each sending 2·(n − 1) / n of a 16-bit activation.
    Units: bytes a token. Shapes broadcast.

    >>> from shortcase.model.chips.roofline import EXAMPLE_LOAD
    >>> print(round(tensor_parallel_bytes_per_token(EXAMPLE_LOAD, chips=8.0)))
    4587520

    Source: Patarasuk and Yuan 2009, as for the decoding step.
    """
    return 8.0 * load.layers * load.hidden * (chips - 1.0) / chips


def pipeline_bytes_per_token(load: Workload) -> Quantity:
    """What a chip sends for one token when it holds whole layers and hands the result to the next.

    Equation: 2·hidden

    One 16-bit activation at each boundary, however many layers lie on either side.
    Units: bytes a token. Shapes broadcast.

    >>> from shortcase.model.chips.roofline import EXAMPLE_LOAD
    >>> print(round(pipeline_bytes_per_token(EXAMPLE_LOAD)))
    16384

    Source: Huang et al., GPipe: Efficient Training of Giant Neural Networks using Pipeline Parallelism, NeurIPS 2019.
    """
    return 2.0 * load.hidden
