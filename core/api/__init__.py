"""What every API answer shares: errors as problem details (RFC 9457), refusals with rule, article and remedy."""

import logging
from math import ceil
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import set_rollback

from core.lifecycle import IllegalStep, WrongRole
from core.rules import Refused

MEDIA_TYPE = "application/problem+json"

_ABSENT = (
    Http404,
    ObjectDoesNotExist,
    WrongRole,
    PermissionDenied,
    exceptions.PermissionDenied,
    exceptions.NotFound,
)

log = logging.getLogger(__name__)


def problem_details(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn whatever an act raised into a problem document; None lets an unforeseen error surface as our fault."""
    problem = _problem(error)
    if problem is None:
        return None
    set_rollback()
    response = Response(problem, status=problem["status"], content_type=MEDIA_TYPE)
    if isinstance(error, exceptions.Throttled) and error.wait is not None:
        response["Retry-After"] = str(max(1, ceil(error.wait)))
    if isinstance(error, exceptions.APIException) and getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = error.auth_header
    return response


def no_such_address(request: HttpRequest, *args: Any) -> JsonResponse:
    """Answer an address that the API does not have as one whose object is absent; say so where a slash is missing."""
    problem = _absent()
    if not request.path.endswith("/"):
        problem["detail"] = _("Every address of the API ends with a slash.")
    return JsonResponse(problem, status=problem["status"], content_type=MEDIA_TYPE)


def _problem(error: Exception) -> dict[str, Any] | None:
    if isinstance(error, Refused):
        return _document(
            status.HTTP_422_UNPROCESSABLE_ENTITY,
            "refused",
            _("The law refuses this act."),
            violations=[item.as_data() for item in error.violations],
        )
    if isinstance(error, IllegalStep):
        return _document(status.HTTP_409_CONFLICT, "conflict", _("This step is not possible in the present state."))
    if isinstance(error, IntegrityError):
        # Two calls at once passed the same checks; the database let only one through.
        log.warning("the database refused an act: %s", error)
        return _document(status.HTTP_409_CONFLICT, "conflict", _("Another call was faster. Read the present state."))
    if isinstance(error, _ABSENT):
        return _absent()
    return _malformed(error)


def _absent() -> dict[str, Any]:
    return _document(status.HTTP_404_NOT_FOUND, "not-found", _("There is nothing here for you."))


def _malformed(error: Exception) -> dict[str, Any] | None:
    invalid = _("Some values are not valid.")
    if isinstance(error, exceptions.ValidationError):
        detail = error.detail if isinstance(error.detail, dict) else {"": error.detail}
        return _document(status.HTTP_400_BAD_REQUEST, "invalid", invalid, errors=detail)
    if isinstance(error, DjangoValidationError):
        told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        return _document(status.HTTP_400_BAD_REQUEST, "invalid", invalid, errors=told)
    if isinstance(error, RequestDataTooBig):
        return _document(status.HTTP_413_REQUEST_ENTITY_TOO_LARGE, "too-large", _("The request is too large."))
    if isinstance(error, SuspiciousOperation):
        return _document(status.HTTP_400_BAD_REQUEST, "invalid", invalid)
    if isinstance(error, exceptions.APIException):
        return _document(error.status_code, str(error.default_code).replace("_", "-"), str(error.detail))
    return None


def _document(code: int, slug: str, title: str, **more: Any) -> dict[str, Any]:
    return {"type": f"urn:open-license:problem:{slug}", "title": title, "status": code, **more}
