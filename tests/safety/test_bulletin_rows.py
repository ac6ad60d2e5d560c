"""Published rows: refused on every way of writing (safety.md S5), and found where triggers were switched off (S6)."""

import json
import uuid
from datetime import timedelta

import pytest
from django.db import connection, models, transaction
from django.db.utils import DatabaseError

from registry.actions.pending import queue_entry
from registry.enums import EntryKind
from registry.models import BulletinEntry, BulletinIssue, BulletinKey, LogNode, Statement
from registry.models.statements import ANNOUNCEMENT, CONTENT
from registry.queries.log_audit import problems
from tests.cast import NOW, Cast
from tests.factories.statements import ISSUE_DAY, announced, publish

pytestmark = pytest.mark.django_db

# Every column of what is published for ever; of a statement those that the announcement fixes.
PUBLISHED = {
    model: [field.attname for field in model._meta.concrete_fields]
    for model in (BulletinIssue, BulletinEntry, BulletinKey, LogNode)
}
PUBLISHED[Statement] = [*CONTENT, *ANNOUNCEMENT]
COLUMNS = [(model, column) for model, columns in PUBLISHED.items() for column in columns]
NAMES = [f"{model.__name__}.{column}" for model, column in COLUMNS]


@pytest.fixture
def bulletin(cast: Cast):
    """Two issues: a statement, then a filing and the rectification of the first entry; and one kept node."""
    statement = announced(cast)
    entry = statement.announced_in
    place = {"main_class": entry.content["main_class"], "patent_number": entry.content["patent_number"]}
    shared = {"patent": statement.patent, "by": cast.examiner.actor, "at": NOW}
    filing = {**place, "filing_number": "X2026980000001", "licensors": ["湖畔大学"], "licensee": "甲公司"}
    queue_entry(kind=EntryKind.FILING, subject_id=uuid.uuid4(), content=filing, **shared)
    cites = {"issue": "2026-001", "position": 1, "leaf": entry.content_hash}
    said = {**place, "corrects": cites, "item": "title", "before": "旧", "after": "新"}
    queue_entry(kind=EntryKind.RECTIFICATION, subject_id=uuid.uuid4(), content=said, corrects=entry, **shared)
    publish(ISSUE_DAY + timedelta(days=3))
    return statement


def another(field: models.Field, value):
    """Return a value that the column could hold and does not."""
    if isinstance(field, models.UUIDField | models.ForeignKey):
        return uuid.uuid4()
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.JSONField):
        return {**value, "x": "y"} if isinstance(value, dict) else [*value, "0" * 64]
    if isinstance(field, models.DateTimeField | models.DateField):
        return (value or NOW) + timedelta(days=1)
    if isinstance(field, models.DecimalField | models.IntegerField):
        return (value or 0) + 1
    text = str(value or "")
    return ("0" if text[:1] != "0" else "1") + text[1:]


def column_of(model, name):
    """Return the field whose column in Python is called so."""
    return next(field for field in model._meta.concrete_fields if field.attname == name)


def key_of(row) -> dict:
    return {item.attname: getattr(row, item.attname) for item in row._meta.pk_fields}


def save(row, field, value):
    """As the program saves a row; a key that changes would make another row, so it goes by update()."""
    key = key_of(row)
    setattr(row, field.attname, value)
    if field.attname in key:
        type(row).objects.filter(**key).update(**{field.attname: value})
    else:
        row.save(force_update=True, update_fields=[field.name])


def update(row, field, value):
    type(row).objects.filter(**key_of(row)).update(**{field.attname: value})


def bulk_update(row, field, value):
    setattr(row, field.attname, value)
    type(row).objects.bulk_update([row], [field.name])


