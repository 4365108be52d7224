"""Points that fill a cube evenly: Sobol's sequence, scrambled at random, without loading all of scipy.stats for it.

The points are those of `scipy.stats.qmc.Sobol`, bit by bit, to which a test holds them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from shortcase.model.quantity import Quantity

BITS = 30
"""Binary digits of a coordinate, so that 2³⁰ points are different."""
JOE_KUO = """
3 1; 7 1 3; 11 1 3 1; 13 1 1 1; 19 1 1 3 3; 25 1 3 5 13; 37 1 1 5 5 17; 41 1 1 5 5 5; 47 1 1 7 11 19; 55 1 1 5 1
1; 59 1 1 1 3 11; 61 1 3 5 5 31; 67 1 3 3 9 7 49; 91 1 1 1 15 21 21; 97 1 3 1 13 27 49; 103 1 1 1 15 7 5; 109 1
3 1 15 13 25; 115 1 1 5 5 19 61; 131 1 3 7 11 23 15 103; 137 1 3 7 13 13 15 69; 143 1 1 3 13 7 35 63; 145 1 3 5
9 1 25 53; 157 1 3 1 13 9 35 107; 167 1 3 1 5 27 61 31; 171 1 1 5 11 19 41 61; 185 1 3 5 3 3 13 69; 191 1 1 7 13
1 19 1; 193 1 3 7 5 13 19 59; 203 1 1 3 9 25 29 41; 211 1 3 5 13 23 1 55; 213 1 3 7 3 13 59 17; 229 1 3 1 3 5 53
69; 239 1 1 5 5 23 33 13; 241 1 1 7 7 1 61 123; 247 1 1 7 9 13 61 49; 253 1 3 3 5 3 55 33; 285 1 3 1 15 31 13 49
245; 299 1 3 5 15 31 59 63 97; 301 1 3 1 11 11 11 77 249; 333 1 3 1 11 27 43 71 9; 351 1 1 7 15 21 11 81 45; 355
1 3 7 3 25 31 65 79; 357 1 3 1 1 19 11 3 205; 361 1 1 5 9 19 21 29 157; 369 1 3 7 11 1 33 89 185; 391 1 3 3 3 15
9 79 71; 397 1 3 7 11 15 39 119 27; 425 1 1 3 1 11 31 97 225; 451 1 1 1 3 23 43 57 177; 463 1 3 7 7 17 17 37 71;
487 1 3 1 5 27 63 123 213; 501 1 1 3 5 11 43 53 133; 529 1 3 5 5 29 17 47 173 479; 539 1 3 3 11 3 1 109 9 69;
545 1 1 1 5 17 39 23 5 343; 557 1 3 1 5 25 15 31 103 499; 563 1 1 1 11 11 17 63 105 183; 601 1 1 5 11 9 29 97
231 363; 607 1 1 5 15 19 45 41 7 383; 617 1 3 7 7 31 19 83 137 221; 623 1 1 1 3 23 15 111 223 83; 631 1 1 5 13
31 15 55 25 161; 637 1 1 3 13 25 47 39 87 257; 647 1 1 1 11 21 53 125 249 293; 661 1 1 7 11 11 7 57 79 323; 675
1 1 5 5 17 13 81 3 131; 677 1 1 7 13 23 7 65 251 475; 687 1 3 5 1 9 43 3 149 11; 695 1 1 3 13 31 13 13 255 487;
701 1 3 3 1 5 63 89 91 127; 719 1 1 3 3 1 19 123 127 237; 721 1 1 5 7 23 31 37 243 289; 731 1 1 5 11 17 53 117
183 491; 757 1 1 1 5 1 13 13 209 345; 761 1 1 3 15 1 57 115 7 33; 787 1 3 1 11 7 43 81 207 175; 789 1 3 1 1 15
27 63 255 49; 799 1 3 5 3 27 61 105 171 305; 803 1 1 5 3 1 3 57 249 149; 817 1 1 3 5 5 57 15 13 159; 827 1 1 1
11 7 11 105 141 225; 847 1 3 3 5 27 59 121 101 271; 859 1 3 5 9 11 49 51 59 115; 865 1 1 7 1 23 45 125 71 419;
875 1 1 3 5 23 5 105 109 75; 877 1 1 7 15 7 11 67 121 453; 883 1 3 7 3 9 13 31 27 449; 895 1 3 1 15 19 39 39 89
15; 901 1 1 1 1 1 33 73 145 379; 911 1 3 1 15 15 43 29 13 483; 949 1 1 7 3 19 27 85 131 431; 953 1 3 3 3 5 35 23
195 349; 967 1 3 3 7 9 27 39 59 297; 971 1 1 3 9 11 17 13 241 157; 973 1 3 7 15 25 57 33 189 213; 981 1 1 7 1 9
55 73 83 217; 985 1 3 3 13 19 27 23 113 249; 995 1 3 5 3 23 43 3 253 479; 1001 1 1 5 5 11 5 45 117 217; 1019 1 3
3 7 29 37 33 123 147; 1033 1 3 1 15 5 5 37 227 223 459; 1051 1 1 7 5 5 39 63 255 135 487; 1063 1 3 1 7 9 7 87
249 217 599; 1069 1 1 3 13 9 47 7 225 363 247; 1125 1 3 7 13 19 13 9 67 9 737; 1135 1 3 5 5 19 59 7 41 319 677;
1153 1 1 5 3 31 63 15 43 207 789; 1163 1 1 7 9 13 39 3 47 497 169; 1221 1 3 1 7 21 17 97 19 415 905; 1239 1 3 7
1 3 31 71 111 165 127; 1255 1 1 5 11 1 61 83 119 203 847; 1267 1 3 3 13 9 61 19 97 47 35; 1279 1 1 7 7 15 29 63
95 417 469; 1293 1 3 1 9 25 9 71 57 213 385; 1305 1 3 5 13 31 47 101 57 39 341; 1315 1 1 3 3 31 57 125 173 365
551; 1329 1 3 7 1 13 57 67 157 451 707; 1341 1 1 1 7 21 13 105 89 429 965; 1347 1 1 5 9 17 51 45 119 157 141;
1367 1 3 7 7 13 45 91 9 129 741; 1387 1 3 7 1 23 57 67 141 151 571; 1413 1 1 3 11 17 47 93 107 375 157; 1423 1 3
3 5 11 21 43 51 169 915; 1431 1 1 5 3 15 55 101 67 455 625; 1441 1 3 5 9 1 23 29 47 345 595; 1479 1 3 7 7 5 49
29 155 323 589; 1509 1 3 3 7 5 41 127 61 261 717
"""
"""For each dimension from the second on: a primitive polynomial modulo 2, its coefficients as binary digits, and the
first direction numbers, as many as its degree. Source: Joe and Kuo 2008, file new-joe-kuo-6.21201."""
TABLE: tuple[tuple[int, ...], ...] = tuple(tuple(map(int, row.split())) for row in JOE_KUO.split(";"))
MOST = 1 + len(TABLE)
"""Dimensions for which the table has numbers."""


def _scrambled(directions: Quantity, generator: np.random.Generator) -> tuple[Quantity, Quantity]:
    """Direction numbers and a first point under a random linear scrambling and a digital shift.

    Equation: v′ = L·v over the digits modulo 2, L lower triangular with a diagonal of ones; x₀ random

    directions: as `Sobol.direction_numbers` gives them; generator: of the digits of L and of x₀. Any such scrambling
    keeps the even spread and makes each point uniform. Units: parts of 2^b. Shapes: as the directions; one a dimension.

    >>> made, first = _scrambled(Sobol.direction_numbers(3), np.random.default_rng(1))
    >>> made.shape, first.shape
    ((3, 30), (3,))

    Source: Matoušek 1998, On the L2-Discrepancy for Anchored Boxes, Journal of Complexity 14(4).
    """
    count = len(directions)
    places = np.arange(BITS - 1, -1, -1, dtype=np.uint32)
    shift = generator.integers(2, size=(count, BITS), dtype=np.uint32) @ (1 << places[::-1])
    lower = np.tril(generator.integers(2, size=(count, BITS, BITS), dtype=np.uint32), -1) + np.eye(BITS)
    digits = directions[:, None, :] >> places[:, None] & 1  # the highest digit first, a column a number
    mixed = (lower @ digits % 2.0).astype(np.uint32)
    return np.bitwise_or.reduce(mixed << places[:, None], axis=1), shift.astype(np.uint32)


@dataclass
class Sobol:
    """A scrambled sequence, which goes on where it was.

    >>> Sobol(2, np.random.default_rng(1)).random(4).shape
    (4, 2)
    """

    dimensions: int
    generator: np.random.Generator
    _directions: Quantity = field(init=False, repr=False)
    _last: Quantity = field(init=False, repr=False)
    _drawn: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self._directions, self._last = _scrambled(self.direction_numbers(self.dimensions), self.generator)

    @staticmethod
    def direction_numbers(dimensions: int) -> Quantity:
        """The numbers whose exclusive or, chosen by the digits of a point's place, is its coordinate.

        Equation: vⱼ = mⱼ·2^(b − j), mⱼ = 2a₁mⱼ₋₁ ⊕ 2²a₂mⱼ₋₂ ⊕ … ⊕ 2ˢmⱼ₋ₛ ⊕ mⱼ₋ₛ, with 1, a₁ … aₛ the polynomial

        Units: parts of 2^b. Shapes: a row a dimension, b columns. Errors: ValueError for more dimensions than the table
        has.

        >>> (Sobol.direction_numbers(2)[:, :4] >> 26).tolist()
        [[8, 4, 2, 1], [8, 12, 10, 15]]

        Source: Joe and Kuo 2008, Constructing Sobol Sequences with Better Two-Dimensional Projections, SIAM Journal on
        Scientific Computing 30(5).
        """
        if not 1 <= dimensions <= MOST:
            raise ValueError(f"{dimensions} dimensions, of which there may be from 1 to {MOST}")
        rows = [[1] * BITS]
        for polynomial, *first in TABLE[: dimensions - 1]:
            degree, m = len(first), list(first)
            taps = [k for k in range(1, degree + 1) if polynomial >> (degree - k) & 1]
            for j in range(degree, BITS):
                m.append(m[j - degree])
                for k in taps:
                    m[j] ^= m[j - k] << k
            rows.append(m)
        return np.array(rows, dtype=np.uint32) << np.arange(BITS - 1, -1, -1, dtype=np.uint32)

    def random(self, n: int) -> np.ndarray:
        """The next n points, in the order of Gray's code: each differs from the one before by one direction number.

        Equation: xₖ = xₖ₋₁ ⊕ v_c, with c the place of the lowest digit that is one in k

        Errors: ValueError after 2³⁰ points, where the sequence would begin again.

        Source: Antonov and Saleev 1979, An Economic Method of Computing LPτ-Sequences, USSR Computational Mathematics
        and Mathematical Physics 19(1).
        """
        if self._drawn + n > 1 << BITS:
            raise ValueError(f"A sequence of 2^{BITS} points has no more of them")
        k = np.arange(self._drawn, self._drawn + n)
        changed = self._directions[:, np.bitwise_count((k & -k) - 1) % BITS]
        if self._drawn == 0:
            changed[:, :1] = 0  # the first point is where the shift has put it
        points = np.bitwise_xor.accumulate(np.column_stack([self._last, changed]), axis=1)
        self._drawn, self._last = self._drawn + n, points[:, -1]
        found: np.ndarray = points[:, 1:].T * 0.5**BITS
        return found
