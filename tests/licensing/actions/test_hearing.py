"""Licensees are told in the same transaction when the register bars their statement, and when the bar is gone."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core.lifecycle import Actor
from licensing.actions.ending import close_notices
from licensing.actions.noticing import cancel_notice
from registry.actions.events import take_in_events
from registry.enums import EndingKind
from registry.models import RegisterEvent
from tests.cast import NOW
from tests.licensing.scene import Scene
from tests.registry.actions.test_aftermath import end
from tests.registry.actions.test_annulling import annul
from tests.registry.actions.test_events import BY, received
from tests.registry.actions.test_rechecking import take_in
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


def test_whose_notice_went_nowhere_hears_that_the_ground_of_the_end_was_annulled(scene, cast):
    """A statement does not come back; but the patentee may declare anew, and they can give notice again."""
    statement = scene.announced()
    scene.license(statement, by=cast.enterprise)
    notice = scene.notice(statement, by=cast.rival)
    quitter = cast.member("River Works")
    cancel_notice(notice_id=scene.notice(statement, by=quitter).pk, by=quitter.actor, at=NOW)
    take_in(statement.patent, "annuity_late", ref="wrong", at=LATER)
    end(cast, statement, EndingKind.TERMINATION, at=NOW + timedelta(days=8))
    assert close_notices(by=Actor.system("licensing"), at=NOW + timedelta(days=60)) == 1
    annul(cast, RegisterEvent.objects.get(), at=NOW + timedelta(days=61))
    message = cast.rival.organisation.inbox.get(code="notice-annulled_ground")
    assert (message.params["statement"], message.params["effective_on"]) == (statement.number, "2026-03-03")
    assert message.url == reverse("licensing:notice", args=[notice.pk])
    for person in (cast.enterprise, quitter):
        assert not person.organisation.inbox.filter(code="notice-annulled_ground").exists()


def test_licensees_and_whoever_gave_notice_hear_of_an_end_once(scene, cast):
    statement = scene.announced()
    scene.license(statement, by=cast.enterprise)
    scene.notice(statement, by=cast.rival)
    approve_end(cast, withdraw(cast, statement))
    publish(NEXT)
    assert [told(person) for person in (cast.enterprise, cast.rival)] == [["licensee-ended"], ["licensee-ended"]]
    message = cast.enterprise.organisation.inbox.get(code="licensee-ended")
    assert (message.params["statement"], message.params["ended_on"]) == (statement.number, "2026-03-03")
