"""A checked batch becomes ordinary statements: once each, by one act, whatever happens on the way."""

import threading
from collections import Counter

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from accounts.models import InboxMessage
from core.lifecycle import IllegalStep
from core.models import AuditEvent
from core.outbox import deliver_one
from core.rules import Refused
from core.validation.files import inspect_upload
from registry.actions import batch_submitting
from registry.actions.batch_judging import judge
from registry.actions.batch_papers import add_batch_papers
from registry.actions.batch_submitting import submit_batch, submit_portion
from registry.actions.batch_uploading import discard_batch, upload_batch
from registry.actions.consenting import give_consent
from registry.actions.drafting import add_paper, begin_draft, save_draft
from registry.actions.submitting import submit
from registry.enums import BatchMode, BatchStatus, PaperKind, RowOutcome, StatementStatus
from registry.facts import UNDERTAKINGS
from registry.models import OfficePaper, Service, Statement, StatementBatch
from registry.queries.batches import counts_of
from registry.queries.content import content_hash
from tests.api_client import pdf
from tests.cast import NOW, Cast
from tests.factories.patents import PledgeFactory
from tests.factories.people import MembershipFactory
from tests.factories.spreadsheets import checked, clean, deliver, row, xlsx
from tests.registry.views.patentee.test_drafts import png

pytestmark = pytest.mark.django_db
ALL = dict.fromkeys(UNDERTAKINGS, True)
COMPLETE = {
    "fee_mode": "lump_sum", "fixed_amount": "50000", "payment_terms": "签发书面通知后十日内一次付清。",
    "term_mode": "months", "term_months": "36", "explanation": "参照同行业普通许可的平均费用折算。",
    "signed_name": "Li Wei", **ALL,
}  # fmt: skip


def sent(batch, person, mode=BatchMode.GOOD, **said):
    said = {"mode": mode, "undertakings": ALL, "signed_name": "Li Wei", "at": NOW, **said}
    submit_batch(batch=batch, by=person.actor, **said)
    deliver()
    batch.refresh_from_db()
    return batch


def outcomes(batch):
    return dict(batch.rows.order_by("number").values_list("number", "outcome"))


def test_good_rows_become_ordinary_statements_with_number_and_hash(cast):
    patents = [cast.patent(), cast.patent()]
    batch = sent(checked(cast.patentee, [row(one.number) for one in patents]), cast.patentee)
    assert batch.status == BatchStatus.SUBMITTED
    statements = list(Statement.objects.order_by("number"))
    assert [one.number[-6:] for one in statements] == ["000001", "000002"]
    for statement in statements:
        assert statement.status == StatementStatus.SUBMITTED
        assert statement.content_hash == content_hash(statement)
        assert (statement.signed_name, statement.submitted_at) == ("Li Wei", NOW)
        assert statement.contact_name == cast.patentee.organisation.contact_name
        events = list(AuditEvent.objects.filter(subject_id=statement.pk).order_by("id").values_list("event", flat=True))
        assert events == ["begin", "submit", "serve_paper"]
    assert outcomes(batch) == {2: "submitted", 3: "submitted"}


def test_a_statement_of_a_batch_says_what_the_same_one_typed_by_hand_says(cast):
    cells = {
        "fee_mode": "Entry fee plus royalty on net sales", "fixed_amount": "￥3万", "royalty_rate": "2.5%",
        "term_mode": "", "term_months": "", "term_until": "2030年12月31日", "contact_name": "陆湖",
        "contact_phone": "+86 571 8888", "exploits_itself": "是", "other_matters": "提供技术资料。",
    }  # fmt: skip
    typed = {
        "fee_mode": "entry_royalty_sales", "fixed_amount": "30000", "royalty_rate": "2.5",
        "payment_terms": "签发书面通知后十日内一次付清。", "term_mode": "until", "term_until": "2030-12-31",
        "contact_name": "陆湖", "contact_phone": "+86 571 8888", "contact_email": "", "contact_address": "",
        "explanation": "参照同行业普通许可的平均费用，按预计五家被许可人折算。", "exploits_itself": True,
        "other_matters": "提供技术资料。", "signed_name": "Li Wei", **ALL,
    }  # fmt: skip
    many, single = cast.patent(), cast.patent()
    sent(checked(cast.patentee, [row(many.number, **cells)]), cast.patentee)
    by = cast.patentee.actor
    statement = begin_draft(patent=single, filed_by=cast.patentee.organisation, by=by, at=NOW)
    submit(statement=save_draft(statement=statement, entries=typed, by=by, at=NOW), by=by, at=NOW)
    said = [canonical_but_patent(Statement.objects.get(patent=one)) for one in (many, single)]
    assert said[0] == said[1]


