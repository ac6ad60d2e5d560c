"""Papers from the office: what each says, its number, its service, its file, and that none of it changes."""

import threading
from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, connections, transaction

from core.models import AuditEvent
from core.outbox import deliver_outbox
from core.storage import read
from registry.actions import approving, ending, ending_requests, examining, extending, serving, submitting
from registry.bulletin.canonical import canonical
from registry.enums import EndingKind
from registry.enums import OfficePaperKind as K
from registry.models import OfficePaper, PrintedPaper
from tests.cast import NOW, Cast
from tests.factories.patents import PledgeFactory
from tests.factories.statements import ISSUE_DAY, announced, approved, examining_now, publish, submitted
from tests.log import proved
from tests.papers import text_of

pytestmark = pytest.mark.django_db


def paper(kind) -> OfficePaper:
    return OfficePaper.objects.get(kind=kind)


def words(item: OfficePaper) -> str:
    """The text of the printed file without line breaks and spaces."""
    return "".join(text_of(read(serving.file_of(item, at=NOW))).split())


def correction(cast):
    return examining.request_correction(
        statement=examining_now(cast),
        reasons="1. 请写明支付方式。\n2. 请删除宣传用语。",
        by=cast.examiner.actor,
        at=NOW,
    )


def refused(cast):
    statement = examining_now(cast)
    statement = examining.propose_refusal(
        statement=statement, reasons="支付标准不明确。", by=cast.examiner.actor, at=NOW
    )
    return approving.refuse(statement=statement, by=cast.approver.actor, at=NOW)


def withdrawal(cast, statement):
    return ending_requests.request_withdrawal(
        statement=statement,
        grounds="调整许可策略。",
        unconditional=True,
        papers=[],
        by=cast.patentee.actor,
        at=ISSUE_DAY,
    )


def office_ending(cast, kind, statement=None):
    statement, false = statement or announced(cast), kind == EndingKind.REVOCATION
    if not false:
        PledgeFactory(patent=statement.patent, since_on=ISSUE_DAY.date())
    found = ending.propose_ending(
        statement=statement,
        kind=kind,
        grounds="专利权已经终止。",
        falsehood=false,
        by=cast.examiner.actor,
        at=ISSUE_DAY,
    )
    found = ending.pass_ending(ending=found, by=cast.examiner.actor, at=ISSUE_DAY)
    return ending.approve_ending(ending=found, by=cast.approver.actor, at=ISSUE_DAY)


def test_a_submission_is_accepted_with_number_addressee_patent_and_articles(cast):
    statement = submitted(cast)
    said = words(paper(K.ACCEPTANCE))
    for part in (
        "SL2026000001", "LakesideUniversity：", statement.number, f"ZL{statement.patent.number}", "2026年3月2日",
        "专利法第50条", "专利法实施细则第85条",
    ):  # fmt: skip
        assert part in said
    assert "行政复议" not in said


def test_a_correction_says_reasons_and_last_day(cast):
    statement = correction(cast)
    item = paper(K.CORRECTION)
    said = words(item)
    assert (item.due_on, statement.correction_due_on) == (date(2026, 4, 2), date(2026, 4, 2))
    for part in ("BZ2026000001", "1.请写明支付方式。", "2.请删除宣传用语。", "2026年4月2日", "视为未提出"):
        assert part in said


def test_an_extension_says_the_new_last_day_and_from_when_it_is_counted(cast):
    statement = correction(cast)
    extending.extend_correction(
        statement=statement, months=2, reasons="等待检索结果。", by=cast.patentee.actor, at=NOW + timedelta(days=3)
    )
    item = paper(K.EXTENSION)
    said = words(item)
    assert item.due_on == date(2026, 6, 2)
    for part in ("YQ2026000001", "补正期限延长通知书", "2026年6月2日", "自补正通知书送达之日起计算", "视为未提出"):
        assert part in said
    served = item.services.get()
    assert (served.organisation, served.message.code) == (cast.patentee.organisation, "statement-correction_extended")
    assert served.message.file_url == f"/my/statements/{statement.pk}/office-papers/{item.pk}/"


