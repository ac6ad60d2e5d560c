"""Facts for the rules of licensing, read from the register as it is now."""

from datetime import date
from decimal import Decimal

from django.db.models import Sum

from accounts.enums import Residence, Verification
from accounts.models import Organisation
from licensing.enums import STANDING_FILINGS, FilingPaperKind, FilingSide, LicenseStatus, NoticeStatus
from licensing.models import Filing, License, Notice, Payment, Receipt
from licensing.queries.parties import licensor_in_mainland, licensors_of
from licensing.rules.acceptance import PayingFacts, TakingFacts, is_export
from licensing.rules.filing import FilingFacts
from licensing.rules.terms import hash_of
from registry.enums import ConsentMethod, EndingStatus
from registry.models import BulletinIssue, Statement
from registry.queries.calendar import is_issue_day
from registry.queries.facts import patent_facts

ZERO = Decimal("0.00")


def taking_facts(statement: Statement, licensee: Organisation, *, on: date, **notice: object) -> TakingFacts:
    """Return who wants a license and what stands in the way; ``notice`` adds what the notice itself says."""
    running = statement.licenses.filter(licensee=licensee, status=LicenseStatus.IN_FORCE, ends_on__gte=on).first()
    return TakingFacts(
        on=on,
        verified=licensee.verification == Verification.VERIFIED,
        is_licensor=licensee.pk in licensors_of(statement),
        residence=Residence(licensee.residence),
        licensor_in_mainland=licensor_in_mainland(statement),
        waiting_notice=statement.notices.filter(licensee=licensee, status=NoticeStatus.WAITING).exists(),
        running_license=running.number if running else "",
        ending_today=ends_today(statement, on=on),
        **notice,  # type: ignore[arg-type]
    )


def ends_today(statement: Statement, *, on: date) -> bool:
    """Whether the end of the statement was announced on that day, or will be in that day's issue."""
    if statement.ended_on == on:
        return True
    approved = statement.endings.filter(status=EndingStatus.APPROVED).exists()
    return approved and is_issue_day(on) and not BulletinIssue.objects.filter(issued_on=on).exists()


def paid_for(notice: Notice) -> Decimal:
    """Return what vouchers show for a notice so far, in yuan."""
    return notice.payments.aggregate(total=Sum("amount"))["total"] or ZERO


def last_day_to_start(statement: Statement) -> date:
    """Return the last day on which a license under this statement can begin."""
    days = [statement.patent.term_ends_on, statement.term_until]
    return min(day for day in days if day is not None)


def paying_facts(notice: Notice, *, amount: Decimal, paid_on: date, on: date, **found: bool) -> PayingFacts:
    """Return a payment or receipt for a notice with what the rules need around it."""
    statement = notice.statement
    assert statement.effective_on is not None  # a notice is served on announced statements alone
    return PayingFacts(
        on=on,
        amount=amount,
        paid_on=paid_on,
        due=notice.due_at_start,
        already_paid=paid_for(notice),
        served_on=notice.served_on,
        statement_effective_on=statement.effective_on,
        statement_ended_on=statement.ended_on,
        last_day_to_start=last_day_to_start(statement),
        **found,
    )


def voucher_known(*, bank_key: str, voucher_key: str, paid_on: date) -> bool:
    """Whether a voucher of this number is on file, from that bank or of that day."""
    same = Payment.objects.filter(voucher_key=voucher_key)
    return same.filter(bank_key=bank_key).exists() or same.filter(paid_on=paid_on).exists()


def proof_known(sha256: str) -> bool:
    """Whether the very document is on file as somebody's proof of payment."""
    return Payment.objects.filter(proof_sha256=sha256).exists()


def payment_evidenced(notice: Notice) -> bool:
    """Whether vouchers or the patentee's receipt show the sum due; a free license needs the receipt (GL V-11 §7(3))."""
    receipt = Receipt.objects.filter(notice=notice).first()
    if receipt is not None and receipt.amount >= notice.due_at_start:
        return True
    return notice.due_at_start > 0 and paid_for(notice) >= notice.due_at_start


def co_owners_agreed(statement: Statement) -> bool:
    """Whether every holder but the filer consented to the announced text, or an agreement prevails (GL V-11 §3.2)."""
    consents = list(statement.consents.all())
    if any(consent.method == ConsentMethod.AGREEMENT for consent in consents):
        return True
    agreed = {consent.patentee_id for consent in consents if consent.content_hash == statement.content_hash}
    others = statement.patent.ownerships.exclude(patentee__organisation_id=statement.filed_by_id)
    return all(held.patentee_id in agreed for held in others)


def is_export_license(license: License) -> bool:
    """Whether the license is a technology export (GL V-11 §6)."""
    return is_export(
        Residence(license.notice.licensee_residence), licensor_in_mainland=licensor_in_mainland(license.statement)
    )


def filing_facts(filing: Filing, *, on: date) -> FilingFacts:
    """Return everything the examiner's checks need about a submitted filing."""
    kinds = set(filing.papers.values_list("kind", flat=True))
    license = filing.license
    sides = [license.licensee_id] if filing.side == FilingSide.LICENSEE else licensors_of(license.statement)
    return license_filing_facts(
        license,
        on=on,
        submitted_on=filing.submitted_on,
        due_on=filing.due_on,
        applicant_is_side=filing.applicant_id in sides,
        papers=kinds,
        through_agency=filing.is_represented,
        handler_named=bool(filing.handler_name),
        standing_filing=license.filings.filter(status__in=STANDING_FILINGS).exclude(pk=filing.pk).exists(),
    )


def license_filing_facts(
    license: License,
    *,
    on: date,
    submitted_on: date,
    due_on: date,
    applicant_is_side: bool,
    papers: set[str],
    through_agency: bool,
    handler_named: bool,
    standing_filing: bool,
) -> FilingFacts:
    """Return the facts of a filing of this license, made or about to be made."""
    notice, statement = license.notice, license.statement
    return FilingFacts(
        on=on,
        patent=patent_facts(statement.patent, on=on),
        applicant_is_side=applicant_is_side,
        licensor_holds_patent=statement.patent.owners.filter(organisation_id=statement.filed_by_id).exists(),
        co_owners_agreed=co_owners_agreed(statement),
        license_effective_on=license.effective_on,
        license_ends_on=license.ends_on,
        license_in_force=license.status == LicenseStatus.IN_FORCE and license.ends_on >= on,
        statement_effective_on=statement.effective_on,
        statement_ended_on=statement.ended_on,
        content_complete=hash_of(notice.terms) == notice.terms_hash == license.terms_hash,
        payment_evidenced=payment_evidenced(notice),
        is_export=is_export_license(license),
        export_paper=FilingPaperKind.EXPORT in papers,
        through_agency=through_agency,
        authority_paper=FilingPaperKind.AUTHORITY in papers,
        handler_named=handler_named,
        standing_filing=standing_filing,
        submitted_on=submitted_on,
        due_on=due_on,
    )
