"""Which of the register's holders a delivered name means."""

import pytest

from registry.actions.holders import holders_named
from registry.models import Patentee
from tests.factories.patents import PatenteeFactory, PatentFactory

pytestmark = pytest.mark.django_db
NAME = "Lakeside Pump Works"


@pytest.mark.parametrize("addresses", [("1 East Road", "2 West Road"), ("2 West Road", "1 East Road")])
def test_of_two_unidentified_rows_of_a_name_the_same_is_meant_every_time(addresses):
    for address in addresses:
        PatenteeFactory(name=NAME, address=address)
    first = Patentee.objects.get(address="1 East Road")
    assert holders_named({NAME}) == {NAME: first.pk}
    assert Patentee.objects.count() == 2


@pytest.mark.parametrize("identified_first", [True, False])
def test_an_identified_unit_keeps_its_name_to_itself(cast, identified_first):
    if not identified_first:
        PatenteeFactory(name=NAME, address="")
    unit = cast.member(NAME, holds=True).patentee
    if identified_first:
        PatenteeFactory(name=NAME, address="")
    assert holders_named({NAME}) == {NAME: unit.pk}


def test_a_unit_that_an_administrator_identified_keeps_a_name_that_is_not_its_own(cast):
    """It holds nothing at present, and no mistake gave it the name."""
    known = PatenteeFactory(name="Lakeside Pumps Branch", organisation=cast.member(NAME).organisation)
    assert holders_named({known.name}) == {known.name: known.pk}


def test_a_unit_that_holds_under_a_former_name_is_meant_by_it(cast):
    """The register names the holder as entered; that the organisation bears another name by now changes nothing."""
    former = PatenteeFactory(name="Lakeside Pump Factory", organisation=cast.patentee.organisation)
    PatentFactory(owners=[former])
    assert holders_named({"Lakeside Pump Factory"}) == {"Lakeside Pump Factory": former.pk}


def test_a_natural_persons_name_means_no_identified_person(cast):
    known = PatenteeFactory(name="王芳", is_person=True, organisation=cast.enterprise.organisation)
    [made] = holders_named({"王芳"}, {"王芳": "44"}).values()
    assert made != known.pk
    assert Patentee.objects.get(pk=made).province == "44"
