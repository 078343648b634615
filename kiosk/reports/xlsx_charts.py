"""Charts of a workbook: real ones, which Excel and LibreOffice draw from the cells beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kiosk.reports.model import Table

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LOOKS = (("0B5CAD", "0B5CAD"), ("8FB3D6", "0B5CAD"), ("F4F7FA", "1F2933"))
"""Fill and edge of now, before, and long before: apart in grey print too."""
MOST = 20
"""Lines a chart shows at most; the table has them all."""
_WIDTH, _LOWEST, _HIGHEST = 17.0, 5.0, 15.5
"""Centimetres: a chart stands on one page."""


def add_chart(sheet: Worksheet, table: Table, top: int) -> None:
    """A chart of the numbers right of the table, whose heads are in row `top`; the share is not drawn."""
    from openpyxl.chart import BarChart, LineChart, Reference
    from openpyxl.utils import get_column_letter

    series, lines = len(table.heads) - 1 - table.shares, min(len(table.lines), MOST)
    chart: Any = LineChart() if table.chart == "line" else BarChart()
    if table.chart in ("bar", "column"):
        chart.type = "bar" if table.chart == "bar" else "col"
        # One or two bars do not fill the whole picture.
        chart.gapWidth = 40 if lines > 3 else 120
    numbers = Reference(sheet, min_col=2, max_col=1 + series, min_row=top, max_row=top + lines)
    chart.add_data(numbers, titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=top + 1, max_row=top + lines))
    chart.title = table.headline or table.title
    chart.title.tx.rich.p[0].pPr = _small()
    _axes(chart, series, lying=table.chart == "bar")
    for one, (fill, edge) in zip(chart.series, LOOKS, strict=False):
        one.graphicalProperties.solidFill = fill
        one.graphicalProperties.line.solidFill = edge
    if series == 1:
        _numbers(chart)
    each = 0.62 if series == 1 else 0.35 * series + 0.2
    tall = each * lines + 2.5 if table.chart == "bar" else 8.0
    chart.width, chart.height = _WIDTH, min(_HIGHEST, max(_LOWEST, tall))
    # Below the heads: these are repeated on every page, with whatever begins beside them.
    sheet.add_chart(chart, f"{get_column_letter(len(table.heads) + 2)}{top + 1}")


def _axes(chart: Any, series: int, *, lying: bool) -> None:
    """Both axes, from 0, in the order of the table; lines across where no number stands on its bar."""
    if series == 1:
        chart.legend = chart.y_axis.majorGridlines = None
    else:
        chart.legend.position = "b"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.number_format, chart.y_axis.scaling.min = "#,##0", 0
    if lying:
        chart.x_axis.scaling.orientation = "maxMin"
        chart.y_axis.crosses = "max"


def _numbers(chart: Any) -> None:
    from openpyxl.chart.label import DataLabelList

    chart.dataLabels = DataLabelList()
    chart.dataLabels.showVal = True
    for other in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
        setattr(chart.dataLabels, other, False)


def _small() -> Any:
    from openpyxl.drawing.text import CharacterProperties, ParagraphProperties

    return ParagraphProperties(defRPr=CharacterProperties(sz=1200, b=True))
