"""Licensees are told in the same transaction when the register bars their statement, and when the bar is gone."""

from datetime import timedelta

import pytest

from registry.actions.events import take_in_events
from tests.cast import NOW
from tests.licensing.scene import Scene
from tests.registry.actions.test_events import BY, received
from tests.registry.actions.test_redeclaring import NEXT, approve_end, publish, withdraw

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)


@pytest.fixture
def scene(cast):
    return Scene(cast)


def told(person):
    codes = person.organisation.inbox.filter(code__startswith="licensee-").order_by("at")
    return list(codes.values_list("code", flat=True))


def test_licensees_and_whoever_gave_notice_hear_of_a_bar_and_of_its_end(scene, cast):
    statement = scene.announced()
    scene.license(statement, by=cast.enterprise)
    scene.notice(statement, by=cast.rival)
    stranger = cast.member("Nobody to it")
    late = received(statement.patent, "annuity_late", "2026-03-03")
    take_in_events(events=[late], by=BY, at=LATER)
    assert [told(person) for person in (cast.enterprise, cast.rival, stranger)] == [
        ["licensee-barred"],
        ["licensee-barred"],
        [],
    ]
    params = cast.enterprise.organisation.inbox.get(code="licensee-barred").params
    assert "annuity" in params["grounds"]["en"]
    paid = received(statement.patent, "annuity_paid", "2026-03-05")
    take_in_events(events=[paid], by=BY, at=LATER + timedelta(days=2))
    assert told(cast.enterprise) == ["licensee-barred", "licensee-resumed"]


def test_licensees_and_whoever_gave_notice_hear_of_an_end_once(scene, cast):
    statement = scene.announced()
    scene.license(statement, by=cast.enterprise)
    scene.notice(statement, by=cast.rival)
    approve_end(cast, withdraw(cast, statement))
    publish(NEXT)
    assert [told(person) for person in (cast.enterprise, cast.rival)] == [["licensee-ended"], ["licensee-ended"]]
    message = cast.enterprise.organisation.inbox.get(code="licensee-ended")
    assert (message.params["statement"], message.params["ended_on"]) == (statement.number, "2026-03-03")
