"""Who may call what: every address of the API says so, and calls are counted."""

import pytest
from django.urls import get_resolver

from accounts.permissions import PUBLIC
from tests.api_client import Program


def addresses(patterns, prefix=""):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, prefix + str(pattern.pattern))
        else:
            yield prefix + str(pattern.pattern), pattern.callback


API = [(address, view) for address, view in addresses(get_resolver().url_patterns) if address.startswith("api/")]


def test_every_address_says_whose_it_is():
    assert len(API) > 40
    for address, view in API:
        own = "/my/" in address
        assert (view.access != PUBLIC) is own, address
        assert not own or view.access <= {"patentee", "enterprise", "agency"}, address


@pytest.mark.parametrize("address", [address for address, view in API if "/my/" in address])
def test_without_a_key_and_with_a_wrong_one_the_answer_is_401(db, address):
    path = "/" + address.replace("<uuid:pk>", "0" * 8 + "-0000-4000-8000-" + "0" * 12)
    for name in ("paper_pk", "payment_pk", "change_pk"):
        path = path.replace(f"<uuid:{name}>", "0" * 8 + "-0000-4000-8000-" + "0" * 12)
    client = Program().client
    for headers in ({}, {"authorization": "Api-Key no.key"}):
        for method in ("get", "post"):
            answer = getattr(client, method)(path, headers=headers)
            assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")


def test_an_office_key_is_none(cast):
    """A key acts for an organisation; the office's people have no other way in."""
    program = Program(cast.enterprise)
    assert program.get("my/statements/").status_code == 200
    cast.enterprise.user.is_active = False
    cast.enterprise.user.save()
    assert program.get("my/statements/").status_code == 401


def test_an_address_that_is_none_gets_a_problem_document(db):
    program = Program()
    answer = program.get("statement/")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    told = program.post("my/statements").json()["detail"]
    assert told == "Every address of the API ends with a slash."


def test_a_method_that_is_none_names_those_that_are(db):
    answer = Program().post("statements/")
    assert (answer.status_code, answer["Allow"], answer.json()["status"]) == (405, "GET, HEAD, OPTIONS", 405)


@pytest.fixture
def rates(settings):
    framework = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {"key": "2/min", "address": "1/min"}}
    settings.REST_FRAMEWORK = framework


def test_calls_are_counted_by_key_and_by_address(cast, rates):
    first, second, visitor = Program(cast.enterprise), Program(cast.rival), Program()
    assert [first.get("statements/").status_code for _call in range(3)] == [200, 200, 429]
    assert [second.get("statements/").status_code for _call in range(2)] == [200, 200]
    assert visitor.get("statements/").status_code == 200
    stopped = visitor.client.get("/api/v1/statements/", headers={"x-forwarded-for": "203.0.113.9"})
    assert stopped.status_code == 429
    assert 1 <= int(stopped["Retry-After"]) <= 60
