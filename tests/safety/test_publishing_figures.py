"""How long publishing takes beside the bare writes, and how long a proof of a long log (search.md P8, ADR 19).

``make figures`` asks for 5,000 statements and 1,000,000 entries; without it both are small, and what is written and
proved is checked alone.
"""

import os
import statistics
import time
from datetime import date, timedelta
from functools import cache
from hashlib import sha256

import pytest
from django.db import connection, transaction

from registry.bulletin.merkle import Log, new_nodes
from registry.models import BulletinEntry, BulletinIssue, LogNode, Patent, Statement
from registry.queries.log import tree_of
from tests.cast import NOW, Cast
from tests.factories.patents import patent_number
from tests.factories.statements import approved, publish

STATEMENTS = int(os.environ.get("STATEMENTS", "40"))
ENTRIES = int(os.environ.get("ENTRIES", "3000"))
ROUNDS = int(os.environ.get("ROUNDS", "1"))
A_ISSUE = 1000

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_worker")]


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


@cache
def columns_of(table):
    return [name for (name,) in run("SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
                                    " AND NOT attisdropped AND attgenerated = '' ORDER BY attnum", table)]  # fmt: skip


def copy_row(model, pk, **changed):
    """Write a copy of a row with some columns changed, past every trigger: a state that the real acts have made."""
    table = model._meta.db_table
    columns = ", ".join(columns_of(table))
    chosen = ", ".join("%s" if name in changed else name for name in columns_of(table))
    values = [changed[name] for name in columns_of(table) if name in changed]
    run(f"INSERT INTO {table} ({columns}) SELECT {chosen} FROM {table} WHERE id = %s", *values, pk)


def many_approved(count):
    """One statement approved by the real acts, and its likes on patents of their own."""
    cast = Cast()
    model = approved(cast)
    owned = model.patent.ownerships.get()
    run("SET session_replication_role = replica")
    for serial in range(2, count + 1):
        patent, statement = (sha256(f"{kind}{serial}".encode()).hexdigest()[:32] for kind in "ps")
        copy_row(Patent, model.patent_id, id=patent, number=patent_number(10_000 + serial, "invention"))
        copy_row(type(owned), owned.pk, id=10_000_000 + serial, patent_id=patent)
        copy_row(Statement, model.pk, id=statement, patent_id=patent, number=f"OL2026{10_000 + serial:06d}")
    run("SET session_replication_role = DEFAULT")
    for table in ("registry_statement", "registry_patent", "registry_ownership"):
        run(f"ANALYZE {table}")


def tables():
    return [name for (name,) in run("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")]


def written_by(act):
    """Do the act, take it back, and return its seconds with every row it wrote: as text, by table, new or changed."""
    rows = {}
    with transaction.atomic():
        [[first]] = run("SELECT pg_current_xact_id()::text::bigint")
        before = {table: run(f"SELECT count(*) FROM {table}")[0][0] for table in tables()}
        began = time.perf_counter()
        act()
        run("SET CONSTRAINTS ALL IMMEDIATE")
        seconds = time.perf_counter() - began
        for table, count in before.items():
            found = run(f"SELECT t::text FROM {table} AS t WHERE xmin::text::bigint >= %s", first)
            new = run(f"SELECT count(*) FROM {table}")[0][0] - count
            if found:
                rows[table] = (new > 0, [text for (text,) in found])
        transaction.set_rollback(True)
    return seconds, rows


def bare_writes(rows):
    """Write the same rows by one SQL statement a table, triggers and indexes included; take it back, return seconds."""
    with transaction.atomic():
        orders = []
        for table, (new, texts) in rows.items():
            run(f"CREATE TEMP TABLE staged_{table} (LIKE {table}) ON COMMIT DROP")
            run(f"INSERT INTO staged_{table} SELECT (unnest(%s::text[])::{table}).*", texts)
            names = columns_of(table)
            if new:
                key = "ON CONFLICT DO NOTHING"
                listed = ", ".join(names)
                orders.append(f"INSERT INTO {table} ({listed}) SELECT {listed} FROM staged_{table} {key}")
            else:
                key = names[0]
                said = ", ".join(f"{name} = new.{name}" for name in names[1:])
                orders.append(
                    f"UPDATE {table} AS old SET {said} FROM staged_{table} AS new WHERE old.{key} = new.{key}"
                )
        # A statement names the entry that announces it: entries stand before statements, issues before entries.
        order = ("counter", "bulletinkey", "bulletinissue", "bulletinentry", "statement ")
        orders.sort(key=lambda sql: next((place for place, name in enumerate(order) if name in sql[:60]), len(order)))
        began = time.perf_counter()
        run("; ".join(orders))
        run("SET CONSTRAINTS ALL IMMEDIATE")
        seconds = time.perf_counter() - began
        transaction.set_rollback(True)
    return seconds


