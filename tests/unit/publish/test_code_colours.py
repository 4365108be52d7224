"""The book's own lexer tells what Pygments tells of Python, as far as it has a colour."""

from __future__ import annotations

import pytest
from pygments.lexers import get_lexer_by_name
from pygments.token import Text

from shortcase.publish.site.code_colours import OF_NOTEBOOKS, FewWords, coloured

SNIPPETS = (
    "x2 = 1_000.5e-3 - 0xFF // 0b1_0 ** 0o7 - 10.  # 3 and not 4\n",
    "def worth(of: int = 3) -> float:\n    '''Not 1 class.'''\n    return 1.0 if of is not None else .5\n",
    "class Market(list):\n    async def of(self): await self[-1]; yield self\n",
    "from a.b import c as d\nimport numpy as np\n@cached\ndef f(): pass\n",
    "a = 'it\\'s 1' + \"# no\" + r'\\d' + b'7' + ''' 3\n# no\n''' + Rb\"2\"\n",
    "Is_in = inf.If1 + notTrue + True_ + in2\nfor is_ in (True, False): lambda or_: or_ and not in3\n",
    "\n\n\n    x = [1, 2]\n\n",
)


@pytest.mark.parametrize("code", SNIPPETS)
def test_what_is_coloured_is_what_pygments_says(code: str) -> None:
    assert list(coloured(FewWords().get_tokens(code))) == list(
        coloured(get_lexer_by_name(OF_NOTEBOOKS).get_tokens(code))
    )


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("a = f'{x if x else 1:>{w}} {{4}}' + rf'\\d'  # 2\n", ["# 2"]),
        ("a = f'''\n{5}\n'''\nif a: 1\n", ["if", "1"]),
        ("if a:\n    b = (1,\n", ["if", "1"]),
        ("%matplotlib inline\nx = 2\n", ["2"]),
        ("if x:\n        1\n    2\n", ["if", "1"]),
    ],
    ids=["formatted", "formatted in lines", "never closed", "no Python", "outdented to nowhere"],
)
def test_all_of_the_code_is_kept_and_some_has_a_colour(code: str, words: list[str]) -> None:
    told = list(coloured(FewWords().get_tokens(code)))
    assert "".join(word for _, word in told) == code
    assert [word for kind, word in told if kind is not Text] == words
