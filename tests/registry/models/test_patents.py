"""What the tables of patents, holders and their ties refuse, by raw SQL."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories.patents import PatenteeFactory

pytestmark = pytest.mark.django_db


def refused(constraint, sql, *params):
    """Run the statement and expect the table to refuse it by this constraint."""
    with pytest.raises(IntegrityError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
    assert error.value.__cause__.diag.constraint_name == constraint


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("patent_number_form", "number = '202110000001.Z'"),
        ("patent_kind_is_its_numbers", "kind = 'design'"),
        ("patent_in_a_known_state", "right_status = 'pending'"),
        ("patent_in_a_known_state", "annuity_state = 'perhaps'"),
        ("patent_has_title", "title = ''"),
        ("patent_granted_after_filing", "granted_on = filed_on - 1"),
        ("patent_term_after_filing", "term_ends_on = filed_on - 1"),
    ],
)
def test_a_patent_is_well_formed(cast, constraint, change):
    refused(constraint, f"UPDATE registry_patent SET {change} WHERE id = %s", cast.patent().pk)


def test_a_number_stands_once(cast):
    first, second = cast.patent(), cast.patent()
    refused(
        _unique("registry_patent", "number"),
        "UPDATE registry_patent SET number = %s WHERE id = %s",
        first.number,
        second.pk,
    )


def _unique(table, column):
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, table)
    names = [name for name, item in constraints.items() if item["unique"] and item["columns"] == [column]]
    assert len(names) == 1
    return names[0]


def test_an_unidentified_name_is_one_row():
    PatenteeFactory(name="River Works", address="")
    refused(
        "patentee_name_once_unidentified",
        "INSERT INTO registry_patentee (id, name, is_person, residence, province, address)"
        " VALUES (%s, 'River Works', false, 'CN', '', '')",
        uuid.uuid4(),
    )


def test_an_organisation_holds_under_one_name_once(cast):
    known = cast.patentee.patentee
    refused(
        "patentee_name_once_identified",
        "INSERT INTO registry_patentee (id, name, is_person, residence, province, address, organisation_id)"
        " VALUES (%s, %s, false, 'CN', '', 'elsewhere', %s)",
        uuid.uuid4(),
        known.name,
        known.organisation_id,
    )


def test_a_holder_has_a_name():
    refused("patentee_has_name", "UPDATE registry_patentee SET name = '' WHERE id = %s", PatenteeFactory().pk)


@pytest.mark.parametrize(
    ("constraint", "other", "position"),
    [
        ("ownership_once", False, 2),
        ("ownership_position_once", True, 1),
        ("ownership_positions_start_with_one", True, 0),
    ],
)
def test_holders_stand_once_and_in_order(cast, constraint, other, position):
    holder = PatenteeFactory() if other else cast.patentee.patentee
    refused(
        constraint,
        "INSERT INTO registry_ownership (patent_id, patentee_id, position) VALUES (%s, %s, %s)",
        cast.patent().pk,
        holder.pk,
        position,
    )
