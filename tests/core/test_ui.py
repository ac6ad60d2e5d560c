"""The page components, as a reader or a screen reader meets them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.utils.translation import override

from core.legal import LAW
from core.rules import Severity, Violation
from core.templatetags.ui import labelled


class Words(HTMLParser):
    """Collects text and elements of a fragment."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.elements: list[tuple[str, dict]] = []
        self.feed(html)

    def handle_data(self, data):
        self.text += data.split()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))


def render(source: str, **context) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def words(source: str, **context) -> str:
    return " ".join(Words(render(source, **context)).text)


def elements(source: str, name: str, **context) -> list[dict]:
    return [attrs for tag, attrs in Words(render(source, **context)).elements if tag == name]


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


class Offer(forms.Form):
    """A form with one field of each shape."""

    price = forms.DecimalField(
        label="Lump sum", help_text="In yuan.", widget=forms.NumberInput(attrs={"data-prefix": "¥"})
    )
    mode = forms.ChoiceField(label="Mode", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    note = forms.CharField(label="Note", required=False)
    agree = forms.BooleanField(label="I undertake", help_text="For the whole term.")


@pytest.mark.parametrize(
    ("source", "value", "text"),
    [
        ("{{ v|yuan }}", Decimal("1234567"), "¥1,234,567.00"),
        ("{{ v|yuan }}", 0, "¥0.00"),
        ("{{ v|yuan }}", None, ""),
        ("{{ v|wan }}", Decimal("20000000"), "20 million yuan"),
        ("{{ v|percent }}", Decimal("3.50"), "3.5 %"),
        ("{{ v|patent_number }}", "202410000001.X", "ZL202410000001.X"),
        ("{{ v|patent_number }}", "ZL202410000001.X", "ZL202410000001.X"),
        ("{{ v|patent_number }}", "", ""),
        ("{{ v|law_date }}", None, ""),
    ],
)
def test_values_are_written_in_the_countrys_forms(source, value, text):
    assert render(source, v=value) == text


@pytest.mark.parametrize(("language", "text"), [("zh-hans", "2026年11月23日"), ("en", "23 November 2026")])
def test_a_day_is_written_in_the_readers_language(language, text):
    with override(language):
        assert render("{{ d|law_date }}", d=date(2026, 11, 23)) == f'<time datetime="2026-11-23">{text}</time>'


def test_a_moment_shows_the_day_and_minute_of_shanghai():
    late = datetime(2026, 11, 22, 16, 5, tzinfo=UTC)
    expected = '<time datetime="2026-11-23T00:05+08:00">23 November 2026 00:05</time>'
    assert render("{{ d|law_time }}", d=late) == expected
    assert render("{{ d|law_date }}", d=late) == '<time datetime="2026-11-23">23 November 2026</time>'


@pytest.mark.parametrize(
    ("due_on", "text"),
    [
        (date(2026, 12, 5), "12 days left , until 5 December 2026"),
        (date(2026, 11, 24), "1 day left , until 24 November 2026"),
        (date(2026, 11, 23), "Last day today , 23 November 2026"),
        (date(2026, 11, 22), "1 day overdue , was due by 22 November 2026"),
        (date(2026, 11, 20), "3 days overdue , was due by 20 November 2026"),
    ],
)
def test_a_deadline_says_how_long_is_left(due_on, text):
    assert words("{% deadline d today=t %}", d=due_on, t=date(2026, 11, 23)) == text


def test_a_deadline_that_was_met_no_longer_counts():
    expected = "Done; was due by 20 November 2026"
    assert words("{% deadline d done=True today=t %}", d=date(2026, 11, 20), t=date(2026, 11, 23)) == expected


def test_a_missing_route_gives_no_link_and_no_error():
    assert render("{% maybe_url 'no_such_page' as u %}[{{ u }}]{% nav_item u 'Nowhere' %}").strip() == "[]"


def test_the_trail_ends_with_this_page():
    source = '{% crumbs "Front page" "/" "Statements" "/statements/" "One of them" %}'
    assert [link["href"] for link in elements(source, "a")] == ["/", "/statements/"]
    assert elements(source, "span") == [{"aria-current": "page"}]
    assert words(source) == "Front page Statements One of them"


def test_text_given_to_components_is_escaped():
    hostile = "<b>x</b>"
    for source in (
        "{% page_header v kicker=v lead=v %}{% endpage_header %}",
        "{% notice 'info' title=v %}{{ v }}{% endnotice %}",
        "{% status_tag v %}",
        "{% crumbs v '/' v %}",
        "{% copy_code v %}",
        "{% turn_panel v v %}",
    ):
        assert "<b>" not in render(source, v=hostile)
        assert "&lt;b&gt;" in render(source, v=hostile)


def test_a_block_keeps_the_markup_of_its_body():
    assert "<p>Body</p>" in render("{% notice 'warning' title='Title' %}<p>Body</p>{% endnotice %}")


@pytest.mark.parametrize("source", ["{% notice 'loud' %}{% endnotice %}", "{% status_tag 'x' tone='loud' %}"])
def test_an_unknown_tone_is_an_error_of_the_page_builder(source):
    with pytest.raises(TemplateSyntaxError, match="unknown tone 'loud'"):
        render(source)


def test_a_status_tag_takes_its_label_from_the_choice():
    assert words("{% status_tag s %}", s=Severity.BAR) == "bar"
    assert elements("{% status_tag 'draft' 'Draft' 'info' %}", "span") == [
        {"class": "tag tag--info", "data-status": "draft"}
    ]


def test_a_violation_shows_message_remedy_and_rule_and_links_to_its_field():
    form = Offer()
    found = Violation("F8", "Cap", Severity.DEFECT, (LAW(50, 1),), "Over the cap.", "Lower it.", "price")
    assert words("{% violations v form %}", v=[found], form=form) == (
        "Over the cap. How to mend it: Lower it. Rule: Patent Law, Art. 50(1)"
    )
    assert elements("{% violations v form %}", "a", v=[found], form=form)[0]["href"] == "#id_price"
    assert "#id_price" not in render("{% violations v %}", v=[found])


def test_the_error_summary_names_each_field_and_leads_to_its_input():
    form = Offer({"note": "kept"})
    page = render("{% error_summary form %}{{ form }}", form=form)
    parsed = Words(page)
    links = [attrs["href"] for tag, attrs in parsed.elements if tag == "a"]
    assert links == ["#id_price", "#id_mode_0", "#id_agree"]
    ids = [attrs["id"] for _, attrs in parsed.elements if "id" in attrs]
    assert {link[1:] for link in links} <= set(ids)
    assert "Lump sum: This field is required." in page
    assert 'value="kept"' in page


def test_a_label_that_asks_is_followed_by_no_colon():
    assert labelled("Who may read it?", "This field is required.") == "Who may read it? This field is required."
    with override("zh-hans"):
        assert labelled("谁可查阅？", "该字段是必填项。") == "谁可查阅？该字段是必填项。"


def test_no_error_no_summary():
    good = Offer({"price": "1", "mode": "a", "agree": "on"})
    assert render("{% error_summary a b %}", a=Offer(), b=good) == "\n"


def test_every_id_of_a_form_is_unique_and_every_reference_resolves():
    parsed = Words(str(Offer({})))
    ids = [attrs["id"] for _, attrs in parsed.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    named = [attrs[key] for _, attrs in parsed.elements for key in ("for", "aria-describedby") if key in attrs]
    assert {one for several in named for one in several.split()} <= set(ids)


def test_a_field_ties_hint_and_error_to_its_input():
    price = next(attrs for tag, attrs in Words(str(Offer({}))).elements if attrs.get("name") == "price")
    assert price["aria-describedby"] == "id_price_helptext id_price_error"
    assert price["aria-invalid"] == "true"


def test_only_optional_fields_say_so():
    assert " ".join(Words(str(Offer())).text).count("(optional)") == 1


def test_radio_buttons_stand_in_a_fieldset_with_their_question():
    tags = [tag for tag, _ in Words(str(Offer()["mode"].as_field_group())).elements]
    assert tags[1:3] == ["fieldset", "legend"]


def test_a_money_field_shows_its_unit_before_the_input_and_in_its_label():
    page = Offer()["price"].as_field_group()
    assert page.index("affix__prefix") < page.index("<input")
    assert " ".join(Words(page).text).startswith("Lump sum (¥)")


def test_page_links_keep_the_rest_of_the_search(rf):
    page = Paginator(range(30), 10).page(2)
    found = elements("{% pagination page %}", "a", page=page, request=rf.get("/?q=电池&page=2"))
    assert [link["href"] for link in found] == ["?q=%E7%94%B5%E6%B1%A0&page=1", "?q=%E7%94%B5%E6%B1%A0&page=3"]


def test_a_table_names_its_columns_on_every_cell_for_cards_on_a_phone():
    columns = [{"label": "Year"}, {"label": "Payable", "numeric": True}]
    source = "{% data_table 'Annuities' columns rows stack=True %}"
    cells = elements(source, "td", columns=columns, rows=[["12", "¥3,400.00"]])
    assert cells == [{"data-label": "Payable", "class": "num"}]
    region = elements(source, "div", columns=columns, rows=[])[0]
    assert (region["role"], region["aria-label"], region["tabindex"]) == ("region", "Annuities", "0")


def test_a_row_of_another_length_than_the_columns_is_refused():
    with pytest.raises(ValueError, match="zip"):
        render("{% data_table 'T' columns rows %}", columns=[{"label": "A"}], rows=[["1", "2"]])


def test_a_result_card_answers_the_six_questions():
    item = {
        "url": "/s/1/", "title": "电解液", "number": "202110123456.7", "holders": "示范大学", "price": "¥500.00, once",
        "term": "Until 2031", "licenses": 3, "acceptable": False, "acceptable_note": "Annuity overdue",
    }  # fmt: skip
    assert words("{% result_card i %}", i=item) == (
        "电解液 ZL202110123456.7 示范大学 Price ¥500.00, once License term Until 2031 Licenses so far 3 "
        "Cannot be accepted now Annuity overdue"
    )


def test_the_timeline_marks_where_the_matter_stands():
    events = [{"label": "Submitted", "at": date(2026, 11, 1)}, {"label": "Examined", "state": "current"},
              {"label": "Announced", "state": "future"}]  # fmt: skip
    assert [li.get("aria-current") for li in elements("{% timeline e %}", "li", e=events)] == [None, "step", None]
    assert words("{% timeline e %}", e=events) == "Submitted 1 November 2026 Examined Announced Not yet"


def test_a_task_that_cannot_start_yet_is_no_link():
    sections = [{"tasks": [{"label": "Fee", "url": "/fee/"}, {"label": "Send", "status": "Cannot start yet"}]}]
    assert [link["href"] for link in elements("{% task_list s %}", "a", s=sections)] == ["/fee/"]


def test_an_answer_of_zero_is_an_answer():
    rows = [{"label": "Fee", "value": 0}, {"label": "Term", "value": ""}]
    assert words("{% summary_list rows %}", rows=rows) == "Fee 0 Term Not given"


def test_a_change_link_says_what_it_changes():
    rows = [{"label": "Fee", "value": "¥1.00", "url": "/fee/"}]
    assert words("{% summary_list rows %}", rows=rows) == "Fee ¥1.00 Change Fee"
