"""The switch of publication as the office and the public see it."""

import re

import pytest
import time_machine
from django.urls import reverse

from registry.actions import halting
from registry.queries.halts import standing_halt
from tests.cast import NOW

pytestmark = pytest.mark.django_db

SWITCH = "/examination/registry/publicationhalt/switch/"


@pytest.fixture(autouse=True)
def _on_a_monday_morning():
    with time_machine.travel(NOW, tick=False):
        yield


def buttons(response) -> list[str]:
    return re.findall(r'name="step" value="(\w+)"', response.content.decode())


def desk(halt) -> str:
    return reverse("admin:registry_publicationhalt_change", args=[halt.pk])


def test_the_approver_halts_and_another_person_lets_it_go_on(cast):
    approver, administrator = cast.approver.client(), cast.administrator.client()
    assert buttons(approver.get(SWITCH)) == ["halt"]
    assert approver.post(SWITCH, {"step": "halt", "halt-reason": ""}).status_code == 422
    approver.post(SWITCH, {"step": "halt", "halt-reason": "印刷文件有误。"})
    halt = standing_halt()
    assert halt.reason == "印刷文件有误。"
    assert approver.get(SWITCH).url == desk(halt)
    assert buttons(administrator.get(desk(halt))) == ["propose"]
    administrator.post(desk(halt), {"step": "propose", "propose-reason": "文件已更正。"})
    assert buttons(approver.get(desk(halt))) == ["confirm", "propose"]
    approver.post(desk(halt), {"step": "confirm"})
    assert standing_halt() is None


@pytest.mark.parametrize("who", ["examiner", "auditor", "officer", "mediator"])
def test_others_of_the_office_read_and_do_not_touch_the_switch(cast, who):
    halt = halting.halt_publication(reason="印刷文件有误。", by=cast.approver.actor, at=NOW)
    client = getattr(cast, who).client()
    assert client.get(SWITCH).status_code == 404
    assert client.post(SWITCH, {"step": "halt", "halt-reason": "x"}).status_code == 404
    assert buttons(client.get(desk(halt))) == []


@pytest.mark.parametrize("path", ["/examination/", "/workbench/", "/examination/registry/bulletinissue/"])
def test_everybody_of_the_office_sees_the_banner_with_its_reason(cast, path):
    client = cast.examiner.client(accept_language="en")
    assert "halt-banner" not in client.get(path).content.decode()
    halting.halt_publication(reason="印刷文件有误。", by=cast.approver.actor, at=NOW)
    page = client.get(path).content.decode()
    banner = page[page.index("halt-banner") :]
    assert "印刷文件有误。" in banner[: banner.index("</aside>")]


def test_the_public_sees_since_when_and_not_why(cast, client):
    halting.halt_publication(reason="印刷文件有误。", by=cast.approver.actor, at=NOW)
    page = client.get("/bulletin/", headers={"accept-language": "en"}).content.decode()
    assert "Publication is halted since" in page
    assert "印刷文件有误" not in page
