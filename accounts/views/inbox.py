"""The inbox of the capacity in which somebody acts."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.actions.inbox import mark_read
from accounts.http import ActingRequest
from accounts.notifications import render as render_notice
from accounts.permissions import signed_in
from accounts.queries import messages_for

PAGE_SIZE = 25


@signed_in
@require_safe
def inbox(request: ActingRequest) -> HttpResponse:
    """List the notices, newest first."""
    page = Paginator(messages_for(request.actor), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(message, render_notice(message.code, message.params)[0]) for message in page]
    return render(request, "accounts/inbox.html", {"page": page, "rows": rows})


@signed_in
@require_safe
def inbox_message(request: ActingRequest, message_id: UUID) -> HttpResponse:
    """Show one notice; opening it marks it as read."""
    message = get_object_or_404(messages_for(request.actor), pk=message_id)
    mark_read(message, by=request.actor, at=timezone.now())
    subject, body = render_notice(message.code, message.params)
    return render(request, "accounts/inbox_message.html", {"message": message, "subject": subject, "body": body})
