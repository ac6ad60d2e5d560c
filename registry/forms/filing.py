"""Forms of the filer beside the steps: start, papers, consents on paper, withdrawal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.identifiers import InvalidIdentifier, PatentNumber
from core.validation.files import CleanFile, inspect_upload
from core.validation.text import clean_text
from registry.enums import ENDING_PAPERS, ConsentMethod, PaperKind

FILE_HINT = _("PDF, PNG or JPEG, at most 20 megabytes.")


class InspectedFileField(forms.FileField):
    """An upload whose cleaned value is the inspected, rewritten file."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"help_text": FILE_HINT, **options})

    def clean(self, data: Any, initial: Any = None) -> CleanFile | None:
        """Inspect the upload; an UploadRefused is the field's error."""
        found = super().clean(data, initial)
        return inspect_upload(found) if found else None


class RuledTextField(forms.CharField):
    """A field that must be filled; the rules say so with their article, not the form."""

    def validate(self, value: str) -> None:
        """Leave a missing value to the rules."""


class StartForm(forms.Form):
    """Which patent, and for whom where an agency files."""

    number = forms.CharField(
        label=_("Patent number"),
        max_length=60,
        help_text=_("With its check digit, for example ZL202410000001.X. Spaces and ZL do not matter."),
        widget=forms.TextInput({"autocomplete": "off", "data-width": "m"}),
    )

    def clean_number(self) -> str:
        """Return the canonical number, or say what is wrong with it."""
        try:
            return PatentNumber.parse(self.cleaned_data["number"]).canonical
        except InvalidIdentifier as error:
            raise forms.ValidationError(error.message) from error


class PaperForm(forms.Form):
    """A paper to go with the statement."""

    prefix = "paper"
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=[(kind.value, kind.label) for kind in PaperKind if kind not in ENDING_PAPERS]
    )
    file = InspectedFileField(label=_("File"))


class ConsentPaperForm(forms.Form):
    """A signed consent of one patentee, or the agreement of all."""

    prefix = "consent"
    method = forms.ChoiceField(
        label=_("What is it?"),
        choices=[
            (ConsentMethod.DOCUMENT.value, _("Consent signed by one patentee, to exactly the present text")),
            (ConsentMethod.AGREEMENT.value, _("Agreement of all patentees on open licensing")),
        ],
        widget=forms.RadioSelect,
    )
    patentee = forms.ChoiceField(label=_("Whose?"))
    valid_until = forms.DateField(
        label=_("Agreement valid until"),
        required=False,
        help_text=_("Its last day, if the agreement names one. It binds those who are the patentees now."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    file = InspectedFileField(label=_("Signed paper"))

    def __init__(self, *args: Any, owners: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["patentee"].choices = owners  # type: ignore[attr-defined]


class ExtensionForm(forms.Form):
    """How much longer, and why. Each choice says the day on which the period would end."""

    months = forms.TypedChoiceField(
        label=_("New last day"), coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )
    reasons = RuledTextField(
        label=_("Why more time is needed"), max_length=2000, widget=forms.Textarea({"rows": 3, "data-width": "l"})
    )
    use_required_attribute = False
    hide_optional = True

    def __init__(self, *args: Any, days: list[tuple[int, Any]] = (), **kwargs: Any) -> None:  # type: ignore[assignment]
        super().__init__(*args, **kwargs)
        self.fields["months"].choices = days  # type: ignore[attr-defined]

    def clean_reasons(self) -> str:
        """Refuse characters that would look like others."""
        return clean_text(self.cleaned_data["reasons"])


class WithdrawalConsentForm(forms.Form):
    """The paper with which the other patentees consent to a request that waits for them."""

    consent_file = InspectedFileField(label=_("Signed consent to the withdrawal"))
    use_required_attribute = False


class WithdrawalForm(forms.Form):
    """The ground, the confirmation and the papers of a withdrawal."""

    grounds = RuledTextField(
        label=_("Ground of the withdrawal"),
        help_text=_("A situation of Implementing Rule 86, or another legitimate reason."),
        widget=forms.Textarea({"rows": 5, "data-width": "l"}),
        max_length=5000,
    )
    consent_file = InspectedFileField(
        label=_("Consent of all patentees to the withdrawal"),
        required=False,
        help_text=_(
            "Where the patent is co-owned or an agency acts, all patentees consent. Without this paper those who sign in"
            " here are asked online. PDF, PNG or JPEG, at most 20 megabytes."
        ),
    )
    proof_file = InspectedFileField(label=_("Proof of the ground"), required=False)
    unconditional = forms.BooleanField(label=_("The withdrawal is without any condition."), required=False)
    use_required_attribute = False

    def papers(self) -> list[tuple[PaperKind, CleanFile]]:
        """Return the inspected papers with their kinds."""
        found = (
            (PaperKind.WITHDRAWAL_CONSENT, self.cleaned_data.get("consent_file")),
            (PaperKind.WITHDRAWAL_PROOF, self.cleaned_data.get("proof_file")),
        )
        return [(kind, file) for kind, file in found if file is not None]
