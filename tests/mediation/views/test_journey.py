"""A dispute from the license to the agreement, over HTTP, as the three people who take part."""

from datetime import timedelta

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.lifecycle import Actor
from mediation.actions.closing import close_overdue
from mediation.enums import CaseStatus
from mediation.models import Case, Paper
from tests.cast import NOW
from tests.mediation.scene import REQUEST, WORDS

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def page(client, name: str, case: Case | None = None, **posted):
    """Open or post to a page and follow to where it leads."""
    address = reverse(f"mediation:{name}", args=[case.pk] if case else [])
    answer = client.post(address, posted, follow=True) if posted else client.get(address, follow=True)
    assert answer.status_code == 200, address
    return answer


def said(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def begin(dispute) -> Case:
    client = dispute.applicant.client()
    (one,) = page(client, "case_new").context["openings"]
    posted = {"license": one.license.pk, "statement": one.statement.pk, "applicant": one.applicant.pk}
    page(client, "case_new", **posted)
    return Case.objects.get()


def step(client, case: Case, name: str, **posted):
    return client.post(reverse("mediation:request_step", args=[case.pk, name]), posted, follow=True)


def test_the_whole_way(dispute, cast) -> None:
    dispute.license  # noqa: B018
    with time_machine.travel(NOW + timedelta(minutes=5)) as clock:
        people = (dispute.applicant, dispute.respondent, cast.mediator)
        applicant, respondent, mediator = (one.client() for one in people)
        case = begin(dispute)
        step(applicant, case, "dispute", subject=REQUEST["subject"], claim=REQUEST["claim"])
        step(applicant, case, "facts", facts=REQUEST["facts"])
        found = page(applicant, "request_check", case).context["violations"]
        assert [one.rule for one in found] == ["M6", "M7"]
        step(applicant, case, "proceedings", declared_proceedings="none")
        upload = SimpleUploadedFile("ledger.png", PNG, "image/png")
        page(applicant, "paper_new", case, audience="applicant", kind="accounts", title="Our ledger", file=upload)
        assert Paper.objects.get().audience == "applicant"
        sent = page(applicant, "request_check", case, send="1")
        assert said(sent) == ["The request was sent to the office."]

        case.refresh_from_db()
        assert case.number == "MED202600001"
        listed = page(mediator, "docket").context["cases"].object_list
        assert [one.pk for one in listed] == [case.pk]
        page(mediator, "admit", case, mediators=[str(cast.mediator.user.pk)])
        assert "Answer the request" in page(respondent, "case", case).content.decode()
        page(respondent, "answer", case, agrees="yes", statement="The fee is fair.")

        day = "2026-03-04"
        page(mediator, "session_new", case, audience="applicant", mode="online", day=day, time="10:30", place="Line 7")
        assert "Line 7" in page(applicant, "case", case).content.decode()
        assert "Line 7" not in page(respondent, "case", case).content.decode()
        session = case.sessions.get()
        clock.move_to(session.scheduled_at + timedelta(hours=1))
        applicant, respondent, mediator = (one.client() for one in people)
        record = reverse("mediation:session_record", args=[case.pk, session.pk])
        mediator.post(record, {"applicant_attended": "on", "minutes": "They would pay more."})

        page(mediator, "proposal", case, **WORDS)
        digest = case.agreements.get().content_hash
        signed = {"content_hash": digest, "signed_name": "Li Na", "read": "on"}
        page(applicant, "agreement", case, **signed)
        done = page(respondent, "agreement", case, **signed)
        assert said(done) == ["Your side has signed."]
        case.refresh_from_db()
        assert case.status == CaseStatus.AGREED
        text = page(applicant, "agreement", case).content.decode()
        assert "3 April 2026" in text  # 30 days to ask a court
        assert digest in text
        assert "They would pay more." not in page(respondent, "case", case).content.decode()


def test_a_form_that_is_refused_keeps_what_was_typed(dispute, cast) -> None:
    with time_machine.travel(NOW):
        case = dispute.in_mediation()
        words = {**WORDS, "performance_on": "2026-01-01"}
        text = page(cast.mediator.client(), "proposal", case, **words).content.decode()
    assert "The day of performance is past." in text
    assert "The licensee pays 40,000 yuan." in text


def test_a_late_click_says_that_the_case_moved_on(dispute) -> None:
    with time_machine.travel(NOW):
        case = dispute.in_mediation()
        client = dispute.applicant.client()
        page(client, "withdraw", case, go="1")
        answer = page(client, "withdraw", case, go="1")
    assert said(answer)[-1].startswith("This is no longer possible: the case has moved on")


def test_an_act_is_offered_only_in_the_states_that_allow_it(dispute, cast) -> None:
    """Nobody fills in a form that the case, as it stands, would refuse."""
    with time_machine.travel(NOW):
        case = dispute.in_mediation()
        applicant, respondent, mediator = (
            one.client() for one in (dispute.applicant, dispute.respondent, cast.mediator)
        )
        offered = {
            name: not said(page(client, name, case))
            for client, name in (
                (respondent, "answer"), (applicant, "withdraw"), (applicant, "consent"), (mediator, "admit"),
                (mediator, "decline"), (mediator, "close"), (mediator, "session_new"), (mediator, "proposal"),
            )
        }  # fmt: skip
        page(applicant, "withdraw", case, go="1")
        over = [
            said(page(client, name, case))
            for client, name in (
                (applicant, "withdraw"), (respondent, "leave"), (respondent, "consent"), (mediator, "extend"),
                (mediator, "close"), (mediator, "session_new"), (mediator, "mediator_paper_new"),
            )
        ]  # fmt: skip
    assert [name for name, open_ in offered.items() if not open_] == ["answer", "admit", "decline"]
    sentence = "This cannot be done as the case stands now. This page shows whose turn it is."
    assert [words[-1:] for words in over] == [[sentence]] * 7


def test_what_a_clock_did_is_told_as_the_system_s_act(dispute) -> None:
    with time_machine.travel(NOW) as clock:
        case = dispute.asked()
        clock.move_to(NOW + timedelta(days=40))
        close_overdue(by=Actor.system("mediation clocks"), at=NOW + timedelta(days=40))
        text = page(dispute.applicant.client(), "case", case).content.decode()
    assert "the system" in text
    assert "mediation clocks" not in text


def test_every_page_states_the_principles_and_that_the_office_sets_no_fee(dispute) -> None:
    with time_machine.travel(NOW):
        case = dispute.asked()
        text = page(dispute.respondent.client(), "case", case).content.decode()
    assert "voluntary, lawful, fair and confidential" in text
    assert "It decides nothing and cannot set the fee." in text
    assert "Patent Law, Art. 52" in text
    assert "Civil Procedure Law, Art. 205" in text


def test_my_cases_are_narrowed_by_number_and_stage(dispute) -> None:
    with time_machine.travel(NOW):
        case = dispute.asked()
        client = dispute.applicant.client()
        address = reverse("mediation:my_cases")
        hits = {
            query: len(client.get(address + query).context["cases"])
            for query in ("", "?q=MED2026", "?q=nothing", "?stage=open", "?stage=closed", "?page=99")
        }
        assert "Show all my cases" in client.get(address + "?q=nothing").text
    assert hits == {"": 1, "?q=MED2026": 1, "?q=nothing": 0, "?stage=open": 1, "?stage=closed": 0, "?page=99": 1}
    assert case.number


def test_the_docket_is_sorted_by_what_is_due_and_narrowed(dispute, cast) -> None:
    with time_machine.travel(NOW):
        dispute.asked()
        client = cast.mediator.client()
        address = reverse("mediation:docket")
        hits = {
            query: len(client.get(address + query).context["cases"])
            for query in ("", "?stage=asked", "?stage=closed", "?subject=term", "?mine=on", "?q=Canton", "?stage=x")
        }
        assert "Show the whole docket" in client.get(address + "?stage=closed").text
    expected = {"": 1, "?stage=asked": 1, "?stage=closed": 0, "?subject=term": 0, "?mine=on": 1, "?q=Canton": 1}
    assert hits == {**expected, "?stage=x": 1}
