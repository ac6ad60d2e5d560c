"""A holder becomes an organisation: by itself on verification of exactly the name, otherwise by an administrator."""

import pytest

from accounts.enums import OrganisationKind, Verification
from accounts.models import Organisation
from accounts.signals import organisation_verified
from core import audit
from core.lifecycle import WrongRole
from core.rules import Refused
from registry.actions.identifying import identify_patentee
from tests.cast import NOW
from tests.factories.patents import PatenteeFactory
from tests.factories.people import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def verified(cast, **fields):
    organisation = OrganisationFactory(**fields)
    by = cast.administrator.actor
    organisation_verified.send(sender=Organisation, organisation=organisation, by=by, at=NOW)
    return organisation


def test_the_exact_name_is_tied_on_verification_and_logged(cast):
    same, other = PatenteeFactory(name="River Works"), PatenteeFactory(name="River Works Ltd")
    organisation = verified(cast, name="River Works")
    same.refresh_from_db()
    other.refresh_from_db()
    assert (same.organisation_id, other.organisation_id) == (organisation.pk, None)
    event = audit.history(same).get()
    assert (event.event, event.data["organisation"]) == ("identify patentee", str(organisation.pk))


def test_a_natural_person_is_never_tied_by_name(cast):
    person, unit = PatenteeFactory(name="王芳", is_person=True), PatenteeFactory(name="李明")
    verified(cast, name="王芳")
    verified(cast, name="李明", kind=OrganisationKind.INDIVIDUAL)
    person.refresh_from_db()
    unit.refresh_from_db()
    assert (person.organisation_id, unit.organisation_id) == (None, None)


def test_of_two_rows_of_one_name_none_is_tied(cast):
    rows = [PatenteeFactory(name="River Works", address=address) for address in ("Hangzhou", "Wuhan")]
    verified(cast, name="River Works")
    for row in rows:
        row.refresh_from_db()
    assert [row.organisation_id for row in rows] == [None, None]


def test_an_administrator_ties_a_former_name(cast):
    patentee = PatenteeFactory(name="Old River Works")
    done = identify_patentee(
        patentee=patentee, organisation=cast.enterprise.organisation, by=cast.administrator.actor, at=NOW
    )
    assert done.organisation == cast.enterprise.organisation


@pytest.mark.parametrize("name", ["examiner", "auditor", "patentee"])
def test_nobody_else_does(cast, name):
    with pytest.raises(WrongRole):
        identify_patentee(
            patentee=PatenteeFactory(), organisation=cast.enterprise.organisation, by=getattr(cast, name).actor, at=NOW
        )


def test_what_stands_against_a_tie(cast):
    by = cast.administrator.actor
    unit = cast.enterprise.organisation
    pending = OrganisationFactory(verification=Verification.PENDING, verified_at=None)
    cases = {
        "R5": (cast.patentee.patentee, unit),
        "R6": (PatenteeFactory(), pending),
        "R7": (PatenteeFactory(is_person=True), unit),
    }
    for rule, (patentee, organisation) in cases.items():
        with pytest.raises(Refused) as refusal:
            identify_patentee(patentee=patentee, organisation=organisation, by=by, at=NOW)
        assert [violation.rule for violation in refusal.value.violations] == [rule]


def test_a_name_under_which_the_organisation_holds_patents_already_is_not_tied_twice(cast):
    organisation = OrganisationFactory(name="River Works")
    PatenteeFactory(name="River Works", organisation=organisation, address="Old Road 1")
    other = PatenteeFactory(name="River Works", address="New Road 2")
    with pytest.raises(Refused) as refused:
        identify_patentee(patentee=other, organisation=organisation, by=cast.administrator.actor, at=NOW)
    assert [item.rule for item in refused.value.violations] == ["R5"]


def test_nobody_decides_whose_patents_their_own_organisation_holds(cast):
    organisation = OrganisationFactory(name="River Works")
    MembershipFactory(user=cast.administrator.user, organisation=organisation)
    holder = PatenteeFactory(name="River Factory")
    with pytest.raises(Refused) as refused:
        identify_patentee(patentee=holder, organisation=organisation, by=cast.administrator.actor, at=NOW)
    assert [item.rule for item in refused.value.violations] == ["R8"]
