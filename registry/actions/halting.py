"""The switch of publication: one person halts it at once, two persons let it go on (docs/adr/0017)."""

from datetime import datetime

from django.db import transaction

from accounts.roles import Role
from core import audit
from core.deadlines import law_date
from core.legal import PRACTICE
from core.lifecycle import Actor, WrongRole
from core.models import Counter
from core.rules import Refused
from registry.models import PublicationHalt
from registry.models.halts import SWITCH
from registry.queries.halts import standing_halt
from registry.rules.halting import HALTING, HaltFacts

# An administrator may stop the press and ask for it to go on; to let it go on is the office's own decision.
HALTERS = frozenset({Role.APPROVER.value, Role.ADMINISTRATOR.value})
CONFIRMERS = frozenset({Role.APPROVER.value})
BASIS = (PRACTICE("halt of publication"),)


class PublicationHalted(Exception):
    """No issue can appear: publication is halted."""

    def __init__(self, halt: PublicationHalt) -> None:
        self.halt = halt
        super().__init__(f"publication is halted since {halt.halted_at:%Y-%m-%d %H:%M} UTC: {halt.reason}")


def hold_switch() -> None:
    """Lock the switch to the end of the transaction: nobody halts, resumes or finishes an issue meanwhile."""
    Counter.objects.get_or_create(name=SWITCH)
    Counter.objects.select_for_update().get(name=SWITCH)


def require_running() -> None:
    """Let publishing go on only if publication is not halted.

    Raises:
        PublicationHalted: it is.
    """
    halt = standing_halt()
    if halt is not None:
        raise PublicationHalted(halt)


@transaction.atomic
def halt_publication(*, reason: str, by: Actor, at: datetime) -> PublicationHalt:
    """Halt publication at once; an issue that is in the press does not come out any more.

    Raises:
        WrongRole: only approvers and administrators halt.
        Refused: no reason, or publication is halted already.
    """
    _require(by, "halt", HALTERS)
    hold_switch()
    _check(HaltFacts("halt", reason, standing_halt() is not None), at)
    halt = PublicationHalt.objects.create(reason=reason.strip(), halted_by_id=by.person_id, halted_at=at)
    audit.record("halt_publication", halt, by=by, at=at, basis=BASIS, data={"reason": halt.reason})
    return halt


@transaction.atomic
def propose_resumption(*, reason: str, by: Actor, at: datetime) -> PublicationHalt:
    """Propose that publication goes on, saying why it may. A later proposal takes the place of an earlier one.

    Raises:
        WrongRole: only approvers and administrators propose.
        Refused: no reason, or publication is not halted.
    """
    _require(by, "propose", HALTERS)
    hold_switch()
    halt = standing_halt()
    _check(HaltFacts("propose", reason, halt is not None), at)
    assert halt is not None, "rule H2 has made sure"
    halt.proposed_by_id, halt.proposed_at, halt.resume_reason = by.person_id, at, reason.strip()
    halt.save(update_fields=["proposed_by", "proposed_at", "resume_reason"])
    audit.record("propose_resumption", halt, by=by, at=at, basis=BASIS, data={"reason": halt.resume_reason})
    return halt


@transaction.atomic
def resume_publication(*, by: Actor, at: datetime) -> PublicationHalt:
    """Confirm a colleague's proposal: publication goes on with the next issue.

    Raises:
        WrongRole: only approvers confirm.
        Refused: publication is not halted, nobody has proposed it, or the proposal is one's own.
    """
    _require(by, "confirm", CONFIRMERS)
    hold_switch()
    halt = standing_halt()
    proposer = halt.proposed_by_id if halt else None
    _check(HaltFacts("confirm", "", halt is not None, by.person_id, proposer), at)
    assert halt is not None, "rule H2 has made sure"
    halt.resumed_by_id, halt.resumed_at = by.person_id, at
    halt.save(update_fields=["resumed_by", "resumed_at"])
    audit.record("resume_publication", halt, by=by, at=at, basis=BASIS, data={"proposed_by": str(proposer)})
    return halt


def _require(by: Actor, act: str, roles: frozenset[str]) -> None:
    if not by.roles & roles:
        raise WrongRole("publication", act, by.roles)


def _check(facts: HaltFacts, at: datetime) -> None:
    violations = HALTING.check(facts, on=law_date(at))
    if violations:
        raise Refused(violations)
