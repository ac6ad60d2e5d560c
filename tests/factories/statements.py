"""Statements brought to a state by the real acts, each by the person whose act it is."""

from datetime import datetime, timedelta
from typing import Any

from core.lifecycle import Actor
from registry.actions import approving, drafting, examining, publishing, submitting
from registry.models import BulletinIssue, Patent, Statement
from tests.cast import NOW, Cast

ENTRIES: dict[str, Any] = {
    "fee_mode": "lump_sum",
    "fixed_amount": "20000",
    "payment_terms": "签发许可通知之日起三十日内一次付清。",
    "term_mode": "until",
    "term_until": "2030-12-31",
    "contact_name": "陆湖",
    "contact_phone": "0571-88880000",
    "contact_email": "licensing@lakeside.example",
    "contact_address": "杭州市湖畔路1号",
    "explanation": "参照本专利已有普通许可合同的年均使用费，按预期被许可人数量调整。",
    "exploits_itself": False,
    "undertakes_no_exclusive": True,
    "undertakes_open_to_all": True,
    "undertakes_keep_in_force": True,
    "undertakes_export_rules": True,
    "signed_name": "陆湖",
}
# A Tuesday, the issue day after cast.NOW.
ISSUE_DAY = NOW + timedelta(days=1)


def draft(cast: Cast, patent: Patent | None = None, at: datetime = NOW, **entries: Any) -> Statement:
    """Return a complete draft of the university on a patent of its own."""
    by = cast.patentee.actor
    statement = drafting.begin_draft(patent=patent or cast.patent(), filed_by=cast.patentee.organisation, by=by, at=at)
    return drafting.save_draft(statement=statement, entries={**ENTRIES, **entries}, by=by, at=at)


def submitted(cast: Cast, patent: Patent | None = None, at: datetime = NOW, **entries: Any) -> Statement:
    """Return a submitted statement."""
    return submitting.submit(statement=draft(cast, patent, at, **entries), by=cast.patentee.actor, at=at)


def examining_now(cast: Cast, patent: Patent | None = None, at: datetime = NOW, **entries: Any) -> Statement:
    """Return a statement that the examiner has taken."""
    return examining.claim(statement=submitted(cast, patent, at, **entries), by=cast.examiner.actor, at=at)


def passed(cast: Cast, patent: Patent | None = None, at: datetime = NOW, **entries: Any) -> Statement:
    """Return a statement that waits for approval."""
    statement = examining_now(cast, patent, at, **entries)
    return examining.pass_statement(statement=statement, by=cast.examiner.actor, at=at)


def approved(cast: Cast, patent: Patent | None = None, at: datetime = NOW, **entries: Any) -> Statement:
    """Return a statement that waits for the next issue."""
    return approving.approve(statement=passed(cast, patent, at, **entries), by=cast.approver.actor, at=at)


def publish(at: datetime = ISSUE_DAY) -> BulletinIssue | None:
    """Publish the issue of the day."""
    return publishing.publish_issue(by=Actor.system("bulletin"), at=at)


def announced(cast: Cast, patent: Patent | None = None, at: datetime = NOW, **entries: Any) -> Statement:
    """Return a statement announced on the issue day."""
    statement = approved(cast, patent, at, **entries)
    publish(max(at, ISSUE_DAY))
    statement.refresh_from_db()
    return statement
