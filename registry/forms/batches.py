"""Forms of a batch: the spreadsheet that is uploaded, and the one signature under it."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.validation.files import TABLES, CleanFile, FileKind, inspect_upload
from core.validation.names import safe_name
from core.validation.refusals import UploadRefused
from registry.actions.batch_papers import MOST_PAPERS
from registry.enums import BatchMode
from registry.facts import UNDERTAKINGS
from registry.forms.filing import RuledTextField
from registry.forms.steps import HINTS, LABELS
from registry.intake.paper_columns import key_of
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


class SeveralFiles(forms.ClearableFileInput):
    """An input that takes several files at once."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Several uploads at once, each as Django hands it over."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"widget": SeveralFiles({"accept": ".pdf,.png,.jpg,.jpeg"}), **options})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the uploads, of which there is at least one."""
        return [super(SeveralFilesField, self).clean(one, initial) for one in data or [None]]


class BatchPapersForm(forms.Form):
    """The papers that rows name. ``fit`` are those that can be taken, also where others of them are refused."""

    use_required_attribute = False
    files = SeveralFilesField(
        label=_("Papers"),
        help_text=format_lazy(
            _(
                "PDF, PNG or JPEG, each at most 20 megabytes, at most {limit} at once. Each is found by its name: the one"
                " that the spreadsheet gives, or, for an evaluation report, the patent number."
            ),
            limit=MOST_PAPERS,
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fit: list[CleanFile] = []

    def clean_files(self) -> list[CleanFile]:
        """Inspect every file as a single upload; what is wrong with any of them is told with its name, all at once."""
        files = self.cleaned_data["files"]
        if len(files) > MOST_PAPERS:
            raise forms.ValidationError(format_lazy(_("Upload at most {limit} files at once."), limit=MOST_PAPERS))
        fit: dict[str, CleanFile] = {}
        wrong = []
        for file in files:
            try:
                clean = inspect_upload(file)
            except UploadRefused as refused:
                name = safe_name(file.name, file.name.rpartition(".")[2][:10])
                wrong.append(f"{name}{_(': ')}{' '.join(refused.messages)}")
                continue
            if key_of(clean.name) in fit:
                wrong.append(f"{clean.name}{_(': ')}{_('Another of these files has the same name.')}")
            fit.setdefault(key_of(clean.name), clean)
        self.fit = list(fit.values())
        if wrong:
            raise forms.ValidationError(wrong)
        return self.fit


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
