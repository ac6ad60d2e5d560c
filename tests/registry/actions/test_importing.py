"""Deliveries of register data are taken in by the system alone; what the rows become is tested by the command."""

import pytest

from core.lifecycle import Actor, WrongRole
from registry.actions.importing import close_delivery, import_batch, open_delivery
from registry.models import Delivery
from tests.cast import NOW


def test_no_person_takes_a_delivery_in(cast):
    delivery = open_delivery(name="may.csv", as_of=None, vouched=False, by=Actor.system("import_patents"), at=NOW)
    for person in (cast.patentee, cast.examiner, cast.administrator):
        with pytest.raises(WrongRole):
            open_delivery(name="own.csv", as_of=None, vouched=True, by=person.actor, at=NOW)
        with pytest.raises(WrongRole):
            import_batch(delivery=delivery, rows=[], by=person.actor, at=NOW)
        with pytest.raises(WrongRole):
            close_delivery(delivery=delivery, by=person.actor, at=NOW)
    assert [(made.name, made.finished_at) for made in Delivery.objects.all()] == [("may.csv", None)]
