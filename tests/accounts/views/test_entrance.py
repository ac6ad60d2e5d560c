"""Signing up, in and out; lockout; passwords; nothing tells whether an account exists."""

import re
from datetime import UTC, datetime, timedelta
from time import perf_counter

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import get_hasher
from django.urls import reverse

from accounts.models import User
from tests.accounts.conftest import PASSWORD

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
SIGNUP = {"full_name": "Li Na", "email": "li@unit.example", "password1": PASSWORD, "password2": PASSWORD}


def page(response) -> str:
    """The page without what differs at each request."""
    return re.sub(r'value="[A-Za-z0-9]{64}"|x-csrftoken": "[A-Za-z0-9]{64}"', "", response.content.decode())


def sign_in(client, email, password):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def link(letter) -> str:
    return re.search(r"https?://[^/]+(/\S+)", letter.body)[1]


def test_sign_up_asks_to_confirm_the_address_and_then_signs_in(visitor, letters):
    answer = visitor.post(reverse("account_signup"), SIGNUP)
    assert answer.url == reverse("account_email_verification_sent")
    assert "var/mail" in visitor.get(answer.url).content.decode()
    person = User.objects.get(email="li@unit.example")
    assert (person.full_name, person.language) == ("Li Na", "en")
    assert sign_in(visitor, "li@unit.example", PASSWORD).url == reverse("account_email_verification_sent")
    first = letters()[0]
    assert first.to == ["li@unit.example"]
    assert "Li Na" not in first.body
    visitor.post(link(first))
    assert EmailAddress.objects.get(user=person).verified
    assert sign_in(visitor, "LI@unit.example", PASSWORD).url == reverse("workbench")


def test_sign_up_explains_the_password_rules_before_and_keeps_what_was_typed(visitor):
    before = visitor.get(reverse("account_signup")).content.decode()
    assert "At least 12 characters." in before
    answer = visitor.post(reverse("account_signup"), SIGNUP | {"password1": "short", "password2": "short"})
    text = answer.content.decode()
    assert "This password has fewer than 12 characters. Choose a longer one." in text
    assert 'value="Li Na"' in text
    assert not User.objects.exists()


def test_names_with_invisible_characters_are_refused(visitor):
    answer = visitor.post(reverse("account_signup"), SIGNUP | {"full_name": "Li\u202eNa"})
    assert "U+202E RIGHT-TO-LEFT OVERRIDE" in answer.content.decode()


def test_sign_up_with_a_known_address_answers_the_same_and_writes_to_its_owner(visitor, client, person, letters):
    new = visitor.post(reverse("account_signup"), SIGNUP)
    known = visitor.post(reverse("account_signup"), SIGNUP | {"email": person.email})
    assert (new.status_code, new.url) == (known.status_code, known.url)
    assert User.objects.filter(email=person.email).count() == 1
    subjects = {letter.to[0]: letter.subject for letter in letters()}
    assert subjects == {
        "li@unit.example": "Confirm your e-mail address",
        person.email: "You already have an account",
    }


