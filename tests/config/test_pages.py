"""The workbench: whose it is, and what to do next in each capacity."""

import pytest
import time_machine
from django.urls import reverse

from tests.cast import NOW
from tests.factories.people import MembershipFactory, OrganisationFactory, UserFactory


def links(response) -> list[str]:
    return [step.url for step in response.context["next_steps"]]


def test_whoever_acts_for_nobody_is_led_to_register_or_join(client, db):
    client.force_login(UserFactory(), backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("workbench"), headers={"accept-language": "en"})
    assert "Register your organisation, or ask a colleague" in page.content.decode()
    assert links(page)[0] == reverse("accounts:organisation_new")


def test_an_unverified_organisation_is_told_to_wait(client, db):
    waiting = OrganisationFactory(verification="pending", verified_at=None)
    client.force_login(
        MembershipFactory(organisation=waiting).user, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    page = client.get(reverse("workbench"), headers={"accept-language": "en"}).content.decode()
    assert "Identity check under way" in page


PATENTEE_STEPS = [
    "registry:statement_new",
    "registry:batches",
    "registry:my_statements",
    "registry:pricing",
    "licensing:my_licensees",
    "mediation:my_cases",
    "registry:statement_list",
    "licensing:my_licenses",
    "registry:watched",
]


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("patentee", PATENTEE_STEPS),
        (
            "agency",
            [
                "registry:statement_new",
                "registry:batches",
                "registry:my_statements",
                "registry:pricing",
                "licensing:my_licensees",
                "mediation:my_cases",
                "accounts:mandates",
            ],
        ),
        ("officer", ["province", "province_statements", "province_filings", "registry:pricing"]),
        ("mediator", ["mediation:docket"]),
        ("examiner", ["admin:index"]),
        ("approver", ["admin:index"]),
        ("auditor", ["admin:core_auditevent_changelist"]),
        (
            "administrator",
            [
                "admin:accounts_organisation_changelist",
                "admin:accounts_user_changelist",
                "admin:core_outboxmessage_changelist",
            ],
        ),
    ],
)
def test_each_capacity_gets_its_next_steps_and_each_opens(cast, who, names):
    client = getattr(cast, who).client()
    page = client.get(reverse("workbench"))
    assert links(page) == [reverse(name) for name in names]
    for url in links(page):
        assert client.get(url).status_code == 200, url


def test_the_workbench_is_for_people_who_signed_in(client, db):
    assert client.get(reverse("workbench")).url == f"{reverse('account_login')}?next={reverse('workbench')}"
    assert client.post(reverse("workbench")).status_code in {302, 405}


def test_health_answers_with_the_database(client, db):
    assert client.get(reverse("health")).json() == {"ok": True}


@time_machine.travel(NOW, tick=False)
def test_what_has_a_deadline_comes_first_and_leads_to_the_matter(cast):
    waiting = cast.statement_in("correction")
    client = cast.patentee.client()
    page = client.get(reverse("workbench"))
    first = page.context["dated"][0]
    assert first.due_on == waiting.correction_due_on
    assert page.context["dated"] == sorted(page.context["dated"], key=lambda item: item.due_on)
    assert f'href="{first.url}"' in page.content.decode()
    assert client.get(first.url).status_code in {200, 302}
    assert cast.rival.client().get(reverse("workbench")).context["dated"] == []
