"""Every bar and defect of law.md §2.1, one at a time: the page, the API and the database refuse the same statement."""

import html
import re
from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from registry.enums import AnnuityState, EncumbranceKind, ReportConclusion, RightStatus, SuspensionGround
from registry.models import OwnerConsent, Ownership, Patentee, Statement, StatementVersion
from registry.queries.content import content_hash
from registry.queries.facts import FREE_TEXTS
from registry.rules import BARS, DEFECTS
from tests.api_client import Program
from tests.cast import NOW, Cast
from tests.database import refusal_of
from tests.factories.patents import (
    EncumbranceFactory,
    EvaluationReportFactory,
    InvalidationFactory,
    ObstacleFactory,
    PatenteeFactory,
    PledgeFactory,
    SuspensionFactory,
)

pytestmark = pytest.mark.django_db
BARRED = "a ground of Rule 86 bars the open licensing of this patent"
COMPLETE = "statement_content_complete"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def typed(**entries: object) -> Callable[[Cast], Statement]:
    return lambda cast: cast.draft(**entries)


def patent(**fields: object) -> Callable[[Cast], Statement]:
    return lambda cast: cast.draft(cast.patent(**fields))


def fact(factory, **fields: object) -> Callable[[Cast], Statement]:
    return lambda cast: cast.draft(factory(patent=cast.patent(), **fields).patent)


def negative_report(cast: Cast) -> Statement:
    model = cast.patent(utility_model=True)
    EvaluationReportFactory(patent=model, conclusion=ReportConclusion.NEGATIVE)
    return cast.draft(model)


def assigned_away(cast: Cast) -> Statement:
    statement = cast.draft()
    holder = PatenteeFactory(organisation=None)
    Ownership.objects.filter(patent=statement.patent).update(patentee=holder)
    OwnerConsent.objects.create(
        statement=statement, patentee=holder, method="online", content_hash=content_hash(statement),
        given_by=cast.patentee.user, given_at=NOW,
    )  # fmt: skip
    return statement


def abroad(cast: Cast) -> Statement:
    statement = cast.draft()
    Patentee.objects.filter(pk=cast.patentee.patentee.pk).update(residence="XX")
    return statement


def beside_another(cast: Cast) -> Statement:
    first = cast.statement_in("submitted")
    return cast.draft(first.patent)


# The rule, a statement that breaks it alone, and what the database says.
CASES = [
    ("G1", fact(EncumbranceFactory), BARRED),
    ("G1", fact(EncumbranceFactory, kind=EncumbranceKind.SOLE), BARRED),
    ("G2", fact(SuspensionFactory), BARRED),
    ("G2", fact(SuspensionFactory, ground=SuspensionGround.PRESERVATION), BARRED),
    ("G3", patent(annuity_state=AnnuityState.LATE), BARRED),
    ("G4", fact(PledgeFactory), BARRED),
    ("G5", patent(right_status=RightStatus.LAPSED), BARRED),
    ("G5", patent(term_ends_on=date(2026, 3, 1)), BARRED),
    ("G6", fact(InvalidationFactory), BARRED),
    ("G7", patent(utility_model=True), BARRED),
    ("G7", patent(design=True), BARRED),
    ("G8", negative_report, BARRED),
    ("G9", fact(ObstacleFactory), BARRED),
    ("F1", patent(granted_on=date(2026, 3, 3)), "within the life of its patent"),
    ("F2", typed(fee_mode="", fixed_amount=""), "statement_fee_complete"),
    ("F2", typed(term_mode="", term_months=""), "statement_term_complete"),
    ("F2", typed(contact_name=""), COMPLETE),
    ("F2", typed(contact_phone="", contact_email="", contact_address=""), COMPLETE),
    *(
        ("F2", typed(**{f"undertakes_{name}": False}), COMPLETE)
        for name in ("no_exclusive", "open_to_all", "keep_in_force", "export_rules")
    ),
    ("F3", typed(fixed_amount="面议"), COMPLETE),
    *(("F3", typed(**{name: "价格面议。"}), "a statement leaves no price open") for name in FREE_TEXTS),
    ("F3", typed(other_matters="价格 To be NEGOTIATED"), "a statement leaves no price open"),
    ("F3", typed(term_mode="until", term_months="", term_until="2026-03-02"), "ends after the day of the act"),
    ("F5", lambda cast: cast.draft(cast.co_owned_patent()), "every patentee consents to exactly this text"),
    ("F6", typed(signed_name=""), COMPLETE),
    ("F6", abroad, "a mandate is in force, or the patentee resides in the mainland"),
    ("F7", typed(explanation=""), COMPLETE),
    ("F7", typed(explanation="费" * 2001), "statement_explanation_brief"),
    ("F8", typed(fixed_amount="20000000.01"), "statement_fixed_cap"),
    ("F8", typed(fee_mode="royalty_sales", fixed_amount="", royalty_rate="20.01"), "statement_rate_cap"),
    ("F8", typed(fee_mode="royalty_profit", fixed_amount="", royalty_rate="40.01"), "statement_rate_cap"),
    ("F9", typed(term_mode="until", term_months="", term_until="2041-03-10"), "within the life of its patent"),
    ("F10", typed(explanation="Calculated from comparable licenses."), "a statement is in Chinese"),
    ("F10", typed(explanation="Рассчитано по сопоставимым лицензиям."), "a statement is in Chinese"),
    ("F11", assigned_away, "only a registered patentee files a statement"),
    ("F12", beside_another, "statement_one_examined_per_patent"),
]
NAMES = [f"{rule}-{number}" for number, (rule, _, _) in enumerate(CASES)]


