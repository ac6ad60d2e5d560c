"""The API's address book: every app's part under /api/v1/, its schema and its reader."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

urlpatterns = [
    path("openapi.yml", SpectacularAPIView.as_view(permission_classes=[], authentication_classes=[]), name="openapi"),
    path("", include("registry.api.urls")),
    path("", include("licensing.api.urls")),
    path("", include("mediation.api.urls")),
]
