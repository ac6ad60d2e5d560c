"""What a holder consented to stays consented to under another name: online, on paper, by agreement, to a withdrawal."""

from datetime import timedelta

import pytest

from registry.actions.answering import consent_to_withdrawal
from registry.actions.consenting import attach_consent
from registry.actions.ending_requests import request_withdrawal
from registry.actions.events import take_in_events
from registry.actions.submitting import submit
from registry.enums import ConsentMethod
from registry.models import OwnerConsent, Patentee, RegisterEvent
from registry.queries.statements import violations_of
from tests.cast import NOW
from tests.factories.patents import PatenteeFactory
from tests.registry.actions.test_annulling import AGAIN, annul, annulment
from tests.registry.actions.test_events import BY, received
from tests.registry.actions.test_rechecking import LATER, take_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def mill(cast):
    """A holder that signs nothing here: it has no account."""
    return PatenteeFactory(name="Old Mill Ltd", organisation=None)


def consented(cast, mill, clean_pdf, method, *, whose=None, until=None):
    """A submitted statement of the university and the mill, with this paper."""
    statement = cast.draft(cast.patent(owners=[cast.patentee.patentee, mill]))
    attach_consent(
        statement=statement,
        patentee_id=(whose or mill).pk,
        method=ConsentMethod(method),
        file=clean_pdf,
        by=cast.patentee.actor,
        at=NOW,
        valid_until=until,
    )
    return submit(statement=statement, by=cast.patentee.actor, at=NOW)


def fresh(statement):
    return type(statement).objects.get(pk=statement.pk)


def against(statement, on=LATER):
    return [item.rule for item in violations_of(fresh(statement), on=on.date()) if item.blocks]


@pytest.mark.parametrize("method", ["document", "agreement"])
def test_a_consent_on_paper_of_a_holder_without_an_account_counts_under_its_new_name(cast, mill, clean_pdf, method):
    statement = consented(cast, mill, clean_pdf, method)
    take_in(statement.patent, "change_of_name", from_="Old Mill Ltd", to="New Mill Ltd")
    assert Patentee.objects.get(name="New Mill Ltd").organisation is None
    assert against(statement) == []
    row = OwnerConsent.objects.get(patentee__name="New Mill Ltd")
    earlier = OwnerConsent.objects.get(patentee__name="Old Mill Ltd")
    assert (row.paper, row.content_hash, row.given_at, row.content) == (
        earlier.paper,
        earlier.content_hash,
        earlier.given_at,
        earlier.content,
    )


def test_an_agreement_handed_in_under_another_holder_binds_it_still_until_its_last_day(cast, mill, clean_pdf):
    last = (NOW + timedelta(days=5)).date()
    statement = consented(cast, mill, clean_pdf, "agreement", whose=cast.patentee.patentee, until=last)
    take_in(statement.patent, "change_of_name", from_="Old Mill Ltd", to="New Mill Ltd")
    renamed = Patentee.objects.get(name="New Mill Ltd")
    row = OwnerConsent.objects.get(patentee=renamed)
    assert (row.binds, row.valid_until) == ([str(cast.patentee.patentee.pk), str(renamed.pk)], last)
    assert (against(statement), against(statement, NOW + timedelta(days=6))) == ([], ["F5"])


def test_it_counts_after_several_changes_of_name_in_whatever_order_they_come(cast, mill, clean_pdf):
    statement = consented(cast, mill, clean_pdf, "document")
    changes = [("Old Mill Ltd", "New Mill Ltd", "2026-03-03"), ("New Mill Ltd", "Mill Group", "2026-03-04")]
    for old, new, on in reversed(changes):
        take_in(statement.patent, "change_of_name", on, from_=old, to=new, at=LATER)
    assert [held.patentee.name for held in statement.patent.ownerships.order_by("position")][1] == "Mill Group"
    assert against(statement) == []


def test_who_takes_the_share_over_consents_anew(cast, mill, clean_pdf):
    statement = consented(cast, mill, clean_pdf, "document")
    take_in(statement.patent, "assignment", from_=["Old Mill Ltd"], to=["New Mill Ltd"])
    assert against(statement) == ["F5"]
    other = consented(cast, mill, clean_pdf, "document")
    events = [
        received(other.patent, "assignment", "2026-03-03", ref="1", from_=["Old Mill Ltd"], to=["River Works"]),
        received(other.patent, "change_of_name", "2026-03-04", ref="2", from_="River Works", to="Old Mill Group"),
    ]
    take_in_events(events=events, by=BY, at=LATER)
    assert against(other) == ["F5"]


def test_a_paper_and_an_agreement_are_both_carried(cast, mill, clean_pdf):
    statement = consented(cast, mill, clean_pdf, "document")
    OwnerConsent.objects.create(
        statement=statement,
        patentee=cast.patentee.patentee,
        method="agreement",
        content_hash=statement.content_hash,
        binds=[str(cast.patentee.patentee.pk), str(mill.pk)],
        paper=statement.consents.get().paper,
        given_by=cast.patentee.user,
        given_at=NOW,
    )
    take_in(statement.patent, "change_of_name", from_="Old Mill Ltd", to="New Mill Ltd")
    carried = OwnerConsent.objects.filter(patentee__name="New Mill Ltd")
    assert sorted(carried.values_list("method", flat=True)) == ["agreement", "document"]


