"""Addresses of people, organisations and the inbox, under /account/."""

from django.urls import path

from accounts.views import acting, api_keys, inbox, mandates, members, organisations

app_name = "accounts"
urlpatterns = [
    path("acting/", acting.acting, name="acting"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/<uuid:message_id>/", inbox.inbox_message, name="inbox_message"),
    path("organisation/", organisations.organisation, name="organisation"),
    path("organisation/new/", organisations.organisation_new, name="organisation_new"),
    path("organisation/contact/", organisations.organisation_contact, name="organisation_contact"),
    path("organisation/invite/", members.invitation_new, name="invite"),
    path(
        "organisation/invitations/<uuid:invitation_id>/withdraw/",
        members.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("organisation/members/<uuid:membership_id>/remove/", members.member_remove, name="member_remove"),
    path("organisation/members/<uuid:membership_id>/manager/", members.member_manager, name="member_manager"),
    path("join/<str:token>/", members.join, name="join"),
    path("mandates/", mandates.mandates, name="mandates"),
    path("mandates/new/", mandates.mandate_new, name="mandate_new"),
    path("mandates/<uuid:mandate_id>/revoke/", mandates.mandate_revoke, name="mandate_revoke"),
    path("mandates/<uuid:mandate_id>/document/", mandates.mandate_document, name="mandate_document"),
    path("api-keys/", api_keys.api_keys, name="api_keys"),
    path("api-keys/<uuid:key_id>/revoke/", api_keys.api_key_revoke, name="api_key_revoke"),
]
