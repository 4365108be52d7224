"""The look of every chart: one Vega-Lite configuration that reads in light and in dark without being drawn again.

Text takes the page's own colour, the background stays clear, and each mark colour has at least 3:1 contrast on the
light and on the dark page (WCAG 2.2, 1.4.11). The colours were chosen by search for the largest distance between any
two of them in normal, protanope, deuteranope and tritanope sight (Machado, Oliveira and Fernandes 2009).
"""

from __future__ import annotations

from typing import Any

BLUE = "#3076d3"
OCHRE = "#b78c0a"
PURPLE = "#9d4a96"
RED = "#d0230a"
PINK = "#e9608e"
MUTED = "#676c52"
"""For context: what is not the point of the chart."""

NVIDIA = BLUE
"""Where a chart sets Nvidia beside others; a chart of nothing else is blue as it is."""

PALETTE = (BLUE, OCHRE, PURPLE, RED, PINK, MUTED)

AREA = 0.35
"""Opacity of an area that says none."""

TEXT = "currentColor"
LINE = "#8886"
GRID = "#8883"
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
"""vl-convert carries the first; the page replaces it with its own (`charts.js`, `charts.css`)."""

SHORT = "test(/e[+]/, datum.label) ? format(datum.value, '~s') : datum.label"
"""A Vega expression: 1e+12 on an axis reads 1T."""

PICTURES = 680, 340
"""Widths in pixels of the still pictures of a chart: on a wide page and on a narrow one."""
NARROW = 480
"""Below this width in pixels a chart has one legend column and wraps its labels sooner."""


def on_paper(svg: str) -> str:
    """A picture as a file of its own, black on white.

    >>> on_paper('<svg width="9"><path fill="currentColor"/></svg>')
    '<svg xmlns="http://www.w3.org/2000/svg" width="9"><path fill="#1a1a1a"/></svg>'
    """
    return svg.replace(TEXT, "#1a1a1a").replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)


def lines(letters: int) -> str:
    """A Vega expression: an axis label as lines of at most so many letters."""
    broken = rf"replace(toString(datum.label), regexp('(.{{1,{letters}}})(\\s+|$)', 'g'), '$1\n')"
    return f"split(trim({broken}), '\\n')"


def discrete_y(letters: int) -> dict[str, Any]:
    """Axis settings for names: long ones broken into lines, centred on their row."""
    return {
        "labelExpr": lines(letters),
        "labelOffset": {"expr": f"-7 * (length({lines(letters)}) - 1)"},
        "grid": False,
        "ticks": False,
    }


def config(width: float) -> dict[str, Any]:
    """The configuration for a chart of about this width in pixels."""
    narrow = width < NARROW
    axis = {
        "labelColor": TEXT,
        "titleColor": TEXT,
        "tickColor": LINE,
        "domainColor": LINE,
        "gridColor": GRID,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "bold",
        "labelLimit": 0,
        "titleLimit": width,
        "labelPadding": 5,
        "tickSize": 4,
    }
    sparse = {"tickCount": 4 if narrow else 7, "labelOverlap": "greedy", "labelSeparation": 8}
    return {
        "background": None,
        # A chart is one image with a name, and its data a table beside it: marks read out one by one would bury both.
        "aria": False,
        "font": FONT,
        "padding": {"left": 2, "right": 10, "top": 4, "bottom": 2},
        "view": {
            "stroke": None,
            "continuousHeight": 260 if narrow else 320,
            "discreteHeight": {"step": 46 if narrow else 34},
        },
        "axis": axis,
        # A title above the axis, read without turning the head, leaves the width to the data.
        "axisLeft": {
            "titleAngle": 0,
            "titleAlign": "left",
            "titleAnchor": "start",
            "titleBaseline": "bottom",
            "titleX": 0,
            "titleY": -8,
        },
        # On a phone a title is often longer than the plot: it ends where the plot does and begins left of it.
        "axisBottom": {"titleAnchor": "end", "titleAlign": "right"} if narrow else {},
        "axisXQuantitative": {**sparse, "labelFlush": False, "labelExpr": SHORT},
        "axisXTemporal": sparse,
        "axisXDiscrete": {"labelAngle": 0, "labelExpr": lines(9 if narrow else 14), "grid": False},
        "axisYDiscrete": discrete_y(22 if narrow else 34),
        "axisYQuantitative": {"tickCount": 5, "labelExpr": SHORT},
        "header": {"labelColor": TEXT, "titleColor": TEXT, "labelAnchor": "start", "labelFontWeight": "bold"},
        "legend": {
            "labelColor": TEXT,
            "titleColor": TEXT,
            "orient": "bottom",
            "direction": "vertical" if narrow else "horizontal",
            "columns": 1 if narrow else 2,
            "labelLimit": max(width - 40, 120),
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleLimit": width,
            "symbolStrokeWidth": 2.5,
            "symbolOpacity": 1,
            "gradientLength": min(width - 60, 320),
        },
        "title": {"color": TEXT, "fontSize": 12, "fontWeight": "normal", "anchor": "start", "frame": "group"},
        "text": {"color": TEXT, "fontSize": 12},
        "line": {"strokeWidth": 2.5},
        "rule": {"color": MUTED, "strokeWidth": 1.5},
        "point": {"size": 70, "filled": True, "opacity": 1},
        "area": {"fillOpacity": AREA},
        "errorbar": {"color": MUTED},
        "mark": {"color": BLUE, "tooltip": {"content": "encoding"}, "aria": False},
        "range": {
            "category": list(PALETTE),
            "symbol": ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"],
            "ramp": {"scheme": "cividis"},
            "heatmap": {"scheme": "cividis"},
            "ordinal": {"scheme": "cividis"},
        },
    }
