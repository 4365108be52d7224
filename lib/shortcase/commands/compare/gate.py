"""Whether a change may pass: each verdict that it flips is one that it says it expects."""

from __future__ import annotations

from shortcase.case import expected_verdicts
from shortcase.commands.compare.comparison import Comparison
from shortcase.errors import BadRequest, BuildFailed


def hold(found: Comparison) -> int:
    """Let a comparison pass.

    Errors: BadRequest where the new side is another case than the documented one, or its files cannot be read;
    BuildFailed where a verdict flips and book/verdicts.csv of the new side does not have the new one.
    """
    if found.expected is None:
        what = f"{found.new} is not the documented case, of which alone verdicts are expected"
        raise BadRequest(what, where="--gate", mend="name a revision, or documented, as B")
    wrong = found.unexpected()
    if not wrong:
        return 0
    told = "; ".join(f"{flip.claim}: {flip.old} → {flip.new}" for flip in wrong)
    raise BuildFailed(
        f"A verdict flips and nobody has said so: {told}",
        where=f"book/{expected_verdicts.FILE}",
        mend=f"look whether it is right; if so, build the book, run {expected_verdicts.WRITE} and commit the file",
    )