def acceptance(statement):
    """The acceptance paper without what differs between any two: its own number, and which statement and patent."""
    [paper] = statement.office_papers.all()
    told = {name: value for name, value in paper.content.items() if name not in ("facts", "number")}
    own = (statement.number, f"ZL{statement.patent.number}", statement.patent.title)
    facts = [item for item in paper.content["facts"] if item["value"] not in own]
    assert len(paper.content["facts"]) - len(facts) == len(own)
    return told, facts, paper.printed.file.media_type


def test_a_statement_of_a_batch_is_accepted_for_examination_with_the_same_paper_as_a_single_one(cast):
    many, single = cast.patent(), cast.patent()
    sent(checked(cast.patentee, [row(many.number)]), cast.patentee)
    by = cast.patentee.actor
    draft = begin_draft(patent=single, filed_by=cast.patentee.organisation, by=by, at=NOW)
    submit(statement=save_draft(statement=draft, entries=COMPLETE, by=by, at=NOW), by=by, at=NOW)
    deliver()
    first, second = (Statement.objects.get(patent=one) for one in (many, single))
    assert acceptance(first) == acceptance(second)
    assert [one.office_papers.get().serial for one in (first, second)] == [1, 2]


def test_the_papers_of_a_batch_are_served_on_every_party_with_one_notice(cast):
    rows = [row(cast.patent().number, consents="consent.pdf") for _ in range(3)]
    batch = checked(cast.agency, rows)
    signed = inspect_upload(pdf("consent"))
    add_batch_papers(batch=batch, files=[signed], by=cast.agency.actor, at=NOW)
    deliver()
    again = sent(batch, cast.agency)
    assert set(outcomes(again).values()) == {"submitted"}
    papers = OfficePaper.objects.order_by("serial")
    assert [one.serial for one in papers] == [1, 2, 3]
    for party in (cast.agency, cast.patentee):
        notice = InboxMessage.objects.get(organisation=party.organisation, key__contains=str(again.pk))
        served = Service.objects.filter(message=notice, organisation=party.organisation)
        assert {one.paper for one in served} == set(papers)
        assert {one.served_at for one in served} == {notice.at}


def test_what_a_stopped_submission_has_sent_is_served_all_the_same(cast, monkeypatch):
    monkeypatch.setattr(batch_submitting, "PORTION", 1)
    batch = checked(cast.patentee, [row(cast.patent().number), row(cast.patent().number)])
    submit_batch(batch=batch, mode=BatchMode.GOOD, undertakings=ALL, signed_name="Li", by=cast.patentee.actor, at=NOW)
    deliver_one()
    assert (OfficePaper.objects.count(), Service.objects.count()) == (1, 0)
    MembershipFactory(organisation=cast.patentee.organisation)
    cast.patentee.user.memberships.update(ended_at=NOW)
    deliver()
    batch.refresh_from_db()
    assert batch.status == BatchStatus.CHECKED
    notice = InboxMessage.objects.get(code="batch-submitted")
    assert (notice.params["submitted"], notice.params["left"]) == (1, 1)
    assert Service.objects.get().message == notice


