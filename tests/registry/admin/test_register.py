"""The office's pages of the register: who sees them, and that their buttons enter facts."""

from datetime import date, timedelta

import pytest
import time_machine

from core.deadlines import law_date
from registry.actions.events import take_in_events
from registry.enums import EventKind
from registry.models import (
    EvaluationReport,
    Invalidation,
    Obstacle,
    ParkedEvent,
    Patentee,
    Pledge,
    RegisterEvent,
    Statement,
    WithdrawalDuty,
)
from registry.queries.acceptance import acceptance_of
from registry.queries.statements import violations_of
from tests.cast import NOW
from tests.factories.patents import PatenteeFactory, PledgeFactory
from tests.registry.actions.test_events import BY, received, tables
from tests.registry.management.commands.test_import_register_events import feed, line, run

pytestmark = pytest.mark.django_db


def page(thing):
    return f"/examination/registry/{thing._meta.model_name}/{thing.pk}/change/"


def test_the_office_finds_a_patent_by_number_title_and_holder(cast):
    patent = cast.patent(title="Coolant loop")
    client = cast.examiner.client()
    for words in (patent.number, "Coolant", "Lakeside"):
        answer = client.get("/examination/registry/patent/", {"q": words})
        assert [item.pk for item in answer.context["cl"].result_list] == [patent.pk]
    assert cast.patentee.client().get("/examination/registry/patent/").status_code == 404


def test_an_examiner_enters_a_pledge_and_its_end(cast):
    patent = cast.patent()
    client = cast.examiner.client()
    said = {"step": "pledge", "pledge-pledgee": "Bank of the Lake", "pledge-since_on": "2025-03-01"}
    assert client.post(page(patent), said).status_code == 302
    pledge = Pledge.objects.get(patent=patent)
    assert pledge.pledgee == "Bank of the Lake"
    event = f"end-{pledge.pk}"
    client.post(page(patent), {"step": event, f"{event}-until_on": "2025-06-01"})
    pledge.refresh_from_db()
    assert str(pledge.released_on) == "2025-06-01"


def test_what_is_refused_keeps_what_was_typed_and_names_the_rule(cast):
    patent = cast.patent()
    said = {"step": "pledge", "pledge-pledgee": "Bank of the Lake", "pledge-since_on": "2999-03-01"}
    answer = cast.examiner.client().post(page(patent), said)
    assert answer.status_code == 422
    assert "This day is still to come." in answer.text
    assert "Bank of the Lake" in answer.text
    assert not Pledge.objects.exists()


@pytest.mark.parametrize("name", ["approver", "auditor"])
def test_others_of_the_office_only_read(cast, name):
    patent = cast.patent()
    PledgeFactory(patent=patent)
    answer = getattr(cast, name).client().get(page(patent))
    assert answer.status_code == 200
    assert answer.context["steps"] == []
    assert "Bank of the Lake" in answer.text


def test_an_administrator_identifies_a_holder_by_credit_code(cast):
    patentee = PatenteeFactory(name="Old name")
    unit = cast.enterprise.organisation
    client = cast.administrator.client()
    wrong = client.post(page(patentee), {"step": "identify", "identify-uscc": "nonsense"})
    assert "Choose an organisation" in wrong.text
    client.post(page(patentee), {"step": "identify", "identify-uscc": unit.uscc})
    assert Patentee.objects.get(pk=patentee.pk).organisation == unit


