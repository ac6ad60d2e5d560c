"""Lifecycles as tables: state, event, role and article, one row a lawful step. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import TextChoices

from core.legal import Citation
from core.rules import Text

SYSTEM_ROLE = "system"


class NobodyActs(Exception):
    """An act that only a person can do was tried by the system itself."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person, the roles they hold now, and the organisation they act for (if any).

    ``roles`` are the values of ``accounts.roles.Role``. ``province`` is the two-digit region of a provincial
    officer. An actor without user is the system itself (beat, commands).
    """

    label: str
    roles: frozenset[str]
    user_id: UUID | None = None
    organisation_id: UUID | None = None
    organisation_name: str = ""
    province: str = ""
    is_office: bool = False

    @property
    def person_id(self) -> UUID:
        """The acting person.

        Raises:
            NobodyActs: the system acts by itself where the law wants a person.
        """
        if self.user_id is None:
            raise NobodyActs(f"{self.label} is no person")
        return self.user_id

    @classmethod
    def system(cls, label: str) -> "Actor":
        """Return the system acting by itself, named after the duty (``bulletin``, ``expiry`` …)."""
        return cls(label=label, roles=frozenset({SYSTEM_ROLE}))


class IllegalStep(Exception):
    """The lifecycle has no such event in this state."""

    def __init__(self, lifecycle: str, event: str, state: str) -> None:
        self.lifecycle, self.event, self.state = lifecycle, event, state
        super().__init__(f"{lifecycle}: {event!r} is not possible in state {state!r}")


class WrongRole(Exception):
    """The event exists in this state but not for the roles of whoever tries."""

    def __init__(self, lifecycle: str, event: str, roles: Iterable[str]) -> None:
        self.lifecycle, self.event, self.roles = lifecycle, event, frozenset(roles)
        super().__init__(f"{lifecycle}: {event!r} is not for {sorted(self.roles)}")


@dataclass(frozen=True, slots=True)
class Transition:
    """One lawful step: in any of ``sources``, ``event`` by one of ``roles`` leads to ``target``."""

    event: str
    sources: tuple[str, ...]
    target: str
    roles: frozenset[str]
    basis: tuple[Citation, ...]
    title: Text


@dataclass(slots=True)
class Lifecycle:
    """The table of one kind of thing. ``turns`` says whose move it is in each open state."""

    name: str
    title: Text
    states: type[TextChoices]
    initial: str
    transitions: tuple[Transition, ...]
    turns: dict[str, str] = field(default_factory=dict)

    def step(self, event: str, state: str, roles: Iterable[str]) -> Transition:
        """Return the row for this event in this state.

        Raises:
            IllegalStep: no row has this event and state.
            WrongRole: rows exist, none for these roles.
        """
        rows = [row for row in self.transitions if row.event == event and state in row.sources]
        if not rows:
            raise IllegalStep(self.name, event, state)
        held = frozenset(roles)
        for row in rows:
            if row.roles & held:
                return row
        raise WrongRole(self.name, event, held)

    def events(self, state: str, roles: Iterable[str]) -> list[Transition]:
        """Return the steps open to these roles in this state, in the table's order."""
        held = frozenset(roles)
        return [row for row in self.transitions if state in row.sources and row.roles & held]

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield each lawful (from, to) pair once, for the database trigger."""
        seen: set[tuple[str, str]] = set()
        for row in self.transitions:
            for source in row.sources:
                if (source, row.target) not in seen and source != row.target:
                    seen.add((source, row.target))
                    yield source, row.target

    def final(self, state: str) -> bool:
        """Whether nothing leads out of this state."""
        return all(state not in row.sources for row in self.transitions)
