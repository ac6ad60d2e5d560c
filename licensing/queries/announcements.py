"""What the bulletin says of filings, field by field (GL V-8 §1.3.2.7, Order 84). Fees are not published."""

from typing import Any

from licensing.enums import ChangeItem
from licensing.models import Filing, FilingChange
from licensing.queries.changes import BETWEEN, recorded_names
from registry.actions.entries import patentees_of


def filing_content(filing: Filing) -> dict[str, Any]:
    """Return the announced fields of a record. The register does not hold an invention's publication date."""
    patent = filing.license.statement.patent
    return {
        **_common(filing),
        "licensors": patentees_of(patent),
        "licensee": filing.license.notice.licensee_name,
        "title": patent.title,
        "filed_on": str(patent.filed_on),
        "granted_on": str(patent.granted_on or ""),
        "license_kind": "open_license",
        "recorded_on": str(filing.recorded_on),
    }


def cancellation_content(filing: Filing) -> dict[str, Any]:
    """Return the announced fields of a record that was canceled or revoked; the parties as it named them last."""
    names = recorded_names(filing)
    return {
        **_common(filing),
        "licensors": names[ChangeItem.LICENSORS].split(BETWEEN),
        "licensee": names[ChangeItem.LICENSEE],
        "canceled_on": str(filing.canceled_on),
    }


def change_content(change: FilingChange) -> dict[str, Any]:
    """Return the announced fields of a change of a record: the item before and after."""
    return {
        **_common(change.filing),
        "changed_on": str(change.changed_on),
        "item": change.item,
        "before": change.before,
        "after": change.after,
    }


def _common(filing: Filing) -> dict[str, Any]:
    patent = filing.license.statement.patent
    return {
        "main_class": patent.main_class,
        "patent_number": patent.number,
        "patent_kind": patent.kind,
        "filing_number": filing.number,
        "statement_number": filing.license.statement.number,
    }
