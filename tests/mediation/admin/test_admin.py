"""The office's watchers see that cases exist, not what they are about."""

import pytest
from django.urls import reverse

from mediation.enums import Audience

SECRETS = ("canary-title", "30,000 yuan", "half of what the fee", "We see it otherwise")


@pytest.fixture
def pages(dispute):
    case = dispute.in_mediation()
    dispute.paper(case, dispute.applicant, Audience.APPLICANT, "canary-title")
    return case, [
        reverse("admin:mediation_case_changelist"),
        reverse("admin:mediation_case_change", args=[case.pk]),
        reverse("admin:mediation_case_history", args=[case.pk]),
    ]


def test_an_auditor_sees_that_a_paper_exists_and_not_its_content(cast, pages) -> None:
    case, addresses = pages
    texts = [cast.auditor.client().get(address).content.decode() for address in addresses]
    assert case.number in texts[0]
    assert 'name="papers-TOTAL_FORMS" value="1"' in texts[1]
    assert [word for text in texts for word in SECRETS if word in text] == []


def test_an_administrator_sees_the_case_without_papers(cast, pages) -> None:
    case, addresses = pages
    texts = [cast.administrator.client().get(address).content.decode() for address in addresses]
    assert case.number in texts[1]
    assert "papers-TOTAL_FORMS" not in texts[1]
    assert [word for text in texts for word in SECRETS if word in text] == []


@pytest.mark.parametrize("name", ["examiner", "approver", "officer", "mediator", "patentee"])
def test_others_find_nothing_there(cast, pages, name) -> None:
    _case, addresses = pages
    client = getattr(cast, name).client()
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code in (302, 403, 404), address
        assert [word for word in SECRETS if word in answer.content.decode()] == []


def test_nothing_is_written_there_and_drafts_are_not_listed(cast, dispute) -> None:
    draft = dispute.draft()
    client = cast.administrator.client()
    assert client.get(reverse("admin:mediation_case_change", args=[draft.pk])).status_code == 302
    assert client.get(reverse("admin:mediation_case_add")).status_code in (403, 404)
    assert client.post(reverse("admin:mediation_case_change", args=[draft.pk]), {"status": "agreed"}).status_code in (
        302,
        403,
    )
    draft.refresh_from_db()
    assert draft.status == "draft"