def announced_amid_others(cast):
    """A statement in the middle of the second issue: the log has four entries, and this is the third."""
    cast.statement_in("announced", at=NOW)
    _first, found, _last = (approved(cast) for _ in range(3))
    publish()
    found.refresh_from_db()
    return found


def proof_on(item: OfficePaper) -> list[str]:
    """The place, leaf, number and root that a paper names, each of which its printed words say."""
    proof, said = item.content["proof"], words(item)
    assert [part for part in proof if "".join(part.split()) not in said] == []
    return proof


def test_papers_on_an_announced_statement_carry_the_proof_of_its_announcement(cast):
    statement = announced_amid_others(cast)
    deliver_outbox()
    ending.pass_ending(ending=withdrawal(cast, statement), by=cast.examiner.actor, at=ISSUE_DAY)
    ending.approve_ending(ending=statement.endings.get(), by=cast.approver.actor, at=ISSUE_DAY)
    papers = {item.kind: item for item in statement.office_papers.all()}
    for kind in (K.ANNOUNCEMENT, K.WITHDRAWAL_APPROVED):
        place, *proof = proof_on(papers[kind])
        assert (place, proof) == ("2026-002 / 2", list(proved(place)))
    for kind in (K.ACCEPTANCE, K.APPROVAL):
        assert papers[kind].content["proof"] == []
        assert statement.announced_in.content_hash not in words(papers[kind])


@pytest.mark.parametrize("kind", EndingKind.values[1:])
def test_the_paper_on_an_end_by_the_office_carries_the_proof_too(cast, kind):
    office_ending(cast, EndingKind(kind), announced_amid_others(cast))
    place, *proof = proof_on(OfficePaper.objects.get(kind=kind))
    assert (place, proof) == ("2026-002 / 2", list(proved(place)))


def test_a_standing_violation_is_told_with_its_article(cast):
    statement = examining_now(cast)
    PledgeFactory(patent=statement.patent, since_on=date(2026, 3, 1))
    examining.request_correction(statement=statement, reasons="见下。", by=cast.examiner.actor, at=NOW)
    grounds = paper(K.CORRECTION).content["grounds"]
    assert len(grounds) == 1
    assert "质押" in grounds[0]["message"]
    assert grounds[0]["basis"][0].startswith("专利法实施细则第86条")


def test_a_refusal_says_reasons_and_both_remedies_with_the_last_day(cast):
    refused(cast)
    said = words(paper(K.REFUSAL))
    for part in (
        "支付标准不明确。",
        "60日",
        "2026年5月6日",
        "6个月",
        "2026年9月2日",
        "行政复议",
        "人民法院",
        "专利法实施细则第86条",
    ):
        assert part in said


def test_a_statement_that_was_not_corrected_is_told_so_with_the_remedies(cast):
    correction(cast)
    examining.lapse_overdue_corrections(by=cast.examiner.actor.system("lapse"), at=NOW + timedelta(days=90))
    item = paper(K.NOT_SUBMITTED)
    assert item.issued_by is None
    assert "视为未提出" in words(item)
    assert "行政复议" in words(item)


def test_approval_and_announcement_each_have_their_paper(cast):
    statement = announced(cast)
    deliver_outbox()
    kinds = list(statement.office_papers.order_by("issued_at", "number").values_list("kind", flat=True))
    assert sorted(kinds) == ["acceptance", "announcement", "approval"]
    item = paper(K.ANNOUNCEMENT)
    assert "2026年3月3日" in words(item)
    assert item.services.get().message.code == "statement-announced"


def test_a_withdrawal_is_granted_or_refused_on_paper(cast):
    asked = withdrawal(cast, announced(cast))
    ending.refuse_ending(ending=asked, reasons="附有条件。", by=cast.examiner.actor, at=ISSUE_DAY)
    said = words(paper(K.WITHDRAWAL_REFUSED))
    assert "附有条件。" in said
    assert "行政复议" in said
    again = withdrawal(cast, asked.statement)
    again = ending.pass_ending(ending=again, by=cast.examiner.actor, at=ISSUE_DAY)
    ending.approve_ending(ending=again, by=cast.approver.actor, at=ISSUE_DAY)
    granted = paper(K.WITHDRAWAL_APPROVED)
    assert granted.ending == again
    assert "行政复议" not in words(granted)


