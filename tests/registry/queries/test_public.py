"""The database and the rules say the same of what can be accepted, and nothing unannounced is public."""

from datetime import date, timedelta

import pytest

from core.deadlines import law_date
from registry.enums import PUBLIC_STATUSES, StatementStatus
from registry.models import Patent
from registry.queries.acceptance import acceptance_of
from registry.queries.public import acceptable, entries_about, front_page, license_counts, public_statements, with_facts
from tests.cast import NOW
from tests.factories import patents as made

pytestmark = pytest.mark.django_db
TODAY = law_date(NOW)
DAY = timedelta(days=1)

FACTS = {
    "nothing": lambda patent: None,
    "exclusive": lambda patent: made.EncumbranceFactory(patent=patent),
    "exclusive ending today": lambda patent: made.EncumbranceFactory(patent=patent, until_on=TODAY),
    "exclusive ending tomorrow": lambda patent: made.EncumbranceFactory(patent=patent, until_on=TODAY + DAY),
    "exclusive from tomorrow": lambda patent: made.EncumbranceFactory(patent=patent, since_on=TODAY + DAY),
    "ordinary": lambda patent: made.EncumbranceFactory(patent=patent, kind="ordinary"),
    "suspended": lambda patent: made.SuspensionFactory(patent=patent),
    "suspended until today": lambda patent: made.SuspensionFactory(patent=patent, until_on=TODAY),
    "pledged": lambda patent: made.PledgeFactory(patent=patent),
    "pledged with consent": lambda patent: made.PledgeFactory(patent=patent, consented_on=TODAY),
    "pledged with consent tomorrow": lambda patent: made.PledgeFactory(patent=patent, consented_on=TODAY + DAY),
    "pledge released": lambda patent: made.PledgeFactory(patent=patent, released_on=TODAY),
    "obstacle": lambda patent: made.ObstacleFactory(patent=patent),
    "wholly invalid": lambda patent: made.InvalidationFactory(patent=patent),
    "wholly invalid tomorrow": lambda patent: made.InvalidationFactory(patent=patent, decided_on=TODAY + DAY),
    "partly invalid": lambda patent: made.InvalidationFactory(patent=patent, scope="partial"),
    "annuity late": lambda patent: Patent.objects.filter(pk=patent.pk).update(annuity_state="late"),
    "annuity unknown": lambda patent: Patent.objects.filter(pk=patent.pk).update(annuity_state="unknown"),
    "lapsed": lambda patent: Patent.objects.filter(pk=patent.pk).update(right_status="lapsed"),
    "term over": lambda patent: Patent.objects.filter(pk=patent.pk).update(term_ends_on=TODAY - DAY),
    "last day": lambda patent: Patent.objects.filter(pk=patent.pk).update(term_ends_on=TODAY),
}


@pytest.mark.parametrize("fact", FACTS)
@pytest.mark.parametrize("kind", ["invention", "utility_model"])
def test_the_list_and_the_rules_agree_on_what_can_be_accepted(cast, fact, kind):
    patent = cast.patent(utility_model=kind == "utility_model")
    if kind == "utility_model":
        made.EvaluationReportFactory(patent=patent)
    statement = cast.statement_in("announced", patent)
    FACTS[fact](patent)
    statement.refresh_from_db()
    by_rules = acceptance_of(statement, at=NOW).open
    assert public_statements().filter(acceptable(TODAY)).exists() == by_rules
    fetched = with_facts(public_statements()).get()
    assert acceptance_of(fetched, at=NOW).open == by_rules


@pytest.mark.parametrize("conclusion", ["positive", "negative", "partial", None])
def test_reports_count_for_utility_models(cast, conclusion):
    patent = cast.patent(utility_model=True)
    report = made.EvaluationReportFactory(patent=patent)
    statement = cast.statement_in("announced", patent)
    if conclusion is None:
        report.delete()
    else:
        type(report).objects.update(conclusion=conclusion)
    statement = type(statement).objects.get(pk=statement.pk)
    by_rules = acceptance_of(statement, at=NOW).open
    assert public_statements().filter(acceptable(TODAY)).exists() == by_rules
    assert by_rules == (conclusion in ("positive", "partial"))


@pytest.mark.parametrize("status", StatementStatus.values)
def test_only_what_was_announced_is_public(cast, status):
    statement = cast.statement_in(status)
    assert list(public_statements()) == ([statement] if status in PUBLIC_STATUSES else [])
    assert acceptable(TODAY) is not None
    open_now = public_statements().filter(acceptable(TODAY))
    assert list(open_now) == ([statement] if status == StatementStatus.ANNOUNCED else [])


def test_the_front_page_counts_what_is_in_effect(cast):
    announced = cast.statement_in("announced")
    cast.statement_in("withdrawn", at=NOW + DAY)
    cast.statement_in("approved", at=NOW + DAY)
    front = front_page()
    assert (front.in_effect, front.newest) == (1, [announced])
    assert front.issue.issued_on == date(2026, 3, 3)


def test_history_is_what_the_bulletin_printed(cast):
    statement = cast.statement_in("announced")
    cast.statement_in("announced", at=NOW + DAY)
    assert [(entry.kind, entry.subject_id) for entry in entries_about(statement)] == [("statement", statement.pk)]


def test_statements_without_licenses_count_none(cast):
    statement = cast.statement_in("announced")
    assert license_counts([statement.pk]).get(statement.pk, 0) == 0
