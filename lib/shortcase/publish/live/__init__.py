"""The book as a function: how every number, verdict and choice of words follows from the parameters, for the page."""
