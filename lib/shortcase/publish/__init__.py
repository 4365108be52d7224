"""The press, which prints the book: from texts, parameters and facts to a site in place, or to an error that says why.

request    what was asked for, and the folders in which a build works
read       pages, their Markdown, roles and code, and what each result rests on
check      all that can be told to be wrong before anything runs, at once
live       how each figure follows from the parameters, for its page to recompute it
run        each chapter by Papermill, or from the cache where nothing it depends on has changed
collect    the numbers, claims and charts that the chapters recorded, and the manifest
site       Sphinx renders the staged book, every warning an error
files      whole-or-nothing writes, the swap of a finished site into place, the lock
kept_files what is kept from one build to the next, each file proving itself
build      these in their order; a folder uses only those above it
every      the book under every scenario, as one site
"""
