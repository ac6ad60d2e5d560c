"""Charts: what is drawn is what is tabulated, and a strict content policy finds nothing to refuse."""

from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.template import Context, Template

from core import charts

SERIES = {"Invention": [1200, 5], "Design": [Decimal("3.5"), 0]}
MAKERS = [charts.bar_chart, charts.row_chart, charts.line_chart]


def test_the_table_holds_every_figure_that_was_drawn():
    chart = charts.bar_chart("Licenses", ["2025", "2026"], SERIES, first_column="Year")
    assert [column["label"] for column in chart.columns] == ["Year", "Invention", "Design"]
    assert chart.rows == (("2025", "1,200", "3.5"), ("2026", "5", "0"))


@pytest.mark.parametrize("make", MAKERS)
def test_a_drawing_has_no_style_script_or_handler(make):
    root = ElementTree.fromstring(make("Licenses", ["2025", "2026"], SERIES).svg)
    for element in root.iter():
        assert element.tag.rsplit("}", 1)[-1] in {"svg", "g", "path", "rect", "circle", "text", "line"}
        assert [name for name in element.attrib if name == "style" or name.startswith("on")] == []


@pytest.mark.parametrize("make", MAKERS)
def test_a_drawing_is_one_image_named_by_its_title(make):
    root = ElementTree.fromstring(make("Fees <per> year", ["2025", "2026"], SERIES).svg)
    assert (root.get("role"), root.get("aria-label")) == ("img", "Fees <per> year")


@pytest.mark.parametrize("make", MAKERS)
def test_markup_in_labels_stays_text(make):
    hostile = "<script>alert(1)</script>"
    chart = make(hostile, [hostile, "b"], {hostile: [1, 2], "x": [1, 2]})
    page = Template("{{ chart.svg }}").render(Context({"chart": chart}))
    assert page.startswith("<svg ")
    assert "<script" not in page


def test_rows_stand_in_the_order_given_from_the_top():
    root = ElementTree.fromstring(charts.row_chart("Funnel", ["first", "last"], {"n": [9, 1]}).svg)
    heights = {text.text: float(text.get("y")) for text in root.iter() if text.text in {"first", "last"}}
    assert heights["first"] < heights["last"]


def test_every_label_and_value_of_a_row_chart_is_written_in_full():
    root = ElementTree.fromstring(charts.row_chart("Funnel", ["已提交开放许可声明", "b"], {"n": [1234567, 1]}).svg)
    assert {"已提交开放许可声明", "b", "1,234,567", "1"} <= {text.text for text in root.iter()}


@pytest.mark.parametrize(("labels", "values"), [([], []), (["a", "b"], [1]), (["a"], [1, 2])])
def test_uneven_figures_are_refused(labels, values):
    with pytest.raises(ValueError, match="every series needs one value a label"):
        charts.line_chart("Licenses", labels, {"n": values})
