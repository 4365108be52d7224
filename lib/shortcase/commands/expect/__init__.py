"""Whether the model is sane: the expectations of the book, each tested over its cases.

`expression` reads what an output is, `cases` makes the cases, `outputs` computes outputs for them, `judge` says whether
an expectation holds and finds the smallest case in which it does not, `report` tells it.
"""
