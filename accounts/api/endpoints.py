"""What endpoints have in common: who may call them, and how their answers may be kept."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.http import HttpResponse
from django.views.decorators.http import conditional_page
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.permissions import PUBLIC
from accounts.roles import Role
from core.lifecycle import Actor

SIDES = (Role.PATENTEE, Role.ENTERPRISE, Role.AGENCY)


class HoldsRole(BasePermission):
    """The key's organisation holds one of the endpoint's roles. To others the address does not exist."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Say whether the caller may go on; without a key the answer is 401, without the role 404."""
        actor = request._request.actor
        return actor is not None and bool(actor.roles & {role.value for role in view.roles})


class PublicEndpoint(APIView):
    """Anybody reads it, without a key. The answer carries an ETag; one that did not change is not sent again."""

    permission_classes = (AllowAny,)

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponse]:
        """Return the view, marked as everybody's."""
        view = conditional_page(super().as_view(**initkwargs))
        view.access = PUBLIC  # type: ignore[attr-defined]
        return view


class OwnEndpoint(APIView):
    """An organisation's own software reads and acts here with its key; nothing of it may be kept on the way."""

    roles: ClassVar[tuple[Role, ...]] = SIDES
    permission_classes = (HoldsRole,)

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponse]:
        """Return the view, marked with whose it is."""
        view = super().as_view(**initkwargs)
        view.access = frozenset(role.value for role in cls.roles)  # type: ignore[attr-defined]
        return view

    @property
    def actor(self) -> Actor:
        """Who calls: the key's maker for the key's organisation."""
        return self.request._request.actor

    def finalize_response(self, request: Request, response: HttpResponse, *args: Any, **kwargs: Any) -> Any:
        """Forbid keeping the answer."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["Cache-Control"] = "private, no-store"
        return answer
