"""The colours of what is printed and mailed, where a page's own style sheet does not reach.

They are those of ``templates/week.css`` on a light page: no printer and few mail readers know custom properties.
"""

from __future__ import annotations

from reports import drawings

LIGHT = {
    "paper": "#f6f3ec",
    "sheet": "#fffdf8",
    "ink": "#20282c",
    "soft": "#5a656a",
    "line": "#ddd6c8",
    "mark": "#0d5e6c",
    "low": "#1c699e",
    "guarded": "#7d6000",
    "elevated": "#a94600",
    "high": "#8d1c43",
    "unknown": "#5a656a",
    "bar": "#9db3b8",
    "band": "#e9e3d3",
}

# The twelve weeks' picture, as ``week.css`` draws it. SVG readers outside browsers want colours as colours.
_CHART = """
text{{font-family:"Libertinus Serif";font-size:{size}px;fill:{soft}}}
.now-label{{fill:{ink};font-weight:bold}}
.grid{{stroke:{line};stroke-width:.8}}
.band{{fill:{band}}}
.bar{{fill:{bar}}}
.now{{fill:{mark}}}
.dot{{fill:{sheet};stroke:{ink};stroke-width:1.6}}
.jump{{fill:{elevated}}}
path.jump{{stroke:{sheet};stroke-width:1.5;paint-order:stroke}}
text.jump{{font-weight:bold}}
.pain{{fill:{sheet};stroke:{soft};stroke-width:1.3}}
.pain.strong{{fill:{high};stroke:{high}}}
text.pain-n{{fill:{ink};font-weight:bold}}
text.pain-n.strong{{fill:{sheet}}}
"""


def chart_style(text_size: int) -> str:
    return _CHART.format(size=text_size, **LIGHT)


def printable(drawing: str) -> str:
    """An exercise's drawing with its colours written out."""
    return drawing.replace(drawings.ACCENT, LIGHT["elevated"]).replace("currentColor", LIGHT["ink"])