def send_by_sql(statement: Statement) -> None:
    """Write what the act of sending would write, past every rule."""
    text = content_hash(statement)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {StatementVersion._meta.db_table} (id, statement_id, number, content, content_hash,"
            " signed_name, sent_by_id, sent_at) VALUES (gen_random_uuid(), %s, 1, '{}', %s, '', %s, %s)",
            [statement.pk, text, statement.created_by_id, NOW],
        )
        cursor.execute(
            f"UPDATE {Statement._meta.db_table} SET status = 'submitted', number = 'OL2026777777', submitted_at = %s,"
            " content_hash = %s WHERE id = %s",
            [NOW, text, statement.pk],
        )


@pytest.mark.parametrize(("rule", "broken", "by"), CASES, ids=NAMES)
def test_page_api_and_database_refuse_alike(cast, rule, broken, by):
    statement = broken(cast)
    answer = Program(cast.patentee).post(f"my/statements/{statement.pk}/submit/")
    violations = answer.json()["violations"]
    assert {item["rule"] for item in violations} == {rule}
    assert [item["message"] for item in violations if not item["basis"]] == []
    page = cast.patentee.client().post(reverse("registry:statement_check", args=[statement.pk]))
    said = html.unescape(" ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split()))
    assert [item["message"] for item in violations if item["message"] not in said] == []
    assert by in refusal_of(lambda: send_by_sql(statement))
    statement.refresh_from_db()
    assert (answer.status_code, statement.status, statement.number) == (422, "draft", "")


def test_the_same_by_sql_without_a_fault_is_taken(cast):
    statement = cast.draft()
    send_by_sql(statement)
    statement.refresh_from_db()
    assert statement.status == "submitted"


def test_promotional_words_warn_in_both_and_stop_nothing(cast):
    statement = cast.draft(other_matters="国际领先的技术。")
    program = Program(cast.patentee)
    (item,) = program.get(f"my/statements/{statement.pk}/check/").json()["violations"]
    assert (item["rule"], item["severity"]) == ("F4", "warning")
    page = cast.patentee.client().get(reverse("registry:statement_check", args=[statement.pk]))
    assert item["message"] in html.unescape(page.content.decode())
    assert program.post(f"my/statements/{statement.pk}/submit/").json()["statement"]["status"] == "submitted"


def test_no_rule_is_left_out():
    every = {rule.id for book in (BARS, DEFECTS) for rule in book.rules}
    assert every - {rule for rule, _, _ in CASES} == {"F4"}