def test_reset_answers_the_same_for_known_and_unknown_addresses(visitor, person, letters):
    known = visitor.post(reverse("account_reset_password"), {"email": person.email})
    unknown = visitor.post(reverse("account_reset_password"), {"email": "nobody@unit.example"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    subjects = {letter.to[0]: letter.subject for letter in letters()}
    assert subjects == {person.email: "Set a new password", "nobody@unit.example": "This address has no account"}


def test_a_wrong_password_reads_the_same_as_an_unknown_account(visitor, person):
    known = sign_in(visitor, person.email, "wrong-password-1")
    unknown = sign_in(visitor, "nobody@unit.example", "wrong-password-1")
    assert known.status_code == unknown.status_code == 200
    assert page(known).replace(person.email, "") == page(unknown).replace("nobody@unit.example", "")


def test_the_password_is_hashed_once_whether_or_not_the_account_exists(visitor, person, monkeypatch):
    """Hashing is what takes the time: equally often means equally long."""
    hasher = type(get_hasher())
    calls = []
    encode = hasher.encode
    verify = hasher.verify
    monkeypatch.setattr(hasher, "encode", lambda *said: calls.append("hash") or encode(*said))
    monkeypatch.setattr(hasher, "verify", lambda *said: calls.append("hash") or verify(*said))

    def hashes(url, **data):
        calls.clear()
        visitor.post(reverse(url), data)
        return len(calls)

    wrong = {"password": "wrong-password-1"}
    assert hashes("account_login", login=person.email, **wrong) == hashes(
        "account_login", login="nobody@unit.example", **wrong
    )
    assert hashes("account_signup", **SIGNUP) == hashes("account_signup", **SIGNUP | {"email": person.email}) == 1


def test_five_wrong_passwords_pause_the_account_from_that_address_alike(visitor, person):
    pages = {}
    with time_machine.travel(NOW, tick=False):
        for email in (person.email, "nobody@unit.example"):
            answers = [sign_in(visitor, email, f"wrong-password-{turn}") for turn in range(6)]
            assert [answer.status_code for answer in answers] == [200] * 4 + [429] * 2
            assert answers[-1]["Retry-After"] == "900"
            pages[email] = page(answers[-1])
        assert pages[person.email] == pages["nobody@unit.example"]
        assert "2 March 2026 10:15" in pages[person.email]
        assert sign_in(visitor, person.email, PASSWORD).status_code == 429
        elsewhere = visitor.post(
            reverse("account_login"), {"login": person.email, "password": PASSWORD}, REMOTE_ADDR="203.0.113.9"
        )
        assert elsewhere.url == reverse("workbench")
    visitor.post(reverse("account_logout"))
    with time_machine.travel(NOW + timedelta(minutes=15, seconds=1), tick=False):
        assert sign_in(visitor, person.email, PASSWORD).url == reverse("workbench")


def test_the_case_of_the_address_gives_no_further_tries(visitor, person):
    for spelling in ("wang@unit.example", "WANG@unit.example", " Wang@unit.example ", "wang@UNIT.example"):
        sign_in(visitor, spelling, "wrong-password-1")
    assert sign_in(visitor, "wAng@unit.example", "wrong-password-1").status_code == 429


def test_signing_in_makes_a_new_session_and_signing_out_ends_it(visitor, person):
    visitor.get(reverse("account_login"))
    visitor.session["before"] = True
    session = visitor.session
    session["before"] = True
    session.save()
    old = session.session_key
    sign_in(visitor, person.email, PASSWORD)
    assert visitor.session.session_key != old
    visitor.post(reverse("account_logout"))
    assert visitor.get(reverse("workbench")).url.startswith(reverse("account_login"))


def test_a_new_password_signs_out_everywhere_else(visitor, person, client, letters):
    sign_in(visitor, person.email, PASSWORD)
    sign_in(client, person.email, PASSWORD)
    new = "another-quiet-lake-2027"
    answer = visitor.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer.status_code == 302
    assert visitor.get(reverse("workbench")).status_code == 200
    assert client.get(reverse("workbench")).status_code == 302
    assert [letter.to for letter in letters()] == [[person.email]]


def test_a_reset_link_is_good_once(visitor, person, letters):
    visitor.post(reverse("account_reset_password"), {"email": person.email})
    path = link(letters()[0])
    form = visitor.get(path).url
    new = "another-quiet-lake-2027"
    assert visitor.post(form, {"password1": new, "password2": new}).status_code == 302
    assert sign_in(visitor, person.email, new).url == reverse("workbench")
    visitor.post(reverse("account_logout"))
    assert "This link is not good any more" in visitor.get(path, follow=True).content.decode()


def test_pages_answer_while_the_mail_server_is_away(visitor, person, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    started = perf_counter()
    assert visitor.post(reverse("account_reset_password"), {"email": person.email}).status_code == 302
    assert perf_counter() - started < 5


@pytest.mark.parametrize("next_page", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_in_never_leads_elsewhere(visitor, person, next_page):
    answer = visitor.post(reverse("account_login"), {"login": person.email, "password": PASSWORD, "next": next_page})
    assert answer.url == reverse("workbench")
