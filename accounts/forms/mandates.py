"""Granting a mandate."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.enums import MandateAct
from accounts.queries import verified_agencies
from core.identifiers import InvalidIdentifier, PatentNumber
from core.validation.files import DOCUMENTS, CleanFile, inspect_upload
from core.validation.text import clean_line


class MandateForm(forms.Form):
    """Which agency, what for, how long."""

    agency = forms.ModelChoiceField(
        label=_("Patent agency"),
        queryset=verified_agencies(),
        help_text=_("Agencies whose identity the office has confirmed."),
    )
    acts = forms.TypedMultipleChoiceField(
        label=_("What the agency may do"),
        choices=MandateAct.choices,
        coerce=MandateAct,
        initial=MandateAct.values,
        widget=forms.CheckboxSelectMultiple,
    )
    patent_numbers = forms.CharField(
        label=_("Patents it is for"),
        required=False,
        help_text=_("One number a line. Leave empty for all your patents."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=10_000,
    )
    scope = forms.CharField(
        label=_("Scope in the words of the power of attorney"),
        max_length=300,
        help_text=_("For example: all acts in open licensing."),
    )
    since_on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    until_on = forms.DateField(
        label=_("To and including"),
        required=False,
        help_text=_("Leave empty for a mandate that lasts until you revoke it."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    document = forms.FileField(
        label=_("Power of attorney"), required=False, help_text=_("The signed paper as PDF, if you have one.")
    )

    def clean_patent_numbers(self) -> list[str]:
        """Return the canonical numbers, or say which line is wrong."""
        found = []
        for line in filter(None, (line.strip() for line in self.cleaned_data["patent_numbers"].splitlines())):
            try:
                found.append(PatentNumber.parse(line).canonical)
            except InvalidIdentifier as error:
                said = format_lazy("{line}: {message}", line=line, message=error.message)
                raise forms.ValidationError(said) from error
        return found

    def clean_scope(self) -> str:
        """Refuse characters that cannot be seen."""
        return clean_line(self.cleaned_data["scope"])

    def clean_document(self) -> CleanFile | None:
        """Inspect the upload."""
        upload: UploadedFile | None = self.cleaned_data["document"]
        return None if upload is None else inspect_upload(upload, kinds=DOCUMENTS)

    def clean(self) -> dict[str, Any]:
        """A mandate ends after it begins."""
        data = super().clean() or self.cleaned_data
        since, until = data.get("since_on"), data.get("until_on")
        if since and until and until < since:
            self.add_error("until_on", _("The mandate would end before it begins."))
        return data
