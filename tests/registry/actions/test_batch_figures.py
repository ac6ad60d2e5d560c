"""How long and how large: 1,000 rows checked in under 20 seconds, 10,000 rows in the memory of 1,000."""

import subprocess
import sys

import pytest

from core.deadlines import patent_term_last_day
from registry.actions.batch_submitting import submit_batch
from registry.actions.batch_uploading import upload_batch
from registry.enums import BatchMode, BatchStatus, StatementStatus
from registry.facts import UNDERTAKINGS
from registry.models import Ownership, Patent, Statement, StatementBatch
from registry.queries.batches import counts_of
from tests import live
from tests.cast import NOW, Cast
from tests.factories.patents import FACTS_AS_OF, FILED_ON, GRANTED_ON, patent_number
from tests.factories.spreadsheets import clean, row, xlsx

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_worker")]


def many_patents(cast, count):
    made = Patent.objects.bulk_create(
        Patent(
            number=patent_number(serial, "invention"),
            kind="invention",
            title=f"一种电池冷却方法 {serial}",
            filed_on=FILED_ON,
            granted_on=GRANTED_ON,
            term_ends_on=patent_term_last_day("invention", FILED_ON),
            annuity_state="paid",
            facts_as_of=FACTS_AS_OF,
        )
        for serial in range(1, count + 1)
    )
    Ownership.objects.bulk_create(Ownership(patent=one, patentee=cast.patentee.patentee, position=1) for one in made)
    return made


def uploaded(cast, patents):
    rows = [
        row(one.number, explanation=f"参照同行业普通许可的平均费用折算，专利{one.number}。" + "说明" * 100)
        for one in patents
    ]
    return upload_batch(file=clean(xlsx(rows)), by=cast.patentee.actor, at=NOW)


def delivered():
    """Do what is owed in a process of its own; return its seconds and its peak of memory in MB."""
    command = [sys.executable, "-m", "tests.registry.actions.batch_process"]
    done = subprocess.run(
        command, env=live.environment(), cwd=live.ROOT, capture_output=True, text=True, check=False, timeout=900
    )
    assert done.returncode == 0, done.stderr[-4000:]
    seconds, peak = done.stdout.split()[-2:]
    return float(seconds), float(peak)


def test_1000_rows_are_checked_in_20_seconds_and_10000_in_the_memory_of_1000(capsys):
    cast = Cast()
    patents = many_patents(cast, 10_000)
    first = uploaded(cast, patents[:1000])
    seconds, small = delivered()
    assert counts_of(first).by_outcome == {"good": 1000}
    whole = uploaded(cast, patents)
    longer, large = delivered()
    assert counts_of(whole).by_outcome == {"good": 10_000}
    with capsys.disabled():
        print(f"\n1,000 rows: {seconds} s, {small} MB; 10,000 rows: {longer} s, {large} MB")
    assert seconds < 20
    assert large - small < 15
    submit_all(cast, first)


def submit_all(cast, batch):
    batch.refresh_from_db()
    undertakings = dict.fromkeys(UNDERTAKINGS, True)
    submit_batch(
        batch=batch, mode=BatchMode.ALL, undertakings=undertakings, signed_name="陆湖", by=cast.patentee.actor, at=NOW
    )
    seconds, _peak = delivered()
    assert StatementBatch.objects.get(pk=batch.pk).status == BatchStatus.SUBMITTED
    assert Statement.objects.filter(status=StatementStatus.SUBMITTED).count() == 1000
    print(f"1,000 rows submitted as one act: {seconds} s")