def test_a_consent_to_a_withdrawal_that_waits_for_others_counts_under_the_new_name(cast):
    third = cast.member("Third Works", holds=True)
    owners = [cast.patentee.patentee, cast.co_owner.patentee, third.patentee]
    statement = cast.statement_in("announced", cast.patent(owners=owners))
    ending = request_withdrawal(
        statement=statement, grounds="拟转让", unconditional=True, papers=(), by=cast.patentee.actor, at=LATER
    )
    said = {"ending": ending, "read_hash": ending.content_hash, "at": LATER}
    consent_to_withdrawal(by=cast.co_owner.actor, **said)
    take_in(statement.patent, "change_of_name", from_="Hillside Institute", to="Hillside Academy")
    assert consent_to_withdrawal(by=third.actor, **said).status == "requested"


def rename(statement, to, on="2026-03-03", *, of="Old Mill Ltd"):
    take_in(statement.patent, "change_of_name", on, ref=f"{of} → {to}", from_=of, to=to)


def undo(cast, to, *, of="Old Mill Ltd"):
    annul(cast, RegisterEvent.objects.get(reference=f"{of} → {to}"))


def attach(cast, statement, name, clean_pdf, method="document"):
    holder = Patentee.objects.get(name=name, ownerships__patent=statement.patent)
    said = {"method": ConsentMethod(method), "file": clean_pdf, "by": cast.patentee.actor, "at": LATER}
    return attach_consent(statement=statement, patentee_id=holder.pk, **said)


@pytest.mark.parametrize("method", ["document", "agreement"])
def test_a_consent_stands_as_before_when_the_change_of_name_is_annulled(cast, mill, clean_pdf, method):
    statement = consented(cast, mill, clean_pdf, method)
    rename(statement, "New Mill Ltd")
    undo(cast, "New Mill Ltd")
    assert list(statement.patent.owners.order_by("name")) == [cast.patentee.patentee, mill]
    assert against(statement, AGAIN) == []
    assert OwnerConsent.objects.filter(patentee=mill).count() == 1


@pytest.mark.parametrize("method", ["document", "agreement"])
def test_what_the_holder_consented_to_under_the_mistaken_name_stands_too(cast, mill, clean_pdf, method):
    statement = cast.draft(cast.patent(owners=[cast.patentee.patentee, mill]))
    rename(statement, "New Mill Ltd")
    given = attach(cast, statement, "New Mill Ltd", clean_pdf, method)
    undo(cast, "New Mill Ltd")
    carried = OwnerConsent.objects.get(patentee=mill)
    assert (carried.paper, carried.content_hash, carried.given_at) == (given.paper, given.content_hash, LATER)
    assert carried.binds == ([str(cast.patentee.patentee.pk), str(mill.pk)] if method == "agreement" else [])
    assert "F5" not in against(statement, AGAIN)


@pytest.mark.parametrize("consents", ["before", "between"])
@pytest.mark.parametrize("together", [True, False])
def test_a_name_entered_with_a_slip_and_sent_anew_loses_no_consent(cast, mill, clean_pdf, consents, together):
    statement = cast.draft(cast.patent(owners=[cast.patentee.patentee, mill]))
    if consents == "before":
        attach(cast, statement, "Old Mill Ltd", clean_pdf)
    rename(statement, "New Mil Ltd")
    if consents == "between":
        attach(cast, statement, "New Mil Ltd", clean_pdf)
    names = {"from_": "Old Mill Ltd", "to": "New Mill Ltd"}
    slip = annulment(statement.patent, "Old Mill Ltd → New Mil Ltd")
    right = received(statement.patent, "change_of_name", "2026-03-03", ref="right", **names)
    for events in [[slip, right]] if together else [[slip], [right]]:
        take_in_events(events=events, by=BY, at=AGAIN)
    assert statement.patent.owners.filter(name="New Mill Ltd").exists()
    assert "F5" not in against(statement, AGAIN)


def test_a_later_name_that_rests_on_the_annulled_one_loses_none_either(cast, mill, clean_pdf):
    statement = cast.draft(cast.patent(owners=[cast.patentee.patentee, mill]))
    rename(statement, "New Mill Ltd")
    rename(statement, "Mill Group", "2026-03-04", of="New Mill Ltd")
    attach(cast, statement, "Mill Group", clean_pdf)
    undo(cast, "New Mill Ltd")
    assert statement.patent.owners.filter(name="Old Mill Ltd").exists()
    assert "F5" not in against(statement, AGAIN)


def test_who_held_the_share_by_an_annulled_assignment_consented_for_nobody_else(cast, mill, clean_pdf):
    statement = cast.draft(cast.patent(owners=[cast.patentee.patentee, mill]))
    take_in(statement.patent, "assignment", ref="wrong", from_=["Old Mill Ltd"], to=["New Mill Ltd"])
    attach(cast, statement, "New Mill Ltd", clean_pdf)
    annul(cast, RegisterEvent.objects.get(reference="wrong"))
    assert "F5" in against(statement, AGAIN)
