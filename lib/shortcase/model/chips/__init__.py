"""Chips and machines: rooflines, wafers and their yield, cost per operation, networks, numbers and kernels."""
