"""The audit of the bulletin from its rows: every leaf, node, root and signature anew, every subject beside its entry.

It finds what triggers cannot refuse: changes made by whoever may switch them off.
"""

import base64
from collections.abc import Iterator
from typing import Any

from django.db import connection

from registry.bulletin.canonical import canonical
from registry.bulletin.documents import PrintedEntry
from registry.bulletin.merkle import Log, new_nodes
from registry.bulletin.notes import WITHOUT_EFFECT
from registry.bulletin.verifier import Verifier
from registry.fees.terms import canonical as fee_of
from registry.fees.values import UnclearTerms
from registry.models import BulletinIssue, BulletinKey, LogNode, Statement
from registry.queries.log import document_of, kept_hashes, keys, log_after

Problem = tuple[str, str]

# Rows beside an entry that do not say what it says. Each SELECT gives issue year and number, position, and nothing else.
_PLACE = "SELECT i.year, i.number, e.position FROM registry_bulletinentry e LEFT JOIN registry_bulletinissue i"
_AT = f"{_PLACE} ON i.id = e.issue_id "
DISAGREEMENTS = {
    "stands in no issue": _AT + "WHERE i.id IS NULL",
    "is about another patent than it says": _AT
    + "LEFT JOIN registry_patent p ON p.id = e.patent_id"
    + " WHERE p.number IS DISTINCT FROM e.content->>'patent_number'",
    "announces no statement of that number": _AT
    + "LEFT JOIN registry_statement s ON s.id = e.subject_id AND s.announced_in_id = e.id WHERE e.kind = 'statement'"
    + " AND (s.number IS DISTINCT FROM e.content->>'statement_number' OR s.patent_id <> e.patent_id)",
    "announces no ending of that kind": _AT
    + "LEFT JOIN registry_ending g ON g.id = e.subject_id AND g.announced_in_id = e.id AND g.kind = e.kind"
    + " LEFT JOIN registry_statement s ON s.id = g.statement_id"
    + " WHERE e.kind IN ('withdrawal', 'termination', 'revocation') AND (s.ended_on IS NULL"
    + " OR s.number <> e.content->>'statement_number' OR s.ended_on::text <> e.content->>'ended_on')",
    "was not made ready like this": _AT
    + "LEFT JOIN registry_pendingentry q ON q.entry_id = e.id"
    + " WHERE e.kind NOT IN ('statement', 'withdrawal', 'termination', 'revocation') AND (q.id IS NULL"
    + " OR (q.kind, q.patent_id, q.subject_id, q.content) <> (e.kind, e.patent_id, e.subject_id, e.content)"
    + " OR q.corrects_id IS DISTINCT FROM e.corrects_id)",
    "cites another entry than it says": _AT
    + "LEFT JOIN registry_bulletinentry o ON o.id = e.corrects_id"
    + " WHERE o.content_hash IS DISTINCT FROM e.content->'corrects'->>'leaf'"
    + " OR (e.corrects_id IS NULL) <> (e.content->'corrects' IS NULL)",
}
LOST = """
    SELECT s.number FROM registry_statement s LEFT JOIN registry_bulletinentry e ON e.id = s.announced_in_id
    WHERE s.status IN ('announced', 'withdrawn', 'ended', 'revoked', 'expired')
    AND (e.kind IS DISTINCT FROM 'statement' OR e.subject_id <> s.id)
"""


def problems() -> Iterator[Problem]:
    """Yield what is wrong in the bulletin's rows, as pairs of place and sentence; nothing if all is right."""
    yield from _issues()
    yield from _keys()
    for sentence, sql in DISAGREEMENTS.items():
        for year, number, position in _rows(sql):
            yield f"{year}-{number or 0:03d}/{position}", sentence
    for (number,) in _rows(LOST):
        yield f"statement {number}", "is public without an entry of its own"
    yield from _statements()


def _issues() -> Iterator[Problem]:
    """The public documents as the verifier sees them, then what they do not show: stored leaves, nodes, frontiers."""
    checked, log, seen = Verifier(key.text for key in keys()), Log(), 0
    last: BulletinIssue | None = None
    nodes: dict[tuple[int, int], str] = {}
    for issue in BulletinIssue.objects.order_by("serial").iterator(chunk_size=20):
        checked.read([(f"{issue}.json", document_of(issue, log_after(last)))])
        yield from checked.problems[seen:]
        seen = len(checked.problems)
        rows = list(issue.entries.order_by("position"))
        leaves = [PrintedEntry(str(issue), row.position, row.kind, row.content).leaf for row in rows]
        for row, leaf in zip(rows, leaves, strict=True):
            if row.content_hash != leaf:
                yield f"{issue}/{row.position}", f"its stored leaf is {row.content_hash}, its content gives {leaf}"
        found = new_nodes(log.size, leaves, kept_hashes)
        nodes |= {(level, index): node for level, index, node in found}
        log = log.appended(leaves)
        stored = (issue.entry_count, issue.tree_size, issue.root_hash, tuple(issue.frontier), issue.previous_root)
        right = (len(leaves), log.size, log.root, log.frontier, last.root_hash if last else "")
        if stored != right:
            yield str(issue), "its size, root, frontier or previous root is not what its entries give"
        last = issue
    kept = {(node.level, node.index): node.hash for node in LogNode.objects.iterator()}
    if kept != nodes:
        differing = sorted(set(kept.items()) ^ set(nodes.items()))[0][0]
        yield f"node {differing[0]}/{differing[1]}", "is not what the entries give"


def _keys() -> Iterator[Problem]:
    """Each key beside the checkpoints it signed."""
    first: dict[str, tuple[int, bool]] = {}
    for serial, note in BulletinIssue.objects.order_by("serial").values_list("serial", "checkpoint"):
        for line in note.partition("\n\n")[2].splitlines():
            try:
                key_id = base64.b64decode(line.rpartition(" ")[2])[:4].hex()
            except ValueError:
                continue  # the verifier has said so
            first.setdefault(key_id, (serial, WITHOUT_EFFECT not in note))
    stored = {row.key_id: (row.first_serial, row.has_effect) for row in BulletinKey.objects.all()}
    for key in keys():
        row = BulletinKey.objects.get(name=key.name, public_key=key.public.hex())
        if row.key_id != key.key_id:
            yield f"key {row.key_id}", f"its id should be {key.key_id}"
    for key_id in sorted(set(first) | set(stored)):
        if first.get(key_id) != stored.get(key_id):
            yield f"key {key_id}", "is not kept as the checkpoints show it"


def _statements() -> Iterator[Problem]:
    """Announced statements whose own columns no longer say what was announced."""
    announced = Statement.objects.filter(announced_in__isnull=False).select_related("announced_in")
    for statement in announced.iterator(chunk_size=500):
        said, now = statement.announced_in.content, _own(statement)
        changed = sorted(name for name in now if canonical({"": said.get(name)}) != canonical({"": now[name]}))
        if changed:
            yield f"statement {statement.number}", f"differs from its entry in {', '.join(changed)}"


def _own(statement: Statement) -> dict[str, Any]:
    term = {"mode": statement.term_mode, "until": str(statement.term_until), "months": statement.term_months}
    try:
        fee = fee_of(statement.terms)
    except UnclearTerms:
        fee = {}
    return {
        "fee": fee,
        "payment_terms": statement.payment_terms,
        "term": {name: term[name] for name in ("mode", "until" if statement.term_until else "months")},
        "contact": {name: getattr(statement, f"contact_{name}") for name in ("name", "phone", "email", "address")},
        "effective_on": str(statement.effective_on),
    }


def _rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()
