"""Changes of recorded filings: requested or made, decided, announced; what may not change, and by whom."""

from datetime import date

import pytest

from core.lifecycle import Actor, IllegalStep, WrongRole
from core.rules import Refused
from licensing.actions.changing import make_change, record_change, refuse_change, request_change, take_back_change
from licensing.actions.deciding import record_filing, revoke_filing
from licensing.enums import ChangeItem
from licensing.models import FilingChange, License
from licensing.queries.changes import recorded_names
from registry.actions.publishing import publish_issue
from registry.enums import EntryKind
from registry.models import BulletinEntry, PendingEntry
from tests.cast import NOW
from tests.factories.people import MembershipFactory
from tests.licensing.scene import later, paper

NEW = "Pearl River Cooling"


@pytest.fixture
def filing(scene, cast):
    """A recorded filing of the enterprise."""
    filing = scene.filing()
    return record_filing(filing_id=filing.pk, by=cast.examiner.actor, at=NOW)


def ask(filing, person, *, item=ChangeItem.LICENSEE, after=NEW, grounds="名称变更登记。", proof=True, at=NOW):
    proof = paper("new name") if proof else None
    return request_change(
        filing_id=filing.pk, item=item, after=after, grounds=grounds, proof=proof, by=person.actor, at=at
    )


def renamed(filing, name="Lakeside Technical University"):
    """The register of patents names the holder anew."""
    holder = filing.license.statement.patent.owners.get()
    holder.name = name
    holder.save()


def rules_of(refusal) -> list[str]:
    return [violation.rule for violation in refusal.value.violations]


def test_a_side_asks_an_examiner_records_and_the_next_issue_announces(filing, cast, scene):
    change = ask(filing, cast.enterprise)
    assert (change.status, change.side, change.before, change.after) == ("requested", "licensee", "Canton Cooling", NEW)
    record_change(change_id=change.pk, by=cast.examiner.actor, at=later(1))
    publish_issue(by=Actor.system("bulletin"), at=later(1))
    change.refresh_from_db()
    assert (change.status, change.changed_on) == ("recorded", date(2026, 3, 3))
    patent = filing.license.statement.patent
    entry = BulletinEntry.objects.get(kind=EntryKind.FILING_CHANGE)
    assert (entry.subject_id, entry.content) == (
        change.pk,
        {
            "main_class": patent.main_class, "patent_number": patent.number, "patent_kind": patent.kind,
            "filing_number": filing.number, "statement_number": filing.license.statement.number,
            "changed_on": "2026-03-03", "item": "licensee", "before": "Canton Cooling", "after": NEW,
        },
    )  # fmt: skip
    assert recorded_names(filing)[ChangeItem.LICENSEE] == NEW
    for person in (cast.enterprise, cast.patentee):
        told = person.organisation.inbox.filter(code__in=["license-change_requested", "license-filing_changed"])
        assert told.count() == 2


def test_the_licensor_s_name_comes_from_the_register(filing, cast):
    with pytest.raises(Refused) as refusal:
        ask(filing, cast.patentee, item=ChangeItem.LICENSORS, after="Whatever University", proof=False)
    assert rules_of(refusal) == ["H1"]
    renamed(filing)
    change = ask(filing, cast.patentee, item=ChangeItem.LICENSORS, after="Whatever University", proof=False)
    assert (change.before, change.after) == ("Lakeside University", "Lakeside Technical University")


def test_a_request_that_the_register_has_overtaken_is_not_recorded(filing, cast):
    renamed(filing)
    change = ask(filing, cast.patentee, item=ChangeItem.LICENSORS, proof=False)
    renamed(filing, "Lakeside Institute")
    with pytest.raises(Refused) as refusal:
        record_change(change_id=change.pk, by=cast.examiner.actor, at=NOW)
    assert rules_of(refusal) == ["H2"]
    assert not PendingEntry.objects.filter(kind=EntryKind.FILING_CHANGE).exists()


def test_two_changes_follow_one_another_and_the_end_names_the_last(filing, cast):
    record_change(change_id=ask(filing, cast.enterprise).pk, by=cast.examiner.actor, at=NOW)
    second = ask(filing, cast.enterprise, after="Delta Cooling", at=later(1))
    assert second.before == NEW
    record_change(change_id=second.pk, by=cast.examiner.actor, at=later(1))
    revoke_filing(filing_id=filing.pk, reasons="虚假材料。", by=cast.examiner.actor, at=later(2))
    content = PendingEntry.objects.get(kind=EntryKind.FILING_CANCELLATION).content
    assert (content["licensee"], content["licensors"]) == ("Delta Cooling", ["Lakeside University"])
    issue = publish_issue(by=Actor.system("bulletin"), at=later(2))
    assert issue.entries.filter(kind=EntryKind.FILING_CHANGE).count() == 2