def test_publishing_takes_no_more_than_three_times_the_bare_writes(capsys):
    many_approved(STATEMENTS)
    ratios = []
    for _round in range(ROUNDS):
        seconds, rows = written_by(publish)
        bare = bare_writes(rows)
        ratios.append(seconds / bare)
        with capsys.disabled():
            told = ", ".join(f"{len(texts)} {table}" for table, (_new, texts) in rows.items())
            print(
                f"\n{STATEMENTS} statements: published in {seconds:.2f} s, bare {bare:.2f} s: {ratios[-1]:.2f}; {told}"
            )
    assert len(rows["registry_bulletinentry"][1]) == len(rows["registry_statement"][1]) == STATEMENTS
    if STATEMENTS >= 5000:
        assert statistics.median(ratios) <= 3


def hashed(left, right):
    return sha256(b"\x01" + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()


def root_by(leaf, index, size, path):
    """Return the root that a proof leads to (RFC 9162, 2.1.3.2), written here once more."""
    place, last, root = index, size - 1, leaf
    for step in path:
        if place & 1 or place == last:
            root = hashed(step, root)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            root = hashed(root, step)
        place, last = place >> 1, last >> 1
    return root if last == 0 else ""


def roots_by(first, second, root, path):
    """Return the earlier and the later root that a proof of consistency leads to (RFC 9162, 2.1.4.2)."""
    steps = [root, *path] if first & (first - 1) == 0 else list(path)
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    earlier = later = steps[0]
    for step in steps[1:]:
        if place & 1 or place == last:
            earlier, later = hashed(step, earlier), hashed(step, later)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            later = hashed(later, step)
        place, last = place >> 1, last >> 1
    return earlier, later


def long_log(size):
    """A log of so many entries in issues of a thousand, written past the triggers; its leaves and its issues' roots."""
    patent = Cast().patent()
    leaves = [sha256(str(place).encode()).hexdigest() for place in range(size)]
    run("SET session_replication_role = replica")
    log, kept = Log(), []
    for serial, start in enumerate(range(0, size, A_ISSUE), start=1):
        log, on = log.appended(leaves[start : start + A_ISSUE]), date(2020, 1, 1) + timedelta(days=serial)
        kept.append(
            BulletinIssue(
                year=on.year, number=serial, serial=serial, issued_on=on, published_at=NOW, tree_size=log.size,
                entry_count=log.size - start, root_hash=log.root, frontier=list(log.frontier), checkpoint="-",
            )
        )  # fmt: skip
    BulletinIssue.objects.bulk_create(kept)
    run(
        "INSERT INTO registry_bulletinentry (id, issue_id, position, kind, patent_id, subject_id, content, content_hash)"
        " SELECT gen_random_uuid(), issue.id, place - issue.tree_size + issue.entry_count + 1, 'statement', %s,"
        " gen_random_uuid(), '{}', encode(sha256(place::text::bytea), 'hex') FROM generate_series(0, %s) AS place"
        " JOIN registry_bulletinissue AS issue ON issue.serial = place / %s + 1",
        patent.pk, size - 1, A_ISSUE,
    )  # fmt: skip
    nodes = new_nodes(0, leaves, lambda level, block: [])
    LogNode.objects.bulk_create((LogNode(level=level, index=index, hash=node) for level, index, node in nodes), 5000)
    run("SET session_replication_role = DEFAULT")
    for table in ("registry_bulletinentry", "registry_bulletinissue", "registry_lognode"):
        run(f"ANALYZE {table}")
    return leaves, kept


def test_a_proof_of_a_long_log_reads_little_and_is_right(capsys):
    leaves, issues = long_log(ENTRIES)
    last, taken = issues[-1], []
    for place in range(100):
        index = (place * 7919 * 131) % ENTRIES
        began = time.perf_counter()
        path = tree_of(last).inclusion(index)
        taken.append(time.perf_counter() - began)
        assert root_by(leaves[index], index, ENTRIES, path) == last.root_hash
    grown = []
    for first in issues[: -1 : max(1, len(issues) // 100)]:
        began = time.perf_counter()
        path = tree_of(last).consistency(first.tree_size)
        grown.append(time.perf_counter() - began)
        assert roots_by(first.tree_size, ENTRIES, first.root_hash, path) == (first.root_hash, last.root_hash)
    assert BulletinEntry.objects.count() == ENTRIES
    with capsys.disabled():
        for what, seconds in (("inclusion", taken), ("consistency", grown)):
            middle, most = statistics.median(seconds) * 1000, max(seconds) * 1000
            print(
                f"\n{ENTRIES} entries, {len(seconds)} proofs of {what}: median {middle:.1f} ms, longest {most:.1f} ms"
            )
