"""What waits for whom, and how many licenses everybody sees."""

from datetime import date

from licensing.queries.counts import license_counts
from licensing.queries.work import work_items
from registry.queries.public import license_counts as public_counts
from tests.cast import NOW


def found(person) -> list[tuple]:
    return [(str(item.title), item.due_on, item.count) for item in work_items(person.actor, NOW)]


def test_each_reads_what_waits_for_them(scene, cast) -> None:
    statement = scene.announced()
    scene.notice(statement)
    scene.license(statement, by=cast.rival)

    assert found(cast.enterprise) == [("Notices that wait for your payment", None, 1)]
    assert found(cast.rival) == [("Licenses to file with the office", date(2026, 6, 2), 1)]
    assert found(cast.patentee) == [("Licenses to file with the office", date(2026, 6, 2), 1)]
    assert found(cast.co_owner) == found(cast.examiner) == found(cast.mediator) == []


def test_the_examiner_reads_the_queue(scene, cast) -> None:
    scene.filing()

    assert found(cast.examiner) == [("Filings of licenses to decide on", date(2026, 3, 11), 1)]
    assert found(cast.enterprise) == []


def test_the_public_sees_how_many_licenses_there_are(scene, cast) -> None:
    statement = scene.announced()
    assert license_counts([statement.pk]) == {statement.pk: 0}
    scene.license(statement)
    scene.license(statement, by=cast.rival, number="V-2")

    assert license_counts([statement.pk]) == public_counts([statement.pk]) == {statement.pk: 2}
