"""What one side confides appears for nobody else: on no page, in no file, list, mail, log or event."""

import io
import json
import logging
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import get_resolver, reverse

from accounts.models import InboxMessage
from accounts.roles import Role
from core import outbox
from core.models import AuditEvent, OutboxMessage
from mediation.actions.assigning import recuse
from mediation.enums import Audience, RecusalGround
from mediation.models import Paper
from mediation.queries.cases import filtered_docket, party_cases
from tests.factories.people import MembershipFactory

CANARY = {
    Audience.APPLICANT: "canary-applicant-71",
    Audience.RESPONDENT: "canary-respondent-52",
    Audience.MEDIATORS: "canary-mediators-93",
    Audience.JOINT: "canary-joint-14",
}
SEALED = {audience: word for audience, word in CANARY.items() if audience is not Audience.JOINT}


@pytest.fixture
def told(dispute, cast, caplog):
    """A case in mediation in which everyone has confided something; returns case and papers by audience."""
    caplog.set_level(logging.DEBUG)
    case = dispute.in_mediation()
    authors = {
        Audience.APPLICANT: dispute.applicant,
        Audience.RESPONDENT: dispute.respondent,
        Audience.MEDIATORS: cast.mediator,
        Audience.JOINT: dispute.applicant,
    }
    papers = {audience: dispute.paper(case, who, audience, CANARY[audience]) for audience, who in authors.items()}
    for audience in (Audience.APPLICANT, Audience.RESPONDENT, Audience.JOINT):
        dispute.minutes(dispute.session(case, audience, CANARY[audience]), CANARY[audience])
    return case, papers


def people(dispute, cast) -> dict:
    """Everybody who may come by, with the words they may read."""
    stranger = cast.official(Role.MEDIATOR, "A mediator elsewhere")
    return {
        "applicant": (dispute.applicant, {Audience.JOINT, Audience.APPLICANT}),
        "respondent": (dispute.respondent, {Audience.JOINT, Audience.RESPONDENT}),
        "mediator": (cast.mediator, set(Audience)),
        "mediator elsewhere": (stranger, set()),
        "agency of the respondent without a word": (cast.agency, set()),
        "rival": (cast.rival, set()),
        "examiner": (cast.examiner, set()),
        "approver": (cast.approver, set()),
        "officer": (cast.officer, set()),
        "auditor": (cast.auditor, set()),
        "administrator": (cast.administrator, set()),
    }


def addresses(case, papers, session_ids) -> list[str]:
    """Every address of this app with every id that fits it."""
    found = []
    for name, patterns in get_resolver("mediation.urls").reverse_dict.lists():
        if not isinstance(name, str):
            continue
        for options, *_rest in patterns:
            for _path, arguments in options:
                found += [
                    reverse(f"mediation:{name}", kwargs=one) for one in _fillings(arguments, case, papers, session_ids)
                ]
    return sorted(set(found))


def _fillings(arguments, case, papers, session_ids):
    if "paper_pk" in arguments:
        return [{"pk": case.pk, "paper_pk": paper.pk} for paper in papers.values()]
    if "session_pk" in arguments:
        return [{"pk": case.pk, "session_pk": pk} for pk in session_ids]
    if "step" in arguments:
        return [{"pk": case.pk, "step": step} for step in ("dispute", "facts", "proceedings")]
    return [{"pk": case.pk}] if "pk" in arguments else [{}]


def shut(answer) -> None:
    """Close the file behind an answer; ``answer.close()`` would end the test's own database connection too."""
    for closer in answer._resource_closers:
        closer()


