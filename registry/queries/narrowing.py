"""A list of statements as its reader wants it: searched, narrowed by state and turn, in an order."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.roles import Role
from registry.enums import UNDER_WAY_STATUSES, EndingKind, EndingStatus, StatementStatus
from registry.lifecycles import STATEMENT
from registry.models import Ending, Statement, WithdrawalDuty
from registry.queries.progress import Turns

_TURN_OF_ROLE = {
    Role.PATENTEE.value: "filer",
    Role.EXAMINER.value: "office",
    Role.APPROVER.value: "office",
    Role.SYSTEM.value: "bulletin",
}
TURNS = ("filer", "office", "bulletin", "nobody")
# Orders by column; each can be turned round with a minus. The period is computed, not stored.
_COLUMNS = {
    "saved": "saved_at",
    "number": "number",
    "patent": "patent__number",
    "title": "patent__title",
    "status": "status",
    "effective": "effective_on",
}
SORTS = (*_COLUMNS, "until")
DEFAULT_SORT = "-saved"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader asked for; anything that is none of the choices counts as not asked."""

    q: str = ""
    status: str = ""
    turn: str = ""
    sort: str = DEFAULT_SORT

    @classmethod
    def read(cls, said: Mapping[str, str]) -> "Wanted":
        """Read the query string."""
        sort = said.get("sort", "")
        return cls(
            q=" ".join(said.get("q", "").replace("\x00", "").split())[:100],
            status=said.get("status", "") if said.get("status") in StatementStatus.values else "",
            turn=said.get("turn", "") if said.get("turn") in TURNS else "",
            sort=sort if sort.removeprefix("-") in SORTS else DEFAULT_SORT,
        )

    @property
    def in_use(self) -> int:
        """How many filters narrow the list."""
        return sum(bool(value) for value in (self.q, self.status, self.turn))


def turn_in(status: str) -> str:
    """Return whose turn it is in this state, as one of :data:`TURNS`; an announced statement may need more: _turn_is."""
    role = STATEMENT.turns.get(status)
    return "nobody" if role is None else _TURN_OF_ROLE[str(role)]


def narrowed(statements: QuerySet[Statement], wanted: Wanted, *, on: date) -> Sequence[Statement] | QuerySet[Statement]:
    """Return the statements that are asked for, in the order asked for."""
    found = statements.prefetch_related("duties", "endings")
    if wanted.status:
        found = found.filter(status=wanted.status)
    if wanted.turn:
        found = found.filter(_turn_is(wanted.turn))
    if wanted.q:
        found = found.filter(said_of(wanted.q))
    name, falling = wanted.sort.removeprefix("-"), wanted.sort.startswith("-")
    if name == "until":
        return _by_period(found, on=on, falling=falling)
    sign = "-" if falling else ""
    return found.order_by(f"{sign}{_COLUMNS[name]}", f"{sign}id")


def _turn_is(turn: str) -> Q:
    """The statements on which it is this one's turn, as :class:`registry.queries.progress.Turns` tells it."""
    states = [
        state for state in StatementStatus.values if turn_in(state) == turn and state != StatementStatus.ANNOUNCED
    ]
    withdrawal = Ending.objects.filter(statement=OuterRef("pk"), kind=EndingKind.WITHDRAWAL)
    before_office = Q(Exists(withdrawal.filter(status__in=UNDER_WAY_STATUSES)))
    has_to = Q(Exists(WithdrawalDuty.objects.filter(statement=OuterRef("pk"), closed_at=None)))
    asked = Q(Exists(withdrawal.filter(status=EndingStatus.PREPARED)))
    of_announced = {
        "filer": ~before_office & (has_to | asked),
        "office": Q(Exists(withdrawal.filter(status__in=(EndingStatus.REQUESTED, EndingStatus.PASSED)))),
        "bulletin": Q(Exists(withdrawal.filter(status=EndingStatus.APPROVED))),
        "nobody": ~(before_office | has_to | asked),
    }[turn]
    return Q(status__in=states) | Q(status=StatementStatus.ANNOUNCED) & of_announced


def said_of(text: str) -> Q:
    """Words of a title or of a filer, the number of a statement, the number of a patent however it is written."""
    plain = re.sub(r"[\s.．]", "", text).upper().removeprefix("ZL")
    found = Q(patent__title__icontains=text) | Q(filed_by__name__icontains=text) | Q(number__icontains=plain)
    if re.fullmatch(r"[0-9]{4,12}|[0-9]{12}[0-9X]", plain, re.ASCII):
        found |= Q(patent__number__startswith=plain[:12])
    if re.fullmatch(r"[0-9]{8}[0-9X]", plain, re.ASCII):  # before 2003: eight digits and the check digit
        found |= Q(patent__number__startswith=f"{plain[:8]}.")
    return found


def _by_period(found: QuerySet[Statement], *, on: date, falling: bool) -> list[Statement]:
    """Sort by the last day of whoever's turn it is; what has no period comes last either way."""
    turns = Turns(on)
    ends = [(turn.until if (turn := turns.of(item)) else None, item) for item in found.order_by("id")]
    dated = [(until, item) for until, item in ends if until is not None]
    dated.sort(key=lambda pair: pair[0], reverse=falling)
    return [item for _until, item in dated] + [item for until, item in ends if until is None]
