"""People whom the office makes: by administrators and the system's commands alone, each address once."""

import pytest

from accounts.actions.people import create_person
from accounts.models import User
from core.lifecycle import Actor, WrongRole
from core.rules import Refused
from tests.cast import NOW


def test_nobody_else_makes_people(cast):
    for person in (cast.enterprise, cast.examiner, cast.auditor):
        with pytest.raises(WrongRole):
            create_person(email="new@unit.example", full_name="New", by=person.actor, at=NOW)
    assert not User.objects.filter(email="new@unit.example").exists()


def test_an_address_has_one_account_whatever_its_case(cast):
    made = create_person(email="new@unit.example", full_name="New", by=cast.administrator.actor, at=NOW)
    assert (made.has_usable_password(), made.emailaddress_set.get().verified) == (False, True)
    with pytest.raises(Refused) as refused:
        create_person(email="New@Unit.example", full_name="Again", by=Actor.system("create_staff"), at=NOW)
    assert [violation.rule for violation in refused.value.violations] == ["P18"]
