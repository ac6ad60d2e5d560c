"""What of mediation waits on the workbench, and for whom."""

from datetime import date

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