def test_the_side_that_asked_takes_it_back_and_may_ask_again(filing, cast):
    change = take_back_change(change_id=ask(filing, cast.enterprise).pk, by=cast.enterprise.actor, at=later(1))
    change.refresh_from_db()
    assert (change.status, change.decided_by_id, change.changed_on) == ("taken_back", None, None)
    assert recorded_names(filing)[ChangeItem.LICENSEE] == "Canton Cooling"
    assert not PendingEntry.objects.filter(kind=EntryKind.FILING_CHANGE).exists()
    for person in (cast.enterprise, cast.patentee):
        assert person.organisation.inbox.filter(code="license-change_taken_back").count() == 1
    assert ask(filing, cast.enterprise, after="Delta Cooling", at=later(2)).status == "requested"


def test_nobody_else_takes_it_back_and_nobody_once_it_is_decided(filing, cast):
    change = ask(filing, cast.enterprise)
    with pytest.raises(WrongRole):
        take_back_change(change_id=change.pk, by=cast.patentee.actor, at=NOW)
    for stranger in (cast.rival, cast.examiner):
        with pytest.raises(License.DoesNotExist):
            take_back_change(change_id=change.pk, by=stranger.actor, at=NOW)
    record_change(change_id=change.pk, by=cast.examiner.actor, at=NOW)
    with pytest.raises(IllegalStep):
        take_back_change(change_id=change.pk, by=cast.enterprise.actor, at=later(1))


@pytest.mark.parametrize(
    ("said", "rules"),
    [
        ({"after": "Canton Cooling"}, ["H1"]),
        ({"after": "  "}, ["H1"]),
        ({"proof": False}, ["H4"]),
        ({"grounds": "  "}, ["H5"]),
        ({"after": "", "proof": False, "grounds": ""}, ["H1", "H4", "H5"]),
    ],
)
def test_what_is_wrong_with_a_request_is_said_at_once(filing, cast, said, rules):
    with pytest.raises(Refused) as refusal:
        ask(filing, cast.enterprise, **said)
    assert rules_of(refusal) == rules
    assert not FilingChange.objects.exists()


def test_one_change_at_a_time(filing, cast):
    ask(filing, cast.enterprise)
    with pytest.raises(Refused) as refusal:
        ask(filing, cast.enterprise, after="Delta Cooling")
    assert rules_of(refusal) == ["H3"]


def test_only_sides_ask_and_only_for_what_is_recorded(filing, cast, scene):
    for person in (cast.rival, cast.examiner):
        with pytest.raises(License.DoesNotExist):
            ask(filing, person)
    revoke_filing(filing_id=filing.pk, reasons="虚假材料。", by=cast.examiner.actor, at=NOW)
    with pytest.raises(IllegalStep):
        ask(filing, cast.enterprise)


def test_the_office_changes_of_its_own_motion_with_grounds(filing, cast):
    with pytest.raises(Refused) as refusal:
        make_change(
            filing_id=filing.pk, item=ChangeItem.LICENSEE, after=NEW, grounds=" ", by=cast.examiner.actor, at=NOW
        )
    assert rules_of(refusal) == ["H5"]
    for person in (cast.approver, cast.enterprise):
        with pytest.raises(WrongRole):
            make_change(
                filing_id=filing.pk, item=ChangeItem.LICENSEE, after=NEW, grounds="笔误。", by=person.actor, at=NOW
            )
    change = make_change(
        filing_id=filing.pk, item=ChangeItem.LICENSEE, after=NEW, grounds="笔误。", by=cast.examiner.actor, at=NOW
    )
    assert (change.status, change.side, change.applicant) == ("recorded", "", None)
    assert PendingEntry.objects.get(kind=EntryKind.FILING_CHANGE).subject_id == change.pk


def test_nobody_decides_for_their_own_organisation(filing, cast):
    change = ask(filing, cast.enterprise)
    MembershipFactory(user=cast.examiner.user, organisation=cast.patentee.organisation)
    for act in (record_change, refuse_change):
        said = {"reasons": "证明不足。"} if act is refuse_change else {}
        with pytest.raises(Refused) as refusal:
            act(change_id=change.pk, by=cast.examiner.actor, at=NOW, **said)
        assert rules_of(refusal) == ["E1"]


def test_refusing_needs_reasons_and_leaves_the_record(filing, cast):
    change = ask(filing, cast.enterprise)
    with pytest.raises(Refused) as refusal:
        refuse_change(change_id=change.pk, reasons=" ", by=cast.examiner.actor, at=NOW)
    assert rules_of(refusal) == ["E2"]
    refuse_change(change_id=change.pk, reasons="证明不足。", by=cast.examiner.actor, at=NOW)
    assert recorded_names(filing)[ChangeItem.LICENSEE] == "Canton Cooling"
    told = cast.enterprise.organisation.inbox.get(code="license-change_refused")
    assert told.params["reasons"] == "证明不足。"
    with pytest.raises(IllegalStep):
        record_change(change_id=change.pk, by=cast.examiner.actor, at=NOW)


def test_the_end_of_the_record_closes_what_waits(filing, cast):
    change = ask(filing, cast.enterprise)
    revoke_filing(filing_id=filing.pk, reasons="虚假材料。", by=cast.examiner.actor, at=NOW)
    change.refresh_from_db()
    assert change.status == "closed"
