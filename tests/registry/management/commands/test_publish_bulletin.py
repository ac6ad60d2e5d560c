"""The bulletin published by hand: what the operator reads, on an issue day and on another."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command

from registry.models import BulletinIssue

pytestmark = pytest.mark.django_db
THURSDAY, FRIDAY = datetime(2026, 3, 12, 2, 0, tzinfo=UTC), datetime(2026, 3, 13, 2, 0, tzinfo=UTC)


@pytest.fixture
def publish(capsys):
    """Run the command at a time and return what it said."""

    def run(at, *options):
        with time_machine.travel(at, tick=False):
            call_command("publish_bulletin", *options)
        return capsys.readouterr().out

    return run


def test_the_issue_of_the_day_is_published_once(cast, publish):
    statement = cast.statement_in("approved")
    assert publish(FRIDAY) == f"Issue {BulletinIssue.objects.get()} published with 1 entries.\n"
    statement.refresh_from_db()
    assert (statement.status, statement.effective_on) == ("announced", FRIDAY.date())
    assert publish(FRIDAY) == "Nothing to publish: nothing is approved, or today's issue is out already.\n"
    assert BulletinIssue.objects.count() == 1


def test_on_another_day_an_extra_issue_has_to_be_asked_for(cast, publish):
    cast.statement_in("approved")
    with pytest.raises(CommandError, match=r"Today is no issue day of the bulletin.s calendar\. Add --extra"):
        publish(THURSDAY)
    assert not BulletinIssue.objects.exists()
    publish(THURSDAY, "--extra")
    assert BulletinIssue.objects.get().issued_on == THURSDAY.date()