@pytest.mark.parametrize(
    ("kind", "made"), [(EndingKind.TERMINATION, K.TERMINATION), (EndingKind.REVOCATION, K.REVOCATION)]
)
def test_an_end_by_the_office_says_its_grounds_and_the_remedies(cast, kind, made):
    office_ending(cast, kind)
    said = words(paper(made))
    assert "专利权已经终止。" in said
    assert "行政复议" in said


def lapsed(cast):
    correction(cast)
    examining.lapse_overdue_corrections(by=cast.examiner.actor.system("lapse"), at=NOW + timedelta(days=90))


def extended(cast):
    extending.extend_correction(statement=correction(cast), months=1, reasons="检索。", by=cast.patentee.actor, at=NOW)


def withdrawn(cast):
    found = ending.pass_ending(ending=withdrawal(cast, announced(cast)), by=cast.examiner.actor, at=ISSUE_DAY)
    ending.approve_ending(ending=found, by=cast.approver.actor, at=ISSUE_DAY)


def kept_in_effect(cast):
    asked = withdrawal(cast, announced(cast))
    ending.refuse_ending(ending=asked, reasons="附有条件。", by=cast.examiner.actor, at=ISSUE_DAY)


# What brings about each paper, its two letters, its day, the reason that was typed, and whether remedies are open.
EVERY_PAPER = {
    K.ACCEPTANCE: (submitted, "SL", "2026年3月2日", "", False),
    K.CORRECTION: (correction, "BZ", "2026年3月2日", "请写明支付方式。", False),
    K.EXTENSION: (extended, "YQ", "2026年3月2日", "", False),
    K.APPROVAL: (announced, "ZG", "2026年3月2日", "", False),
    K.ANNOUNCEMENT: (announced, "GG", "2026年3月3日", "", False),
    K.REFUSAL: (refused, "BG", "2026年3月2日", "支付标准不明确。", True),
    K.NOT_SUBMITTED: (lapsed, "WT", "2026年5月31日", "", True),
    K.WITHDRAWAL_APPROVED: (withdrawn, "CH", "2026年3月3日", "", False),
    K.WITHDRAWAL_REFUSED: (kept_in_effect, "BC", "2026年3月3日", "附有条件。", True),
    K.TERMINATION: (
        lambda cast: office_ending(cast, EndingKind.TERMINATION),
        "ZZ",
        "2026年3月3日",
        "专利权已经终止。",
        True,
    ),
    K.REVOCATION: (
        lambda cast: office_ending(cast, EndingKind.REVOCATION),
        "CX",
        "2026年3月3日",
        "专利权已经终止。",
        True,
    ),
}


def test_every_kind_of_paper_is_tried():
    assert list(EVERY_PAPER) == list(K)


@pytest.mark.parametrize("kind", K.values)
def test_each_paper_has_number_day_articles_reason_and_remedy_and_comes_by_inbox_and_mail(cast, mailoutbox, kind):
    make, letters, day, reason, adverse = EVERY_PAPER[K(kind)]
    make(cast)
    deliver_outbox()
    item = paper(kind)
    said = words(item)
    assert item.number == f"{letters}2026000001"
    for part in (item.number, day, item.content["title"], item.statement.number, reason):
        assert part in said, part
    assert item.content["basis"]
    for article in item.content["basis"]:
        assert "".join(article.split()) in said, article
    assert ("行政复议" in said, "人民法院" in said) == (adverse, adverse)
    [service] = item.services.all()
    assert service.organisation == cast.patentee.organisation
    file_url = f"/my/statements/{item.statement_id}/office-papers/{item.pk}/"
    # The notice of an announcement comes with publication, before its paper: it leads to the page that lists the paper.
    assert service.message.file_url == ("" if kind == K.ANNOUNCEMENT else file_url)
    assert file_url in cast.patentee.client().get(service.message.url).content.decode()
    mails = [mail for mail in mailoutbox if mail.to == [cast.patentee.user.email]]
    assert len(mails) == cast.patentee.organisation.inbox.count() >= 1


def test_the_paper_is_chinese_whatever_language_the_office_works_in(cast):
    correction(cast)  # the tests run in English
    assert paper(K.CORRECTION).content["title"] == "开放许可声明补正通知书"


