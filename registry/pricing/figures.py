"""What an estimate is made of: figures with their unit and source, and the questions that ask for them. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.money import format_percent, format_yuan
from core.rules import Finding, Text

MOST_YUAN = Decimal("9999999999.99")  # so that no step leaves what an amount of money can hold
MOST_YEARS = Decimal(25)  # the longest patent term with compensation
LONGEST_SOURCE = 200


class Unit(StrEnum):
    """How a figure is written."""

    YUAN = "yuan"
    PERCENT = "percent"
    YEARS = "years"
    MONTHS = "months"
    COUNT = "count"
    FACTOR = "factor"


class WrongFigures(ValueError):
    """The figures give no estimate. ``findings`` says of each field what is wrong."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(f"{item.field}: {item.message}" for item in self.findings))


@dataclass(frozen=True, slots=True)
class Ask:
    """One figure that a method asks for. ``more`` marks one that may be left out."""

    name: str
    label: Text
    unit: Unit
    hint: Text = ""
    more: bool = False

    @property
    def range(self) -> tuple[Decimal, Decimal]:
        """The lowest and the highest figure that makes sense."""
        return {
            Unit.YUAN: (Decimal("0.01"), MOST_YUAN),
            Unit.PERCENT: (Decimal("0.01"), Decimal(100)),
            Unit.YEARS: (Decimal("0.5"), MOST_YEARS),
        }[self.unit]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the reckoning: what it is, how it was worked out, the figure, and where it comes from."""

    label: Text
    value: Decimal
    unit: Unit
    working: str = ""
    source: Text = ""

    @property
    def shown(self) -> str:
        """The figure as people read it."""
        return written(self.value, self.unit)


def written(value: Decimal, unit: Unit) -> str:
    """Return a figure with its unit, exact."""
    if unit is Unit.YUAN:
        return format_yuan(value)
    if unit is Unit.PERCENT:
        return format_percent(value)
    return f"{value.normalize():f}"
