"""Notices: one inbox row, one e-mail to each reader, in their language, and never twice."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import InboxMessage
from accounts.notifications import notify, register, render
from core.models import OutboxMessage
from tests.factories.people import MembershipFactory, UserFactory

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
PARAMS = {"principal": "Lakeside University", "since_on": "2026-03-02", "scope": "all of it"}


def test_every_current_member_gets_one_mail_without_the_content(cast, letters):
    organisation = cast.enterprise.organisation
    MembershipFactory(organisation=organisation, ended_at=NOW)
    reader = cast.enterprise.user
    for _turn in range(2):
        message = notify("mandate-granted", key="one", at=NOW, organisation_id=organisation.pk, params=PARAMS)
    sent = letters()
    assert [letter.to for letter in sent] == [[reader.email]]
    assert sent[0].subject == "A mandate was granted to you"
    assert reverse("accounts:inbox_message", args=[message.pk]) in sent[0].body
    assert "all of it" not in sent[0].body
    assert InboxMessage.objects.count() == 1


def test_a_mail_delivered_twice_is_the_same_row(letters):
    reader = UserFactory()
    for _turn in range(3):
        notify("member-removed", key="gone", at=NOW, user_id=reader.pk, params={"organisation": "A"})
    assert len(letters()) == 1
    assert OutboxMessage.objects.get().done_at is not None


def test_dates_are_written_in_the_readers_language():
    with override("en"):
        assert render("mandate-granted", PARAMS)[1] == (
            "Lakeside University authorizes you from 2 March 2026: all of it"
        )
    with override("zh-hans"):
        assert "2026年3月2日" in render("mandate-granted", PARAMS)[1]


def test_a_notice_needs_its_values_one_addressee_and_a_known_code(db):
    reader = UserFactory()
    with pytest.raises(LookupError):
        notify("mandate-granted", key="k", at=NOW, user_id=reader.pk, params={})
    with pytest.raises(LookupError):
        notify("no-such-notice", key="k", at=NOW, user_id=reader.pk)
    with pytest.raises(ValueError, match="exactly one addressee"):
        notify("member-removed", key="k", at=NOW, params={"organisation": "A"})
    with pytest.raises(ValueError, match="registered twice"):
        register("member-removed", subject=_("x"), body=_("y"))
    assert not InboxMessage.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_reading_marks_it_and_the_header_counts(cast):
    client = cast.enterprise.client()
    message = notify(
        "mandate-granted", key="one", at=NOW, organisation_id=cast.enterprise.organisation.pk, params=PARAMS
    )
    before = client.get(reverse("accounts:inbox"))
    assert before.context["unread_messages"] == 1
    page = client.get(reverse("accounts:inbox_message", args=[message.pk]))
    assert "authorizes you from 2 March 2026" in page.content.decode()
    assert client.get(reverse("accounts:inbox")).context["unread_messages"] == 0
    message.refresh_from_db()
    assert message.read_at is not None


def test_another_organisations_notice_does_not_exist(cast):
    message = notify(
        "mandate-granted", key="one", at=NOW, organisation_id=cast.enterprise.organisation.pk, params=PARAMS
    )
    theirs = cast.rival.client().get(reverse("accounts:inbox_message", args=[message.pk]))
    missing = cast.rival.client().get(reverse("accounts:inbox_message", args=[cast.rival.user.pk]))
    assert theirs.status_code == missing.status_code == 404
    message.refresh_from_db()
    assert message.read_at is None
