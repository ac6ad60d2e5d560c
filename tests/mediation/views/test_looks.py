"""The pages of mediation in a real browser, on a phone and on a desk: axe finds nothing, nothing runs off the side."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from mediation.enums import Audience
from tests.cast import Cast
from tests.live import careful_page
from tests.mediation.scene import Dispute

pytestmark = pytest.mark.browser
AXE = next(
    Path(__file__).resolve().parents[3].glob(".venv/lib/python*/site-packages/axe_playwright_python/axe.min.js"), None
)
SIZES = {"phone": {"width": 360, "height": 780}, "desk": {"width": 1280, "height": 900}}


@pytest.fixture
def stage(live_stack) -> tuple[Dispute, dict]:
    dispute = Dispute(Cast())
    dispute.license  # noqa: B018  (as of the cast's own day; the case itself runs today)
    dispute.at = timezone.now()
    case = dispute.in_mediation()
    dispute.paper(case, dispute.applicant, Audience.APPLICANT, "What we would pay at most")
    dispute.paper(case, dispute.respondent, Audience.JOINT, "Accounts of 2025")
    dispute.session(case, Audience.JOINT)
    dispute.session(case, Audience.APPLICANT)
    dispute.propose(case, performance_on=timezone.localdate().replace(year=timezone.localdate().year + 1, day=1))
    return dispute, {"case": case}


def pages(dispute, case) -> list[tuple[str, object, str]]:
    of = [case.pk]
    return [
        ("my-cases", dispute.applicant, reverse("mediation:my_cases")),
        ("new", dispute.applicant, reverse("mediation:case_new")),
        ("case", dispute.applicant, reverse("mediation:case", args=of)),
        ("paper", dispute.applicant, reverse("mediation:paper_new", args=of)),
        ("agreement", dispute.respondent, reverse("mediation:agreement", args=of)),
        ("docket", dispute.cast.mediator, reverse("mediation:docket")),
        ("workspace", dispute.cast.mediator, reverse("mediation:docket_case", args=of)),
        ("session", dispute.cast.mediator, reverse("mediation:session_new", args=of)),
        ("proposal", dispute.cast.mediator, reverse("mediation:proposal", args=of)),
        ("close", dispute.cast.mediator, reverse("mediation:close", args=of)),
    ]


@pytest.mark.parametrize("size", SIZES)
def test_pages_are_accessible_and_fit(chromium, live_stack, stage, size) -> None:
    dispute, made = stage
    draft = dispute.draft()
    shown = [
        *pages(dispute, made["case"]),
        ("tasks", dispute.applicant, reverse("mediation:request", args=[draft.pk])),
        ("check", dispute.applicant, reverse("mediation:request_check", args=[draft.pk])),
        ("facts", dispute.applicant, reverse("mediation:request_step", args=[draft.pk, "facts"])),
    ]
    folder = Path(os.environ.get("SCREENSHOTS", settings.VAR_DIR)) / "mediation"
    folder.mkdir(parents=True, exist_ok=True)
    faults = []
    with careful_page(chromium, live_stack.url, viewport=SIZES[size], bypass_csp=True) as page:
        for name, person, address in shown:
            client = person.client()
            cookies = [
                {"name": key, "value": morsel.value, "url": live_stack.url} for key, morsel in client.cookies.items()
            ]
            page.context.clear_cookies()
            page.context.add_cookies(cookies)
            answer = page.goto(address)
            assert answer is not None
            assert answer.status == 200, address
            page.screenshot(path=folder / f"{name}-{size}.png", full_page=True)
            width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            faults += [f"{name}: {width} px too wide"] if width > 0 else []
            page.evaluate(AXE.read_text())
            found = page.evaluate(
                "axe.run().then(found => found.violations.map(one => one.id + ' ' + one.nodes[0].html))"
            )
            faults += [f"{name}: {one}" for one in found]
    assert faults == []
