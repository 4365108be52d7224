"""Two cases, builds or revisions of the book set against each other: what moved, which verdicts flip, and why.

`sides` reads what is asked for, `gathering` has each side's chapters compute (`probe`, in a process with the side's own
lib), `sources` reads what its figures rest on, `differences` sets the two beside each other, `causes` says why, and
`report` tells it. `gate` holds flipped verdicts against those that the book expects.
"""
