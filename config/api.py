"""The API's address book: every app's part under /api/v1/, its description and the page that explains it."""

from threading import Lock
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularAPIView
from rest_framework.permissions import AllowAny

from accounts.keys import KEYWORD
from accounts.permissions import public
from core.api import no_such_address
from core.rules import Text

METHODS = ("get", "post", "patch", "delete")
TITLES: dict[str, Text] = {
    "statements": _("Statements and patents"),
    "bulletin": _("Bulletin"),
    "own statements": _("Statements of your own"),
    "batches": _("Many by spreadsheet"),
    "consents": _("Consents of holders"),
    "notices": _("Notices and payments"),
    "licenses": _("Licenses"),
    "filings": _("Filings of licenses"),
    "mediation": _("Mediation"),
}


class Describer(SchemaGenerator):
    """Describes the API, for one reader at a time: its parts load on first use, which two threads must not do at once."""

    alone: ClassVar = Lock()

    def get_schema(self, request: Any = None, public: bool = False) -> dict[str, Any]:
        """Return the description."""
        with self.alone:
            return super().get_schema(request=request, public=public)


@public
def reference(request: HttpRequest) -> HttpResponse:
    """The API explained for people, from the same description that machines read."""
    schema = Describer().get_schema(request=None, public=True)
    context = {"groups": _groups(schema), "key_example": f"{KEYWORD} <prefix>.<secret>"}
    return render(request, "api/reference.html", context)


def _groups(schema: dict[str, Any]) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = {name: [] for name in TITLES}
    for address, item in schema["paths"].items():
        for method in METHODS:
            if method in item:
                groups.setdefault(item[method]["tags"][0], []).append(_operation(address, method, item[method]))
    return [{"title": TITLES.get(name, name), "operations": found} for name, found in groups.items()]


def _operation(address: str, method: str, said: dict[str, Any]) -> dict[str, Any]:
    return {
        "method": method.upper(),
        "address": address,
        "summary": said["summary"],
        "needs_key": {} not in said["security"],
        "parameters": [item["name"] for item in said.get("parameters", []) if item["in"] == "query"],
    }


described = SpectacularAPIView.as_view(permission_classes=[AllowAny], generator_class=Describer)
urlpatterns = [
    path("", reference, name="open_data"),
    path("openapi.yml", public(described), name="openapi"),
    path("", include(("registry.api.urls", "registry"), namespace="api_registry")),
    path("", include(("licensing.api.urls", "licensing"), namespace="api_licensing")),
    path("", include(("mediation.api.urls", "mediation"), namespace="api_mediation")),
    re_path(r"^.", public(no_such_address), name="api_nothing"),
]
