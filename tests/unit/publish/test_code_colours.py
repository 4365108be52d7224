"""The book's own lexer tells what Pygments tells of Python, as far as it has a colour."""

from __future__ import annotations

from pathlib import Path

import pytest
from pygments.lexers import get_lexer_by_name

from shortcase.publish.site.code_colours import OF_NOTEBOOKS, FewWords, coloured

SNIPPETS = (
    "x2 = 1_000.5e-3 - 0xFF // 0b1_0 ** 0o7 - 10.  # 3 and not 4\n",
    "def worth(of: int = 3) -> float:\n    '''Not 1 class.'''\n    return 1.0 if of is not None else .5\n",
    "class Market(list):\n    async def of(self): await self[-1]; yield from ()\n",
    "from a.b import c as d\nimport numpy as np\n@cached\ndef f(): pass\n",
    "a = 'it\\'s 1' + \"# no\" + r'\\d' + b'7' + ''' 3\n# no\n''' + Rb\"2\"\n",
    "a = f'{x:.1f} of {y * 2 if y else \"3\":>{w + 1}} {{4}}' + F\"{1}\" + rf'{z!r} \\d' + f'''\n{5}\n'''\n",
    "Is_in = inf.If1 + notTrue + True_ + in2\nfor is_ in (True, False): lambda or_: or_ and not in3\n",
    "\n\n\n    x = [1, 2]\n\n",
)


@pytest.mark.parametrize("code", [*SNIPPETS, Path(__file__).read_text(encoding="utf-8")])
def test_what_is_coloured_is_what_pygments_says(code: str) -> None:
    assert list(coloured(FewWords().get_tokens(code))) == list(
        coloured(get_lexer_by_name(OF_NOTEBOOKS).get_tokens(code))
    )
