"""Whoever watches a patent or a statement hears once of each announcement that changes what could be done with it."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from accounts.notifications import render
from core.lifecycle import Actor
from core.outbox import OutboxMessage
from registry.actions.ending import approve_ending, pass_ending, propose_ending
from registry.actions.publishing import expire_statements, publish_issue
from registry.actions.watching import watch
from registry.enums import EndingKind
from tests.cast import NOW, TODAY
from tests.registry.actions.test_redeclaring import NEXT, approve_end, approved_successor, publish, withdraw

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=8)


@pytest.fixture
def watcher(cast):
    """An enterprise that holds no license and files nothing."""
    return cast.rival


def watching(person, *things):
    for thing in things:
        watch(thing=thing, by=person.actor, at=NOW)


def told(person):
    found = person.organisation.inbox.filter(code__startswith="watched-").order_by("at", "code")
    return [(message.code, message.params["number"], message.url) for message in found]


def page(statement):
    return f"/statements/{statement.number}/"


def test_a_new_statement_on_a_watched_patent_is_told_with_its_day(cast, watcher):
    patent = cast.patent()
    watching(watcher, patent)
    statement = cast.statement_in("announced", patent)
    assert told(watcher) == [("watched-announced", statement.number, page(statement))]
    message = watcher.organisation.inbox.get()
    assert (message.params["patent"], message.params["effective_on"]) == (str(patent), TODAY.isoformat())
    assert OutboxMessage.objects.filter(key__startswith=f"mail:{message.pk}:").count() == 1
    with override("en"):
        assert "can be accepted from that day on (Patent Law, Art. 51(1))" in render(message.code, message.params)[1]


def test_a_withdrawal_is_told_when_it_is_announced_and_not_before(cast, watcher):
    statement = cast.statement_in("announced")
    watching(watcher, statement)
    approve_end(cast, withdraw(cast, statement))
    assert told(watcher) == []
    publish(NEXT)
    assert told(watcher) == [("watched-withdrawn", statement.number, page(statement))]


@pytest.mark.parametrize(
    ("kind", "said", "code"),
    [
        (EndingKind.TERMINATION, {"falsehood": True, "deviation": "Minor."}, "watched-ended"),
        (EndingKind.REVOCATION, {"falsehood": True}, "watched-revoked"),
    ],
)
def test_an_end_by_the_office_is_told(cast, watcher, kind, said, code):
    statement = cast.statement_in("announced")
    watching(watcher, statement)
    ending = propose_ending(statement=statement, kind=kind, grounds="事由", by=cast.examiner.actor, at=LATER, **said)
    pass_ending(ending=ending, by=cast.examiner.actor, at=LATER)
    approve_ending(ending=ending, by=cast.approver.actor, at=LATER)
    publish_issue(by=Actor.system("bulletin"), at=LATER)
    assert told(watcher) == [(code, statement.number, page(statement))]


def test_an_expiry_is_told_once_however_often_the_clock_runs(cast, watcher):
    statement = cast.statement_in("announced", term_mode="until", term_until="2026-03-09", term_months="")
    watching(watcher, statement)
    for days in (7, 8, 9):
        expire_statements(by=Actor.system("expiry"), at=NOW + timedelta(days=days))
    assert told(watcher) == [("watched-expired", statement.number, page(statement))]
    assert watcher.organisation.inbox.get().params["ended_on"] == "2026-03-10"


@pytest.mark.parametrize("both", [True, False])
def test_who_watched_the_earlier_statement_hears_of_its_end_and_of_the_one_in_its_place_once_each(cast, watcher, both):
    earlier = cast.statement_in("announced")
    watching(watcher, earlier, *([earlier.patent] if both else []))
    ending = withdraw(cast, earlier)
    new = approved_successor(cast, earlier, fixed_amount="150000")
    approve_end(cast, ending)
    publish(NEXT)
    assert told(watcher) == [
        ("watched-redeclared", new.number, page(new)),
        ("watched-withdrawn", earlier.number, page(earlier)),
    ]
    assert watcher.organisation.inbox.get(code="watched-redeclared").params["earlier"] == earlier.number


def test_who_files_is_told_as_filer_and_strangers_hear_nothing(cast, watcher):
    statement, other = cast.statement_in("announced"), cast.patent()
    watching(cast.patentee, statement.patent)
    watching(watcher, other)
    approve_end(cast, withdraw(cast, statement))
    publish(NEXT)
    assert (told(cast.patentee), told(watcher)) == ([], [])
    assert cast.patentee.organisation.inbox.filter(code="statement-ended").count() == 1


def test_publication_asks_who_watches_in_one_query_however_many_statements(
    cast, watcher, django_assert_max_num_queries
):
    def announced(count, at):
        for _number in range(count):
            statement = cast.statement_in("approved", at=at)
            watching(watcher, statement.patent)
        with django_assert_max_num_queries(400) as queries:
            publish(at)
        return sum('FROM "registry_watch"' in query["sql"] for query in queries.captured_queries)

    assert announced(1, NOW) == announced(4, NEXT)
    assert len(told(watcher)) == 5
