"""Draws that hang together, threats that come jointly, parts of a sum, and scores of forecasts."""
