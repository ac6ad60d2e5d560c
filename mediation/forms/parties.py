"""Forms of the two sides."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from core.validation import LineField, TextField, validate_name
from core.validation.files import PAPERS, CleanFile, inspect_upload
from mediation.enums import Audience, PaperKind


class PaperForm(forms.Form):
    """A paper and who may read it. The choice of readers is never made for the filer and never changes later."""

    audience = forms.ChoiceField(label=_("Who may read it?"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("What does it show?"), choices=PaperKind.choices)
    title = LineField(label=_("Title"), max_length=150)
    file = forms.FileField(label=_("File"), help_text=_("PDF, PNG or JPEG, 20 MB at most."))

    def __init__(self, *args, audiences: Iterable[Audience], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = [(one.value, one.label) for one in audiences]

    def clean_file(self) -> CleanFile:
        """Return the inspected, rewritten file."""
        return inspect_upload(self.cleaned_data["file"], kinds=PAPERS)


class AnswerForm(forms.Form):
    """The respondent's answer."""

    agrees = forms.TypedChoiceField(
        label=_("Do you agree to be mediated?"),
        choices=[("yes", _("Yes, we take part")), ("no", _("No, we refuse mediation"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    statement = TextField(
        label=_("Your view of the dispute"),
        help_text=_("The applicant reads this. It is needed if you take part."),
        max_length=10000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "data-count": "10000"}),
    )


class SignatureForm(forms.Form):
    """A signature under exactly the text that stands on the page."""

    content_hash = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    signed_name = LineField(label=_("Name of the person who signs"), max_length=100, validators=[validate_name])
    read = forms.BooleanField(label=_("We have read the text and agree to be bound by it"))


class AgencyForm(forms.Form):
    """The agency that acts for one's side in this case."""

    agency = forms.ChoiceField(
        label=_("Agency"),
        help_text=_("Agencies with a mandate of yours in force. The agency then reads all that you may read."),
        required=False,
    )
    hide_optional = True

    def __init__(self, *args, agencies: Iterable[Organisation], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [
            ("", _("None: we act ourselves")),
            *((str(one.pk), str(one)) for one in agencies),
        ]

    def clean_agency(self) -> str | None:
        """Return the agency's id, or None."""
        return self.cleaned_data["agency"] or None
