"""What goes over the wire: bodies of bounded size, inputs that take nothing they do not name, lists by page."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from django import forms
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response

PAGE_SIZE = 50
LAST_PAGE = 10_000

FormOf = TypeVar("FormOf", bound=forms.Form)


class JsonAlways(DefaultContentNegotiation):
    """Answers in the view's own format whatever ``Accept`` says: an error must be readable, a file is a file."""

    def select_renderer(self, request: Request, renderers: Sequence[Any], format_suffix: str | None = None) -> Any:
        """Return the first renderer."""
        return renderers[0], renderers[0].media_type


class BoundedJSONParser(JSONParser):
    """JSON up to ``DATA_UPLOAD_MAX_MEMORY_SIZE`` bytes, nested as deep as can be read."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """Return the value.

        Raises:
            RequestDataTooBig: the body is larger.
            ParseError: it is no JSON.
        """
        length = int(stream.META.get("CONTENT_LENGTH") or 0) if hasattr(stream, "META") else 0
        if length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError(_("The JSON is nested too deeply.")) from error


class Strict(serializers.Serializer):
    """An input that refuses every field it does not name, so that nobody believes to have set one."""

    def to_internal_value(self, data: Any) -> Any:
        """Return the values read.

        Raises:
            ValidationError: a value is not valid, or a field is not taken from requests.
        """
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, Mapping) else []
        if unknown:
            told = _("This field is not taken from a request.")
            raise serializers.ValidationError({str(name): [told] for name in unknown})
        return super().to_internal_value(data)


class PageQuery(Strict):
    """Which page of a list."""

    page = serializers.IntegerField(min_value=1, max_value=LAST_PAGE, default=1, help_text="Counted from 1.")


def read(shape: type[serializers.Serializer], data: Any, *, partial: bool = False) -> dict[str, Any]:
    """Return what a request says, by field.

    Raises:
        ValidationError: a value is not valid, missing or not asked for.
    """
    serializer = shape(data=data, partial=partial)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def filled(form: FormOf, **names: str) -> FormOf:
    """Return a form that is valid: what the page checks is checked here. ``names``: fields that a request names
    otherwise than the form.

    Raises:
        ValidationError: the form's own messages, by field.
    """
    if not form.is_valid():
        known = {"__all__": "", **names}
        told = form.errors.get_json_data()
        raise serializers.ValidationError(
            {known.get(name, name): [item["message"] for item in items] for name, items in told.items()}
        )
    return form


def form_data(request: Request) -> tuple[Any, Any]:
    """Return what a request sent as a form: values and files."""
    return request.data, request.FILES


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values as a form takes them: without those that are empty."""
    return {name: value for name, value in values.items() if value is not None}


def answer(shape: type[serializers.Serializer], data: Any, *, status: int = 200) -> Response:
    """Return the data in its shape."""
    return Response(shape(data).data, status=status)


def page_of(
    request: Request, rows: QuerySet[Any], shape: type[serializers.Serializer], say: Callable[[Any], Any] | None = None
) -> Response:
    """Return one page of a list, each row said by ``say``, with how many there are and where the next page is."""
    number = read(PageQuery, {"page": request.query_params.get("page", 1)})["page"]
    start = (number - 1) * PAGE_SIZE
    found = list(rows[start : start + PAGE_SIZE + 1])
    more = len(found) > PAGE_SIZE and number < LAST_PAGE
    return Response(
        {
            "count": rows.count(),
            "next": request.build_absolute_uri(_turned(request, number + 1)) if more else None,
            "results": [shape(say(row) if say else row).data for row in found[:PAGE_SIZE]],
        }
    )


def _turned(request: Request, number: int) -> str:
    params = request.query_params.copy()
    params["page"] = str(number)
    return f"{request.path}?{params.urlencode()}"
