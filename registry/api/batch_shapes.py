"""How batches look as JSON, and what is sent of them."""

from rest_framework import serializers

from core.api.wire import PageQuery, Strict
from core.rules import Severity
from registry.enums import BatchMode, BatchStatus, RowOutcome
from registry.facts import UNDERTAKINGS


class SpreadsheetSerializer(Strict):
    """A spreadsheet with the headings of the template: XLSX or CSV, at most 20 megabytes and 10,000 rows."""

    file = serializers.FileField()


class BatchPapersSerializer(Strict):
    """Papers that rows name: PDF, PNG or JPEG, each at most 20 megabytes, at most 50 at once."""

    files = serializers.ListField(child=serializers.FileField(), allow_empty=False)


class PaperOfBatchSerializer(serializers.Serializer):
    """A paper that came with a batch."""

    name = serializers.CharField()
    sha256 = serializers.CharField()
    uploaded_at = serializers.DateTimeField()


class PapersOfBatchSerializer(serializers.Serializer):
    """The papers of a batch and of the versions that it corrects, and what rows still wait for."""

    papers = PaperOfBatchSerializer(many=True)
    awaited = serializers.DictField(
        child=serializers.IntegerField(), help_text="Files that rows name and that are not here yet: number of rows."
    )


class SubmissionOfBatchSerializer(serializers.Serializer):
    """One act of submission: what was declared, by whom, and what became of it."""

    number = serializers.IntegerField()
    mode = serializers.ChoiceField(BatchMode.choices)
    undertakings = serializers.ListField(
        child=serializers.ChoiceField(UNDERTAKINGS), help_text="Those that were given."
    )
    signed_name = serializers.CharField()
    submitted_by = serializers.CharField()
    submitted_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    trouble = serializers.CharField(allow_blank=True, help_text="Why it stopped before its end.")
    received = serializers.IntegerField(help_text="Statements that came of it.")
    waiting = serializers.IntegerField(help_text="Drafts that wait for consents and go out under it.")


class BatchSerializer(serializers.Serializer):
    """A batch and how far it is."""

    id = serializers.UUIDField()
    file = serializers.CharField()
    status = serializers.ChoiceField(BatchStatus.choices)
    replaces = serializers.UUIDField(allow_null=True, help_text="The version that this one corrects.")
    uploaded_at = serializers.DateTimeField()
    checked_at = serializers.DateTimeField(allow_null=True)
    submissions = SubmissionOfBatchSerializer(many=True)
    rows = serializers.IntegerField()
    outcomes = serializers.DictField(child=serializers.IntegerField(), help_text="Number of rows by outcome.")
    reasons = serializers.DictField(child=serializers.IntegerField(), help_text="Number of rows by rule.")
    ignored_columns = serializers.ListField(child=serializers.CharField())


class CellFindingSerializer(serializers.Serializer):
    """What a rule found, and in which cell."""

    rule = serializers.CharField()
    severity = serializers.ChoiceField([item.value for item in Severity])
    cell = serializers.CharField()
    title = serializers.CharField()
    basis = serializers.ListField(child=serializers.CharField())
    message = serializers.CharField()
    remedy = serializers.CharField(allow_blank=True)


class BatchRowSerializer(serializers.Serializer):
    """A row of the spreadsheet."""

    row = serializers.IntegerField()
    patent_number = serializers.CharField(allow_blank=True)
    outcome = serializers.ChoiceField(RowOutcome.choices)
    statement = serializers.UUIDField(allow_null=True)
    statement_number = serializers.CharField(allow_blank=True)
    submission = serializers.IntegerField(allow_null=True, help_text="Number of the submission under which it went.")
    findings = CellFindingSerializer(many=True)


class RowQuery(PageQuery):
    """Which rows."""

    outcome = serializers.ChoiceField(RowOutcome.choices, required=False)


class BatchSubmissionSerializer(Strict):
    """Which rows, the undertakings for each patent of the batch, and the signature."""

    mode = serializers.ChoiceField(BatchMode.choices, default=BatchMode.GOOD)
    undertakes_no_exclusive = serializers.BooleanField(default=False)
    undertakes_open_to_all = serializers.BooleanField(default=False)
    undertakes_keep_in_force = serializers.BooleanField(default=False)
    undertakes_export_rules = serializers.BooleanField(default=False)
    signed_name = serializers.CharField(max_length=100, allow_blank=True, default="")
