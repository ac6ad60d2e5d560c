"""Locks in the one order of all acts: patent, statement, notice, license, filing."""

from uuid import UUID

from licensing.models import Filing, FilingChange, License, Notice
from registry.models import Patent, Statement


def lock_statement(statement_id: UUID) -> Statement:
    """Lock the patent and then the statement; return the statement as it stands now.

    Raises:
        Statement.DoesNotExist: there is none.
    """
    patent_id = Statement.objects.values_list("patent_id", flat=True).get(pk=statement_id)
    patent = Patent.objects.select_for_update(no_key=True).get(pk=patent_id)
    statement = Statement.objects.select_for_update(no_key=True).select_related(None).get(pk=statement_id)
    statement.patent = patent
    return statement


def lock_notice(notice_id: UUID) -> Notice:
    """Lock the notice after its patent and statement. Raises Notice.DoesNotExist."""
    statement = lock_statement(Notice.objects.values_list("statement_id", flat=True).get(pk=notice_id))
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice_id)
    notice.statement = statement
    return notice


def lock_license(license_id: UUID) -> License:
    """Lock the license after its patent, statement and notice. Raises License.DoesNotExist."""
    notice = lock_notice(License.objects.values_list("notice_id", flat=True).get(pk=license_id))
    license = License.objects.select_for_update(of=("self",)).get(pk=license_id)
    license.notice, license.statement = notice, notice.statement
    return license


def lock_filing(filing_id: UUID) -> Filing:
    """Lock the filing after everything it rests on. Raises Filing.DoesNotExist."""
    license = lock_license(Filing.objects.values_list("license_id", flat=True).get(pk=filing_id))
    filing = Filing.objects.select_for_update(of=("self",)).get(pk=filing_id)
    filing.license = license
    return filing


def lock_change(change_id: UUID) -> FilingChange:
    """Lock the change of a filing after the filing. Raises FilingChange.DoesNotExist."""
    filing = lock_filing(FilingChange.objects.values_list("filing_id", flat=True).get(pk=change_id))
    change = FilingChange.objects.select_for_update(of=("self",)).get(pk=change_id)
    change.filing = filing
    return change
