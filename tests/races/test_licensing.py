"""Races with real threads and connections: exactly one winner, nobody gets an error of the server."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, connections

from core.lifecycle import Actor, IllegalStep
from core.rules import Refused
from core.transitions import advance
from licensing.actions.ending import expire_licenses
from licensing.actions.filing import submit_filing
from licensing.actions.noticing import serve_notice
from licensing.actions.paying import add_payment
from licensing.enums import LicenseStatus
from licensing.models import Filing, License, Notice, Payment
from licensing.queries.terms import terms_hash_of
from registry.models import Statement
from tests.cast import NOW, TODAY
from tests.licensing.scene import FREE, Scene, later, notice_text, voucher

pytestmark = pytest.mark.django_db(transaction=True)
LAWFUL = (Refused, IllegalStep)


@pytest.fixture
def scene(cast) -> Scene:
    """Makes statements, notices, licenses and filings by the real acts."""
    return Scene(cast)


def race(acts) -> list:
    """Run every act in its own thread and connection, all released at once; return results or lawful refusals."""
    gate = threading.Barrier(len(acts))

    def run(act):
        try:
            connection.ensure_connection()
            gate.wait(timeout=60)
            return act()
        except LAWFUL as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(timeout=120) for future in [pool.submit(run, act) for act in acts]]


def winners(results) -> list:
    return [result for result in results if not isinstance(result, LAWFUL)]


@pytest.mark.slow
def test_a_hundred_threads_with_one_voucher_make_one_license(scene, cast) -> None:
    statement = scene.announced()
    people = [cast.member(f"Firm {number}") for number in range(100)]
    notices = [scene.notice(statement, by=person) for person in people]
    acts = [
        lambda notice=notice, person=person: add_payment(
            notice_id=notice.pk, voucher=voucher("V-1"), by=person.actor, at=NOW
        )
        for notice, person in zip(notices, people, strict=True)
    ]
    results = race(acts)

    assert len(winners(results)) == 1
    assert (License.objects.count(), Payment.objects.count()) == (1, 1)
    assert License.objects.get().number == "LIC2026000001"


def test_one_notice_paid_from_many_windows_makes_one_license(scene, cast) -> None:
    notice = scene.notice()
    actor = cast.enterprise.actor
    results = race(
        [
            lambda number=number: add_payment(notice_id=notice.pk, voucher=voucher(f"V-{number}"), by=actor, at=NOW)
            for number in range(20)
        ]
    )

    assert len(winners(results)) == 1
    assert License.objects.count() == 1


def test_one_licensee_serves_one_notice(scene, cast) -> None:
    statement = scene.announced(**FREE)
    actor, digest = cast.enterprise.actor, terms_hash_of(statement)
    results = race(
        [
            lambda: serve_notice(statement_id=statement.pk, text=notice_text(), terms_read=digest, by=actor, at=NOW)
            for _thread in range(20)
        ]
    )

    assert len(winners(results)) == 1
    assert (Notice.objects.count(), License.objects.count()) == (1, 1)


@pytest.mark.parametrize("event", ["withdraw", "expire"])
def test_acceptance_races_the_end_of_the_statement(scene, cast, event) -> None:
    """Whoever comes first, no license takes effect on or after the day on which the statement ended."""
    statement = scene.announced(**FREE)
    digest = terms_hash_of(statement)
    people = [cast.member(f"Firm {number}") for number in range(10)]
    at = later(1)

    def end() -> None:
        advance(
            Statement.objects.get(pk=statement.pk), event, by=Actor.system("bulletin"), at=at,
            fields={"ended_on": date(2026, 3, 3)},
        )  # fmt: skip

    def take(person):
        return serve_notice(statement_id=statement.pk, text=notice_text(), terms_read=digest, by=person.actor, at=at)

    results = race([end, *(lambda person=person: take(person) for person in people)])
    taken = [result for result in winners(results) if result is not None]

    assert License.objects.count() == len(taken)
    # What was obtained before the end was entered stays; nothing comes about after it.
    before = License.objects.count()
    with pytest.raises(Refused):
        take(cast.rival)
    assert License.objects.count() == before


def test_both_sides_file_at_once_and_one_filing_stands(scene, cast) -> None:
    license = scene.license()
    actors = [cast.enterprise.actor, cast.patentee.actor] * 5
    results = race(
        [
            lambda actor=actor: submit_filing(license_id=license.pk, handler_name="Li Na", papers=[], by=actor, at=NOW)
            for actor in actors
        ]
    )

    assert len(winners(results)) == 1
    assert Filing.objects.count() == 1


def test_expiring_twice_at_once_expires_once(scene) -> None:
    license = scene.license(scene.announced(term_mode="months", term_until="", term_months="12"))
    system = Actor.system("licensing")
    results = race([lambda: expire_licenses(by=system, at=later(400)) for _thread in range(5)])

    license.refresh_from_db()
    assert (sum(results), license.status, license.ended_on) == (1, LicenseStatus.EXPIRED, date(2027, 3, 1))
    assert license.effective_on == TODAY
