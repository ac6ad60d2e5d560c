"""Everything between an empty database and a site that can start: ``python -m config.devstack.prepare``.

Each step is safe to repeat. A line that begins with ``== `` is meant for the person at the terminal.
"""

import sys
from contextlib import nullcontext
from typing import Any

import django
from django.core.management import call_command, get_commands

from config.devstack.ownership import OWNER_COMMANDS, application_role, owner_connected

# command, options, what the person reads meanwhile
STEPS: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("migrate", {"interactive": False, "verbosity": 1}, "Bringing the database up to date"),
    ("createcachetable", {"verbosity": 0}, "Making room for the limits on tries"),
    ("secure_database", {}, "Giving the application its privileges"),
    ("compile_catalogues", {}, "Compiling the translations"),
    ("collectstatic", {"interactive": False, "verbosity": 1}, "Collecting style sheets, scripts and images"),
    ("load_demo", {}, "Loading the demo story (only into an empty registry)"),
)


def prepare(only: str = "") -> None:
    """Run the steps in order, or ``only`` one; a failing one ends the process with its traceback in the log."""
    known = get_commands()
    for command, options, title in STEPS:
        if command not in known or only not in {"", command}:
            continue
        words = [application_role()] if command == "secure_database" else []
        if words == [""]:
            continue  # one role for everything: it owns the tables
        print(f"== {title}", flush=True)
        with owner_connected() if command in OWNER_COMMANDS else nullcontext():
            call_command(command, *words, **options)


def people() -> None:
    """Print the demo people and how to sign in as them."""
    if "demo_people" in get_commands():
        call_command("demo_people")


if __name__ == "__main__":
    django.setup()
    people() if sys.argv[1:] == ["people"] else prepare(*sys.argv[1:])
