"""Who may take a license, and which payment completes it (LAW 50, 51; GL V-11 §6). Pure.

Whether the statement can be accepted at all is asked of ``registry.rules.acceptance`` and ``bars``; these rules are
about the licensee, the notice and the money. No rule asks for the patentee's consent: the law knows none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.enums import Residence
from core.legal import GL, LAW, PRACTICE, RULES, TECH_EXPORT, TECH_EXPORT_REGISTRATION
from core.money import format_yuan
from core.rules import Finding, RuleBook, Severity
from licensing.rules.terms import effective_day


@dataclass(frozen=True, slots=True)
class TakingFacts:
    """Who serves a notice on day ``on``, and what stands between them and the statement."""

    on: date
    verified: bool
    is_licensor: bool
    residence: Residence
    licensor_in_mainland: bool
    waiting_notice: bool = False
    running_license: str = ""
    ending_today: bool = False
    intended_start_on: date | None = None
    missing: tuple[str, ...] = ()  # empty fields that the notice needs
    terms_changed: bool = False  # since the licensee read them


TAKING: RuleBook[TakingFacts] = RuleBook("taking", _("Taking a license"))

SAME_DAY = PRACTICE("acceptance on the day of withdrawal")


def is_export(residence: Residence, *, licensor_in_mainland: bool) -> bool:
    """Whether a license is a technology export: a mainland patentee, a licensee elsewhere (GL V-11 §6)."""
    return licensor_in_mainland and residence is not Residence.MAINLAND


@TAKING.rule("T1", LAW(51, 1), GL("V-11 §6"), title=_("Patentee as licensee"))
def own_patent(facts: TakingFacts) -> Iterator[Finding]:
    """A license is given to others: the patentee or a co-owner needs none and cannot take one."""
    if facts.is_licensor:
        yield Finding(
            _("Your organisation holds this patent, so it needs no license."),
            _("If you meant to act for another organisation, change who you act for."),
        )


@TAKING.rule("T2", PRACTICE("verified licensee"), title=_("Identity not verified"))
def identity_verified(facts: TakingFacts) -> Iterator[Finding]:
    """The registry enters a licensee only once it knows who that is."""
    if not facts.verified:
        yield Finding(
            _("Your organisation's identity is not verified yet."),
            _("Complete the identity check of your organisation; then serve the notice."),
        )


@TAKING.rule("T3", LAW(51, 1), title=_("License in force"))
def no_second_license(facts: TakingFacts) -> Iterator[Finding]:
    """One license gives every right under the statement; a second at the same time would have no object."""
    if facts.running_license:
        yield Finding(
            format_lazy(
                _("License {number} under this statement is already in force for you."), number=facts.running_license
            ),
            _("Use that license. A new one can begin when it has ended."),
        )


@TAKING.rule("T4", LAW(51, 1), title=_("Notice already served"))
def no_second_notice(facts: TakingFacts) -> Iterator[Finding]:
    """A notice that waits for its payment is not served again."""
    if facts.waiting_notice:
        yield Finding(
            _("Your notice on this statement is already served and waits for payment."),
            _("Hand in the proof of payment, or take that notice back first."),
        )


@TAKING.rule("T5", LAW(50, 2), GL("V-11 §4"), SAME_DAY, title=_("Statement ends today"))
def ending_today(facts: TakingFacts) -> Iterator[Finding]:
    """A withdrawal takes effect on the day of its announcement. On that day nothing is accepted, at whatever hour."""
    if facts.ending_today:
        yield Finding(
            _("The end of this statement is announced today, so it cannot be accepted any more."),
            _("Ask the patentee for an ordinary license."),
        )


@TAKING.rule("T6", LAW(51, 1), GL("V-11 §6"), title=_("Notice incomplete"), severity=Severity.DEFECT)
def notice_complete(facts: TakingFacts) -> Iterator[Finding]:
    """The notice is in writing: it names the licensee and how to reach it, says when use begins, and is signed."""
    for field in facts.missing:
        yield Finding(_("The notice lacks this."), _("Fill it in."), field)


@TAKING.rule("T7", LAW(51, 1), LAW(50, 1), title=_("Start before the notice"), severity=Severity.DEFECT)
def start_not_before(facts: TakingFacts) -> Iterator[Finding]:
    """Nobody has the right to use the patent before notice and payment, so use cannot be meant to begin earlier."""
    if facts.intended_start_on is not None and facts.intended_start_on < facts.on:
        yield Finding(
            _("The intended start lies before the notice."), _("Enter today or a later day."), "intended_start_on"
        )


@TAKING.rule("T8", LAW(51, 1), GL("V-11 §6"), title=_("Terms changed since you read them"))
def terms_as_read(facts: TakingFacts) -> Iterator[Finding]:
    """The notice accepts the announced terms; nobody is bound to terms other than those they read."""
    if facts.terms_changed:
        yield Finding(
            _("These are not the terms of the statement as it stands now."), _("Read the terms again, then sign.")
        )


@TAKING.rule(
    "T9",
    GL("V-11 §6"),
    TECH_EXPORT(),
    TECH_EXPORT_REGISTRATION(),
    title=_("Technology export"),
    severity=Severity.WARNING,
)
def technology_export(facts: TakingFacts) -> Iterator[Finding]:
    """A license from a Chinese patentee to a licensee abroad is a technology export; Hong Kong, Macao, Taiwan alike."""
    if is_export(facts.residence, licensor_in_mainland=facts.licensor_in_mainland):
        yield Finding(
            _("This license is a technology export."),
            _("Register it with the commerce authority; the filing needs that paper."),
        )


@dataclass(frozen=True, slots=True)
class PayingFacts:
    """A payment or receipt for a notice, judged on day ``on``; sums in yuan.

    ``ends_on_if_effective`` is the last day of the license that this payment would make.
    """

    on: date
    amount: Decimal
    paid_on: date
    due: Decimal
    already_paid: Decimal
    served_on: date
    statement_effective_on: date
    statement_ended_on: date | None
    last_day_to_start: date  # of the announced term or the patent, whichever is earlier
    by_receipt: bool = False
    voucher_used: bool = False
    proof_used: bool = False
    receipt_given: bool = False


PAYING: RuleBook[PayingFacts] = RuleBook("paying", _("Paying for a license"))


@PAYING.rule("P1", LAW(51, 1), title=_("Payment in the future"), severity=Severity.DEFECT)
def not_in_future(facts: PayingFacts) -> Iterator[Finding]:
    """A license takes effect when the fee is paid, not when it is going to be paid."""
    if facts.paid_on > facts.on:
        yield Finding(_("The payment lies in the future."), _("Enter the day on which the money was paid."), "paid_on")


@PAYING.rule("P2", LAW(50), LAW(51, 1), title=_("Payment before the announcement"), severity=Severity.DEFECT)
def not_before_announcement(facts: PayingFacts) -> Iterator[Finding]:
    """The fee is paid by the announced standard, so it cannot have been paid before the announcement.

    It may come before the notice: the license then takes effect with the notice.
    """
    if facts.paid_on < facts.statement_effective_on:
        yield Finding(
            _("The payment lies before the announcement of the statement."),
            _("A sum paid earlier was paid under another agreement. Enter the payment for this license."),
            "paid_on",
        )


@PAYING.rule("P3", LAW(50, 2), GL("V-11 §4"), SAME_DAY, title=_("Paid after the end of the statement"))
def paid_while_effective(facts: PayingFacts) -> Iterator[Finding]:
    """Notice and payment both come before the day on which the end of the statement was announced.

    The day of payment decides, not the day on which its proof is handed in.
    """
    ended = facts.statement_ended_on
    if ended is not None and effective_day(facts.served_on, facts.paid_on) >= ended:
        yield Finding(
            _("The statement had ended when notice and payment were both there."),
            _("No license came about. Ask the patentee for the money back, or for an ordinary license."),
            "paid_on",
        )


@PAYING.rule("P4", RULES(85, 2), title=_("Term over before the start"))
def starts_within_term(facts: PayingFacts) -> Iterator[Finding]:
    """A license cannot take effect after the announced term or the patent has ended."""
    if effective_day(facts.served_on, facts.paid_on) > facts.last_day_to_start:
        yield Finding(
            _("The license would begin after its own term."), _("Ask the patentee for the money back."), "paid_on"
        )


@PAYING.rule("P5", LAW(51, 1), PRACTICE("one voucher, one license"), title=_("Voucher used before"))
def voucher_once(facts: PayingFacts) -> Iterator[Finding]:
    """One payment pays for one license: a voucher that was handed in before shows no second payment."""
    if facts.voucher_used:
        yield Finding(
            _("This voucher was handed in before."),
            _("Check the voucher's number, bank and day, or hand in the voucher of the payment for this license."),
            "voucher_number",
        )
    if facts.proof_used:
        yield Finding(
            _("This very document was handed in before."),
            _("Upload the voucher of the payment for this license."),
            "proof",
        )


@PAYING.rule("P6", LAW(51, 1), title=_("Nothing due"))
def something_due(facts: PayingFacts) -> Iterator[Finding]:
    """Where nothing is due at the start there is no payment to show; later royalties are not shown here."""
    if not facts.by_receipt and facts.due == 0:
        yield Finding(_("Nothing is due at the start of this license."), _("Hand in no voucher."))


@PAYING.rule("P7", LAW(51, 1), GL("V-11 §8"), title=_("Sum not as announced"), severity=Severity.DEFECT)
def sum_as_announced(facts: PayingFacts) -> Iterator[Finding]:
    """The fee is paid by the announced standard. A receipt for less shows a negotiated fee, thus another license."""
    if facts.by_receipt and facts.amount < facts.due:
        yield Finding(
            format_lazy(_("The announced sum is {due}."), due=format_yuan(facts.due)),
            _("An agreement on less makes an ordinary license, not an open license. Confirm the whole sum only."),
            "amount",
        )
    if not facts.by_receipt and facts.already_paid + facts.amount > facts.due > 0:
        yield Finding(
            format_lazy(
                _("Only {rest} of the announced sum is still open."), rest=format_yuan(facts.due - facts.already_paid)
            ),
            _("Enter the sum of the voucher that belongs to this license; more is not owed."),
            "amount",
        )


@PAYING.rule("P8", GL("V-11 §7", 3), title=_("Receipt already given"))
def receipt_once(facts: PayingFacts) -> Iterator[Finding]:
    """A receipt is given once."""
    if facts.by_receipt and facts.receipt_given:
        yield Finding(_("The receipt is already confirmed."), _("Nothing more is needed."))
