#!/usr/bin/env python
"""Django's command line for the patent open license registry."""

import os
import sys

from django.core.management import execute_from_command_line

from config.devstack.ownership import as_owner_if_needed
from config.devstack.places import offer_addresses

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    offer_addresses()
    as_owner_if_needed(sys.argv[1:], os.environ)
    execute_from_command_line(sys.argv)
