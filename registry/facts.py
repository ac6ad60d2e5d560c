"""Facts that the rules judge: what the register and a statement say on one day. Pure; made by ``queries.facts``.

Periods are half-open: ``until`` is the first day on which the thing no longer holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from core.rules import Finding
from registry.enums import (
    AnnuityState,
    ConsentMethod,
    EncumbranceKind,
    FeeMode,
    PatentKind,
    ReportConclusion,
    RightStatus,
    StatementStatus,
    SuspensionGround,
    TermMode,
)
from registry.fees.terms import FeeTerms

# What the filer undertakes, by column (GL V-11 §3.3(6)).
UNDERTAKINGS = (
    "undertakes_no_exclusive",
    "undertakes_open_to_all",
    "undertakes_keep_in_force",
    "undertakes_export_rules",
)


@dataclass(frozen=True, slots=True)
class Period:
    """From ``since`` up to and without ``until``; without end while ``until`` is empty."""

    since: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the day lies in the period."""
        return self.since <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class LicenseFact:
    """A license contract outside open licensing."""

    kind: EncumbranceKind
    licensee: str
    period: Period


@dataclass(frozen=True, slots=True)
class PledgeFact:
    """A registered pledge and the day of the pledgee's consent, if given; whether that was to another text alone."""

    pledgee: str
    period: Period
    consented_on: date | None = None
    other_text: bool = False


@dataclass(frozen=True, slots=True)
class SuspensionFact:
    """A suspension of procedures."""

    ground: SuspensionGround
    period: Period


@dataclass(frozen=True, slots=True)
class ObstacleFact:
    """Another obstacle, in the words of the person who recorded it."""

    description: str
    period: Period


@dataclass(frozen=True, slots=True)
class ReportFact:
    """The patent evaluation report as the register knows it."""

    reference: str
    conclusion: ReportConclusion


@dataclass(frozen=True, slots=True)
class OwnerFact:
    """A holder as registered. ``organisation_id`` is empty where nobody who signs in here is tied to the name."""

    patentee_id: UUID
    name: str
    organisation_id: UUID | None = None
    in_mainland: bool = True
    since: date | None = None  # of the assignment or merger that made them holder, where the register knows of one


@dataclass(frozen=True, slots=True)
class PatentFacts:
    """What the register says of a patent on day ``on``. ``wholly_invalidated_on`` is the decision's day.

    ``report_presented``: no report is registered, but the filer has handed one in.
    """

    on: date
    number: str
    kind: PatentKind
    filed_on: date
    granted_on: date | None
    term_ends_on: date
    as_of: datetime
    right_status: RightStatus = RightStatus.IN_FORCE
    annuity_state: AnnuityState = AnnuityState.PAID
    owners: tuple[OwnerFact, ...] = ()
    licenses: tuple[LicenseFact, ...] = ()
    pledges: tuple[PledgeFact, ...] = ()
    suspensions: tuple[SuspensionFact, ...] = ()
    obstacles: tuple[ObstacleFact, ...] = ()
    wholly_invalidated_on: date | None = None
    report: ReportFact | None = None
    report_presented: bool = False

    @property
    def needs_report(self) -> bool:
        """Utility models and designs are granted without substantive examination (LAW 50(1))."""
        return self.kind in (PatentKind.UTILITY_MODEL, PatentKind.DESIGN)


@dataclass(frozen=True, slots=True)
class ConsentFact:
    """A consent that was given: by whom, how, and to which text."""

    patentee_id: UUID
    method: ConsentMethod
    content_hash: str
    binds: frozenset[str] = frozenset()  # patentees who made an agreement
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """What a statement says and what came with it, judged on day ``on``.

    ``submitted_on`` is the day of submission, or ``on`` for a draft. ``fee`` is empty where the columns state no clear
    terms; ``unclear`` then says why, as it does for anything typed that cannot be read. ``filer`` is the registered
    holder on whose account the statement is filed, empty if the organisation is none of them.
    """

    on: date
    submitted_on: date
    patent: PatentFacts
    filed_by: str
    filer: OwnerFact | None
    content_hash: str
    agency: str = ""
    mandate_in_force: bool = False
    fee_mode: FeeMode | None = None
    fee: FeeTerms | None = None
    unclear: tuple[Finding, ...] = ()
    term_mode: TermMode | None = None
    term_until: date | None = None
    term_months: int | None = None
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    contact_address: str = ""
    explanation: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)  # every free text by column
    undertakings: frozenset[str] = frozenset()
    signed_name: str = ""
    consents: tuple[ConsentFact, ...] = ()
    # The limits of fee and explanation hold "generally" (GL V-11 §3.3): the filer asks for an exception with a reason,
    # an examiner grants it with another. ``with_filer``: the filer still writes, so that asking is enough to send it.
    exception_request: str = ""
    cap_override_reason: str = ""
    with_filer: bool = False
    others_pending: tuple[str, ...] = ()  # other statements on the patent, by number

    @property
    def may_exceed(self) -> bool:
        """Whether a limit may be exceeded for the step at hand: to be sent, if asked for; after that, if granted."""
        return bool(self.exception_request if self.with_filer else self.cap_override_reason)

    def consented(self, owner: OwnerFact) -> bool:
        """Whether this holder consented to exactly this text, or made an agreement that is still valid and prevails."""
        return any(
            (consent.patentee_id == owner.patentee_id and consent.content_hash == self.content_hash)
            if consent.method is not ConsentMethod.AGREEMENT
            else str(owner.patentee_id) in consent.binds
            and (consent.valid_until is None or self.on <= consent.valid_until)
            for consent in self.consents
        )


@dataclass(frozen=True, slots=True)
class AcceptanceFacts:
    """What decides whether a statement can be accepted on day ``on``.

    ``holders_changed``: the patent has a holder who did not declare the statement, or its filer is none any more.
    """

    on: date
    status: StatementStatus
    effective_on: date | None
    ended_on: date | None
    term_until: date | None
    holders_changed: bool = False