def raw_sql(row, field, value):
    said = json.dumps(value) if isinstance(field, models.JSONField) else str(value)
    key = key_of(row)
    where = " AND ".join(f"{item} = %s" for item in key)
    sql = (
        f"UPDATE {row._meta.db_table} SET {field.column} = %s::{field.db_type(connection).split('(')[0]} WHERE {where}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [said, *map(str, key.values())])


def first(model):
    if model is LogNode and not LogNode.objects.exists():
        LogNode.objects.create(level=8, index=0, hash="0" * 64)
    return model.objects.filter(corrects__isnull=False).get() if model is BulletinEntry else model.objects.first()


@pytest.mark.parametrize(("model", "column"), COLUMNS, ids=NAMES)
def test_every_published_column_refuses_every_write(bulletin, model, column):
    field = column_of(model, column)
    value = another(field, getattr(first(model), column))
    ordered = model.objects.order_by(*(item.name for item in model._meta.pk_fields))
    before = list(ordered.values())
    by_bulk = [] if field in model._meta.pk_fields or len(model._meta.pk_fields) > 1 else [bulk_update]
    for write in (save, update, raw_sql, *by_bulk):
        with pytest.raises(DatabaseError), transaction.atomic():
            write(first(model), field, value)
        assert list(ordered.values()) == before, write


@pytest.mark.parametrize("model", PUBLISHED, ids=lambda model: model.__name__)
@pytest.mark.parametrize("way", ["delete", "query", "DELETE", "TRUNCATE"])
def test_nothing_published_goes_away(bulletin, model, way):
    row = first(model)
    table = model._meta.db_table
    with pytest.raises((DatabaseError, models.ProtectedError)), transaction.atomic():
        if way == "delete":
            row.delete()
        elif way == "query":
            model.objects.all().delete()
        else:
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {table}" if way == "DELETE" else f"TRUNCATE {table} CASCADE")
    assert model.objects.filter(pk=row.pk).exists()


def test_no_page_of_the_office_and_no_call_of_the_api_writes_to_the_bulletin(bulletin, cast):
    """The desk shows issues and entries to four roles; posting, putting or deleting changes nothing for any."""
    issue, entry = BulletinIssue.objects.first(), BulletinEntry.objects.first()
    before = list(BulletinIssue.objects.values()), list(BulletinEntry.objects.values())
    desk = [
        f"/examination/registry/bulletinissue/{issue.pk}/change/",
        f"/examination/registry/bulletinentry/{entry.pk}/change/",
        f"/examination/registry/bulletinissue/{issue.pk}/delete/",
        f"/examination/registry/bulletinentry/{entry.pk}/delete/",
        "/examination/registry/bulletinissue/add/",
        "/examination/registry/bulletinentry/add/",
    ]
    api = [f"/api/v1/bulletin/entries/{entry.pk}/", "/api/v1/bulletin/issues/2026/1/", "/api/v1/bulletin/issues/"]
    site = ["/bulletin/2026/1/", "/bulletin/2026/1.json", "/bulletin/2026/1/1/", "/bulletin/keys.txt"]
    for person in (cast.examiner, cast.approver, cast.auditor, cast.administrator, cast.patentee):
        client = person.client()
        for address in (*desk, *api, *site):
            for method in ("post", "put", "patch", "delete"):
                status = getattr(client, method)(address, {"number": 9, "content": "{}"}).status_code
                assert status < 500, (method, address)
    assert (list(BulletinIssue.objects.values()), list(BulletinEntry.objects.values())) == before


def test_an_issue_without_all_of_its_entries_is_refused_at_the_end_of_its_transaction(bulletin):
    last = BulletinIssue.objects.order_by("serial").last()
    last.pk, last.serial, last.number, last.previous_root = uuid.uuid4(), 3, 3, last.root_hash
    last.issued_on, last.tree_size = last.issued_on + timedelta(days=4), last.tree_size + last.entry_count
    with pytest.raises(DatabaseError, match="all of its entries"), transaction.atomic():
        last.save(force_insert=True)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("changed", ["serial", "number", "tree_size", "previous_root", "issued_on", "checkpoint"])
def test_an_issue_that_does_not_follow_the_last_one_is_refused(bulletin, changed):
    last = BulletinIssue.objects.order_by("serial").last()
    last.pk, last.serial, last.number, last.previous_root = uuid.uuid4(), 3, 3, last.root_hash
    last.issued_on, last.tree_size = last.issued_on + timedelta(days=4), last.tree_size + last.entry_count
    wrong = {
        "serial": 4,
        "number": 4,
        "tree_size": 9,
        "previous_root": "",
        "issued_on": ISSUE_DAY.date(),
        "checkpoint": "",
    }
    setattr(last, changed, wrong[changed])
    with pytest.raises(DatabaseError), transaction.atomic():
        last.save(force_insert=True)


def test_an_untouched_bulletin_raises_no_alarm(bulletin):
    assert list(problems()) == []


@pytest.mark.parametrize(
    ("model", "column"),
    [(model, column) for model, column in COLUMNS if model is not Statement and model is not LogNode]
    + [(Statement, name) for name in ("number", "fixed_amount", "payment_terms", "term_until", "contact_name",
                                      "contact_phone", "effective_on", "announced_in_id", "patent_id", "fee_mode")],
    ids=lambda item: getattr(item, "__name__", item),
)  # fmt: skip
def test_a_row_changed_with_triggers_switched_off_is_found(bulletin, model, column):
    field = column_of(model, column)
    without_guards(model._meta.db_table)
    for row in model.objects.all():
        old = getattr(row, column)
        if old is None and column == "corrects_id":
            old = uuid.uuid4()
        point = transaction.savepoint()
        raw_sql(row, field, "free" if column == "fee_mode" else another(field, old))
        assert list(problems()), (row, column)
        transaction.savepoint_rollback(point)


def without_guards(table):
    """Take away what a superuser can: triggers, and the constraints of the table."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'u')", [table]
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name} CASCADE")


@pytest.mark.parametrize("table", ["registry_bulletinentry", "registry_bulletinissue", "registry_bulletinkey"])
def test_a_row_deleted_with_triggers_switched_off_is_found(bulletin, table):
    without_guards(table)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE ctid = (SELECT max(ctid) FROM {table})")
    assert list(problems())
    transaction.set_rollback(True)