def test_the_row_that_the_database_refuses_is_found_and_the_others_go(cast, monkeypatch):
    """A term of no months passes no constraint; here the rules are made to overlook it, in one row of nine."""
    patents = [cast.patent() for _ in range(9)]
    batch = checked(cast.patentee, [row(one.number) for one in patents])

    def blind(*args, **kwargs):
        found = judge(*args, **kwargs)
        for item in found:
            if item.row.number == 5:
                item.statement.term_months = 0
        return found

    monkeypatch.setattr(batch_submitting, "judge", blind)
    assert Counter(outcomes(sent(batch, cast.patentee)).values()) == {"submitted": 8, "defective": 1}
    assert batch.rows.get(outcome="defective").rules == ["B7"]
    assert batch.rows.get(outcome="defective").number == 5
    numbers = Statement.objects.order_by("number").values_list("number", flat=True)
    assert [one[-6:] for one in numbers] == [f"{serial:06d}" for serial in range(1, 9)]


def canonical_but_patent(statement):
    from registry.queries.content import canonical_content

    return {name: value for name, value in canonical_content(statement).items() if name != "patent"}


def test_instalments_of_one_cell(cast):
    batch = checked(
        cast.patentee,
        [row(cast.patent().number, fee_mode="分期付款", fixed_amount="", instalments="0：3万元；12：20000")],
    )
    assert outcomes(sent(batch, cast.patentee)) == {2: "submitted"}
    statement = Statement.objects.get()
    assert statement.instalments == [{"due_months": 0, "amount": "30000.00"}, {"due_months": 12, "amount": "20000.00"}]


def test_unfit_rows_stay_and_co_owned_patents_become_drafts_shown_to_the_co_owner_with_one_notice(cast):
    shared = [cast.co_owned_patent() for _ in range(3)]
    rows = [row(cast.patent().number), *(row(one.number) for one in shared), row(cast.patent().number, term_months="")]
    batch = sent(checked(cast.patentee, rows), cast.patentee)
    assert outcomes(batch) == {2: "submitted", 3: "drafted", 4: "drafted", 5: "drafted", 6: "defective"}
    told = InboxMessage.objects.filter(organisation=cast.co_owner.organisation)
    assert [(one.code, one.params["count"]) for one in told] == [("consents-wanted", 3)]
    own = InboxMessage.objects.get(organisation=cast.patentee.organisation)
    assert (own.code, own.params) == (
        "batch-submitted", {"file": "statements.xlsx", "submitted": 1, "drafted": 3, "left": 1},
    )  # fmt: skip
    draft = Statement.objects.get(patent=shared[0])
    give_consent(statement=draft, read_hash=content_hash(draft), by=cast.co_owner.actor, at=NOW)
    assert submit(statement=draft, by=cast.patentee.actor, at=NOW).status == StatementStatus.SUBMITTED


def test_an_agency_s_rows_are_drafts_until_the_principal_consents(cast):
    batch = sent(checked(cast.agency, [row(cast.patent().number)]), cast.agency)
    draft = Statement.objects.get()
    assert (draft.agency, draft.filed_by) == (cast.agency.organisation, cast.patentee.organisation)
    give_consent(statement=draft, read_hash=content_hash(draft), by=cast.patentee.actor, at=NOW)
    deliver()
    assert Statement.objects.get().status == StatementStatus.SUBMITTED
    assert outcomes(checked(cast.agency, [row(draft.patent.number)], replaces=batch)) == {2: "before"}
    told = set(InboxMessage.objects.values_list("organisation__name", "code"))
    both = ("batch-submitted", "statement-submitted")
    assert told == {
        *(("Bridge Patent Agency", code) for code in (*both, "consent-given")),
        *(("Lakeside University", code) for code in (*both, "consents-wanted")),
    }


def test_a_corrected_version_recognizes_what_was_submitted(cast):
    patents = [cast.patent(), cast.patent()]
    first = sent(
        checked(cast.patentee, [row(patents[0].number), row(patents[1].number, explanation="")]), cast.patentee
    )
    assert outcomes(first) == {2: "submitted", 3: "defective"}
    second = checked(cast.patentee, [row(one.number) for one in patents], replaces=first)
    assert outcomes(second) == {2: "before", 3: "good"}
    assert second.rows.get(number=2).statement == first.rows.get(number=2).statement
    assert outcomes(sent(second, cast.patentee)) == {2: "before", 3: "submitted"}
    assert Statement.objects.count() == 2
    first.refresh_from_db()
    assert first.status == BatchStatus.SUBMITTED


