"""Rectifications: an error in an entry is put right by a new entry that cites it; the old one never changes."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils.translation import override

from core.lifecycle import IllegalStep, WrongRole
from core.rules import Refused
from registry.actions import rectifying
from registry.enums import EntryKind, RectificationStatus
from registry.models import BulletinEntry, Rectification
from tests.cast import NOW, Cast
from tests.factories.people import MembershipFactory
from tests.factories.statements import ISSUE_DAY, announced, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(cast: Cast) -> BulletinEntry:
    return announced(cast, cast.patent(title="一种液冷版")).announced_in


def propose(cast: Cast, entry, item="title", after="一种液冷板", grounds="授权公告文本", by=None):
    return rectifying.propose_rectification(
        entry=entry, item=item, after=after, grounds=grounds, by=(by or cast.examiner).actor, at=NOW
    )


def approve(cast: Cast, proposed, by=None):
    return rectifying.approve_rectification(rectification=proposed, by=(by or cast.approver).actor, at=NOW)


def refused(act, *args, **said):
    with pytest.raises(Refused) as caught:
        act(*args, **said)
    return [violation.rule for violation in caught.value.violations]


def test_an_approved_rectification_is_an_entry_that_cites_issue_item_before_and_after(cast, entry):
    """GL V-8 §1.3.2.17."""
    before = BulletinEntry.objects.filter(pk=entry.pk).values().get()
    approve(cast, propose(cast, entry))
    issue = publish(ISSUE_DAY + timedelta(days=3))
    new = issue.entries.get()
    assert (new.kind, new.corrects) == (EntryKind.RECTIFICATION, entry)
    assert new.content == {
        "main_class": entry.content["main_class"],
        "patent_number": entry.content["patent_number"],
        "corrects": {"issue": "2026-001", "position": 1, "leaf": entry.content_hash},
        "item": "title",
        "before": "一种液冷版",
        "after": "一种液冷板",
    }
    assert BulletinEntry.objects.filter(pk=entry.pk).values().get() == before


def test_the_entry_shows_that_it_was_rectified_and_the_new_one_leads_to_it(cast, entry):
    approve(cast, propose(cast, entry))
    publish(ISSUE_DAY + timedelta(days=3))
    visitor = Client(headers={"accept-language": "en"})
    for address in ("/bulletin/2026/1/", "/bulletin/2026/1/1/"):
        page = visitor.get(address).text
        assert "This entry was rectified" in page
        assert 'href="/bulletin/2026/2/1/"' in page
    assert 'href="/bulletin/2026/1/1/"' in visitor.get("/bulletin/2026/2/1/").text


def test_a_second_rectification_of_an_item_begins_from_the_first(cast, entry):
    approve(cast, propose(cast, entry))
    assert propose(cast, entry, after="一种电池液冷板").before == "一种液冷板"


@pytest.mark.parametrize(
    ("said", "rules"),
    [
        ({"item": "fixed_amount", "after": "1.00"}, ["Z1"]),
        ({"item": "effective_on", "after": "2026-01-01"}, ["Z1"]),
        ({"item": "licensee", "after": "甲公司"}, ["Z1"]),
        ({"after": "一种液冷版"}, ["Z2"]),
        ({"after": "  "}, ["Z2"]),
        ({"item": "filed_on", "after": "2021年4月1日"}, ["Z2"]),
        ({"item": "main_class", "after": "液冷"}, ["Z2"]),
        ({"item": "title", "after": "。。 1"}, ["Z2"]),
        ({"item": "title", "after": "一种电池\n液冷板"}, ["Z2"]),
        ({"item": "patentees", "after": "——"}, ["Z2"]),
        ({"item": "contact_name", "after": "1"}, ["Z2"]),
        ({"item": "contact_phone", "after": "电话"}, ["Z2"]),
        ({"grounds": " "}, ["Z3"]),
    ],
)
def test_what_may_not_be_rectified_is_refused_with_its_rule(cast, entry, said, rules):
    assert refused(propose, cast, entry, **said) == rules
    assert not Rectification.objects.exists()


def test_an_item_waits_for_one_decision_at_a_time(cast, entry):
    propose(cast, entry)
    assert refused(propose, cast, entry, after="别的") == ["Z4"]
    propose(cast, entry, item="contact_phone", after="0571-88880001")


def test_a_rectification_is_not_rectified(cast, entry):
    approve(cast, propose(cast, entry))
    new = publish(ISSUE_DAY + timedelta(days=3)).entries.get()
    assert refused(propose, cast, new) == ["Z1"]


def test_an_examiner_proposes_another_person_approves_and_neither_is_of_the_patentees_house(cast, entry):
    for person in (cast.approver, cast.patentee, cast.administrator):
        with pytest.raises(WrongRole):
            propose(cast, entry, by=person)
    proposed = propose(cast, entry)
    with pytest.raises(WrongRole):
        approve(cast, proposed, by=cast.other_examiner)
    MembershipFactory(organisation=cast.patentee.organisation, user=cast.approver.user)
    assert refused(approve, cast, proposed) == ["C1"]
    MembershipFactory(organisation=cast.patentee.organisation, user=cast.other_examiner.user)
    assert refused(propose, cast, entry, item="contact_name", after="x", by=cast.other_examiner) == ["C1"]


def test_a_declined_rectification_announces_nothing_and_says_why(cast, entry):
    proposed = propose(cast, entry)
    decline = rectifying.decline_rectification
    assert refused(decline, rectification=proposed, reasons=" ", by=cast.approver.actor, at=NOW) == ["E1"]
    done = decline(rectification=proposed, reasons="登记簿即如此。", by=cast.approver.actor, at=NOW)
    assert (done.status, done.reasons) == (RectificationStatus.DECLINED, "登记簿即如此。")
    with pytest.raises(IllegalStep):
        approve(cast, proposed)
    assert publish(ISSUE_DAY + timedelta(days=3)) is None


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE registry_rectification SET after = 'x'",
        "UPDATE registry_rectification SET before = 'x'",
        "UPDATE registry_rectification SET status = 'approved'",
        "UPDATE registry_rectification SET status = 'approved', decided_at = now(), decided_by_id = proposed_by_id",
        "DELETE FROM registry_rectification",
    ],
)
def test_the_database_refuses_it_too(cast, entry, sql):
    propose(cast, entry)
    with pytest.raises(Exception, match=r"constraint|pgtrigger"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(sql)


def test_the_desk_proposes_and_approves(cast, entry):
    page = f"/examination/registry/bulletinentry/{entry.pk}/change/"
    said = {
        "step": "rectify",
        "rectify-item": "title",
        "rectify-after": "一种液冷板",
        "rectify-grounds": "授权公告文本",
    }
    assert "一种液冷版" in cast.examiner.client().get(page).text
    assert cast.examiner.client().post(page, {**said, "rectify-after": "一种液冷版"}).status_code == 422
    assert cast.examiner.client().post(page, said).status_code == 302
    proposed = Rectification.objects.get()
    assert "一种液冷板" in cast.examiner.client().get(page).text
    desk = f"/examination/registry/rectification/{proposed.pk}/change/"
    listed = cast.approver.client().get("/examination/registry/rectification/").text
    with override("en"):
        assert (str(proposed), ">Title<" in listed) == (f"{entry} · Title", True)
    assert cast.approver.client().post(desk, {"step": "approve"}).status_code == 302
    proposed.refresh_from_db()
    assert proposed.status == RectificationStatus.APPROVED
