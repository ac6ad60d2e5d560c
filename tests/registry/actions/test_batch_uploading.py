"""A spreadsheet comes in from those who file, and leaves again while nothing of it was submitted."""

import pytest

from accounts.models import Organisation
from core.lifecycle import IllegalStep
from registry.actions.batch_submitting import submit_batch
from registry.actions.batch_uploading import discard_batch, upload_batch
from registry.enums import BatchMode, BatchStatus
from registry.facts import UNDERTAKINGS
from registry.models import StatementBatch
from tests.cast import NOW
from tests.factories.patents import PledgeFactory
from tests.factories.spreadsheets import checked, clean, deliver, row, xlsx

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["examiner", "auditor"])
def test_whoever_files_for_nobody_uploads_nothing(cast, who):
    with pytest.raises(Organisation.DoesNotExist):
        upload_batch(file=clean(xlsx([])), by=getattr(cast, who).actor, at=NOW)
    assert StatementBatch.objects.count() == 0


def test_a_batch_that_has_statements_is_not_discarded_though_rows_of_it_stay(cast):
    pledged = cast.patent()
    PledgeFactory(patent=pledged)
    batch = checked(cast.patentee, [row(cast.patent().number), row(pledged.number)])
    said = {"mode": BatchMode.GOOD, "undertakings": dict.fromkeys(UNDERTAKINGS, True), "signed_name": "Li Wei"}
    submit_batch(batch=batch, **said, by=cast.patentee.actor, at=NOW)
    deliver()
    with pytest.raises(IllegalStep):
        discard_batch(batch=batch, by=cast.patentee.actor, at=NOW)
    batch.refresh_from_db()
    assert batch.status == BatchStatus.SUBMITTED


def test_a_version_all_of_whose_rows_an_earlier_one_has_submitted_is_discarded(cast):
    rows = [row(cast.patent().number)]
    first = checked(cast.patentee, rows)
    said = {"mode": BatchMode.GOOD, "undertakings": dict.fromkeys(UNDERTAKINGS, True), "signed_name": "Li Wei"}
    submit_batch(batch=first, **said, by=cast.patentee.actor, at=NOW)
    deliver()
    again = checked(cast.patentee, rows, replaces=first)
    assert [one.outcome for one in again.rows.all()] == ["before"]
    assert discard_batch(batch=again, by=cast.patentee.actor, at=NOW).status == BatchStatus.DISCARDED
