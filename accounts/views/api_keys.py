"""Keys for the organisation's own software."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions.api_keys import create_api_key, revoke_api_key
from accounts.forms.members import ApiKeyForm
from accounts.http import ActingRequest
from accounts.permissions import requires, signed_in
from accounts.queries import api_keys_of, is_manager
from accounts.roles import Role


@requires(Role.PATENTEE, Role.ENTERPRISE, Role.AGENCY)
@never_cache
@require_http_methods(["GET", "POST"])
def api_keys(request: ActingRequest) -> HttpResponse:
    """List the keys and make one; its text is in the answer to that request alone."""
    form = ApiKeyForm(request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        _key, secret = create_api_key(label=form.cleaned_data["label"], by=request.actor, at=timezone.now())
        form = ApiKeyForm()
    context = {
        "form": form,
        "secret": secret,
        "keys": api_keys_of(request.actor.organisation_id),
        "manages": is_manager(request.actor),
    }
    return render(request, "accounts/api_keys.html", context)


@signed_in
@require_POST
def api_key_revoke(request: ActingRequest, key_id: UUID) -> HttpResponse:
    """Make a key useless at once."""
    key = get_object_or_404(api_keys_of(request.actor.organisation_id), pk=key_id)
    if key.user_id != request.user.pk and not is_manager(request.actor):
        raise Http404
    revoke_api_key(key, by=request.actor, at=timezone.now())
    messages.success(request, _("The key is revoked."))
    return redirect("accounts:api_keys")