LATER, DAY, EARLIER = NOW + timedelta(days=3), "2026-03-04", "2026-03-03"
# Patents on which these events are possible; no statement is in effect on them.
PATENTS = {
    "grant_found": {"granted_on": None},
    "evaluation_report": {"utility_model": True},
    "expiry": {"filed_on": date(2006, 3, 4), "granted_on": date(2008, 1, 4)},
}
EXCLUSIVE = {"license_kind": "exclusive", "licensee": "River Works"}
# Kind, the bar it leaves, the form and what is typed into it, the same as a feed says it, what was entered before.
EVENTS = [
    ("grant_found", "", "grant", {"granted_on": DAY}, {}, None),
    ("term_compensation", "", "compensation", {"ground": "grant_delay", "days": "30", "decided_on": DAY},
     {"ground": "grant_delay", "days": 30}, None),
    ("change_of_name", "", "name", {"old_name": "Lakeside University", "new_name": "Lake U", "since_on": DAY},
     {"from": "Lakeside University", "to": "Lake U"}, None),
    ("merger", "A4", "merger", {"coming": "River Works", "since_on": DAY}, {"to": "River Works"}, None),
    ("assignment", "A4", "assignment", {"coming": "River Works\nHill Works", "since_on": DAY},
     {"to": "River Works; Hill Works"}, None),
    ("license", "G1", "contract", {"kind": "exclusive", "licensee": "River Works", "since_on": DAY}, EXCLUSIVE, None),
    ("license_end", "", "end-", {"until_on": DAY}, {"licensee": "River Works"}, ("license", EXCLUSIVE)),
    ("pledge", "G4", "pledge", {"pledgee": "Bank", "since_on": DAY}, {"pledgee": "Bank"}, None),
    ("pledgee_consent", "", "consent-", {"consented_on": DAY}, {"pledgee": "Bank"}, ("pledge", {"pledgee": "Bank"})),
    ("pledge_release", "", "end-", {"until_on": DAY}, {"pledgee": "Bank"}, ("pledge", {"pledgee": "Bank"})),
    ("suspension", "G2", "suspension", {"ground": "ownership", "since_on": DAY}, {"ground": "ownership"}, None),
    ("suspension_end", "", "end-", {"until_on": DAY}, {}, ("suspension", {"ground": "ownership"})),
    ("obstacle", "G9", "obstacle", {"description": "Wound up.", "since_on": DAY}, {"description": "Wound up."}, None),
    ("obstacle_end", "", "end-", {"until_on": DAY}, {}, ("obstacle", {"description": "Wound up."})),
    ("evaluation_report", "", "report", {"reference": "PJ1", "issued_on": DAY, "conclusion": "negative"},
     {"report_number": "PJ1", "conclusion": "negative"}, None),
    ("annuity_late", "G3", "annuity", {"annuity_state": "late", "since_on": DAY, "year": "6"}, {"year": 6}, None),
    ("annuity_paid", "", "annuity", {"annuity_state": "paid", "since_on": DAY}, {}, ("annuity_late", {})),
    ("lapse", "G5", "right", {"right_status": "lapsed", "since_on": DAY}, {}, None),
    ("restoration", "", "right", {"right_status": "in_force", "since_on": DAY}, {}, ("lapse", {})),
    ("surrender", "G5", "right", {"right_status": "surrendered", "since_on": DAY}, {}, None),
    ("expiry", "", "right", {"right_status": "expired"}, {}, None),
    ("invalidation", "G6", "invalidation", {"scope": "whole", "decided_on": DAY, "decision_number": "W1"},
     {"scope": "whole", "decision_number": "W1"}, None),
    ("invalidation", "", "invalidation", {"scope": "partial", "decided_on": DAY, "decision_number": "W1"},
     {"scope": "partial", "decision_number": "W1"}, None),
]  # fmt: skip


def known(patent):
    """Everything the register says of the patent."""
    rows = [
        Invalidation.objects.filter(patent=patent).values_list("scope", "decided_on", "decision_number"),
        EvaluationReport.objects.filter(patent=patent).values_list("reference", "issued_on", "conclusion"),
        Obstacle.objects.filter(patent=patent).values_list("description", "since_on", "until_on"),
    ]
    return tables(patent), [list(found) for found in rows]


def test_the_list_has_every_kind_of_event():
    assert {kind for kind, *_rest in EVENTS} == set(EventKind) - {EventKind.ANNULMENT}  # which has a desk of its own


@pytest.mark.parametrize(("kind", "bar", "form", "typed", "said", "before"), EVENTS)
def test_a_form_and_a_feed_enter_the_same_and_acceptance_follows_at_once(
    cast, tmp_path, kind, bar, form, typed, said, before
):
    typed_here, fed = (cast.patent(**PATENTS.get(kind, {})) for _ in range(2))
    statement = None if kind in PATENTS else cast.statement_in("announced", typed_here)
    for patent in (typed_here, fed) if before else ():
        take_in_events(events=[received(patent, before[0], EARLIER, ref=patent.number, **before[1])], by=BY, at=LATER)
    was = known(typed_here)
    with time_machine.travel(LATER, tick=False):
        client = cast.examiner.client()
        step = next(item.event for item in client.get(page(typed_here)).context["steps"] if item.event.startswith(form))
        answer = client.post(
            page(typed_here), {"step": step, **{f"{step}-{name}": text for name, text in typed.items()}}
        )
        assert answer.status_code == 302
        run(feed(tmp_path / "events.jsonl", line(fed.number, kind, DAY, "1", **said)))
    assert RegisterEvent.objects.filter(kind=kind, effective_on=DAY).count() == 2
    assert not ParkedEvent.objects.exists()
    assert known(typed_here) == known(fed) != was
    if statement is not None:
        statement = Statement.objects.get(pk=statement.pk)
        assert [item.rule for item in acceptance_of(statement, at=LATER).bars] == ([bar] if bar else [])


@pytest.mark.parametrize("kind", PATENTS)
@pytest.mark.parametrize("drafted", [False, True])
def test_a_feed_tells_of_a_patent_on_which_no_statement_is_in_effect(cast, tmp_path, kind, drafted):
    """The fact is written and heeded by whoever drafts; nobody has anything to withdraw."""
    [said] = [details for one, _bar, _form, _typed, details, _before in EVENTS if one == kind]
    patent = cast.patent(**PATENTS[kind])
    statement = cast.draft(patent) if drafted else None
    was = known(patent)
    with time_machine.travel(LATER, tick=False):
        run(feed(tmp_path / "events.jsonl", line(patent.number, kind, DAY, "1", **said)))
    assert not ParkedEvent.objects.exists()
    assert known(patent) != was
    assert not WithdrawalDuty.objects.exists()
    if statement is not None:
        rules = {"grant_found": set(), "evaluation_report": {"G8"}, "expiry": {"G5"}}[kind]
        stands = violations_of(Statement.objects.get(pk=statement.pk), on=law_date(LATER))
        assert {item.rule for item in stands if item.blocks} == rules
