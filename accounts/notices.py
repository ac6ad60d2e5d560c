"""The notices of this app."""

from django.utils.translation import gettext_lazy as _

from accounts.notifications import register

register(
    "organisation-verified",
    subject=_("Identity check passed"),
    body=_("The identity of %(organisation)s is confirmed. You can now act for it in the registry."),
)
register(
    "organisation-rejected",
    subject=_("Identity check failed"),
    body=_("The identity of %(organisation)s could not be confirmed. Reason: %(reason)s"),
)
register(
    "member-joined",
    subject=_("A colleague joined"),
    body=_("%(person)s accepted the invitation and may now act for %(organisation)s."),
)
register(
    "member-removed",
    subject=_("You no longer act for an organisation"),
    body=_("Your membership of %(organisation)s was ended. Nothing you did for it before changes."),
)
register(
    "mandate-granted",
    subject=_("A mandate was granted to you"),
    body=_("%(principal)s authorizes you from %(since_on)s: %(scope)s"),
)
register(
    "mandate-revoked",
    subject=_("A mandate was revoked"),
    body=_("%(principal)s revoked the mandate that began on %(since_on)s: %(scope)s"),
)
register(
    "appointed",
    subject=_("You were appointed"),
    body=_("You now act for the office as: %(role)s. Set up a second factor before you begin."),
)
register(
    "appointment-ended",
    subject=_("Your appointment ended"),
    body=_("You no longer act for the office as: %(role)s."),
)
