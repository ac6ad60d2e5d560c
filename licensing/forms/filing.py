"""Forms of filings and receipts, and of the public check."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.validation import TextField
from core.validation.text import LineField
from licensing.actions.filing import PaperUpload
from licensing.enums import ChangeItem, FilingPaperKind
from licensing.forms.fields import DayField, YuanField
from registry.forms.filing import InspectedFileField

LOOKALIKES = str.maketrans("OIL", "011")


class FilingForm(forms.Form):
    """Who handles the filing, and the papers that the registry does not hold already."""

    handler_name = LineField(label=_("Person who handles the filing"), max_length=100)
    identity = InspectedFileField(label=FilingPaperKind.IDENTITY.label, required=False)
    authority = InspectedFileField(label=FilingPaperKind.AUTHORITY.label, required=False)
    export = InspectedFileField(label=FilingPaperKind.EXPORT.label, required=False)
    other = InspectedFileField(label=FilingPaperKind.OTHER.label, required=False)

    def __init__(self, *args: Any, is_export: bool, through_agency: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_export:
            del self.fields["export"]
        if not through_agency:
            del self.fields["authority"]

    def papers(self) -> list[PaperUpload]:
        """Return the papers that were uploaded."""
        return [
            PaperUpload(kind, self.cleaned_data[kind.value])
            for kind in FilingPaperKind
            if self.cleaned_data.get(kind.value)
        ]


class OfficeChangeForm(forms.Form):
    """Under what name a record shall go on naming a party, and why; the office asks for no proof of itself."""

    item = forms.TypedChoiceField(label=_("What changes"), choices=ChangeItem, coerce=ChangeItem)
    after = LineField(
        label=_("New name of the licensee"),
        max_length=300,
        required=False,
        help_text=_("For a licensor leave it empty: the names are taken from the register of patents."),
    )
    grounds = TextField(label=_("Grounds"), required=False, max_length=2000, widget=forms.Textarea({"rows": 4}))
    # The rules of a change say what it needs; which fields that are depends on what changes.
    hide_optional = True


class ChangeForm(OfficeChangeForm):
    """The same, as a side requests it."""

    proof = InspectedFileField(label=_("Proof of the change"), required=False)


class ReceiptForm(forms.Form):
    """The patentee's receipt of a payment."""

    amount = YuanField(label=_("Amount received"))
    received_on = DayField(label=_("Received on"))


class CodeForm(forms.Form):
    """The verification code of a certificate."""

    code = forms.CharField(
        label=_("Verification code"),
        max_length=40,
        help_text=_("Sixteen letters and digits on the certificate, beneath the square code."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "data-width": "m"}),
    )

    def clean_code(self) -> str:
        """Return the code as it is stored; blanks, hyphens and look-alike letters do not matter."""
        return plain_code(self.cleaned_data["code"])


def plain_code(typed: str) -> str:
    """Return a typed code without blanks and signs, in capitals, look-alike letters as the digits they look like."""
    return re.sub(r"[^0-9A-Z]", "", typed.upper()).translate(LOOKALIKES)