def test_the_same_spreadsheet_uploaded_as_a_new_batch_submits_nothing_twice(cast):
    rows = [row(cast.patent().number)]
    sent(checked(cast.patentee, rows), cast.patentee)
    again = checked(cast.patentee, rows)
    assert (outcomes(again), again.rows.get().rules) == ({2: "barred"}, ["F12"])
    with pytest.raises(Refused) as refused:
        sent(again, cast.patentee)
    assert "B5" in [found.rule for found in refused.value.violations]


def test_a_draft_that_the_filer_has_is_written_into_and_keeps_its_papers(cast):
    patent = cast.patent(utility_model=True)
    by = cast.patentee.actor
    draft = begin_draft(patent=patent, filed_by=cast.patentee.organisation, by=by, at=NOW)
    add_paper(statement=draft, kind=PaperKind.EVALUATION_REPORT, file=inspect_upload(png()), by=by, at=NOW)
    batch = checked(cast.patentee, [row(patent.number), row(cast.patent(utility_model=True).number)])
    assert outcomes(batch) == {2: "good", 3: "barred"}
    assert [one["rule"] for one in batch.rows.get(number=2).findings] == ["B8", "W6"]
    assert outcomes(sent(batch, cast.patentee)) == {2: "submitted", 3: "barred"}
    assert batch.rows.get(number=2).statement == draft
    assert Statement.objects.get(pk=draft.pk).papers.count() == 1


def test_nothing_is_submitted_without_undertakings_and_signature(cast):
    batch = checked(cast.patentee, [row(cast.patent().number)])
    with pytest.raises(Refused) as refused:
        sent(batch, cast.patentee, undertakings={}, signed_name=" ")
    assert [(one.rule, one.field) for one in refused.value.violations] == [
        *(("F2", name) for name in UNDERTAKINGS), ("F6", "signed_name"),
    ]  # fmt: skip
    assert Statement.objects.count() == 0


def test_all_or_nothing_refuses_while_a_row_is_unfit(cast):
    batch = checked(cast.patentee, [row(cast.patent().number), row(cast.patent().number, explanation="")])
    with pytest.raises(Refused) as refused:
        sent(batch, cast.patentee, BatchMode.ALL)
    assert [str(one.message) for one in refused.value.violations] == ["Rows that cannot be submitted: 1."]


def test_all_or_nothing_submits_all(cast):
    batch = checked(cast.patentee, [row(cast.patent().number), row(cast.co_owned_patent().number)])
    assert outcomes(sent(batch, cast.patentee, BatchMode.ALL)) == {2: "submitted", 3: "drafted"}


def test_all_or_nothing_submits_nothing_when_a_row_became_unfit_meanwhile(cast):
    patents = [cast.patent(), cast.patent()]
    batch = checked(cast.patentee, [row(one.number) for one in patents])
    submit_batch(
        batch=batch, mode=BatchMode.ALL, undertakings=ALL, signed_name="Li Wei", by=cast.patentee.actor, at=NOW
    )
    PledgeFactory(patent=patents[1])
    deliver()
    batch.refresh_from_db()
    assert batch.status == BatchStatus.CHECKED
    assert outcomes(batch) == {2: "good", 3: "barred"}
    assert batch.submissions.get().end.trouble["en"] == "A row was not fit any more, so none was submitted."
    assert Statement.objects.count() == 0
    assert outcomes(sent(batch, cast.patentee)) == {2: "submitted", 3: "barred"}


def test_all_or_nothing_is_of_bounded_length(cast, monkeypatch):
    monkeypatch.setattr(batch_submitting, "MOST_ALL_OR_NOTHING", 1)
    batch = checked(cast.patentee, [row(cast.patent().number), row(cast.patent().number)])
    with pytest.raises(Refused) as refused:
        sent(batch, cast.patentee, BatchMode.ALL)
    assert [str(one.message) for one in refused.value.violations] == ["At most 1 rows are submitted all or nothing."]


def test_a_row_that_became_unfit_stays_while_the_others_go(cast):
    patents = [cast.patent(), cast.patent()]
    batch = checked(cast.patentee, [row(one.number) for one in patents])
    PledgeFactory(patent=patents[0])
    assert outcomes(sent(batch, cast.patentee)) == {2: "barred", 3: "submitted"}
    assert batch.rows.get(number=2).rules == ["G4"]


