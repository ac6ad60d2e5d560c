"""Pages of an organisation: for whom one acts, colleagues, mandates; others' objects do not exist."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from accounts.actions.membership import invitation_link, invite
from accounts.models import Invitation, Mandate, Membership
from accounts.queries import may_act_for
from tests.factories.people import AppointmentFactory, MembershipFactory, OrganisationFactory, UserFactory

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
ACTING = "accounts:acting"


def test_one_acts_for_one_at_a_time_and_sees_which(cast):
    client = cast.enterprise.client()
    other = OrganisationFactory(name="Second Firm")
    MembershipFactory(user=cast.enterprise.user, organisation=other)
    header = client.get(reverse("workbench")).content.decode()
    assert "<strong>Canton Cooling</strong>" in header
    assert "<strong>Second Firm</strong>" not in header
    assert client.post(reverse(ACTING), {"capacity": str(other.pk)}).url == reverse("workbench")
    assert "<strong>Second Firm</strong>" in client.get(reverse("workbench")).content.decode()


@pytest.mark.parametrize("capacity", ["office", "not-a-uuid", "00000000-0000-4000-8000-000000000000", ""])
def test_nobody_takes_a_capacity_they_do_not_have(cast, capacity):
    client = cast.enterprise.client()
    assert client.post(reverse(ACTING), {"capacity": capacity}).status_code == 404
    assert client.post(reverse(ACTING), {"capacity": str(cast.rival.organisation.pk)}).status_code == 404


def test_office_and_organisation_are_never_mixed(cast):
    client = cast.enterprise.client()
    AppointmentFactory(user=cast.enterprise.user, role="examiner")
    assert client.get(reverse("admin:index")).status_code == 404
    client.post(reverse(ACTING), {"capacity": "office"})
    assert client.get(reverse("admin:index")).status_code == 200
    assert client.get(reverse("accounts:api_keys")).status_code == 404


def test_whoever_lost_the_chosen_capacity_acts_for_nobody(cast):
    second = MembershipFactory(user=cast.enterprise.user)
    MembershipFactory(organisation=cast.enterprise.organisation)
    client = cast.enterprise.client()
    Membership.objects.filter(user=cast.enterprise.user).exclude(pk=second.pk).update(ended_at=NOW)
    page = client.get(reverse("workbench")).content.decode()
    assert "You act for nobody yet." in page
    assert second.organisation.name not in page


def test_the_way_of_an_invitation_through_the_pages(cast, letters):
    manager = cast.enterprise.client()
    manager.post(reverse("accounts:invite"), {"email": "new@unit.example"})
    letter = letters()[-1]
    assert letter.to == ["new@unit.example"]
    path = invitation_link(Invitation.objects.get())
    assert path in letter.body
    stranger = cast.rival.client()
    stranger.get(path)
    assert "sent to another e-mail address" in stranger.post(path).content.decode()
    colleague = UserFactory(email="new@unit.example")
    stranger.force_login(colleague, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert stranger.post(path).url == reverse("accounts:organisation")
    assert "new@unit.example" in manager.get(reverse("accounts:organisation")).content.decode()
    member = Membership.objects.get(user=colleague)
    manager.post(reverse("accounts:member_manager", args=[member.pk]), {"manages": "yes"})
    member.refresh_from_db()
    assert member.is_manager
    manager.post(reverse("accounts:member_remove", args=[member.pk]))
    assert stranger.get(reverse("accounts:organisation")).url == reverse("accounts:organisation_new")


def test_a_forged_link_does_not_exist(cast):
    assert cast.rival.client().get(reverse("accounts:join", args=["abc:def"])).status_code == 404


def test_contact_details_change_name_and_code_do_not(cast):
    said = {"address": "2 Pearl Street", "contact_name": "Chen", "contact_phone": "020", "contact_email": "c@u.example"}
    client = cast.enterprise.client()
    before = cast.enterprise.organisation
    client.post(reverse("accounts:organisation_contact"), said | {"name": "Other", "uscc": "", "kind": "agency"})
    name, uscc, kind = before.name, before.uscc, before.kind
    before.refresh_from_db()
    assert (before.address, before.name, before.uscc, before.kind) == ("2 Pearl Street", name, uscc, kind)


def test_a_mandate_is_granted_used_and_revoked(cast):
    agency = cast.agency
    client = cast.rival.client()
    client.post(
        reverse("accounts:mandate_new"),
        {
            "agency": str(agency.organisation.pk),
            "acts": ["statements", "withdrawals"],
            "patent_numbers": "ZL 202410000001.X\n\nzl202420000001.5",
            "scope": "all of it",
            "since_on": "2026-03-02",
            "until_on": "",
        },
    )
    mandate = Mandate.objects.get(principal=cast.rival.organisation)
    assert may_act_for(agency.actor, cast.rival.organisation.pk, on=date(2026, 3, 2))
    assert not may_act_for(agency.actor, cast.rival.organisation.pk, on=date(2026, 3, 1))
    assert (mandate.acts, mandate.patent_numbers) == (
        ["statements", "withdrawals"],
        ["202410000001.X", "202420000001.5"],
    )
    assert "all of it" in agency.client().get(reverse("accounts:mandates")).content.decode()
    revoke = reverse("accounts:mandate_revoke", args=[mandate.pk])
    assert cast.enterprise.client().post(revoke).status_code == 404
    client.post(revoke)
    assert not may_act_for(agency.actor, cast.rival.organisation.pk, on=date(2026, 3, 2))
    codes = sorted(agency.organisation.inbox.values_list("code", flat=True))
    assert codes == ["mandate-granted", "mandate-revoked"]


def test_a_mandate_says_what_is_wrong_and_keeps_what_was_typed(cast):
    said = {
        "agency": str(cast.enterprise.organisation.pk),
        "acts": ["statements"],
        "patent_numbers": "202410000001.1",
        "scope": "all",
        "since_on": "2026-03-02",
        "until_on": "2026-03-01",
    }
    answer = cast.rival.client().post(reverse("accounts:mandate_new"), said)
    assert set(answer.context["form"].errors) == {"agency", "patent_numbers", "until_on"}
    assert 'value="all"' in answer.content.decode()


def others_objects(cast) -> list[tuple[str, str]]:
    """Addresses of the enterprise's things with the method that reaches them."""
    member = Membership.objects.get(user=cast.enterprise.user)
    invitation = invite(cast.enterprise.organisation, email="x@unit.example", by=cast.enterprise.actor, at=NOW)
    return [
        ("get", reverse("accounts:member_remove", args=[member.pk])),
        ("post", reverse("accounts:member_remove", args=[member.pk])),
        ("post", reverse("accounts:member_manager", args=[member.pk])),
        ("post", reverse("accounts:invitation_withdraw", args=[invitation.pk])),
    ]


