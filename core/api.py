"""What every API answer shares: errors as problem details (RFC 9457), refusals with rule, article and remedy."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import set_rollback

from core.lifecycle import IllegalStep, WrongRole
from core.rules import Refused

MEDIA_TYPE = "application/problem+json"


def problem_details(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn whatever an act raised into a problem document; None lets an unforeseen error surface as our fault."""
    problem = _problem(error)
    if problem is None:
        return None
    set_rollback()
    response = Response(problem, status=problem["status"], content_type=MEDIA_TYPE)
    if isinstance(error, exceptions.Throttled) and error.wait is not None:
        response["Retry-After"] = str(int(error.wait))
    if isinstance(error, exceptions.APIException) and getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = error.auth_header
    return response


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
    if isinstance(error, (Http404, WrongRole, PermissionDenied, exceptions.PermissionDenied, exceptions.NotFound)):
        return _document(status.HTTP_404_NOT_FOUND, "not-found", _("There is nothing here for you."))
    if isinstance(error, exceptions.ValidationError):
        return _document(
            status.HTTP_400_BAD_REQUEST, "invalid", _("Some values are not valid."), errors=error.detail
        )
    if isinstance(error, DjangoValidationError):
        detail = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        return _document(status.HTTP_400_BAD_REQUEST, "invalid", _("Some values are not valid."), errors=detail)
    if isinstance(error, exceptions.APIException):
        return _document(error.status_code, str(error.default_code).replace("_", "-"), str(error.detail))
    return None


def _document(code: int, slug: str, title: str, **more: Any) -> dict[str, Any]:
    return {"type": f"urn:open-license:problem:{slug}", "title": title, "status": code, **more}
