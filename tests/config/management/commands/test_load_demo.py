"""The command that tells the demo story, where it must not tell it. What it tells: tests/config/test_demo.py."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Organisation, User

pytestmark = pytest.mark.django_db


def test_a_registry_with_other_data_is_left_alone(cast):
    assert cast.patentee.organisation.name == "Lakeside University"
    out = StringIO()
    call_command("load_demo", stdout=out)
    said = out.getvalue()
    assert said == "This registry holds other data, so the demo story was not loaded; nothing was changed.\n"
    assert Organisation.objects.count() == 1


def test_a_system_that_is_no_development_refuses(settings):
    settings.DEVELOPMENT_MARK = False
    with pytest.raises(CommandError, match="development"):
        call_command("load_demo")
    assert not User.objects.exists()
