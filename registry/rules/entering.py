"""Who may enter what in the register of patents, and tie whose name to whom. The facts themselves are not judged."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from core.legal import GL, LAW, PRACTICE, RULES
from core.rules import Finding, RuleBook, Severity, Text


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """A fact about to be entered: its days, and what stands against it."""

    on: date
    since: date | None = None
    until: date | None = None
    own_matter: bool = False
    is_report: bool = False
    needs_report: bool = False
    report_known: bool = False
    before_filing: bool = False
    text_missing: bool = False
    contradiction: Text = ""


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A parked event about which a person decides."""

    own_matter: bool = False
    settled: bool = False
    reason_missing: bool = False


@dataclass(frozen=True, slots=True)
class AnnulmentFacts:
    """An event that a person wants to annul, and whether the reason is given."""

    waiting: bool = False
    is_annulment: bool = False
    annulled_already: bool = False
    reason_missing: bool = False


@dataclass(frozen=True, slots=True)
class IdentityFacts:
    """A registered name about to be tied to an organisation that signs in here."""

    tied_already: bool
    organisation_verified: bool
    name_is_persons: bool
    organisation_is_individual: bool
    name_taken: bool
    own_matter: bool = False


ENTERING: RuleBook[EntryFacts] = RuleBook("entering", _("Entries in the register"))
DECIDING: RuleBook[PersonFacts] = RuleBook("deciding", _("Parked register events"))
ANNULLING: RuleBook[AnnulmentFacts] = RuleBook("annulling", _("Annulment of register events"))
IDENTIFYING: RuleBook[IdentityFacts] = RuleBook("identifying", _("Who a registered holder is"))


@ENTERING.rule("R1", RULES(42), title=_("Own organisation's patent"))
def own_patent(facts: EntryFacts) -> Iterator[Finding]:
    """Whoever belongs to a holder of the patent enters nothing about it (RULES 42)."""
    if facts.own_matter:
        yield Finding(_("You belong or belonged to a holder of this patent."), _("Leave it to a colleague."))


@ENTERING.rule("R2", RULES(106), title=_("Days in disorder"), severity=Severity.DEFECT)
def days_in_disorder(facts: EntryFacts) -> Iterator[Finding]:
    """The register says what has happened: an entry begins by today, and its end does not lie before its beginning."""
    if facts.since is not None and facts.since > facts.on:
        yield Finding(_("This day is still to come."), _("Enter the fact when it has happened."), "since_on")
    if facts.since is not None and facts.until is not None and facts.until < facts.since:
        yield Finding(_("The end lies before the beginning."), _("Correct one of the two days."), "until_on")
    if facts.before_filing:
        yield Finding(_("This day lies before the filing date of the patent."), _("Correct the day."), "since_on")


@ENTERING.rule("R3", LAW(50, 1), RULES(62), title=_("Evaluation report"), severity=Severity.DEFECT)
def report_out_of_place(facts: EntryFacts) -> Iterator[Finding]:
    """Evaluation reports are made of utility models and designs, one of each."""
    if facts.is_report and not facts.needs_report:
        yield Finding(_("Evaluation reports exist for utility models and designs only."), _("Check the patent number."))
    if facts.is_report and facts.report_known:
        yield Finding(_("The report of this patent is entered already."), _("Nothing more is needed."))


@ENTERING.rule("R4", RULES(106), title=_("Entry incomplete"), severity=Severity.DEFECT)
def entry_incomplete(facts: EntryFacts) -> Iterator[Finding]:
    """An entry names whom or what it is about."""
    if facts.text_missing:
        yield Finding(_("The entry does not say whom or what it is about."), _("Fill in the empty field."))


@ENTERING.rule("R9", RULES(106), title=_("Contradicts the register"), severity=Severity.DEFECT)
def contradicts_the_register(facts: EntryFacts) -> Iterator[Finding]:
    """An entry follows from what the register holds: nothing is released that was not pledged, nobody assigns what
    they do not hold, nothing is restored that never lapsed."""
    if facts.contradiction:
        yield Finding(facts.contradiction, _("Check the patent, the day and whom the entry names."))


@DECIDING.rule("R10", RULES(42), title=_("Own organisation's patent"))
def event_of_own_patent(facts: PersonFacts) -> Iterator[Finding]:
    """Whoever belongs to a holder of the patent decides nothing about its entries (RULES 42)."""
    if facts.own_matter:
        yield Finding(_("You belong or belonged to a holder of this patent."), _("Leave it to a colleague."))


@DECIDING.rule("R11", RULES(106), PRACTICE("parked register events"), title=_("Event not to be dismissed"))
def event_not_to_dismiss(facts: PersonFacts) -> Iterator[Finding]:
    """An event that contradicts the register is set aside with a reason only; one that was entered stays entered."""
    if facts.settled:
        yield Finding(_("The event has been entered or annulled meanwhile."), _("Nothing more is needed."))
    elif facts.reason_missing:
        yield Finding(_("Say why the event is set aside."), _("Name what is wrong with it."), "reason")


@ANNULLING.rule("R12", RULES(106), PRACTICE("annulment of register events"), title=_("Event not to be annulled"))
def event_not_to_annul(facts: AnnulmentFacts) -> Iterator[Finding]:
    """What was entered by mistake is annulled, once and with a reason. What contradicts the register was not entered: it
    is set aside. An annulment stays: what it annulled by mistake is entered again."""
    if facts.is_annulment:
        yield Finding(_("An annulment itself stays."), _("Enter again what it annulled."))
    elif facts.annulled_already:
        yield Finding(_("The event is annulled already."), _("Nothing more is needed."))
    elif facts.waiting:
        yield Finding(_("The event was not entered: it contradicts the register."), _("Set it aside."))
    elif facts.reason_missing:
        yield Finding(_("Say why the event is annulled."), _("Name what was entered by mistake."), "reason")


@IDENTIFYING.rule("R5", LAW(50, 1), PRACTICE("identity of holders"), title=_("Tied already"))
def tied_already(facts: IdentityFacts) -> Iterator[Finding]:
    """A holder is identified once; the tie decides who may file (LAW 50(1))."""
    if facts.tied_already:
        yield Finding(_("This holder is identified already."), _("Check which of the holders of this name you mean."))
    elif facts.name_taken:
        yield Finding(
            _("The organisation already holds patents under this name."), _("Ask for the two entries to be merged.")
        )


@IDENTIFYING.rule("R6", LAW(50, 1), PRACTICE("identity of holders"), title=_("Identity not confirmed"))
def identity_not_confirmed(facts: IdentityFacts) -> Iterator[Finding]:
    """Only an organisation whose own identity was confirmed can be found to be a holder."""
    if not facts.organisation_verified:
        yield Finding(_("The identity of the organisation is not confirmed."), _("Decide on its identity first."))


@IDENTIFYING.rule("R7", LAW(50, 1), GL("V-11 §3.1"), title=_("Person and unit"))
def person_and_unit(facts: IdentityFacts) -> Iterator[Finding]:
    """A natural person's patents are not a unit's."""
    if facts.name_is_persons and not facts.organisation_is_individual:
        yield Finding(_("The holder is a natural person, the organisation is not."), _("Choose the person's account."))


@IDENTIFYING.rule("R8", RULES(42), title=_("Own organisation"))
def own_organisation(facts: IdentityFacts) -> Iterator[Finding]:
    """Whoever belongs to the organisation does not decide whose patents are its own (RULES 42)."""
    if facts.own_matter:
        yield Finding(_("You belong or belonged to this organisation."), _("Leave it to a colleague."))
