"""Why a filing is refused (O62 Art 12 with GL V-11 §7), and what its papers must be. Pure.

``FILING_GROUNDS`` are checked for the examiner before recording; ``FILING_PAPERS`` before a side may submit. The list
of Art 12 is followed ground by ground; its catch-all is a human decision and no rule here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.legal import FAQ2, GL, LAW, O62, PRACTICE, RULES, TECH_EXPORT_REGISTRATION
from core.rules import Finding, RuleBook, Severity
from registry.enums import AnnuityState, EncumbranceKind, RightStatus
from registry.facts import PatentFacts


@dataclass(frozen=True, slots=True)
class FilingFacts:
    """A filing and its license, judged on day ``on`` against the register as it is now."""

    on: date
    patent: PatentFacts
    applicant_is_side: bool
    licensor_holds_patent: bool
    co_owners_agreed: bool
    license_effective_on: date
    license_ends_on: date
    license_in_force: bool
    statement_effective_on: date | None
    statement_ended_on: date | None
    content_complete: bool  # notice, terms that match their hash, and evidence of payment
    payment_evidenced: bool
    is_export: bool
    export_paper: bool
    through_agency: bool
    authority_paper: bool
    handler_named: bool
    standing_filing: bool  # another filing of the same license, submitted or recorded
    submitted_on: date
    due_on: date


FILING_GROUNDS: RuleBook[FilingFacts] = RuleBook("filing grounds", _("Grounds for refusing a filing"))


@FILING_GROUNDS.rule("R1", O62(12), LAW(47, 1), title=_("Patent right ended or invalidated"), since=date(2011, 8, 1))
def right_stands(facts: FilingFacts) -> Iterator[Finding]:
    """A contract on a right that has ended or was invalidated is not recorded."""
    patent = facts.patent
    invalid = patent.wholly_invalidated_on is not None and patent.wholly_invalidated_on <= facts.on
    if patent.right_status is not RightStatus.IN_FORCE or invalid or facts.on > patent.term_ends_on:
        yield Finding(_("The patent right has ended or was invalidated."), _("Nothing can mend this."))


@FILING_GROUNDS.rule("R2", O62(12), RULES(87), title=_("Licensor not entitled"), since=date(2011, 8, 1))
def licensor_entitled(facts: FilingFacts) -> Iterator[Finding]:
    """The licensor is the registered patentee, and the applicant is one of the two sides of the license."""
    if not facts.licensor_holds_patent:
        yield Finding(
            _("Who filed the statement is no registered patentee any more."),
            _("Have the change of the patentee clarified in the register."),
        )
    if not facts.applicant_is_side:
        yield Finding(_("The applicant is neither licensor nor licensee."), _("One of the two sides files."))


@FILING_GROUNDS.rule("R3", O62(12), GL("V-11 §7"), LAW(51, 1), title=_("Required content missing"))
def content_complete(facts: FilingFacts) -> Iterator[Finding]:
    """The filing holds the notice, the announced terms, and the voucher or the patentee's receipt."""
    if not facts.content_complete:
        yield Finding(_("The notice or its terms are incomplete."), _("The notice has to be served anew."))
    if not facts.payment_evidenced:
        yield Finding(
            _("There is neither a payment voucher nor the patentee's receipt."),
            _("Where nothing was due at the start, the patentee confirms that with a receipt."),
            "receipt",
        )


@FILING_GROUNDS.rule("R4", O62(12), RULES(85, 2), title=_("Term beyond the patent"), since=date(2011, 8, 1))
def within_patent_term(facts: FilingFacts) -> Iterator[Finding]:
    """The term of the license does not run past the patent's."""
    if facts.license_ends_on > facts.patent.term_ends_on:
        yield Finding(_("The license runs longer than the patent."), _("Have the register's dates checked."))


@FILING_GROUNDS.rule("R5", O62(12), LAW(14), title=_("Co-owner without agreement"), since=date(2011, 8, 1))
def co_owners_agreed(facts: FilingFacts) -> Iterator[Finding]:
    """Where the patent has several holders, all of them agreed to the statement or an agreement gave the power."""
    if not facts.co_owners_agreed:
        yield Finding(
            _("A co-owner's agreement to the statement is not on file."),
            _("Hand in the co-owner's consent or the agreement of the co-owners."),
        )


@FILING_GROUNDS.rule("R6", O62(12), title=_("Annuity overdue"), since=date(2011, 8, 1))
def annuity_paid(facts: FilingFacts) -> Iterator[Finding]:
    """While an annuity is in its late payment period nothing is recorded."""
    if facts.patent.annuity_state is AnnuityState.LATE:
        yield Finding(_("An annuity of the patent is overdue."), _("The patentee pays it with its surcharge."))


