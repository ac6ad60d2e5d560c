"""What bars filing, met by raw SQL: the days on which each ground holds, reports, consents, mandates, languages.

Each rule alone, with page and API: tests/journeys/test_same_refusal_everywhere.py.
"""

import uuid
from datetime import timedelta

import pytest
from django.db import connection, transaction

from accounts.models import Mandate
from registry.enums import AnnuityState, EncumbranceKind, InvalidationScope, ReportConclusion
from registry.models import Patent, Patentee, PledgeeConsent, Statement, StatementPaper, StatementVersion
from registry.wording import NEGOTIABLE, NOT_NEGOTIABLE
from tests.cast import NOW, TODAY
from tests.database import refusal_of
from tests.factories.files import StoredFileFactory
from tests.factories.patents import (
    EncumbranceFactory,
    EvaluationReportFactory,
    InvalidationFactory,
    ObstacleFactory,
    PledgeFactory,
    SuspensionFactory,
)
from tests.factories.people import MandateFactory

pytestmark = pytest.mark.django_db
BARRED = "a ground of Rule 86 bars"
DAY = timedelta(days=1)
HASH = "a" * 64
NO_ENTRY = uuid.UUID(int=1)


def announce(statement: Statement) -> None:
    """Write what the act of announcing would write, but for the entry, which is looked for at the commit alone."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE registry_statement SET status = 'announced', effective_on = %s, announced_in_id = %s WHERE id = %s",
            [TODAY + DAY, NO_ENTRY, statement.pk],
        )
        transaction.set_rollback(True)


def send(statement: Statement) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE registry_statement SET status = 'submitted', number = 'OL2026777777', submitted_at = %s,"
            " content_hash = %s WHERE id = %s",
            [NOW, HASH, statement.pk],
        )


def correct(statement: Statement) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE registry_statement SET status = 'examining', content_hash = %s WHERE id = %s", [HASH, statement.pk]
        )


def kept(statement: Statement, number: int = 1) -> Statement:
    """Keep the text that is about to be sent."""
    StatementVersion.objects.create(
        statement=statement, number=number, content={}, content_hash=HASH, sent_by=statement.created_by, sent_at=NOW
    )
    return statement


@pytest.fixture
def approved(cast) -> Statement:
    return cast.statement_in("approved")


def test_what_arose_after_the_approval_bars_the_announcement(approved):
    Patent.objects.filter(pk=approved.patent_id).update(annuity_state=AnnuityState.LATE)
    assert BARRED in refusal_of(lambda: announce(approved))
    Patent.objects.filter(pk=approved.patent_id).update(annuity_state=AnnuityState.PAID)
    announce(approved)


PERIODS = [
    (EncumbranceFactory, "until_on"),
    (SuspensionFactory, "until_on"),
    (ObstacleFactory, "until_on"),
    (PledgeFactory, "released_on"),
]


@pytest.mark.parametrize(("factory", "until"), PERIODS)
def test_a_ground_bars_from_its_first_day_to_the_day_before_it_ends(approved, factory, until):
    fact = factory(patent=approved.patent, since_on=TODAY + 2 * DAY)
    rows = type(fact).objects.filter(pk=fact.pk)
    announced_on = TODAY + DAY
    for since, last, barred in (
        (announced_on + DAY, None, False),
        (announced_on, None, True),
        (TODAY, announced_on, False),
        (TODAY, announced_on + DAY, True),
    ):
        rows.update(**{"since_on": since, until: last})
        if barred:
            assert BARRED in refusal_of(lambda: announce(approved))
    rows.update(**{"since_on": TODAY, until: announced_on})
    announce(approved)


@pytest.mark.parametrize(
    ("factory", "fields"),
    [
        (EncumbranceFactory, {"kind": EncumbranceKind.ORDINARY}),
        (InvalidationFactory, {"scope": InvalidationScope.PARTIAL}),
        (InvalidationFactory, {"decided_on": TODAY + 2 * DAY}),
        (PledgeFactory, {"consented_on": TODAY + DAY}),
    ],
)
def test_what_is_no_bar_stops_nothing(approved, factory, fields):
    factory(patent=approved.patent, **fields)
    announce(approved)


def test_the_last_day_of_the_patent_is_a_day_of_it(approved):
    Patent.objects.filter(pk=approved.patent_id).update(term_ends_on=TODAY)
    assert BARRED in refusal_of(lambda: announce(approved))
    Patent.objects.filter(pk=approved.patent_id).update(term_ends_on=TODAY + DAY)
    announce(approved)


@pytest.mark.parametrize("kind", ["utility_model", "design"])
def test_a_report_is_registered_or_handed_in_and_not_negative(cast, kind):
    handed_in = kept(cast.draft(cast.patent(**{kind: True})))
    assert BARRED in refusal_of(lambda: send(handed_in))
    StatementPaper.objects.create(
        statement=handed_in,
        kind="evaluation_report",
        file=StoredFileFactory(),
        added_by=handed_in.created_by,
        added_at=NOW,
    )
    send(handed_in)
    Statement.objects.filter(pk=handed_in.pk).update(status="canceled")
    registered = kept(cast.draft(cast.patent(**{kind: True})))
    report = EvaluationReportFactory(patent=registered.patent, conclusion=ReportConclusion.NEGATIVE)
    assert BARRED in refusal_of(lambda: send(registered))
    type(report).objects.filter(pk=report.pk).update(conclusion=ReportConclusion.PARTIAL)
    Statement.objects.filter(pk=handed_in.pk).update(number="OL2026777776")
    send(registered)


def test_a_pledgee_who_consented_here_consented_to_a_text(cast):
    statement = kept(cast.draft())
    pledge = PledgeFactory(patent=statement.patent, consented_on=TODAY)
    given = {"organisation": cast.rival.organisation, "content": {}, "given_by": cast.rival.user, "given_at": NOW}
    PledgeeConsent.objects.create(statement=statement, pledge=pledge, content_hash="b" * 64, **given)
    assert BARRED in refusal_of(lambda: send(statement))
    PledgeeConsent.objects.create(statement=statement, pledge=pledge, content_hash=HASH, **given)
    send(statement)


def test_a_pledgee_s_consent_to_a_text_counts_in_whatever_draft_that_text_stands(cast):
    earlier = kept(cast.draft())
    pledge = PledgeFactory(patent=earlier.patent, consented_on=TODAY)
    given = {"organisation": cast.rival.organisation, "content": {}, "given_by": cast.rival.user, "given_at": NOW}
    PledgeeConsent.objects.create(statement=earlier, pledge=pledge, content_hash="b" * 64, **given)
    Statement.objects.filter(pk=earlier.pk).update(status="discarded")
    statement = kept(cast.draft(earlier.patent))
    assert BARRED in refusal_of(lambda: send(statement))
    PledgeeConsent.objects.create(statement=earlier, pledge=pledge, content_hash=HASH, **given)
    send(statement)


@pytest.mark.parametrize(
    "without",
    [
        {"since_on": TODAY + DAY},
        {"until_on": TODAY - DAY},
        {"acts": ["licenses"]},
        {"acts": ["statements"], "patent_numbers": ["202110000099.X"]},
    ],
    ids="-".join,
)
def test_an_agency_acts_under_a_mandate_in_force(cast, without):
    statement = cast.draft(by=cast.agency)
    cast.consent_of_all(statement)
    kept(statement)
    statement.consents.model.objects.create(
        statement=statement, patentee=cast.patentee.patentee, method="online", content_hash=HASH,
        given_by=cast.patentee.user, given_at=NOW,
    )  # fmt: skip
    Mandate.objects.update(revoked_at=NOW)
    parties = {"agency": cast.agency.organisation, "principal": cast.patentee.organisation}
    MandateFactory(**parties, **without)
    assert "a mandate is in force" in refusal_of(lambda: send(statement))
    MandateFactory(**parties)
    send(statement)


@pytest.mark.parametrize("by", ["agency", "patentee"])
def test_what_was_sent_may_be_announced_after_the_mandate_or_from_abroad(cast, by):
    statement = cast.statement_in("approved", by=getattr(cast, by))
    Mandate.objects.update(revoked_at=NOW)
    Patentee.objects.filter(pk=cast.patentee.patentee.pk).update(residence="XX")
    announce(statement)


def test_a_correction_is_sent_only_under_a_mandate_or_from_the_mainland(cast):
    statement = cast.statement_in("correction")
    again = kept(statement, number=2)
    Patentee.objects.filter(pk=cast.patentee.patentee.pk).update(residence="XX")
    assert "a mandate is in force" in refusal_of(lambda: correct(again))
    Patentee.objects.filter(pk=cast.patentee.patentee.pk).update(residence="CN")
    correct(again)


@pytest.mark.parametrize("column", ["payment_terms", "explanation", "other_matters", "existing_licenses"])
def test_each_text_is_in_chinese(cast, column):
    statement = kept(cast.draft(**{column: "按 OEM 价格折算"}))
    for foreign in ("Calculated.", "Расчёт.", "Berechnung: 12 %", "ライセンス", "가격"):
        Statement.objects.filter(pk=statement.pk).update(**{column: foreign})
        assert "a statement is in Chinese" in refusal_of(lambda: send(statement))
    Statement.objects.filter(pk=statement.pk).update(**{column: "12 %" if column != "explanation" else "按 12 % 计"})
    send(statement)


@pytest.mark.parametrize("word", NEGOTIABLE)
def test_every_word_that_leaves_the_price_open_is_refused_in_any_case_unless_its_negation_stands_there(cast, word):
    statement = kept(cast.draft(other_matters=f"单价{word.upper()}。"))
    assert "leaves no price open" in refusal_of(lambda: send(statement))
    settled = "；".join(NOT_NEGOTIABLE).title()
    Statement.objects.filter(pk=statement.pk).update(other_matters=f"{settled}；单价{word}。")
    assert "leaves no price open" in refusal_of(lambda: send(statement))
    Statement.objects.filter(pk=statement.pk).update(
        other_matters=f"{settled}。不可x{word}x。" if word.isascii() else settled
    )
    send(statement)
