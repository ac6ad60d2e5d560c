"""How operations are described: what each takes and gives, and the problems that any of them may answer with."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers

from core.api import MEDIA_TYPE
from core.api.wire import PageQuery
from core.rules import Severity, Text

PDF = "application/pdf"
FILES = (PDF, "image/png", "image/jpeg")


class ViolationSerializer(serializers.Serializer):
    """A rule that is not met, with its articles and how to mend it."""

    rule = serializers.CharField()
    title = serializers.CharField()
    severity = serializers.ChoiceField([item.value for item in Severity])
    basis = serializers.ListField(child=serializers.CharField(), help_text="The articles the rule rests on.")
    message = serializers.CharField()
    remedy = serializers.CharField(allow_blank=True)
    field = serializers.CharField(allow_blank=True, help_text="The field it is about; empty: the whole.")


class ProblemSerializer(serializers.Serializer):
    """An error (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(required=False)
    errors = serializers.DictField(required=False, help_text="By field, what is not valid.")


class RefusalSerializer(ProblemSerializer):
    """The law refuses the act: every violation at once."""

    violations = ViolationSerializer(many=True)


class StrictExtension(OpenApiSerializerExtension):
    """Says of inputs that they take no further field."""

    target_class = "core.api.wire.Strict"
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        """Return the schema, closed."""
        schema: dict[str, Any] = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        return {**schema, "additionalProperties": False}


_REFUSAL = OpenApiExample(
    "An unclear fee",
    value={
        "type": "urn:open-license:problem:refused",
        "title": "The law refuses this act.",
        "status": 422,
        "violations": [
            {
                "rule": "F8",
                "title": "Fee over the cap",
                "severity": "defect",
                "basis": ["GL, V-11 §3.3"],
                "message": "The sum is higher than ¥20,000,000.00.",
                "remedy": "Lower the sum, or use an ordinary license contract.",
                "field": "fixed_amount",
            }
        ],
    },
    media_type=MEDIA_TYPE,
)
_PROBLEMS: dict[int, str] = {
    400: "A value is missing, unreadable or not asked for",
    401: "The key is missing or not valid",
    404: "Nothing here for this caller: absent and not yours look alike",
    429: "Too many calls; Retry-After says when to come back",
}
_ACT_PROBLEMS: dict[int, str] = {
    409: "The present state does not know this step",
    413: "The request is too large",
    415: "The body is in another format",
}


def operation(
    name: str,
    summary: Text,
    *,
    tag: str,
    gives: type[serializers.Serializer] | None = None,
    takes: type[serializers.Serializer] | None = None,
    query: type[serializers.Serializer] | None = None,
    status: int = 200,
    lists: bool = False,
    files: tuple[str, ...] = (),
    act: bool = False,
    examples: tuple[OpenApiExample, ...] = (),
) -> Callable[[Any], Any]:
    """Describe one operation. ``lists``: pages of ``gives``; ``files``: the media types of the file it hands out;
    ``act``: it changes something and may be refused."""
    answers: dict[Any, Any] = {}
    if files:
        answers[(status, *files)] = OpenApiTypes.BINARY
    elif gives is None:
        answers[status] = OpenApiResponse(description="Done")
    else:
        answers[status] = paged(gives) if lists else gives
    for code, told in {**_PROBLEMS, **(_ACT_PROBLEMS if act else {})}.items():
        answers[(code, MEDIA_TYPE)] = OpenApiResponse(ProblemSerializer, description=told)
    if act:
        answers[(422, MEDIA_TYPE)] = OpenApiResponse(
            RefusalSerializer, description="The law refuses the act; every reason is named", examples=[_REFUSAL]
        )
    parameters = [query or PageQuery] if query or lists else None
    return extend_schema(
        operation_id=name,
        summary=summary,  # type: ignore[arg-type]
        tags=[tag],
        request=takes,
        responses=answers,
        parameters=parameters,
        examples=list(examples),
    )


def paged(shape: type[serializers.Serializer]) -> serializers.Serializer:
    """Return the shape of a page of such rows."""
    name = shape.__name__.removesuffix("Serializer")
    fields: dict[str, Any] = {
        "count": serializers.IntegerField(),
        "next": serializers.URLField(allow_null=True),
        "results": shape(many=True),
        "__doc__": f"A page of {name}.",
    }
    return type(f"{name}PageSerializer", (serializers.Serializer,), fields)()
