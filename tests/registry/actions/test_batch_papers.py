"""A batch carries its papers: reports, agreements and signed consents are named in rows and uploaded once."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import InboxMessage
from core.lifecycle import IllegalStep
from core.models import AuditEvent
from core.validation.files import inspect_upload
from registry.actions import batch_submitting
from registry.actions.batch_judging import judge
from registry.actions.batch_papers import add_batch_papers, check_batch_again
from registry.actions.batch_submitting import submit_batch, submit_consented
from registry.actions.consenting import give_consent
from registry.actions.drafting import discard, save_draft
from registry.actions.submitting import submit
from registry.enums import BatchMode, BatchStatus, ConsentMethod, PaperKind, StatementStatus
from registry.facts import UNDERTAKINGS
from registry.models import OwnerConsent, Service, Statement, StatementBatch, StatementPaper
from registry.queries.batches import papers_awaited
from registry.queries.content import content_hash
from tests.api_client import pdf
from tests.cast import NOW, Person
from tests.factories.patents import PatenteeFactory, PledgeFactory
from tests.factories.people import MembershipFactory
from tests.factories.spreadsheets import checked, deliver, row
from tests.registry.actions.test_batch_submitting import ALL, outcomes, sent

pytestmark = pytest.mark.django_db


def added(batch, person, *names):
    add_batch_papers(batch=batch, files=[inspect_upload(pdf(name)) for name in names], by=person.actor, at=NOW)
    deliver()
    batch.refresh_from_db()
    return batch


def rules(batch):
    return dict(batch.rows.order_by("number").values_list("number", "rules"))


def test_a_university_files_inventions_utility_models_and_designs_together(cast):
    invention, model, design = cast.patent(), cast.patent(utility_model=True), cast.patent(design=True)
    rows = [row(invention.number), row(model.number, evaluation_report="报告 1.pdf"), row(f"ZL{design.number}")]
    batch = checked(cast.patentee, rows)
    assert rules(batch) == {2: [], 3: ["B9"], 4: ["G7"]}
    assert papers_awaited(batch) == {"报告 1.pdf": 1}
    added(batch, cast.patentee, "报告 1", f"ZL{design.number}")
    assert (papers_awaited(batch), outcomes(batch)) == ({}, {2: "good", 3: "good", 4: "good"})
    assert outcomes(sent(batch, cast.patentee, BatchMode.ALL)) == dict.fromkeys((2, 3, 4), "submitted")
    for patent, name in ((model, "报告_1.pdf"), (design, f"ZL{design.number}.pdf")):
        paper = StatementPaper.objects.get(statement__patent=patent)
        assert (paper.kind, paper.file.name, paper.added_at) == (PaperKind.EVALUATION_REPORT, name, NOW)
        event = AuditEvent.objects.get(event="add_paper", subject_id=paper.statement_id)
        assert event.data == {"paper": str(paper.pk), "kind": "evaluation_report", "sha256": paper.file.sha256}
    assert not StatementPaper.objects.filter(statement__patent=invention).exists()


def test_a_paper_that_is_named_but_not_here_is_said_once_at_its_cell(cast):
    patent = cast.co_owned_patent(utility_model=True)
    batch = checked(cast.patentee, [row(patent.number, evaluation_report="a.pdf", agreement="b", consents="c.png")])
    found = batch.rows.get().findings
    assert [(one["rule"], one["cell"]) for one in found] == [("B9", "V2"), ("B9", "W2"), ("B9", "Y2")]
    assert found[0]["words"]["en"]["message"] == "The file “a.pdf” is not uploaded yet."
    assert outcomes(batch) == {2: "defective"}


def test_one_agreement_serves_all_rows_that_name_it(cast):
    patents = [cast.co_owned_patent() for _ in range(2)]
    rows = [row(one.number, agreement="共有人协议.pdf", agreement_until="2027年6月30日") for one in patents]
    batch = added(checked(cast.patentee, rows), cast.patentee, "共有人协议")
    assert outcomes(sent(batch, cast.patentee)) == {2: "submitted", 3: "submitted"}
    holders = [str(cast.patentee.patentee.pk), str(cast.co_owner.patentee.pk)]
    for consent in OwnerConsent.objects.all():
        assert (consent.method, consent.binds, consent.valid_until) == (
            ConsentMethod.AGREEMENT, holders, date(2027, 6, 30),
        )  # fmt: skip
        assert consent.paper.name == "共有人协议.pdf"
    assert OwnerConsent.objects.values("statement").distinct().count() == 2
    assert InboxMessage.objects.filter(organisation=cast.co_owner.organisation).count() == 0


@pytest.mark.parametrize(("until", "stands"), [("2026-03-01", ["F5"]), ("next year", ["B10", "F5"])])
def test_an_agreement_that_is_over_or_whose_end_cannot_be_read_stands_for_nobody(cast, until, stands):
    batch = checked(cast.patentee, [row(cast.co_owned_patent().number, agreement="a.pdf", agreement_until=until)])
    added(batch, cast.patentee, "a")
    assert rules(batch) == {2: stands}


def test_signed_consents_say_whose_they_are_unless_there_is_only_one_other(cast):
    third = PatenteeFactory(name="王小明")
    two, three = cast.co_owned_patent(), cast.patent(owners=[cast.patentee.patentee, cast.co_owner.patentee, third])
    named = "Hillside Institute：h.pdf；王小明: w.pdf"
    rows = [row(two.number, consents="h.pdf"), row(three.number, consents=named)]
    batch = added(checked(cast.patentee, rows), cast.patentee, "h", "w")
    assert outcomes(sent(batch, cast.patentee)) == {2: "submitted", 3: "submitted"}
    statement = Statement.objects.get(patent=three)
    given = {one.patentee.name: one for one in statement.consents.select_related("paper", "patentee")}
    assert {name: one.paper.name for name, one in given.items()} == {"Hillside Institute": "h.pdf", "王小明": "w.pdf"}
    assert {(one.method, one.content_hash) for one in given.values()} == {("document", statement.content_hash)}


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("h.pdf", "It is not said whose consent this is: the patent has several other holders."),
        ("Nobody Ltd: h.pdf", "“Nobody Ltd” is no registered holder of this patent."),
        ("王小明:", "No file is named for the consent of “王小明”."),
    ],
)
def test_a_consent_named_unclearly_is_a_defect_of_its_cell(cast, cell, sentence):
    owners = [cast.patentee.patentee, cast.co_owner.patentee, PatenteeFactory(name="王小明")]
    batch = added(checked(cast.patentee, [row(cast.patent(owners=owners).number, consents=cell)]), cast.patentee, "h")
    first, *rest = [one for one in batch.rows.get().findings if one["rule"] == "B10"]
    assert (first["words"]["en"]["message"], first["cell"], rest) == (sentence, "Y2", [])
    assert outcomes(batch) == {2: "defective"}


def test_of_two_files_of_one_name_the_later_is_filed_and_a_corrected_version_keeps_them(cast):
    patent = cast.patent(utility_model=True)
    batch = added(
        checked(cast.patentee, [row(patent.number, evaluation_report="r.pdf", explanation="")]), cast.patentee, "r"
    )
    later = inspect_upload(pdf("another"))
    later = type(later)(later.content, later.kind, "R .PDF".replace(" ", ""), later.sha256)
    add_batch_papers(batch=batch, files=[later], by=cast.patentee.actor, at=NOW + timedelta(minutes=1))
    deliver()
    again = checked(cast.patentee, [row(patent.number, evaluation_report="r.pdf")], replaces=batch)
    assert outcomes(sent(again, cast.patentee)) == {2: "submitted"}
    assert StatementPaper.objects.get().file.sha256 == later.sha256


def test_rows_left_by_a_submission_are_filed_once_their_papers_are_here(cast):
    patents = [cast.patent(), cast.patent(utility_model=True)]
    batch = sent(checked(cast.patentee, [row(one.number) for one in patents]), cast.patentee)
    first = Statement.objects.get()
    assert outcomes(batch) == {2: "submitted", 3: "barred"}
    added(batch, cast.patentee, patents[1].number)
    assert (batch.status, outcomes(batch)) == (BatchStatus.CHECKED, {2: "submitted", 3: "good"})
    sent(batch, cast.patentee, at=timezone.now())  # after the end of the first submission
    assert (batch.status, outcomes(batch)) == (BatchStatus.SUBMITTED, {2: "submitted", 3: "submitted"})
    assert list(Statement.objects.order_by("number")) == [first, Statement.objects.get(patent=patents[1])]
    assert Service.objects.count() == 2


def test_the_rows_are_checked_again_as_the_register_stands_now(cast):
    patent = cast.patent()
    pledge = PledgeFactory(patent=patent)
    batch = checked(cast.patentee, [row(patent.number)])
    assert outcomes(batch) == {2: "barred"}
    pledge.delete()
    check_batch_again(batch=batch, by=cast.patentee.actor, at=NOW)
    assert outcomes(batch) == {2: "unchecked"}
    deliver()
    assert outcomes(batch) == {2: "good"}


def test_nobody_adds_papers_to_another_s_batch_or_while_it_is_submitted(cast):
    batch = checked(cast.patentee, [row(cast.patent().number)])
    with pytest.raises(StatementBatch.DoesNotExist):
        added(batch, cast.co_owner, "a")
    with pytest.raises(StatementBatch.DoesNotExist):
        check_batch_again(batch=batch, by=cast.co_owner.actor, at=NOW)
    submit_batch(batch=batch, mode=BatchMode.GOOD, undertakings=ALL, signed_name="Li", by=cast.patentee.actor, at=NOW)
    with pytest.raises(IllegalStep):
        added(batch, cast.patentee, "a")
    assert batch.papers.count() == 0


def consent(statement, person):
    give_consent(statement=statement, read_hash=content_hash(statement), by=person.actor, at=NOW)
    deliver()
    return Statement.objects.get(pk=statement.pk)


def drafted(cast, patent, **cells):
    """The draft that a submitted batch left, waiting for its co-owner."""
    batch = sent(checked(cast.patentee, [row(patent.number, **cells)]), cast.patentee)
    assert outcomes(batch) == {2: "drafted"}
    return batch, Statement.objects.get(patent=patent)


def test_a_draft_of_a_batch_is_submitted_with_its_last_consent(cast):
    batch, draft = drafted(cast, cast.co_owned_patent())
    done = consent(draft, cast.co_owner)
    assert (done.status, done.signed_name, done.number[-6:]) == (StatementStatus.SUBMITTED, "Li Wei", "000001")
    assert done.content_hash == content_hash(draft)
    assert outcomes(batch) == {2: "submitted"}
    served = Service.objects.get(paper__statement=done)
    assert (served.message.code, served.organisation) == ("statement-submitted", cast.patentee.organisation)
    events = AuditEvent.objects.filter(subject_id=done.pk, event="submit")
    assert [one.actor_user_id for one in events] == [cast.patentee.user.pk]


def test_a_draft_goes_out_under_the_signature_that_made_it_whoever_submits_the_batch_again(cast):
    shared, pledged = cast.co_owned_patent(), cast.patent()
    pledge = PledgeFactory(patent=pledged)
    batch = sent(checked(cast.patentee, [row(shared.number), row(pledged.number)]), cast.patentee)
    pledge.delete()
    check_batch_again(batch=batch, by=cast.patentee.actor, at=NOW)
    deliver()
    organisation = cast.patentee.organisation
    colleague = Person(MembershipFactory(organisation=organisation).user, organisation, cast.patentee.patentee)
    again = sent(batch, colleague, signed_name="Wang Fang")
    assert outcomes(again) == {2: "drafted", 3: "submitted"}
    done = consent(Statement.objects.get(patent=shared), cast.co_owner)
    sent_versions = {one.patent_id: one.versions.get() for one in Statement.objects.all()}
    assert {pk: (one.signed_name, one.sent_by) for pk, one in sent_versions.items()} == {
        shared.pk: ("Li Wei", cast.patentee.user),
        pledged.pk: ("Wang Fang", colleague.user),
    }
    assert done.signed_name == "Li Wei"
    assert list(again.rows.order_by("number").values_list("submission__number", "outcome")) == [
        (1, "submitted"), (2, "submitted"),
    ]  # fmt: skip
    kept = [(one.number, one.mode, one.undertakings, one.signed_name) for one in again.submissions.all()]
    assert kept == [(1, "good", list(UNDERTAKINGS), "Li Wei"), (2, "good", list(UNDERTAKINGS), "Wang Fang")]
    assert [one.submitted_by for one in again.submissions.all()] == [cast.patentee.user, colleague.user]
    assert [one.end.trouble for one in again.submissions.all()] == [{}, {}]


def test_it_waits_for_every_consent(cast):
    batch = sent(checked(cast.agency, [row(cast.co_owned_patent().number)]), cast.agency)
    draft = Statement.objects.get()
    assert consent(draft, cast.co_owner).status == StatementStatus.DRAFT
    assert consent(draft, cast.patentee).status == StatementStatus.SUBMITTED
    assert outcomes(batch) == {2: "submitted"}


def test_its_report_is_filed_once(cast):
    patent = cast.co_owned_patent(utility_model=True)
    batch = added(checked(cast.patentee, [row(patent.number)]), cast.patentee, patent.number)
    sent(batch, cast.patentee)
    assert consent(Statement.objects.get(), cast.co_owner).status == StatementStatus.SUBMITTED
    assert StatementPaper.objects.count() == 1


def test_a_draft_that_the_filer_has_changed_stays_with_the_filer(cast):
    batch, draft = drafted(cast, cast.co_owned_patent())
    changed = save_draft(statement=draft, entries={"fixed_amount": "60000"}, by=cast.patentee.actor, at=NOW)
    assert consent(changed, cast.co_owner).status == StatementStatus.DRAFT
    assert outcomes(batch) == {2: "drafted"}


def test_a_draft_that_a_bar_has_met_meanwhile_is_not_submitted(cast):
    batch, draft = drafted(cast, cast.co_owned_patent())
    PledgeFactory(patent=draft.patent)
    assert consent(draft, cast.co_owner).status == StatementStatus.DRAFT
    assert outcomes(batch) == {2: "drafted"}


def test_what_an_earlier_version_has_submitted_keeps_the_signature_that_it_has_there(cast):
    """The draft of the first version goes out by itself while the second, submitted by somebody else, is on its way."""
    shared = cast.co_owned_patent()
    first, draft = drafted(cast, shared)
    second = checked(cast.patentee, [row(shared.number), row(cast.patent().number)], replaces=first)
    assert outcomes(second) == {2: "consents", 3: "good"}
    assert consent(draft, cast.co_owner).status == StatementStatus.SUBMITTED
    assert outcomes(sent(second, cast.patentee, signed_name="Wang Fang")) == {2: "before", 3: "submitted"}
    assert [signed(batch.rows.get(number=2)) for batch in (first, second)] == ["Li Wei", ""]
    assert signed(second.rows.get(number=3)) == "Wang Fang"


def signed(row):
    return row.submission.signed_name if row.submission else ""


def test_a_draft_that_no_batch_made_is_left_to_its_filer(cast):
    statement = cast.draft(cast.co_owned_patent())
    cast.consent_of_all(statement)
    submit_consented(statement_id=statement.pk, at=NOW)
    statement.refresh_from_db()
    assert statement.status == StatementStatus.DRAFT


def test_a_draft_whose_sender_has_left_waits_for_a_colleague(cast):
    batch, draft = drafted(cast, cast.co_owned_patent())
    MembershipFactory(organisation=cast.patentee.organisation)
    cast.patentee.user.memberships.update(ended_at=NOW)
    assert consent(draft, cast.co_owner).status == StatementStatus.DRAFT
    assert outcomes(batch) == {2: "drafted"}


def test_a_draft_that_the_filer_has_submitted_or_discarded_is_not_submitted_again(cast):
    _discarded, draft = drafted(cast, cast.co_owned_patent())
    discard(statement=draft, by=cast.patentee.actor, at=NOW)
    submit_consented(statement_id=draft.pk, at=NOW)
    assert Statement.objects.get().status == StatementStatus.DISCARDED
    other, draft = drafted(cast, cast.co_owned_patent())
    give_consent(statement=draft, read_hash=content_hash(draft), by=cast.co_owner.actor, at=NOW)
    submit(statement=draft, by=cast.patentee.actor, at=NOW)
    deliver()
    events = AuditEvent.objects.filter(subject_id=draft.pk, event="submit")
    assert (events.count(), outcomes(other)) == (1, {2: "drafted"})


def test_a_draft_that_the_database_refuses_stays_a_draft(cast, monkeypatch):
    """Here the rules are made to overlook that a co-owner has not consented; the database does not."""
    batch, draft = drafted(cast, cast.co_owned_patent())

    def blind(*args, **kwargs):
        found = judge(*args, **kwargs)
        for item in found:
            item.violations = []
        return found

    monkeypatch.setattr(batch_submitting, "judge", blind)
    submit_consented(statement_id=draft.pk, at=NOW)
    draft.refresh_from_db()
    assert (draft.status, outcomes(batch)) == (StatementStatus.DRAFT, {2: "drafted"})
