"""The search finds every part of every word, whatever is typed into it, and never breaks."""

import pytest
from django.test import Client
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.models import SearchEntry, Statement
from registry.queries.public import public_statements
from registry.search import capped_count, plain, read_query, refresh_patents, refresh_statements, text_tokens
from tests.factories.patents import PatentFactory

pytestmark = pytest.mark.django_db
PARAMETERS = ["q", "kind", "classes", "province", "industry", "fee", "term", "open", "ended", "order", "page"]
PARAMETERS += ["sales", "margin", "units", "years"]
AWKWARD = ["1", "cost", "a~2026-01-01~X", "b~NaN~X", "a~1e99~X", "-1", "1e9"]


@pytest.fixture
def pack(cast):
    """An announced statement on a patent with a Chinese title; cast.patentee is Lakeside University."""
    title, abstract = "一种带Type-C接口的动力电池散热装置", "本发明涉及液冷板。"
    patent = cast.patent(title=title, abstract=abstract, main_class="H01M10/613")
    return cast.statement_in("announced", patent)


def found(words):
    return list(read_query(words).narrow(public_statements()).values_list("number", flat=True))


@pytest.mark.parametrize(
    "words",
    [
        "电",
        "置",
        "电池",
        "池散",
        "动力电池",
        "散热装置",
        "电池 液冷",
        "type-c",
        "TYPE",
        "yp",
        "ＴＹＰＥ－Ｃ接口",
        "lakeside",
        "Lakeside University",
        "H01M",
        "h01m10",
        "H01M 10/613",
        "H01",
    ],
)
def test_every_part_is_found(pack, words):
    assert found(words) == [pack.number]


@pytest.mark.parametrize("words", ["池电", "电池板", "散热池", "H02J", "H01M1", "电池 风冷", "lakesides", "，。"])
def test_what_is_not_there_is_not_found(pack, words):
    assert found(words) == []


def test_pairs_alone_are_no_proof(cast):
    cast.statement_in("announced", cast.patent(title="电池组与池组电"))
    assert found("电池组电") == []
    assert found("池组电") != []


def test_a_patent_number_is_found_in_every_writing(pack):
    number = pack.patent.number
    digits, check = number.split(".")
    spaced = f"{digits[:4]} {digits[4]} {digits[5:]}"
    for typed in (number, f"ZL{number}", f"zl {number}", digits + check, digits, spaced, digits[:7], f"ＺＬ{number}"):
        assert (typed, found(typed)) == (typed, [pack.number])
    assert read_query(f"ZL{digits}").patent_number == number


def test_a_wrong_check_digit_is_told_and_the_patent_found_all_the_same(pack):
    digits, check = pack.patent.number.split(".")
    wrong = f"{digits}.{(int(check.replace('X', '0')) + 1) % 10}"
    assert found(wrong) == [pack.number]
    with override("en"):
        assert "check digit does not match" in str(read_query(wrong).problem)


def test_a_statement_is_found_by_its_number(pack):
    assert found(pack.number) == [pack.number]
    assert found(pack.number.lower()[:8]) == [pack.number]


def test_designs_are_found_by_their_locarno_class(cast):
    statement = cast.statement_in("announced", _reported(cast.patent(design=True)))
    assert found("12-08") == [statement.number]
    assert found("12-09") == []


def _reported(patent):
    from tests.factories.patents import EvaluationReportFactory

    EvaluationReportFactory(patent=patent)
    return patent


def test_only_what_was_announced_has_an_entry(cast):
    approved = cast.statement_in("approved")
    refresh_statements([approved.pk])
    assert SearchEntry.objects.count() == 0
    assert found("battery") == []


def test_a_changed_title_is_found_after_a_refresh(pack):
    pack.patent.title = "一种风力发电机"
    pack.patent.save(update_fields=["title"])
    assert refresh_patents([pack.patent_id]) == 1
    assert found("风力") == [pack.number]
    assert found("电池") == []


def test_a_count_stops_at_its_cap(cast):
    for _number in range(3):
        PatentFactory(owners=[cast.patentee.patentee])
    patents = cast.patentee.patentee.patents.all()
    assert capped_count(patents, cap=2) == (2, True)
    assert capped_count(patents, cap=3) == (3, False)


@given(text=st.text(min_size=1, max_size=30), size=st.integers(1, 4), place=st.integers(0, 30))
def test_any_part_of_a_run_has_its_tokens_in_the_text(text, size, place):
    tokens = set(text_tokens(plain(text)))
    for run in plain(text).split():
        part = run[place : place + size]
        if part and part.isalnum():
            wanted = list(text_tokens(part))[:-1] if len(part) > 1 else [part]
            assert all(any(token.startswith(one) for token in tokens) for one in wanted)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.one_of(
        st.text(max_size=60),
        st.text(alphabet="'\\&|!():*<->%_\x00 电池ZL20110.X/H", max_size=40),
        st.from_regex(r"(ZL)?[0-9]{4,15}\.?[0-9X]?", fullmatch=True),
    )
)
def test_no_text_breaks_the_search(db, words):
    list(read_query(words).narrow(Statement.objects.all())[:5])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.dictionaries(
        st.sampled_from(PARAMETERS),
        st.one_of(st.text(max_size=20), st.sampled_from(AWKWARD)),
    )
)
def test_no_address_breaks_the_list(db, query):
    assert Client().get("/statements/", query).status_code == 200
