"""Filings that were decided on an event annulled now are an examiner's task, and both sides are told."""

import pytest

from core import audit
from core.lifecycle import IllegalStep, WrongRole
from core.rules import Refused
from licensing.actions.aftermath import settle_filing_aftermath
from licensing.actions.changing import make_change
from licensing.actions.deciding import record_filing, refuse_filing, revoke_filing
from licensing.enums import ChangeItem
from licensing.models import FilingAftermath
from licensing.queries.work import work_items
from registry.actions.annulling import annul_event
from registry.actions.events import take_in_events
from registry.models import RegisterEvent
from tests.cast import NOW
from tests.factories.people import MembershipFactory
from tests.licensing.scene import later
from tests.registry.actions.test_events import BY, received

pytestmark = pytest.mark.django_db
AFTER = later(5)
DESK = "/examination/licensing/filingaftermath/"
BEHIND = {
    "R1": ("lapse", {}),
    "R2": ("assignment", {"to": ["River Works"]}),
    "R5": ("assignment", {"from_": ["Hillside Institute"], "to": ["River Works"]}),
    "R6": ("annuity_late", {}),
    "R7": ("suspension", {"ground": "ownership"}),
    "R9": ("pledge", {"pledgee": "Bank"}),
    "R10": ("license", {"license_kind": "sole", "licensee": "River Works"}),
}


def take_in(filing, kind, *, on="2026-03-01", ref="wrong", at=NOW, **details):
    event = received(filing.license.statement.patent, kind, on, ref=ref, **details)
    assert take_in_events(events=[event], by=BY, at=at).entered


def annul(cast, ref="wrong", at=AFTER):
    event = RegisterEvent.objects.get(reference=ref)
    return annul_event(event=event, reason="Entered on the wrong patent.", by=cast.examiner.actor, at=at)


def refused(filing, cast, at=NOW):
    return refuse_filing(filing_id=filing.pk, reasons="理由。", by=cast.examiner.actor, at=at)


def recorded(filing, cast, at=NOW):
    return record_filing(filing_id=filing.pk, by=cast.examiner.actor, at=at)


def found():
    return [(item.filing, item.kind) for item in FilingAftermath.objects.all()]


def told(*people, code):
    return [person.organisation.inbox.filter(code=code).count() for person in people]


@pytest.mark.parametrize("rule", BEHIND)
def test_a_refusal_on_the_ground_is_named_and_both_sides_are_told(scene, cast, rule):
    owners = [cast.patentee.patentee, cast.co_owner.patentee] if rule == "R5" else [cast.patentee.patentee]
    filing = scene.filing(scene.license(scene.announced(patent=cast.patent(owners=owners))))
    kind, details = BEHIND[rule]
    take_in(filing, kind, **details)
    refused(filing, cast)
    filing.refresh_from_db()
    assert rule in [item["rule"] for item in filing.violations]
    made = annul(cast)
    item = FilingAftermath.objects.get()
    assert (item.filing, item.kind, item.event.reference, item.annulment) == (filing, "refused", "wrong", made)
    assert (item.found_at, audit.history(filing).latest("id").event) == (AFTER, "event_annulled")
    assert told(cast.enterprise, cast.patentee, cast.rival, code="license-annulled_refused") == [1, 1, 0]
    assert cast.examiner.user.inbox.get(code="filing-aftermath").url == f"{DESK}{item.pk}/change/"
    work = {str(entry.title): (entry.url, entry.count) for entry in work_items(cast.examiner.actor, AFTER)}
    assert work["Filings decided on events that are annulled"] == (DESK, 1)


def test_the_side_files_again_and_the_refusal_stays_to_be_looked_at(scene, cast):
    """What fell due in between was not reduced: a person sees to that."""
    license = scene.license()
    filing = scene.filing(license)
    take_in(filing, "annuity_late")
    refused(filing, cast)
    annul(cast)
    again = recorded(scene.filing(license, at=AFTER), cast, at=AFTER)
    assert (again.status, found()) == ("recorded", [(filing, "refused")])


def test_a_revoked_record_is_named_and_keeps_the_grounds_of_that_day(scene, cast):
    filing = recorded(scene.filing(), cast)
    take_in(filing, "invalidation", scope="whole")
    revoked = revoke_filing(filing_id=filing.pk, reasons="无效。", by=cast.examiner.actor, at=NOW)
    assert "R1" in [item["rule"] for item in revoked.violations]
    annul(cast)
    assert found() == [(filing, "revoked")]
    assert told(cast.enterprise, cast.patentee, code="license-annulled_revoked") == [1, 1]