def test_other_organisations_objects_answer_like_missing_ones(cast):
    rival = cast.rival.client()
    for method, url in others_objects(cast):
        theirs = getattr(rival, method)(url)
        parts = url.split("/")
        missing = getattr(rival, method)(
            "/".join("00000000-0000-4000-8000-000000000000" if len(p) == 36 else p for p in parts)
        )
        assert (theirs.status_code, missing.status_code) == (404, 404), url
        assert len(theirs.content) == len(missing.content)
    assert Membership.objects.get(user=cast.enterprise.user).ended_at is None


def test_plain_members_manage_nothing(cast):
    plain = MembershipFactory(organisation=cast.enterprise.organisation, is_manager=False)
    client = cast.rival.client()
    client.force_login(plain.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    for name in ("accounts:invite", "accounts:organisation_contact"):
        assert client.get(reverse(name)).status_code == 404
    for method, url in others_objects(cast):
        assert getattr(client, method)(url).status_code == 404


def test_visitors_are_asked_to_sign_in(visitor):
    for name in (
        "acting",
        "inbox",
        "organisation",
        "organisation_new",
        "invite",
        "mandates",
        "mandate_new",
        "api_keys",
    ):
        url = reverse(f"accounts:{name}")
        assert visitor.get(url).url == f"{reverse('account_login')}?next={url}"
