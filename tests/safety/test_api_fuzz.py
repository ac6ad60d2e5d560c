"""Programs that send anything to any call of the API: never an error of ours, and every answer as described."""

from pathlib import Path

import pytest
import schemathesis
import time_machine
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from config.wsgi import application
from tests.api_client import Program
from tests.cast import NOW
from tests.factories.spreadsheets import checked, row
from tests.licensing.scene import Scene

DESCRIPTION = Path(__file__).resolve().parent.parent.parent / "docs" / "openapi.yml"
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]
EXAMPLES = 6  # for each of more than fifty operations


@pytest.fixture
def _one_connection():
    """Keep the test's own connection open when a request of the WSGI application ends."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def objects(cast, settings, tmp_path, _one_connection):
    """Real things of the licensee and the patentee, by the beginning of their address."""
    settings.MEDIA_ROOT = tmp_path
    settings.REST_FRAMEWORK = {
        **settings.REST_FRAMEWORK,
        "DEFAULT_THROTTLE_RATES": {"key": "100000/min", "address": "100000/min"},
    }
    with time_machine.travel(NOW, tick=False):
        license = Scene(cast).license()
        filing = Scene(cast).filing(license)
        draft = cast.draft()
        batch = checked(cast.patentee, [row(cast.patent().number), row("2.02E+12")])
        yield {
            "/api/v1/my/batches/": {"pk": str(batch.pk)},
            "/api/v1/my/statements/": {"pk": str(draft.pk)},
            "/api/v1/my/consents/": {"pk": str(draft.pk)},
            "/api/v1/my/notices/": {"pk": str(license.notice_id)},
            "/api/v1/my/licenses/": {"pk": str(license.pk)},
            "/api/v1/my/filings/": {"pk": str(filing.pk)},
            "/api/v1/statements/": {"number": license.statement.number},
            "/api/v1/patents/": {"number": license.statement.patent.number},
            "/api/v1/check/": {"code": license.verification_code},
            "/api/v1/bulletin/issues/": {"year": 2026, "number": 1},
        }


def real(objects, address):
    return next((ids for start, ids in objects.items() if address.startswith(start)), {})


def _try(found, objects, headers, seen):
    """Send examples to one operation, half of them to a thing that is there; hold answers to their description."""

    @seed(2026)
    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=found.as_strategy(), at_home=st.booleans())
    def send(case, at_home):
        known = real(objects, found.path)
        if at_home:
            case.path_parameters.update({name: known[name] for name in known if name in case.path_parameters})
        response = case.call(headers=headers)
        seen[response.status_code] = seen.get(response.status_code, 0) + 1
        case.validate_response(response, checks=CHECKS)

    send()


@pytest.mark.parametrize("role", ["visitor", "patentee", "enterprise"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_whatever_is_sent_the_answer_is_as_described(cast, objects, role):
    program = Program(None if role == "visitor" else getattr(cast, role))
    headers = {name.removeprefix("HTTP_").title(): value for name, value in program.client.defaults.items()}
    schema = schemathesis.openapi.from_path(DESCRIPTION)
    schema.app = application
    seen: dict[int, int] = {}
    operations = [result.ok() for result in schema.get_all_operations()]
    assert len(operations) > 50

    for found in operations:
        _try(found, objects, {**headers, "Accept-Language": "en"}, seen)

    assert sum(seen.values()) >= 200
    assert {200, 404} <= set(seen)
    assert (401 in seen) is (role == "visitor")
