"""What of mediation waits on the workbench, and for whom."""

from datetime import date, timedelta

from mediation.actions.answering import answer
from mediation.queries.work import work_items


def waiting(person, dispute) -> list[tuple[str, date | None, int]]:
    return [(str(item.title), item.due_on, item.count) for item in work_items(person.actor, dispute.at)]


def test_each_stage_waits_for_the_one_whose_turn_it_is(dispute, cast) -> None:
    dispute.draft()
    assert waiting(dispute.applicant, dispute) == [("Request for mediation to complete", None, 1)]
    assert waiting(dispute.respondent, dispute) == []
    dispute.asked()
    assert waiting(dispute.respondent, dispute) == [("Request for mediation to answer", date(2026, 3, 17), 1)]
    assert waiting(cast.rival, dispute) == []


def test_two_requests_begun_are_told_apart(dispute, cast) -> None:
    license = dispute.license
    dispute.draft()
    dispute.at = dispute.at + timedelta(hours=3)
    dispute.draft()
    matter = f"{license.number} {license.statement.patent.title} · begun 2 March 2026"
    assert sorted(item.about for item in work_items(dispute.applicant.actor, dispute.at)) == [
        f"{matter} 10:00",
        f"{matter} 13:00",
    ]
    shown = dispute.applicant.client().get("/my/cases/").text
    assert shown.count(license.number) == 2


def test_a_request_and_an_agreement_say_which_case_they_are_of(dispute) -> None:
    case = dispute.asked()
    about = f"{case.number} {case.statement.patent.title}"
    assert [item.about for item in work_items(dispute.respondent.actor, dispute.at)] == [about]
    dispute.propose(answer(case=case, agrees=True, statement="Yes.", by=dispute.respondent.actor, at=dispute.at))
    assert [item.about for item in work_items(dispute.applicant.actor, dispute.at)] == [about]


def test_the_mediators_see_requests_and_mediations_with_their_first_day(dispute, cast) -> None:
    dispute.requested()
    expected = [("Requests for mediation to decide on", date(2026, 3, 9), 1)]
    assert waiting(cast.mediator, dispute) == expected
    assert waiting(cast.examiner, dispute) == []


def test_a_proposed_agreement_waits_for_those_who_have_not_signed(dispute) -> None:
    case = dispute.in_mediation()
    assert waiting(dispute.applicant, dispute) == []
    made = dispute.propose(case)
    dispute.sign(case, made, dispute.applicant)
    assert waiting(dispute.applicant, dispute) == []
    assert waiting(dispute.respondent, dispute) == [("Proposed agreement to read", date(2026, 4, 1), 1)]
