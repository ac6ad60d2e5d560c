"""An event of the register races acceptances and its like: who comes after it gets no license, who came before is told."""

import pytest

from accounts.models import InboxMessage
from core.rules import Refused
from licensing.actions.noticing import serve_notice
from licensing.models import License
from licensing.queries.terms import terms_hash_of
from registry.actions.events import TakenIn, take_in_events
from registry.models import Pledge, RegisterEvent, WithdrawalDuty
from tests.licensing.scene import FREE, Scene, later, notice_text
from tests.races.test_licensing import race, winners
from tests.registry.actions.test_events import BY, received

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("round", range(5))
def test_acceptance_races_a_bar(cast, round) -> None:
    statement = Scene(cast).announced(**FREE)
    digest = terms_hash_of(statement)
    people = [cast.member(f"Firm {number}") for number in range(10)]
    event = received(statement.patent, "suspension", "2026-03-02", ground="ownership")

    def take(person):
        return serve_notice(
            statement_id=statement.pk, text=notice_text(), terms_read=digest, by=person.actor, at=later(1)
        )

    acts = [lambda person=person: take(person) for person in people]
    acts.insert(round * 2, lambda: take_in_events(events=[event], by=BY, at=later(1)))
    results = race(acts)
    taken = [result for result in winners(results) if not isinstance(result, TakenIn)]

    assert len(winners(results)) == len(taken) + 1
    licensees = set(License.objects.values_list("licensee_id", flat=True))
    told = set(InboxMessage.objects.filter(code="licensee-barred").values_list("organisation_id", flat=True))
    assert (len(licensees), told) == (len(taken), licensees)
    with pytest.raises(Refused):
        take(cast.rival)
    assert License.objects.count() == len(taken)


def test_the_same_file_taken_in_by_many_at_once_enters_each_event_once(cast) -> None:
    statement = Scene(cast).announced()
    patent = statement.patent
    events = [
        received(patent, "pledge", "2026-02-03", pledgee="Bank"),
        received(patent, "pledge_release", "2026-02-20", pledgee="Bank"),
        received(patent, "annuity_late", "2026-03-01"),
    ]
    results = race([lambda: take_in_events(events=events, by=BY, at=later(1)) for _thread in range(8)])

    assert sum(len(result.entered) for result in results) == 3
    assert (RegisterEvent.objects.count(), Pledge.objects.count(), WithdrawalDuty.objects.count()) == (3, 1, 1)
    assert InboxMessage.objects.filter(code="statement-barred").count() == 1
