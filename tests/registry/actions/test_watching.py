"""Watching: an organisation begins once, ends its own, and nobody watches for no organisation."""

import pytest

from core.lifecycle import WrongRole
from registry.actions.watching import unwatch, watch
from registry.models import Watch
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def test_a_patent_is_watched_once_however_often_it_is_asked_for(cast):
    patent, by = cast.patent(), cast.rival.actor
    assert watch(thing=patent, by=by, at=NOW) == watch(thing=patent, by=by, at=NOW)
    assert Watch.objects.get().organisation == cast.rival.organisation


@pytest.mark.parametrize("who", ["examiner", "auditor"])
def test_whoever_acts_for_no_organisation_watches_nothing_and_ends_nothing(cast, who):
    statement = cast.statement_in("announced")
    official = getattr(cast, who).actor
    with pytest.raises(WrongRole):
        watch(thing=statement, by=official, at=NOW)
    held = watch(thing=statement, by=cast.rival.actor, at=NOW)
    with pytest.raises(Watch.DoesNotExist):
        unwatch(watch=held, by=official, at=NOW)
    assert Watch.objects.get() == held


def test_only_the_organisation_that_watches_ends_it(cast):
    held = watch(thing=cast.patent(), by=cast.rival.actor, at=NOW)
    with pytest.raises(Watch.DoesNotExist):
        unwatch(watch=held, by=cast.patentee.actor, at=NOW)
    unwatch(watch=held, by=cast.rival.actor, at=NOW)
    assert not Watch.objects.exists()
