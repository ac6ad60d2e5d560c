"""The audit log as an auditor reads it."""

import pytest
from django.urls import reverse

from core import audit
from core.legal import GL, RULES
from core.lifecycle import Actor
from core.models import AuditEvent
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def test_articles_and_acts_of_the_system_are_said_in_words(cast):
    thing = cast.patentee.organisation
    audit.record("verify organisation", thing, by=Actor.system("bulletin"), at=NOW, basis=(RULES(4), GL("V-6 §1.2")))
    auditor = cast.auditor.client()
    auditor.cookies["django_language"] = "zh-hans"
    page = auditor.get(reverse("admin:core_auditevent_changelist"))
    assert AuditEvent.objects.filter(event="verify organisation", actor_label="bulletin").count() == 1
    text = page.content.decode()
    assert "专利法实施细则第4条 · 专利审查指南第五部分第六章第1.2节" in text
    assert "本系统<br><small>bulletin</small>" in text
    assert "RULES 4" not in text


def test_an_act_leads_to_the_thing_and_to_all_acts_on_it(cast):
    thing = cast.patentee.organisation
    event = audit.record("verify organisation", thing, by=cast.administrator.actor, at=NOW, basis=(RULES(4),))
    page = cast.auditor.client().get(reverse("admin:core_auditevent_change", args=[event.pk])).text
    assert f'<a href="{reverse("admin:accounts_organisation_change", args=[thing.pk])}" class="text-link">' in page
    assert f'<a href="../../?q={thing.pk}" class="text-link">All acts on it</a>' in page
    assert "Organisation verified<br><small>verify organisation</small>" in page
    assert "Implementing Rules of the Patent Law, Rule 4" in page
    assert f"Act {event.pk}" in page
