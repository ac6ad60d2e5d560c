"""A list as its reader wants it: searched however a number is written, narrowed, sorted both ways."""

from datetime import date, timedelta

import pytest

from core.deadlines import law_date
from registry.enums import StatementStatus
from registry.models import Statement
from registry.queries.narrowing import DEFAULT_SORT, SORTS, TURNS, Wanted, narrowed, turn_in
from tests.cast import NOW, TODAY


def found(**said) -> list[Statement]:
    return list(narrowed(Statement.objects.all(), Wanted.read(said), on=TODAY))


def test_what_is_no_choice_counts_as_not_asked():
    wanted = Wanted.read({"q": " a\x00  b ", "status": "x", "turn": "y", "sort": "password", "page": "2"})
    assert wanted == Wanted(q="a b", status="", turn="", sort=DEFAULT_SORT)
    assert (wanted.in_use, Wanted.read({"status": "draft", "turn": "filer"}).in_use) == (1, 2)


def test_every_state_has_one_turn():
    turns = {turn: {state.value for state in StatementStatus if turn_in(state) == turn} for turn in TURNS}
    assert turns["filer"] == {"draft", "correction"}
    assert turns["office"] == {"submitted", "examining", "passed", "refusal_proposed", "held"}
    assert turns["bulletin"] == {"approved"}
    assert sum(len(states) for states in turns.values()) == len(StatementStatus)


def test_a_statement_is_found_by_number_title_filer_and_patent_number(cast):
    wanted = cast.statement_in("submitted", cast.patent(title="一种热泵"))
    cast.statement_in("submitted", cast.patent(title="一种电池"))
    number = wanted.patent.number
    for q in (
        wanted.number,
        wanted.number.lower(),
        "热泵",
        number,
        f"ZL {number}",
        number.replace(".", ""),
        number[:12],
    ):
        assert found(q=q) == [wanted], q
    assert len(found(q="Lakeside")) == 2
    assert found(q="nothing of the kind") == []
    assert found(q="%") == found(q="_") == []


def test_an_old_number_is_found_with_its_check_digit(cast):
    old = cast.draft(cast.patent(number="99123456.7", filed_on=date(1999, 5, 1), granted_on=date(2002, 5, 1)))
    assert found(q="ZL99123456.7") == found(q="991234567") == [old]


@pytest.mark.parametrize("sort", SORTS)
def test_each_order_turns_round(cast, sort):
    cast.statement_in("submitted", cast.patent(title="乙"), at=NOW - timedelta(days=3))
    cast.statement_in("correction", cast.patent(title="甲"))
    assert len(found(sort=sort)) == 2
    assert found(sort=sort) == found(sort=f"-{sort}")[::-1]


def test_by_period_the_most_urgent_comes_first_and_what_has_none_last(cast):
    draft = cast.draft()
    fresh = cast.statement_in("submitted")  # ten working days
    correcting = cast.statement_in("correction")  # one month
    assert found(sort="until") == [fresh, correcting, draft]
    assert found(sort="-until") == [correcting, fresh, draft]
    assert law_date(NOW) == TODAY
