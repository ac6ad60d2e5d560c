"""The desks of administrators and auditors."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group

from accounts.admin import appointments, logs, organisations, people

__all__ = ["appointments", "logs", "organisations", "people"]

# What libraries register here can be added, changed and deleted. On this site nothing is, but by actions.
admin.site.unregister([Group, EmailAddress, Authenticator])
