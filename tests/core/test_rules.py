"""Rules: facts in, findings out, each with its articles, on the days on which they are in force."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core.legal import GL, LAW
from core.rules import Finding, Refused, RuleBook, Severity

DAY = date(2026, 3, 3)


@pytest.fixture
def book() -> RuleBook[int]:
    """Rules about a number."""
    book: RuleBook[int] = RuleBook("numbers", "Numbers")

    @book.rule("N1", LAW(50, 1), GL("V-11 §3.1"), title="Too large")
    def too_large(facts: int) -> Iterator[Finding]:
        """A number is at most ten."""
        if facts > 10:
            yield Finding("It is above ten.", "Take less.", "number")

    @book.rule("N2", LAW(51), title="Odd", severity=Severity.WARNING)
    def odd(facts: int) -> Iterator[Finding]:
        """A number should be even."""
        if facts % 2:
            yield Finding("It is odd.")

    @book.rule("N3", LAW(52), title="Unlucky", since=date(2025, 1, 1), until=date(2026, 1, 1))
    def unlucky(facts: int) -> Iterator[Finding]:
        """Thirteen was forbidden during 2025."""
        if facts == 13:
            yield Finding("It is thirteen.")

    return book


def test_every_violation_is_told_at_once_in_the_order_of_the_book(book):
    assert [violation.rule for violation in book.check(13, on=date(2025, 6, 1))] == ["N1", "N2", "N3"]


def test_lawful_facts_have_no_violation(book):
    assert book.check(10, on=DAY) == []


def test_a_violation_carries_rule_articles_remedy_and_field(book):
    (violation,) = book.check(12, on=DAY)
    assert violation.basis == (LAW(50, 1), GL("V-11 §3.1"))
    with translation.override("en"):
        assert violation.as_data() == {
            "rule": "N1",
            "title": "Too large",
            "severity": "bar",
            "basis": ["Patent Law, Art. 50(1)", "Patent Examination Guidelines, Part V, Ch. 11, §3.1"],
            "message": "It is above ten.",
            "remedy": "Take less.",
            "field": "number",
        }


@pytest.mark.parametrize(
    ("on", "applies"),
    [
        (date(2024, 12, 31), False),
        (date(2025, 1, 1), True),
        (date(2025, 12, 31), True),
        (date(2026, 1, 1), False),
    ],
)
def test_a_rule_applies_from_its_first_day_until_the_day_before_its_end(book, on, applies):
    assert ("N3" in [violation.rule for violation in book.check(13, on=on)]) is applies


def test_a_rule_without_dates_applies_since_open_licensing_exists(book):
    assert book.check(12, on=date(2021, 5, 31)) == []
    assert [violation.rule for violation in book.check(12, on=date(2021, 6, 1))] == ["N1"]


def test_only_some_rules_can_be_asked(book):
    assert [violation.rule for violation in book.check(13, on=DAY, only=["N2"])] == ["N2"]


@pytest.mark.parametrize(
    ("severity", "blocks"), [(Severity.BAR, True), (Severity.DEFECT, True), (Severity.WARNING, False)]
)
def test_a_warning_blocks_nothing(severity, blocks):
    book: RuleBook[None] = RuleBook("one", "One")

    @book.rule("X", LAW(50), title="x", severity=severity)
    def always(facts: None) -> Iterator[Finding]:
        """It never holds."""
        yield Finding("no")

    assert [violation.blocks for violation in book.check(None, on=DAY)] == [blocks]


def test_the_text_of_a_rule_is_its_docstring(book):
    assert [rule.text for rule in book.rules] == [
        "A number is at most ten.",
        "A number should be even.",
        "Thirteen was forbidden during 2025.",
    ]


def test_an_id_is_given_once(book):
    with pytest.raises(ValueError, match="rule N1 is registered twice in numbers"):
        book.rule("N1", LAW(50), title="again")(book.rules[0].check)


def test_a_rule_names_its_article(book):
    with pytest.raises(ValueError, match="rule N9 needs its articles"):
        book.rule("N9", title="nothing behind it")(book.rules[0].check)


def test_a_rule_states_the_law(book):
    def silent(facts: int) -> Iterator[Finding]:
        yield Finding("no")

    with pytest.raises(ValueError, match="a docstring that states the law"):
        book.rule("N9", LAW(50), title="mute")(silent)


def test_a_refusal_carries_every_violation(book):
    refused = Refused(iter(book.check(13, on=date(2025, 6, 1))))
    assert [violation.rule for violation in refused.violations] == ["N1", "N2", "N3"]
    assert str(refused) == "N1: It is above ten.; N2: It is odd.; N3: It is thirteen."


def test_messages_follow_the_reader_not_the_time_of_the_check():
    book: RuleBook[None] = RuleBook("one", "One")

    @book.rule("X", LAW(50), title=_("English"))
    def always(facts: None) -> Iterator[Finding]:
        """It never holds."""
        yield Finding("no")

    with translation.override("en"):
        (violation,) = book.check(None, on=DAY)
    with translation.override("zh-hans"):
        assert violation.as_data()["basis"] == ["专利法第50条"]
