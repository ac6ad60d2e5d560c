"""Forms of a batch: the spreadsheet that is uploaded, and the one signature under it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.validation.files import TABLES, CleanFile, FileKind, inspect_upload
from registry.enums import BatchMode
from registry.facts import UNDERTAKINGS
from registry.forms.filing import RuledTextField
from registry.forms.steps import HINTS, LABELS
from registry.intake.sheets import StatementSheet, UnreadableSheet


class SpreadsheetField(forms.FileField):
    """An upload whose cleaned value is an inspected spreadsheet with the headings of the template."""

    def clean(self, data: Any, initial: Any = None) -> CleanFile | None:
        """Inspect the upload and find its headings; what is wrong with the file is the field's error."""
        found = super().clean(data, initial)
        if not found:
            return None
        file = inspect_upload(found, kinds=TABLES)
        try:
            with StatementSheet(file.content, is_workbook=file.kind is FileKind.XLSX):
                return file
        except UnreadableSheet as unreadable:
            raise forms.ValidationError(str(unreadable.reason), code="unreadable") from unreadable


class BatchForm(forms.Form):
    """The spreadsheet."""

    file = SpreadsheetField(
        label=_("Spreadsheet"),
        help_text=_("XLSX or CSV, at most 20 megabytes and 10,000 rows, without macros."),
        widget=forms.ClearableFileInput({"accept": ".xlsx,.csv"}),
    )
    use_required_attribute = False


class BatchSubmissionForm(forms.Form):
    """Which rows, the undertakings for each of them, and the signature. The rules say what is missing."""

    use_required_attribute = False
    mode = forms.ChoiceField(
        label=_("Which rows?"), choices=BatchMode.choices, initial=BatchMode.GOOD, widget=forms.RadioSelect
    )
    signed_name = RuledTextField(
        label=LABELS["signed_name"], help_text=HINTS["signed_name"], max_length=100, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        undertakings = {name: forms.BooleanField(label=LABELS[name], required=False) for name in UNDERTAKINGS}
        self.fields = {"mode": self.fields["mode"], **undertakings, "signed_name": self.fields["signed_name"]}
        self.hide_optional = True

    def said(self) -> dict[str, Any]:
        """Return the valid form's contents as the act takes them."""
        return {
            "mode": BatchMode(self.cleaned_data["mode"]),
            "undertakings": {name: self.cleaned_data[name] for name in UNDERTAKINGS},
            "signed_name": self.cleaned_data["signed_name"],
        }
