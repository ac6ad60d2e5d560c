#!/usr/bin/env python
"""Django's command line for the patent open license registry."""

import os
import sys

from django.core.management import execute_from_command_line

from config.devstack.places import offer_addresses

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    offer_addresses()
    execute_from_command_line(sys.argv)