@FILING_GROUNDS.rule("R7", O62(12), RULES(103), RULES(104), title=_("Procedures suspended"))
def not_suspended(facts: FilingFacts) -> Iterator[Finding]:
    """While procedures are suspended for an ownership dispute or a court's order, nothing is recorded."""
    for suspension in facts.patent.suspensions:
        if suspension.period.holds(facts.on):
            yield Finding(
                format_lazy(_("Procedures are suspended: {ground}."), ground=suspension.ground.label),
                _("File again when the suspension has ended."),
            )


@FILING_GROUNDS.rule("R8", O62(12), title=_("Filed twice"), since=date(2011, 8, 1))
def not_filed_twice(facts: FilingFacts) -> Iterator[Finding]:
    """A license is recorded once, whichever side files it."""
    if facts.standing_filing:
        yield Finding(_("This license is already filed."), _("Follow the filing that exists."))


@FILING_GROUNDS.rule("R9", O62(12), GL("V-11 §9"), title=_("Pledge without consent"), since=date(2011, 8, 1))
def pledgee_consents(facts: FilingFacts) -> Iterator[Finding]:
    """A pledged patent is licensed only with the pledgee's consent."""
    for pledge in facts.patent.pledges:
        consented = pledge.consented_on is not None and pledge.consented_on <= facts.on
        if pledge.period.holds(facts.on) and not consented:
            yield Finding(
                format_lazy(_("The patent is pledged to {pledgee}, who has not consented."), pledgee=pledge.pledgee),
                _("Have the pledgee's written consent entered in the register."),
            )


@FILING_GROUNDS.rule("R10", O62(12), LAW(51, 3), title=_("Conflict with another contract"), since=date(2011, 8, 1))
def no_conflict(facts: FilingFacts) -> Iterator[Finding]:
    """A license that conflicts with an exclusive or sole license already in force is not recorded."""
    for contract in facts.patent.licenses:
        if contract.kind is not EncumbranceKind.ORDINARY and contract.period.holds(facts.license_effective_on):
            yield Finding(
                format_lazy(
                    _("An exclusive or sole license to {licensee} was in force when this license began."),
                    licensee=contract.licensee,
                ),
                _("Have the register of license contracts checked."),
            )


@FILING_GROUNDS.rule("R11", LAW(50), LAW(51, 1), GL("V-11 §6"), title=_("Statement not effective"))
def under_effective_statement(facts: FilingFacts) -> Iterator[Finding]:
    """An open license comes about only while its statement is effective, and is filed while it runs."""
    began, ended = facts.statement_effective_on, facts.statement_ended_on
    before = began is None or facts.license_effective_on < began
    after = ended is not None and facts.license_effective_on >= ended
    if before or after:
        yield Finding(_("The statement was not effective when the license began."), _("Nothing can mend this."))
    if not facts.license_in_force:
        yield Finding(_("The license is over."), _("An ended license is not recorded any more."))


@FILING_GROUNDS.rule(
    "R12", RULES(15, 2), FAQ2("Q9"), PRACTICE("late filing of a license"), title=_("Late"), severity=Severity.WARNING
)
def in_time(facts: FilingFacts) -> Iterator[Finding]:
    """A license is filed within three months of taking effect. The law names no sanction: a late filing is flagged."""
    if facts.submitted_on > facts.due_on:
        yield Finding(
            _("The filing comes after the three months."),
            _("It is accepted and marked late. Annuities due before it are not reduced."),
        )


FILING_PAPERS: RuleBook[FilingFacts] = RuleBook("filing papers", _("Papers of a filing"))


@FILING_PAPERS.rule(
    "D1", GL("V-11 §6"), TECH_EXPORT_REGISTRATION(), title=_("Export paper missing"), severity=Severity.DEFECT
)
def export_paper(facts: FilingFacts) -> Iterator[Finding]:
    """A license from a Chinese patentee to a licensee abroad is filed with its technology export registration."""
    if facts.is_export and not facts.export_paper:
        yield Finding(
            _("This license is a technology export and needs its registration."),
            _("Upload the registration of the technology export contract."),
            "export",
        )


@FILING_PAPERS.rule("D2", GL("V-11 §7", 5), title=_("Power of attorney missing"), severity=Severity.DEFECT)
def authority_paper(facts: FilingFacts) -> Iterator[Finding]:
    """Whoever files for a side hands in a power of attorney that states its scope."""
    if facts.through_agency and not facts.authority_paper:
        yield Finding(_("An agency files with a power of attorney."), _("Upload the power of attorney."), "authority")


@FILING_PAPERS.rule("D3", GL("V-11 §7", 6), title=_("Handler not named"), severity=Severity.DEFECT)
def handler_named(facts: FilingFacts) -> Iterator[Finding]:
    """The filing names the person who handles it."""
    if not facts.handler_named:
        yield Finding(_("The person who handles the filing is missing."), _("Enter the name."), "handler_name")
