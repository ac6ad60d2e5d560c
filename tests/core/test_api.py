"""Errors of the API: one shape, the reader's language, the law's articles, nothing of the inside."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404
from django.utils import translation
from rest_framework import exceptions

from core.api import MEDIA_TYPE, problem_details
from core.legal import LAW
from core.lifecycle import IllegalStep, WrongRole
from core.rules import Refused, Severity, Violation


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def test_a_refusal_shows_every_violation_with_its_article_and_remedy(db):
    bar = Violation("G7", "No report", Severity.BAR, (LAW(50, 1),), "It needs a report.", "Upload it.", "report")
    flaw = Violation("F7", "No explanation", Severity.DEFECT, (LAW(50, 1),), "The explanation is missing.")
    answer = problem_details(Refused([bar, flaw]), {})
    assert (answer.status_code, answer.content_type) == (422, MEDIA_TYPE)
    assert answer.data == {
        "type": "urn:open-license:problem:refused",
        "title": "The law refuses this act.",
        "status": 422,
        "violations": [
            {
                "rule": "G7",
                "title": "No report",
                "severity": "bar",
                "basis": ["Patent Law, Art. 50(1)"],
                "message": "It needs a report.",
                "remedy": "Upload it.",
                "field": "report",
            },
            {
                "rule": "F7",
                "title": "No explanation",
                "severity": "defect",
                "basis": ["Patent Law, Art. 50(1)"],
                "message": "The explanation is missing.",
                "remedy": "",
                "field": "",
            },
        ],
    }


@pytest.mark.parametrize(
    "error",
    [
        Http404("Statement 4711 of somebody else"),
        WrongRole("statement", "approve", ["patentee"]),
        PermissionDenied("not yours"),
        exceptions.PermissionDenied("not yours"),
        exceptions.NotFound("no such thing"),
    ],
)
def test_what_is_forbidden_looks_like_what_is_absent(db, error):
    answer = problem_details(error, {})
    assert answer.data == {
        "type": "urn:open-license:problem:not-found",
        "title": "There is nothing here for you.",
        "status": 404,
    }
    assert answer.status_code == 404


def test_a_step_that_the_state_does_not_know_is_a_conflict(db):
    answer = problem_details(IllegalStep("notice", "cancel", "completed"), {})
    assert (answer.status_code, answer.data["type"]) == (409, "urn:open-license:problem:conflict")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (exceptions.ValidationError({"years": ["A whole number."]}), {"years": ["A whole number."]}),
        (DjangoValidationError({"years": ["A whole number."]}), {"years": ["A whole number."]}),
        (DjangoValidationError("Nothing fits."), {"": ["Nothing fits."]}),
    ],
)
def test_values_that_are_not_valid_are_named(db, error, told):
    answer = problem_details(error, {})
    assert (answer.status_code, answer.data["errors"]) == (400, told)


def test_a_missing_key_says_how_to_show_one(db):
    error = exceptions.NotAuthenticated()
    error.auth_header = "Bearer"
    answer = problem_details(error, {})
    assert (answer.status_code, answer.data["type"]) == (401, "urn:open-license:problem:not-authenticated")
    assert answer["WWW-Authenticate"] == "Bearer"


def test_too_many_requests_say_when_to_come_back(db):
    answer = problem_details(exceptions.Throttled(wait=12.7), {})
    assert (answer.status_code, answer["Retry-After"]) == (429, "13")


def test_a_fault_of_ours_is_not_dressed_up_as_an_answer(db):
    assert problem_details(ZeroDivisionError(), {}) is None
