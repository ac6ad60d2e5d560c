"""The cast must itself be lawful: valid codes, right numbers, right roles."""

from datetime import timedelta

import pytest
from stdnum.cn import uscc

from core.identifiers import PatentNumber
from registry.enums import StatementStatus
from tests.cast import NOW


def test_everybody_has_exactly_their_roles(cast):
    people = {
        name: set(getattr(cast, name).actor.roles)
        for name in ("patentee", "agency", "examiner", "approver", "officer", "mediator", "auditor", "administrator")
    }
    assert people == {
        "patentee": {"patentee", "enterprise"},
        "agency": {"agency"},
        **{name: {name} for name in ("examiner", "approver", "officer", "mediator", "auditor", "administrator")},
    }


def test_credit_codes_and_patent_numbers_are_valid(cast):
    assert uscc.is_valid(cast.patentee.organisation.uscc)
    assert [PatentNumber.parse(made.number).kind for made in (cast.patent(), cast.patent(design=True))] == [
        "invention",
        "design",
    ]


def test_owners_stand_in_the_registers_order(cast):
    names = cast.co_owned_patent().ownerships.values_list("patentee__name", flat=True)
    assert list(names) == ["Lakeside University", "Hillside Institute"]


@pytest.mark.parametrize("status", StatementStatus.values)
def test_a_statement_reaches_every_status(cast, status):
    assert cast.statement_in(status).status == status


def test_a_co_owned_and_an_agencys_statement_are_announced_too(cast):
    co_owned = cast.statement_in("announced", cast.co_owned_patent())
    by_agency = cast.statement_in("announced", by=cast.agency, at=NOW + timedelta(days=1))
    assert (co_owned.status, by_agency.status, by_agency.agency) == (
        "announced",
        "announced",
        cast.agency.organisation,
    )
