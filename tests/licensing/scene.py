"""The scenes of licensing: statements with certain terms, notices, payments, licenses and filings, by the real acts."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from core.deadlines import law_date
from core.validation.files import CleanFile, FileKind
from licensing.actions.filing import submit_filing
from licensing.actions.noticing import NoticeText, serve_notice
from licensing.actions.paying import Voucher, add_payment
from licensing.models import Filing, License, Notice
from licensing.queries.terms import terms_hash_of
from registry.enums import FeeMode
from registry.models import Statement
from tests.cast import NOW, Cast, Person

LUMP = {"fee_mode": FeeMode.LUMP_SUM, "fixed_amount": "50000"}
FREE = {"fee_mode": FeeMode.FREE, "fixed_amount": ""}
SALES = {"fee_mode": FeeMode.ROYALTY_SALES, "fixed_amount": "", "royalty_rate": "3"}
DUE = Decimal("50000.00")


def at_noon(day: date) -> datetime:
    """Noon in Shanghai."""
    return datetime(day.year, day.month, day.day, 4, 0, tzinfo=UTC)


def paper(text: str = "voucher") -> CleanFile:
    """An inspected paper; another text is another paper."""
    content = f"%PDF-1.7 {text}".encode()
    return CleanFile(content, FileKind.PDF, f"{text}.pdf", hashlib.sha256(content).hexdigest())


def notice_text(**fields: Any) -> NoticeText:
    """A complete notice."""
    return NoticeText(
        **{
            "licensee_address": "8 Pearl River Road, Guangzhou",
            "contact_name": "Li Na",
            "contact_phone": "020 8000 0000",
            "contact_email": "li.na@canton.example",
            "intended_start_on": date(2099, 1, 1),
            "signed_name": "Li Na",
            **fields,
        }
    )


def voucher(number: str = "V-1", **fields: Any) -> Voucher:
    """A voucher of the whole lump sum."""
    return Voucher(
        **{
            "amount": DUE,
            "paid_on": law_date(NOW),
            "voucher_number": number,
            "bank": "Bank of the Pearl River",
            "account_tail": "4321",
            "proof": paper(number),
            **fields,
        }
    )


@dataclass
class Scene:
    """Makes what a test needs, all at ``NOW`` unless told."""

    cast: Cast

    def announced(self, at: datetime = NOW, patent=None, **terms: Any) -> Statement:
        """An announced statement; a lump sum of 50,000 yuan unless other terms are given."""
        return self.cast.statement_in("announced", patent, at=at, **{**LUMP, **terms})

    def notice(
        self, statement: Statement | None = None, *, by: Person | None = None, at: datetime = NOW, **text: Any
    ) -> Notice:
        """A notice served by the enterprise."""
        statement = statement or self.announced()
        return serve_notice(
            statement_id=statement.pk,
            text=notice_text(**text),
            terms_read=terms_hash_of(statement),
            by=(by or self.cast.enterprise).actor,
            at=at,
        )

    def license(
        self, statement: Statement | None = None, *, by: Person | None = None, at: datetime = NOW, number: str = "V-1"
    ) -> License:
        """A license obtained with one voucher, paid on the day of the notice."""
        notice = self.notice(statement, by=by, at=at)
        if hasattr(notice, "license"):
            return notice.license
        obtained = add_payment(
            notice_id=notice.pk,
            voucher=voucher(number, paid_on=law_date(at)),
            by=(by or self.cast.enterprise).actor,
            at=at,
        )
        assert obtained is not None
        return obtained

    def filing(self, license: License | None = None, *, at: datetime = NOW, by: Person | None = None) -> Filing:
        """A filing submitted by the licensee."""
        license = license or self.license()
        return submit_filing(
            license_id=license.pk,
            handler_name="Li Na",
            papers=[],
            by=(by or self.cast.enterprise).actor,
            at=at,
        )


def later(days: int) -> datetime:
    """``NOW`` and so many days."""
    return NOW + timedelta(days=days)
