"""What the tables of facts refuse, by raw SQL."""

import pytest
from django.db import IntegrityError, connection, transaction

from registry.models import Delivery
from tests.cast import NOW
from tests.factories.patents import (
    EncumbranceFactory,
    EvaluationReportFactory,
    ObstacleFactory,
    PledgeFactory,
    SuspensionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("constraint", "factory", "change"),
    [
        ("pledge_period_in_order", PledgeFactory, "released_on = since_on - 1"),
        ("encumbrance_period_in_order", EncumbranceFactory, "until_on = since_on - 1"),
        ("suspension_period_in_order", SuspensionFactory, "until_on = since_on - 1"),
        ("obstacle_period_in_order", ObstacleFactory, "until_on = since_on - 1"),
        ("obstacle_is_described", ObstacleFactory, "description = ''"),
        ("report_has_reference", EvaluationReportFactory, "reference = ''"),
    ],
)
def test_a_fact_is_well_formed(cast, constraint, factory, change):
    thing = factory(patent=cast.patent(utility_model=True))
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {thing._meta.db_table} SET {change} WHERE id = %s", [thing.pk])


def test_a_patent_has_one_report(cast):
    first = EvaluationReportFactory(patent=cast.patent(utility_model=True))
    other = EvaluationReportFactory(patent=cast.patent(utility_model=True))
    with pytest.raises(IntegrityError, match="patent_id"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE registry_evaluationreport SET patent_id = %s WHERE id = %s", [first.patent_id, other.pk])


def test_a_patent_with_facts_stays(cast):
    pledge = PledgeFactory(patent=cast.patent())
    delete = """
        DELETE FROM registry_ownership WHERE patent_id = %(patent)s;
        DELETE FROM registry_patent WHERE id = %(patent)s;
        SET CONSTRAINTS ALL IMMEDIATE;
    """
    with pytest.raises(IntegrityError, match="registry_pledge"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(delete, {"patent": pledge.patent_id})


def test_a_delivery_ends_after_its_start():
    delivery = Delivery.objects.create(name="file", started_at=NOW, as_of=NOW, delivered_by="test")
    with pytest.raises(IntegrityError, match="delivery_ends_after_start"), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(finished_at=NOW.replace(year=2020))