def test_rows_all_of_which_became_unfit_leave_nothing_behind(cast):
    patent = cast.patent()
    batch = checked(cast.patentee, [row(patent.number)])
    PledgeFactory(patent=patent)
    assert outcomes(sent(batch, cast.patentee)) == {2: "barred"}
    assert (batch.status, Statement.objects.count()) == (BatchStatus.SUBMITTED, 0)


def test_a_portion_delivered_twice_does_nothing_more(cast):
    batch = sent(checked(cast.patentee, [row(cast.patent().number)]), cast.patentee)
    submit_portion(batch_id=batch.pk, attempt=1, after=0, at=NOW)
    assert Statement.objects.count() == 1


def test_whoever_lost_their_place_stops_the_batch(cast):
    batch = checked(cast.patentee, [row(cast.patent().number)])
    submit_batch(batch=batch, mode=BatchMode.GOOD, undertakings=ALL, signed_name="Li", by=cast.patentee.actor, at=NOW)
    MembershipFactory(organisation=cast.patentee.organisation)
    cast.patentee.user.memberships.update(ended_at=NOW)
    deliver()
    batch.refresh_from_db()
    assert (batch.status, Statement.objects.count()) == (BatchStatus.CHECKED, 0)
    assert "does not act for the organisation any more" in batch.submissions.get().end.trouble["en"]


def test_another_organisation_s_batch_does_not_exist(cast):
    batch = checked(cast.patentee, [row(cast.patent().number)])
    with pytest.raises(StatementBatch.DoesNotExist):
        sent(batch, cast.co_owner)
    with pytest.raises(StatementBatch.DoesNotExist):
        discard_batch(batch=batch, by=cast.co_owner.actor, at=NOW)
    with pytest.raises(StatementBatch.DoesNotExist):
        upload_batch(file=clean(xlsx([])), replaces=batch, by=cast.co_owner.actor, at=NOW)


def test_a_batch_is_corrected_once_and_not_while_it_is_submitted(cast):
    batch = checked(cast.patentee, [row(cast.patent().number)])
    submit_batch(batch=batch, mode=BatchMode.GOOD, undertakings=ALL, signed_name="Li", by=cast.patentee.actor, at=NOW)
    with pytest.raises(IllegalStep):
        checked(cast.patentee, [], replaces=batch)
    deliver()
    checked(cast.patentee, [row(cast.patent().number)], replaces=batch)
    with pytest.raises(IllegalStep):
        checked(cast.patentee, [], replaces=batch)


def test_a_portion_asks_the_database_as_often_for_twelve_rows_as_for_two(cast):
    def queries(count):
        batch = checked(cast.patentee, [row(cast.patent().number) for _ in range(count)])
        submit_batch(
            batch=batch, mode=BatchMode.GOOD, undertakings=ALL, signed_name="Li", by=cast.patentee.actor, at=NOW
        )
        with CaptureQueriesContext(connection) as captured:
            submit_portion(batch_id=batch.pk, attempt=1, after=0, at=NOW)
        assert counts_of(batch).of(RowOutcome.SUBMITTED) == count
        return len(captured)

    queries(1)  # the year's counters begin
    assert queries(12) == queries(2)


@pytest.mark.django_db(transaction=True)
def test_two_people_submit_the_same_batch_at_once_and_one_does(no_worker):
    cast = Cast()
    batch = checked(cast.patentee, [row(cast.patent().number) for _ in range(5)])
    barrier, results = threading.Barrier(8), []

    def try_it():
        try:
            barrier.wait(10)
            submit_batch(batch=batch, mode=BatchMode.GOOD, undertakings=ALL, signed_name="Li", by=actor, at=NOW)
            results.append("done")
        except IllegalStep:
            results.append("late")
        finally:
            connections.close_all()

    actor = cast.patentee.actor
    threads = [threading.Thread(target=try_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["done", *["late"] * 7]
    deliver()
    assert Statement.objects.filter(status=StatementStatus.SUBMITTED).count() == 5
