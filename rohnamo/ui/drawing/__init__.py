"""Charts and the map, drawn on the server as SVG text. No Django in here.

Colours are class names; the style sheets give them values for light, dark and paper. Every drawing exists
in two layouts, because words in an SVG shrink with it: "phone" is drawn 328 units wide, "wide" 744.
"""

from rohnamo.ui.drawing.bars import Share, progress_bar, result_bar, shares_bar
from rohnamo.ui.drawing.canvas import Caption, Layout
from rohnamo.ui.drawing.cascade import Step, cascade_bars
from rohnamo.ui.drawing.chart import Stem, YearValue, line_and_stems
from rohnamo.ui.drawing.districts import Place, district_map
from rohnamo.ui.drawing.money import YearOfMoney, money_by_year

__all__ = [
    "Caption",
    "Layout",
    "Place",
    "Share",
    "Stem",
    "Step",
    "YearOfMoney",
    "YearValue",
    "cascade_bars",
    "district_map",
    "line_and_stems",
    "money_by_year",
    "progress_bar",
    "result_bar",
    "shares_bar",
]