def body(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    shut(answer)
    heads = "".join(f"{name}: {value}" for name, value in answer.items())
    return content.decode("utf-8", "replace") + heads


def code_of(person, address) -> int:
    answer = person.client().get(address)
    shut(answer)
    return answer.status_code


@time_machine.travel("2026-03-02 12:00 +0800", tick=False)
def test_every_address_shows_each_person_only_what_is_theirs(dispute, cast, told) -> None:
    case, papers = told
    everywhere = addresses(case, papers, list(case.sessions.values_list("pk", flat=True)))
    assert len(everywhere) >= 35
    seen: dict[str, set] = {}
    for name, (person, allowed) in people(dispute, cast).items():
        client = person.client()
        seen[name] = set()
        for address in [*everywhere, *_elsewhere()]:
            for method in ("get", "post"):
                if method == "post" and name in ("applicant", "respondent", "mediator"):
                    continue  # their acts are tested one by one; here they would change the case
                text = body(getattr(client, method)(address, follow=True))
                shown = {audience for audience, word in CANARY.items() if word in text}
                assert shown <= allowed, f"{name} reads {shown - allowed} at {method} {address}"
                seen[name] |= shown
    # The test can fail: those who may read do read, with the very same addresses.
    assert {name: shown for name, shown in seen.items() if shown} == {
        name: allowed for name, (_person, allowed) in people(dispute, cast).items() if allowed
    }


def _elsewhere() -> list[str]:
    return [reverse("admin:index"), "/examination/mediation/case/"]


@time_machine.travel("2026-03-02 12:00 +0800", tick=False)
def test_anothers_paper_answers_exactly_like_one_that_is_not_there(dispute, cast, told) -> None:
    case, papers = told
    client = dispute.respondent.client()
    sealed = client.get(reverse("mediation:paper", args=[case.pk, papers[Audience.APPLICANT].pk]))
    missing = client.get(reverse("mediation:paper", args=[case.pk, case.pk]))
    assert (sealed.status_code, missing.status_code) == (404, 404)
    assert _plain(sealed, papers[Audience.APPLICANT].pk) == _plain(missing, case.pk)
    other = cast.rival.client().get(reverse("mediation:case", args=[case.pk]))
    nothing = cast.rival.client().get(reverse("mediation:case", args=[cast.rival.user.pk]))
    assert (other.status_code, nothing.status_code) == (404, 404)
    assert _plain(other, case.pk) == _plain(nothing, cast.rival.user.pk)


def _plain(answer, pk) -> str:
    text = answer.content.decode().replace(str(pk), "ID")
    return "\n".join(line for line in text.splitlines() if "csrf" not in line)


def test_no_notice_mail_event_task_or_log_holds_a_word(dispute, told, caplog) -> None:
    while outbox.deliver_one():
        pass
    assert len(mail.outbox) > 5
    streams = {
        "mail": "\n".join(f"{one.subject}{one.body}{one.to}" for one in mail.outbox),
        "inbox": json.dumps(list(InboxMessage.objects.values("code", "params", "url", "key")), default=str),
        "audit": json.dumps(list(AuditEvent.objects.values("event", "actor_label", "basis", "data")), default=str),
        "outbox": json.dumps(list(OutboxMessage.objects.values("topic", "key", "payload", "last_error")), default=str),
        "log": caplog.text if "INSERT" not in caplog.text else _without_sql(caplog),
    }
    for name, text in streams.items():
        found = [word for word in CANARY.values() if word in text]
        assert found == [], name


def _without_sql(caplog) -> str:
    stream = io.StringIO()
    for record in caplog.records:
        if record.name != "django.db.backends":  # statements are logged under DEBUG only, never in production
            stream.write(record.getMessage())
    return stream.getvalue()


def test_the_other_side_is_not_told_that_something_was_confided(dispute, cast) -> None:
    case = dispute.in_mediation()
    other = InboxMessage.objects.filter(organisation=dispute.respondent.organisation)
    before = other.count()
    dispute.paper(case, dispute.applicant, Audience.APPLICANT)
    dispute.minutes(dispute.session(case, Audience.APPLICANT), "They would pay more.")
    assert other.count() == before
    assert InboxMessage.objects.filter(user=cast.mediator.user, code="mediation-paper").count() == 1
    dispute.paper(case, dispute.applicant, Audience.JOINT, "Joint")
    assert other.count() == before + 1


def test_words_confided_are_found_by_no_search(dispute, cast, told) -> None:
    for word in CANARY.values():
        assert list(filtered_docket(cast.mediator.actor, words=word)) == []
        page = dispute.respondent.client().get(reverse("mediation:my_cases"), {"q": word})
        assert list(page.context["cases"]) == []


def test_a_mediator_who_steps_down_loses_the_case(dispute, cast, told) -> None:
    case, papers = told
    address = reverse("mediation:mediator_paper", args=[case.pk, papers[Audience.RESPONDENT].pk])
    assert code_of(cast.mediator, address) == 200
    recuse(case=case, ground=RecusalGround.INTEREST, by=cast.mediator.actor, at=dispute.at)
    assert code_of(cast.mediator, address) == 404
    assert code_of(cast.mediator, reverse("mediation:docket_case", args=[case.pk])) == 404


def test_a_mediator_without_the_case_reads_only_what_is_joint_until_taking_it(dispute, cast, told) -> None:
    case, papers = told
    recuse(case=case, ground=RecusalGround.UNABLE, by=cast.mediator.actor, at=dispute.at)
    client = dispute.other_mediator.client()
    text = body(client.get(reverse("mediation:docket_case", args=[case.pk])))
    assert {audience for audience, word in CANARY.items() if word in text} == {Audience.JOINT}
    for audience in SEALED:
        address = reverse("mediation:mediator_paper", args=[case.pk, papers[audience].pk])
        assert client.get(address).status_code == 404
    client.post(reverse("mediation:take", args=[case.pk]))
    text = body(client.get(reverse("mediation:docket_case", args=[case.pk])))
    assert {audience for audience, word in CANARY.items() if word in text} == set(CANARY)


def test_a_mediator_who_joins_a_party_loses_the_case(dispute, cast, told) -> None:
    case, _papers = told
    MembershipFactory(user=cast.mediator.user, organisation=case.respondent)
    client = cast.mediator.client()
    session = client.session
    session["acting_organisation"] = ""
    session.save()
    assert client.get(reverse("mediation:docket_case", args=[case.pk])).status_code == 404


def test_the_respondent_hears_nothing_before_admission(dispute) -> None:
    for case in (dispute.draft(), dispute.requested()):
        assert list(party_cases(dispute.respondent.actor, dispute.at)) == []
        answer = dispute.respondent.client().get(reverse("mediation:case", args=[case.pk]))
        assert answer.status_code == 404
    codes = InboxMessage.objects.filter(organisation=dispute.respondent.organisation).values_list("code", flat=True)
    assert [code for code in codes if code.startswith("mediation")] == []


def test_a_withdrawn_request_that_was_never_admitted_stays_unknown(dispute) -> None:
    case = dispute.case_in("withdrawn")
    assert dispute.respondent.client().get(reverse("mediation:case", args=[case.pk])).status_code == 404


def test_an_agency_of_both_sides_sees_only_the_side_that_named_it(dispute, cast, told) -> None:
    from mediation.actions.representing import appoint_agency
    from tests.factories.people import MandateFactory

    case, _papers = told
    agency = cast.agency  # has a mandate of the respondent
    MandateFactory(agency=agency.organisation, principal=dispute.applicant.organisation)
    address = reverse("mediation:case", args=[case.pk])
    assert agency.client().get(address).status_code == 404
    appoint_agency(
        case=case, agency_id=agency.organisation.pk, by=dispute.respondent.actor, at=dispute.at + timedelta(minutes=1)
    )
    with time_machine.travel(dispute.at + timedelta(hours=3), tick=False):
        text = body(agency.client().get(address))
    assert {audience for audience, word in CANARY.items() if word in text} == {Audience.JOINT, Audience.RESPONDENT}


def test_a_withdrawn_paper_is_open_to_its_own_side_only(dispute, cast, told) -> None:
    from mediation.actions.papers import withdraw_paper

    case, papers = told
    paper = papers[Audience.JOINT]
    withdraw_paper(case=case, paper_id=paper.pk, by=dispute.applicant.actor, at=dispute.at)
    own = reverse("mediation:paper", args=[case.pk, paper.pk])
    desk = reverse("mediation:mediator_paper", args=[case.pk, paper.pk])
    codes = [code_of(dispute.applicant, own), code_of(dispute.respondent, own), code_of(cast.mediator, desk)]
    assert codes == [200, 404, 404]
    assert Paper.objects.filter(withdraws=paper).count() == 1


@pytest.mark.parametrize("audience", [Audience.JOINT, Audience.APPLICANT])
def test_files_are_served_as_attachments_that_nobody_keeps(dispute, told, audience) -> None:
    case, papers = told
    answer = dispute.applicant.client().get(reverse("mediation:paper", args=[case.pk, papers[audience].pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("private, no-store", "nosniff")
    content = b"".join(answer.streaming_content)
    shut(answer)
    assert content == f"%PDF-1.7 {CANARY[audience]}".encode()
