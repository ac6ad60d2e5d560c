"""Registering an organisation and changing how it is reached."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actions.organisations import OrganisationDetails
from accounts.enums import OrganisationKind, Residence
from core.identifiers.errors import InvalidIdentifier
from core.identifiers.parties import parse_resident_id, parse_uscc
from core.identifiers.regions import OUTER_REGIONS, REGIONS
from core.validation.text import clean_line, validate_phone


def province_choices() -> list[tuple[str, str]]:
    """Return the mainland's provinces in the reader's language."""
    return [("", ""), *((code, str(region)) for code, region in REGIONS.items() if code not in OUTER_REGIONS)]


class ContactForm(forms.Form):
    """How an organisation is reached. What is announced of it is decided statement by statement."""

    address = forms.CharField(label=_("Address"), max_length=300)
    contact_name = forms.CharField(label=_("Contact person"), max_length=100)
    contact_phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        validators=[validate_phone],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    contact_email = forms.EmailField(label=_("E-mail address"))

    def clean_address(self) -> str:
        """Refuse characters that cannot be seen."""
        return clean_line(self.cleaned_data["address"])

    def clean_contact_name(self) -> str:
        """Refuse characters that cannot be seen."""
        return clean_line(self.cleaned_data["contact_name"])

    def clean_contact_phone(self) -> str:
        """Refuse characters that cannot be seen."""
        return clean_line(self.cleaned_data["contact_phone"])


class OrganisationForm(ContactForm):
    """A unit or an individual that will act in the registry."""

    field_order = ["kind", "name", "residence", "uscc", "identity_number", "province"]

    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind, widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Legal name"),
        max_length=200,
        help_text=_("As in the business license or, for an individual, on the identity card."),
    )
    residence = forms.ChoiceField(label=_("Residence"), choices=Residence, initial=Residence.MAINLAND)
    uscc = forms.CharField(
        label=_("Unified social credit code"),
        max_length=30,
        required=False,
        help_text=_("18 characters. Units of mainland China need it; individuals and parties elsewhere have none."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    identity_number = forms.CharField(
        label=_("Resident identity number"),
        max_length=30,
        required=False,
        help_text=_("Only for individuals, and voluntary. It is kept encrypted and never shown in full."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    province = forms.ChoiceField(label=_("Province"), choices=province_choices, required=False)

    def clean_name(self) -> str:
        """Refuse characters that cannot be seen."""
        return clean_line(self.cleaned_data["name"])

    def clean_uscc(self) -> str:
        """Check form and check digits."""
        return _identifier(parse_uscc, self.cleaned_data["uscc"])

    def clean_identity_number(self) -> str:
        """Check form, date of birth and check character; the message never repeats the number."""
        return _identifier(parse_resident_id, self.cleaned_data["identity_number"])

    def clean(self) -> dict[str, Any]:
        """Check what depends on kind and residence."""
        data = super().clean() or self.cleaned_data
        individual = data.get("kind") == OrganisationKind.INDIVIDUAL
        mainland = data.get("residence") == Residence.MAINLAND
        if mainland and not individual and not data.get("uscc") and "uscc" not in self.errors:
            self.add_error("uscc", _("Units of mainland China are registered with their unified social credit code."))
        if individual and data.get("uscc"):
            self.add_error("uscc", _("An individual has no unified social credit code. Leave this field empty."))
        if not individual and data.get("identity_number"):
            self.add_error("identity_number", _("Only individuals have an identity number. Leave this field empty."))
        if mainland and not data.get("province") and "province" not in self.errors:
            self.add_error("province", _("Choose the province; its office looks after you."))
        return data

    def details(self) -> OrganisationDetails:
        """Return what was typed, for the action."""
        data = dict(self.cleaned_data)
        if data["residence"] != Residence.MAINLAND:
            data["province"] = ""
        kind, residence = OrganisationKind(data.pop("kind")), Residence(data.pop("residence"))
        return OrganisationDetails(kind=kind, residence=residence, **data)


def _identifier(parse: Any, text: str) -> str:
    if not text.strip():
        return ""
    try:
        return parse(text)
    except InvalidIdentifier as error:
        raise forms.ValidationError(error.message, code=error.reason_code) from None
