"""Patents with right numbers, their patentees and the facts of the register."""

from datetime import UTC, date, datetime

import factory

from core.deadlines import patent_term_last_day
from core.identifiers.patents import check_digit
from registry.enums import (
    AnnuityState,
    EncumbranceKind,
    InvalidationScope,
    PatentKind,
    ReportConclusion,
    SuspensionGround,
)
from registry.models import (
    Encumbrance,
    EvaluationReport,
    Invalidation,
    Obstacle,
    Ownership,
    Patent,
    Patentee,
    Pledge,
    Suspension,
)

FILED_ON = date(2021, 3, 10)
GRANTED_ON = date(2022, 6, 7)
FACTS_AS_OF = datetime(2026, 3, 1, 1, 0, tzinfo=UTC)
_KIND_DIGIT = {PatentKind.INVENTION: "1", PatentKind.UTILITY_MODEL: "2", PatentKind.DESIGN: "3"}


def patent_number(serial: int, kind: str = PatentKind.INVENTION, year: int = 2021) -> str:
    """Return a canonical patent number with its check digit: ``202110000001.4``."""
    digits = f"{year}{_KIND_DIGIT[PatentKind(kind)]}{serial:07d}"
    return f"{digits}.{check_digit(digits)}"


class PatenteeFactory(factory.django.DjangoModelFactory[Patentee]):
    """A holder as the register names them; give ``organisation`` to tie the name to who signs in."""

    class Meta:
        model = Patentee

    name = factory.Sequence(lambda n: f"Holder {n}")
    province = "33"
    address = "1 Lake Road, Hangzhou"


class PatentFactory(factory.django.DjangoModelFactory[Patent]):
    """An invention in force with its annuities paid. ``owners=[patentee, …]`` in the register's order."""

    class Meta:
        model = Patent
        skip_postgeneration_save = True

    kind = PatentKind.INVENTION
    serial = factory.Sequence(lambda n: n + 1)
    number = factory.LazyAttribute(lambda made: patent_number(made.serial, made.kind, made.filed_on.year))
    title = factory.Sequence(lambda n: f"Method {n} of cooling a battery pack")
    abstract = "A method of cooling a battery pack with a coolant loop."
    filed_on = FILED_ON
    granted_on = GRANTED_ON
    main_class = "H01M10/613"
    industry = "C"
    province = "33"
    term_ends_on = factory.LazyAttribute(lambda made: patent_term_last_day(made.kind, made.filed_on))
    annuity_state = AnnuityState.PAID
    facts_as_of = FACTS_AS_OF

    class Params:
        utility_model = factory.Trait(kind=PatentKind.UTILITY_MODEL, main_class="F25B1/00")
        design = factory.Trait(kind=PatentKind.DESIGN, main_class="12-08")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        kwargs.pop("serial", None)
        return super()._create(model_class, *args, **kwargs)

    @factory.post_generation
    def owners(self, create, extracted, **kwargs):
        for position, patentee in enumerate(extracted or [PatenteeFactory()], start=1):
            Ownership.objects.create(patent=self, patentee=patentee, position=position)


class PledgeFactory(factory.django.DjangoModelFactory[Pledge]):
    """A pledge to a bank without its consent."""

    class Meta:
        model = Pledge

    pledgee = "Bank of the Lake"
    since_on = date(2025, 1, 6)


class EncumbranceFactory(factory.django.DjangoModelFactory[Encumbrance]):
    """An exclusive license contract without end."""

    class Meta:
        model = Encumbrance

    kind = EncumbranceKind.EXCLUSIVE
    licensee = "River Works"
    since_on = date(2025, 1, 6)


class SuspensionFactory(factory.django.DjangoModelFactory[Suspension]):
    """A suspension for an ownership dispute without end."""

    class Meta:
        model = Suspension

    ground = SuspensionGround.OWNERSHIP
    since_on = date(2025, 1, 6)


class InvalidationFactory(factory.django.DjangoModelFactory[Invalidation]):
    """A decision that invalidates the whole right."""

    class Meta:
        model = Invalidation

    scope = InvalidationScope.WHOLE
    decided_on = date(2025, 1, 6)


class ObstacleFactory(factory.django.DjangoModelFactory[Obstacle]):
    """An obstacle that an examiner recorded."""

    class Meta:
        model = Obstacle

    description = "The patentee is being wound up."
    since_on = date(2025, 1, 6)


class EvaluationReportFactory(factory.django.DjangoModelFactory[EvaluationReport]):
    """A report that finds no defect."""

    class Meta:
        model = EvaluationReport

    reference = factory.Sequence(lambda n: f"PJ2025{n:06d}")
    issued_on = date(2025, 2, 3)
    conclusion = ReportConclusion.POSITIVE
