"""The licenses of the story: notices, payments, receipts, filings and ends."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from config.demo.calendar import Calendar
from config.demo.data import load
from config.demo.papers import paper
from config.demo.people import Cast
from config.demo.statements import Event, Filings
from core.deadlines import law_date
from licensing.actions import changing, deciding, ending, filing, noticing, paying
from licensing.enums import ChangeItem, FilingPaperKind
from licensing.models import Filing, License, Notice
from licensing.queries.terms import terms_hash_of
from registry.models import Statement


@dataclass(slots=True)
class Taking:
    """Everything that has been taken so far, by the keys in the data."""

    cast: Cast
    calendar: Calendar
    filings: Filings
    notices: dict[str, Notice] = field(default_factory=dict)
    filed: dict[str, Filing] = field(default_factory=dict)
    vouchers: int = 0

    def license(self, key: str) -> License:
        """Return a license by its key."""
        return License.objects.get(notice=self.notices[key])

    def events(self) -> Iterator[Event]:
        """Yield every act with its time; the caller sorts them."""
        for told in load("licenses"):
            yield self.time(told, told, 0), partial(self.serve, told)
            for order, part in enumerate(told.get("pay", []), start=1):
                yield self.time(told, part, order), partial(self.pay, told, part)
            if "receipt" in told:
                yield self.time(told, {"after": told["receipt"]}, 2), partial(self.confirm, told)
            if "canceled" in told:
                yield self.calendar.ago(told["canceled"], 3), partial(self.cancel, told)
            if filed := told.get("filing"):
                yield self.time(told, filed, 4), partial(self.file, told)
                if "decided" in filed:
                    yield self.time(told, {"after": filed["decided"]}, 5), partial(self.decide, told)
            if change := told.get("change"):
                yield self.time(told, change, 6), partial(self.request_change, told)
            if end := told.get("terminated"):
                yield self.time(told, {"after": end["proposed"]}, 6), partial(self.propose_end, told)
                if "agreed" in end:
                    yield self.time(told, {"after": end["agreed"]}, 7), partial(self.agree_to_end, told)

    def time(self, told: dict[str, Any], when: dict[str, Any], order: int) -> datetime:
        """Return a time some days after the announcement, or some days ago."""
        if "ago" in when:
            return self.calendar.ago(when["ago"], order)
        day = self.filings.announced_on(told["statement"]) + timedelta(days=when["after"])
        # Acts follow the issue of their day, which appears at ten.
        return self.calendar.on(day, order + 6)

    def serve(self, told: dict[str, Any], *, at: datetime) -> None:
        """Serve the notice; where nothing is due at the start this makes the license."""
        organisation = self.cast.organisations[told["by"]]
        statement = Statement.objects.get(pk=self.filings.statements[told["statement"]].pk)
        text = noticing.NoticeText(
            licensee_address=organisation.address,
            contact_name=organisation.contact_name,
            contact_phone=organisation.contact_phone,
            contact_email=organisation.contact_email,
            intended_start_on=law_date(at) + timedelta(days=30),
            signed_name=organisation.contact_name,
        )
        self.notices[told["key"]] = noticing.serve_notice(
            statement_id=statement.pk,
            text=text,
            terms_read=terms_hash_of(statement),
            by=self.cast.actor(told["by"]),
            at=at,
        )

    def pay(self, told: dict[str, Any], part: dict[str, Any], *, at: datetime) -> None:
        """Hand in one bank voucher."""
        self.vouchers += 1
        words, number = load("words"), f"DEMO{law_date(at):%Y%m%d}{self.vouchers:04d}"
        lines = [number, self.cast.organisations[told["by"]].name, f"CNY {part['amount']}.00", str(law_date(at))]
        voucher = paying.Voucher(
            amount=Decimal(part["amount"]),
            paid_on=law_date(at),
            voucher_number=number,
            bank=words["bank"],
            account_tail=f"{1000 + self.vouchers}",
            proof=paper(words["voucher"], lines, at=at),
        )
        notice = self.notices[told["key"]]
        paying.add_payment(notice_id=notice.pk, voucher=voucher, by=self.cast.actor(told["by"]), at=at)

    def confirm(self, told: dict[str, Any], *, at: datetime) -> None:
        """Let the patentee confirm that nothing was due, as the filing needs."""
        paying.confirm_receipt(
            notice_id=self.notices[told["key"]].pk,
            amount=Decimal("0.00"),
            received_on=law_date(at),
            by=self.cast.actor(self._licensor(told)),
            at=at,
        )

    def _licensor(self, told: dict[str, Any]) -> str:
        return str(next(one["by"] for one in load("statements") if one["key"] == told["statement"]))

    def cancel(self, told: dict[str, Any], *, at: datetime) -> None:
        """Take the notice back."""
        noticing.cancel_notice(notice_id=self.notices[told["key"]].pk, by=self.cast.actor(told["by"]), at=at)

    def file(self, told: dict[str, Any], *, at: datetime) -> None:
        """File the license with the office."""
        who = told["filing"]["by"]
        name = self.cast.organisations[who].contact_name
        papers = [
            filing.PaperUpload(FilingPaperKind(one["kind"]), paper(one["title"], one["lines"], at=at))
            for one in told["filing"].get("papers", [])
        ]
        self.filed[told["key"]] = filing.submit_filing(
            license_id=self.license(told["key"]).pk, handler_name=name, papers=papers, by=self.cast.actor(who), at=at
        )

    def decide(self, told: dict[str, Any], *, at: datetime) -> None:
        """Record the filing, or refuse it with reasons."""
        by, made = self.cast.actor("examiner2"), self.filed[told["key"]]
        if told["filing"]["outcome"] == "recorded":
            deciding.record_filing(filing_id=made.pk, by=by, at=at)
        else:
            deciding.refuse_filing(filing_id=made.pk, reasons=told["filing"]["reasons"], by=by, at=at)

    def request_change(self, told: dict[str, Any], *, at: datetime) -> None:
        """Let the licensee ask for its new name in the record, with the proof of it."""
        change = told["change"]
        changing.request_change(
            filing_id=self.filed[told["key"]].pk,
            item=ChangeItem.LICENSEE,
            after=change["after"],
            grounds=change["grounds"],
            proof=paper(change["proof"], change["lines"], at=at),
            by=self.cast.actor(told["by"]),
            at=at,
        )

    def propose_end(self, told: dict[str, Any], *, at: datetime) -> None:
        """Let the licensee propose to end the license."""
        ending.propose_termination(
            license_id=self.license(told["key"]).pk,
            last_day_on=law_date(at) + timedelta(days=10),
            reason=told["terminated"]["reason"],
            by=self.cast.actor(told["by"]),
            at=at,
        )

    def agree_to_end(self, told: dict[str, Any], *, at: datetime) -> None:
        """Let the patentee agree to it."""
        by = self.cast.actor(self._licensor(told))
        ending.agree_to_termination(license_id=self.license(told["key"]).pk, by=by, at=at)
