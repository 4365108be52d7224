"""Many cases at once: a design of points, three ways to compute them, a folder that survives being killed, one file.

`design` lays out the points; `thesis`, `live` and `notebooks` compute them; `folder` keeps what is done; `run` calls
these in order and writes the results.
"""
