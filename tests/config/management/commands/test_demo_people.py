"""The command that names the demo people, where there are none. Whom it names: tests/config/test_demo.py."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def test_no_demo_people_without_the_story():
    out = StringIO()
    call_command("demo_people", stdout=out)
    assert out.getvalue() == "The demo story is not loaded here, so there are no demo people.\n"


def test_a_system_that_is_no_development_refuses(settings):
    settings.DEVELOPMENT_MARK = False
    with pytest.raises(CommandError, match="development"):
        call_command("demo_people")