def test_what_was_decided_on_another_ground_or_before_or_still_waits_is_none(scene, cast):
    statement = scene.announced()
    filing = scene.filing(scene.license(statement))
    waits = scene.filing(scene.license(statement, by=cast.rival, number="V-2"), by=cast.rival)
    take_in(filing, "pledge", ref="right", pledgee="Bank")
    take_in(filing, "obstacle", ref="no ground", description="Being wound up.")
    refused(filing, cast)
    take_in(filing, "pledge", on="2026-03-02", ref="late", pledgee="Another bank", at=later(1))
    for ref in ("no ground", "late"):
        annul(cast, ref)
    assert (found(), waits.status) == ([], "submitted")
    annul(cast, "right")
    assert found() == [(filing, "refused")]


def test_what_was_decided_while_the_event_was_parked_is_none(scene, cast):
    filing = scene.filing()
    take_in(filing, "assignment", on="2026-02-20", ref="right", to=["River Works"])
    wrong = {"on": "2026-02-22", "ref": "wrong", "from_": ["Hill Works"], "to": ["Upland Works"]}
    event = received(filing.license.statement.patent, "assignment", wrong.pop("on"), **wrong)
    assert take_in_events(events=[event], by=BY, at=NOW).parked  # Hill Works holds nothing
    refused(filing, cast, at=later(1))
    take_in(filing, "assignment", on="2026-02-21", ref="joins", at=later(2), to=["Hill Works"])
    assert RegisterEvent.objects.get(reference="wrong").parked.applied_at == later(2)
    annul(cast)
    assert found() == []
    annul(cast, "right")
    assert found() == [(filing, "refused")]


@pytest.mark.parametrize("act", ["recorded", "changed"])
def test_a_record_that_names_the_licensor_by_a_mistaken_name_is_named(scene, cast, act):
    filing = scene.filing()
    if act == "changed":
        recorded(filing, cast)
    take_in(filing, "change_of_name", from_="Lakeside University", to="Lakeside Technical")
    said = {"filing_id": filing.pk, "item": ChangeItem.LICENSORS, "after": "", "by": cast.examiner.actor}
    if act == "changed":
        make_change(grounds="更名。", at=NOW, **said)
    else:
        recorded(filing, cast)
    annul(cast)
    assert found() == [(filing, "named")]
    assert told(cast.enterprise, cast.patentee, code="license-annulled_named") == [1, 1]
    change = make_change(grounds="登记事项作废。", at=AFTER, **said)
    assert (change.before, change.after) == ("Lakeside Technical", "Lakeside University")


def test_a_record_under_the_name_that_stands_is_none(scene, cast):
    filing = recorded(scene.filing(), cast)
    take_in(filing, "change_of_name", from_="Lakeside University", to="Lakeside Technical")
    take_in(filing, "change_of_name", ref="next", on="2026-03-02", from_="Lakeside Technical", to="Lakeside Group")
    said = {"item": ChangeItem.LICENSORS, "after": "", "grounds": "更名。", "by": cast.examiner.actor, "at": NOW}
    make_change(filing_id=filing.pk, **said)
    annul(cast, "next")
    assert found() == [(filing, "named")]  # Lakeside Group
    make_change(filing_id=filing.pk, **said)
    take_in(filing, "change_of_name", ref="third", on="2026-03-02", from_="Lakeside Technical", to="Lakeside Hall")
    annul(cast, "third")
    assert FilingAftermath.objects.count() == 1


def test_an_examiner_of_neither_side_settles_it_once_and_says_how(scene, cast):
    filing = scene.filing()
    take_in(filing, "annuity_late")
    refused(filing, cast)
    annul(cast)
    item = FilingAftermath.objects.get()
    said = {"aftermath": item, "at": AFTER}
    for person in (cast.approver, cast.enterprise):
        with pytest.raises(WrongRole):
            settle_filing_aftermath(note="已告知。", by=person.actor, **said)
    with pytest.raises(Refused) as refusal:
        settle_filing_aftermath(note=" ", by=cast.examiner.actor, **said)
    assert [violation.rule for violation in refusal.value.violations] == ["E1"]
    MembershipFactory(user=cast.other_examiner.user, organisation=cast.enterprise.organisation)
    with pytest.raises(Refused) as refusal:
        settle_filing_aftermath(note="已告知。", by=cast.other_examiner.actor, **said)
    assert [(violation.rule, str(violation.remedy)) for violation in refusal.value.violations] == [
        ("E1", "Leave it to a colleague.")
    ]
    done = settle_filing_aftermath(note=" 已告知双方重新备案。 ", by=cast.examiner.actor, **said)
    assert (done.settled_by, done.note, done.settled_at) == (cast.examiner.user, "已告知双方重新备案。", AFTER)
    with pytest.raises(IllegalStep):
        settle_filing_aftermath(note="又一次。", by=cast.examiner.actor, **said)
    assert DESK not in {entry.url for entry in work_items(cast.examiner.actor, AFTER)}
