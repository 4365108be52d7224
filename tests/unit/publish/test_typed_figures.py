"""Which digits may stand in prose."""

from __future__ import annotations

import pytest

from shortcase.publish.check.typed_figures import Allowed, typed

ALLOW = Allowed(("H100", "Llama 3.1 405B", "Llama 3", "o1", "FP8", "GPT-4"))


@pytest.mark.parametrize(
    "text",
    [
        "On 25 January 2025", "on January 25, 2025,", "in January 2025", "10 to 12 March 2025", "by 2026", "since 2010",
        "from 2023 to 2024", "early 2025", "the 1990s", "2025-01-25", "Q4 2024", "FY2025", "fiscal 2025",
        "an H100", "two H100s", "the H100's", "Llama 3.1 405B", "FP8/FP8", "o1.", "(GPT-4)", "H100-class",
        "section 5.1", "§ 7.2", "table 3", "pages 12–14", "p. 7", "arXiv:2412.19437", "doi:10.1109/4.173122",
        "see https://example.org/2025/a1", "et al. (2024)", "no digit at all", "mm²",
    ],
)  # fmt: skip
def test_let_through(text: str) -> None:
    assert list(typed(text, ALLOW)) == []


@pytest.mark.parametrize(
    "text",
    [
        "57 dies", "45×", "$2.5", "3.5%", "2,048 cards", "of 2024 GPUs", "in 2025.5", "in 2025%", "H1000", "xH100",
        "H200", "o1x", "Llama 4", "v2", "2025", "the 2025 figure", "in 1825", "4K", "10¹² and 3",
        "GPT-4.5", "H100.5", "A100",
    ],
)  # fmt: skip
def test_refused(text: str) -> None:
    assert list(typed(text, ALLOW))


def test_the_line_is_counted() -> None:
    assert list(typed("one\ntwo 2 words\nthree 3", ALLOW)) == [(1, "two 2 words"), (2, "three 3")]
