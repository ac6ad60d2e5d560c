"""What a patentee has given licenses on: per statement its licensees, what they owe at the start and paid, its filings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.enums import MandateAct
from core.lifecycle import Actor
from licensing.enums import STANDING_FILINGS, LicenseStatus, NoticeStatus
from licensing.models import Filing, License, Notice
from licensing.queries.progress import FilingState, filing_state
from licensing.queries.worklists import licensor_side
from registry.models import Statement
from registry.queries.narrowing import said_of
from registry.queries.statements import principals_of

ZERO = Decimal("0.00")
SHOWN = ("unpaid", "unfiled")
_ENDED = (NoticeStatus.CANCELED, NoticeStatus.CLOSED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader asked for: words of the statement, patent or licensee; only what is unpaid or not filed."""

    q: str = ""
    shown: str = ""

    @classmethod
    def read(cls, said: Mapping[str, str]) -> "Wanted":
        """Read the query string; what is no choice counts as not asked."""
        shown = said.get("shown", "")
        q = " ".join(said.get("q", "").replace("\x00", "").split())[:100]
        return cls(q, shown if shown in SHOWN else "")


@dataclass(frozen=True, slots=True)
class Position:
    """One notice: its license if there is one, where the filing stands, and the money due at the start, in yuan."""

    notice: Notice
    license: License | None
    filing: FilingState | None
    due: Decimal
    paid: Decimal

    @property
    def stands(self) -> bool:
        """Whether the notice waits or became a license; one that came to nothing owes nothing and pays for nothing."""
        return self.notice.status not in _ENDED

    @property
    def still_open(self) -> Decimal:
        """What is not paid yet of the sum due at the start, in yuan."""
        return max(self.due - self.paid, ZERO)


@dataclass(frozen=True, slots=True)
class Holding:
    """A statement with its notices and their sums. What one licensee paid never makes up for what another owes."""

    statement: Statement
    positions: list[Position]

    @property
    def licenses(self) -> int:
        """How many licenses were obtained under it."""
        return sum(position.license is not None for position in self.positions)

    @property
    def due(self) -> Decimal:
        """What is due at the start, in yuan."""
        return sum((position.due for position in self.positions), ZERO)

    @property
    def paid(self) -> Decimal:
        """What vouchers or receipts show for notices that stand, in yuan."""
        return sum((position.paid for position in self.positions if position.stands), ZERO)

    @property
    def still_open(self) -> Decimal:
        """What licensees have still to pay at the start, in yuan."""
        return sum((position.still_open for position in self.positions), ZERO)

    @property
    def paid_for_nothing(self) -> Decimal:
        """What was paid under notices that came to nothing, in yuan: licensees may ask for it back."""
        return sum((position.paid for position in self.positions if not position.stands), ZERO)

    @property
    def next_filing_on(self) -> date | None:
        """The earliest last day of a filing that somebody still has to make."""
        days = [item.filing.due_on for item in self.positions if item.filing and item.filing.may_file]
        return min((day for day in days if day is not None), default=None)


def statements_with_notices(actor: Actor, wanted: Wanted, *, on: date) -> QuerySet[Statement]:
    """Return the statements of the actor's side that have notices, the last announced first."""
    notices = Notice.objects.filter(statement=OuterRef("pk"))
    mine = licensor_side(principals_of(actor, on=on, act=MandateAct.LICENSES))
    found = Statement.objects.filter(Exists(notices), pk__in=Statement.objects.filter(mine).values("pk"))
    if wanted.q:
        found = found.filter(said_of(wanted.q) | Q(Exists(notices.filter(licensee_name__icontains=wanted.q))))
    if wanted.shown == "unpaid":
        found = found.filter(Exists(notices.filter(status=NoticeStatus.WAITING)))
    if wanted.shown == "unfiled":
        standing = Filing.objects.filter(license=OuterRef("pk"), status__in=STANDING_FILINGS)
        running = License.objects.filter(statement=OuterRef("pk"), status=LicenseStatus.IN_FORCE)
        found = found.filter(Exists(running.filter(~Exists(standing))))
    return found.select_related("patent", "filed_by").order_by("-effective_on", "number")


def with_positions(statements: QuerySet[Statement]) -> QuerySet[Statement]:
    """Return the statements with everything that :func:`holdings_of` reads, in a fixed number of queries."""
    notices = Notice.objects.select_related("license", "receipt").prefetch_related(
        "payments", Prefetch("license__filings", queryset=Filing.objects.order_by("-submitted_at"))
    )
    return statements.prefetch_related(Prefetch("notices", queryset=notices.order_by("-served_at")))


def holdings_of(statements: Iterable[Statement], *, on: date) -> list[Holding]:
    """Return each statement with its positions, the newest notice first."""
    return [
        Holding(statement, [_position(notice, on) for notice in statement.notices.all()]) for statement in statements
    ]


def _position(notice: Notice, on: date) -> Position:
    license, receipt = getattr(notice, "license", None), getattr(notice, "receipt", None)
    paid = sum((payment.amount for payment in notice.payments.all()), ZERO)
    if receipt is not None:
        paid = max(paid, receipt.amount)  # the patentee's receipt stands in for the voucher (GL V-11 §7(3))
    due = ZERO if notice.status in _ENDED else notice.due_at_start
    return Position(notice, license, filing_state(license, on=on) if license else None, due, paid)