def test_served_is_the_day_on_which_it_enters_the_inbox_of_filer_and_agency(cast):
    statement = cast.statement_in("submitted", by=cast.agency)
    item = paper(K.ACCEPTANCE)
    served = {service.organisation: service for service in item.services.all()}
    assert set(served) == {cast.patentee.organisation, cast.agency.organisation}
    for organisation, service in served.items():
        message = organisation.inbox.get(code="statement-submitted")
        assert (service.message, service.served_at, message.at) == (message, NOW, NOW)
        assert message.file_url == f"/my/statements/{statement.pk}/office-papers/{item.pk}/"
    assert "Bridge Patent Agency" in item.content["addressee"]


def test_the_outbox_prints_it_once_and_the_same_words_give_the_same_bytes(cast, mailoutbox):
    submitted(cast)
    item = paper(K.ACCEPTANCE)
    assert not PrintedPaper.objects.exists()
    deliver_outbox()
    printed = PrintedPaper.objects.get(paper=item)
    document = read(printed.file)
    assert printed.sha256 == sha256(document).hexdigest() == printed.file.sha256
    assert serving.file_of(item, at=NOW) == printed.file
    assert item.content_hash == sha256(canonical(item.content)).hexdigest()
    assert [mail.to for mail in mailoutbox] == [[cast.patentee.user.email]]


def test_the_office_s_seal_marks_the_paper(cast):
    submitted(cast)
    assert "开发印章，无法律效力" in words(paper(K.ACCEPTANCE))


def test_the_act_and_its_paper_stand_in_the_audit_trail_together(cast):
    submitted(cast)
    item = paper(K.ACCEPTANCE)
    event = AuditEvent.objects.get(event="serve_paper")
    assert event.data == {"number": item.number, "kind": "acceptance", "content_hash": item.content_hash}


def test_numbers_run_per_kind_and_year_without_gaps(cast):
    for _ in range(3):
        submitted(cast)
    submitted(cast, at=NOW + timedelta(days=365))
    numbers = OfficePaper.objects.order_by("issued_at", "serial").values_list("number", flat=True)
    assert list(numbers) == ["SL2026000001", "SL2026000002", "SL2026000003", "SL2027000001"]


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gaps_when_many_are_served_at_once_and_some_fail():
    cast = Cast()
    drafts = [cast.draft() for _ in range(12)]
    by = cast.patentee.actor
    barrier = threading.Barrier(len(drafts))

    def run(position, draft):
        barrier.wait()
        try:
            with transaction.atomic():
                submitting.submit(statement=draft, by=by, at=NOW)
                if position % 3 == 0:
                    raise ValueError("the act fails after its paper was numbered")
        except ValueError:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(drafts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(OfficePaper.objects.values_list("serial", flat=True)) == list(range(1, 9))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE registry_officepaper SET content = '{}'",
        "UPDATE registry_officepaper SET due_on = due_on + 30",
        "UPDATE registry_officepaper SET number = 'BZ2026999999'",
        "DELETE FROM registry_officepaper",
        "TRUNCATE registry_officepaper CASCADE",
        "UPDATE registry_service SET served_at = served_at - interval '10 days'",
        "DELETE FROM registry_service",
        "UPDATE registry_printedpaper SET sha256 = repeat('0', 64)",
        "DELETE FROM registry_printedpaper",
        "TRUNCATE registry_printedpaper",
        "INSERT INTO registry_officepaper SELECT gen_random_uuid(), kind, year, 7, 'BZ2026000007', content,"
        " content_hash, due_on, issued_at, ending_id, issued_by_id, statement_id FROM registry_officepaper"
        " WHERE kind = 'correction'",
        "UPDATE accounts_inboxmessage SET at = at - interval '10 days'",
    ],
)
def test_a_paper_that_was_sent_never_changes(cast, sql):
    correction(cast)
    serving.file_of(paper(K.CORRECTION), at=NOW)
    before = list(OfficePaper.objects.values()), list(PrintedPaper.objects.values())
    with pytest.raises(DatabaseError, match=r"Cannot|pgtrigger|kept for ever|without gaps"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(sql)
    assert (list(OfficePaper.objects.values()), list(PrintedPaper.objects.values())) == before
