"""Figures as pictures: SVG drawn on the server, always with the rows it was drawn from.

The site's policy allows no inline style and no script. pygal writes both, so the drawing is taken as a tree, stripped
of every ``<style>``, ``<script>``, ``style=`` and of all but the classes, and put inline into the page, where
``static/css/content.css`` colours it by class. It therefore follows the dark theme, prints, and needs no second
request. The picture is one image to a screen reader; the table beneath it (``{% chart_figure chart %}``) says it all.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from unicodedata import east_asian_width
from xml.etree import ElementTree

import pygal
from django.utils.functional import Promise
from pygal.style import Style

# pygal puts a finder of the old kind on the import path, for map plug-ins that are not used here; with it Python 3.11
# warns at every import of a module that does not exist.
sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, pygal.PluginImportFixer)]

Text = str | Promise
Number = int | Decimal
_SVG = "http://www.w3.org/2000/svg"
_TEXT = 14  # pixels, as in content.css
_KEPT = frozenset(
    {"viewBox", "class", "transform", "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry"}
    | {"width", "height", "points", "text-anchor", "role", "aria-label"}
)


class Drawing(str):
    """The text of an SVG element, ready for a template. Made from a parsed tree only, so all text in it is escaped."""

    __slots__ = ()

    def __new__(cls, tree: ElementTree.Element) -> Drawing:
        """Write the tree out."""
        return super().__new__(cls, ElementTree.tostring(tree, encoding="unicode"))

    def __html__(self) -> str:
        """Tell templates that nothing is left to escape."""
        return self


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with its title, its note (source, day, unit) and the same figures as a table."""

    title: Text
    svg: Drawing
    columns: tuple[dict[str, Any], ...]
    rows: tuple[tuple[Any, ...], ...]
    note: Text = ""


def bar_chart(title: Text, labels: Sequence[Text], series: dict[Text, Sequence[Number]], **options: Any) -> Chart:
    """Amounts side by side, for up to about twelve labels (fees by industry)."""
    return _chart(pygal.Bar, title, labels, series, **options)


def row_chart(title: Text, labels: Sequence[Text], series: dict[Text, Sequence[Number]], **options: Any) -> Chart:
    """Amounts beneath each other, first label on top: funnels, provinces, long names."""
    return _chart(pygal.HorizontalBar, title, labels, series, **options)


def line_chart(title: Text, labels: Sequence[Text], series: dict[Text, Sequence[Number]], **options: Any) -> Chart:
    """Amounts over time, one label a period."""
    return _chart(pygal.Line, title, labels, series, **options)


def _chart(
    kind: type,
    title: Text,
    labels: Sequence[Text],
    series: dict[Text, Sequence[Number]],
    *,
    first_column: Text = "",
    note: Text = "",
) -> Chart:
    """Draw and tabulate.

    Raises:
        ValueError: there is no label, or a series has another length than the labels.
    """
    if not labels or any(len(values) != len(labels) for values in series.values()):
        raise ValueError("every series needs one value a label, and there must be a label")
    columns: tuple[dict[str, Any], ...] = (
        {"label": first_column},
        *({"label": name, "numeric": True} for name in series),
    )
    rows = tuple((label, *(f"{values[i]:,}" for values in series.values())) for i, label in enumerate(labels))
    return Chart(title, _draw(kind, title, labels, series), columns, rows, note)


def _draw(kind: type, title: Text, labels: Sequence[Text], series: dict[Text, Sequence[Number]]) -> Drawing:
    # A horizontal bar chart starts at the bottom; readers start at the top.
    lying = kind is pygal.HorizontalBar
    order = slice(None, None, -1) if lying else slice(None)
    names = [str(label) for label in labels]
    plot = kind(
        width=760,
        height=max(160, 60 + 38 * len(labels) * len(series)) if lying else 380,
        style=Style(**{f"{part}_font_size": _TEXT for part in ("label", "major_label", "legend", "value")}),
        explicit_size=False,
        margin=10,
        margin_left=10 + (_missing_width(names) if lying else 0),
        margin_right=90 if lying else 20,
        show_legend=len(series) > 1,
        legend_at_bottom=True,
        print_values=lying,
        print_values_position="top",
        show_x_labels=not lying,
        legend_at_bottom_columns=min(len(series), 4),
        show_y_guides=not lying,
        truncate_label=-1,
        truncate_legend=-1,
        dots_size=4,
        js=(),
        formatter=_amount,
        value_formatter=_amount,
    )
    if kind is pygal.Line:
        everything = [value for values in series.values() for value in values]
        plot.range = (min(0, *everything), max(1, *everything))  # a line that starts above zero exaggerates
    plot.x_labels = names[order]
    for name, values in series.items():
        plot.add(str(name), list(values)[order])
    return Drawing(_plain(plot.render_tree(), str(title)))


def _amount(value: Any) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def _missing_width(names: Sequence[str]) -> int:
    """pygal reckons every character at 0.6 of the size; a Chinese one is 1.0 wide."""
    return max(int(_TEXT * 0.4 * sum(east_asian_width(char) in "WF" for char in name)) for name in names)


def _plain(source: Any, title: str) -> ElementTree.Element:
    """Copy a drawing without styles, scripts, links, tooltips and generated ids."""
    root = _copy(source)
    root.set("role", "img")
    root.set("aria-label", title)
    root.set("xmlns", _SVG)
    return root


def _copy(source: Any) -> ElementTree.Element:
    kept = {name: value for name, value in source.attrib.items() if name in _KEPT}
    element = ElementTree.Element(_local(source.tag), kept)
    element.text, element.tail = (source.text or "").strip() or None, None
    for child in source:
        unwanted = not isinstance(child.tag, str) or _local(child.tag) in {"style", "script", "defs", "title", "desc"}
        if not unwanted and "tooltip" not in child.get("class", "").split():
            element.append(_copy(child))
    return element


def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]
