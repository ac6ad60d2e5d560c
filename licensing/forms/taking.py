"""Forms of the licensee: the notice, the voucher, taking part in the end of a license."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from core.validation.text import LineField, TextField, validate_name, validate_phone
from licensing.actions.noticing import NoticeText
from licensing.actions.paying import Voucher
from licensing.forms.fields import DayField, YuanField
from registry.forms.filing import InspectedFileField


class NoticeForm(forms.Form):
    """What the notice says about the licensee. Name, credit code and residence come from its organisation."""

    licensee_address = LineField(label=_("Address"), max_length=300)
    contact_name = LineField(label=_("Contact person"), max_length=100)
    contact_phone = LineField(
        label=_("Telephone"),
        max_length=40,
        validators=[validate_phone],
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel", "data-width": "m"}),
    )
    contact_email = forms.EmailField(label=_("E-mail address"), required=False)
    intended_start_on = DayField(
        label=_("Intended start of use"), help_text=_("Not before today. Use may begin once the license is in force.")
    )
    signed_name = LineField(
        label=_("Signed by"),
        max_length=100,
        validators=[validate_name],
        help_text=_("Your full name. It is your signature under the notice."),
        widget=forms.TextInput({"autocomplete": "name", "data-width": "m"}),
    )

    @classmethod
    def starting_with(cls, organisation: Organisation) -> "NoticeForm":
        """Return an empty form filled with what is known of the organisation."""
        return cls(
            initial={
                "licensee_address": organisation.address,
                "contact_name": organisation.contact_name,
                "contact_phone": organisation.contact_phone,
                "contact_email": organisation.contact_email,
            }
        )

    def text(self) -> NoticeText:
        """Return what was typed as the notice's text."""
        return NoticeText(**self.cleaned_data)


class PaymentForm(forms.Form):
    """The voucher of one payment and its copy."""

    amount = YuanField(label=_("Amount paid"))
    paid_on = DayField(label=_("Paid on"))
    bank = LineField(label=_("Paying bank"), max_length=100)
    voucher_number = LineField(
        label=_("Voucher number"),
        max_length=60,
        help_text=_("The transaction or receipt number on the bank's voucher."),
        widget=forms.TextInput({"data-width": "m"}),
    )
    account_tail = forms.RegexField(
        r"^[0-9]{4}$",
        label=_("Last four digits of the paying account"),
        error_messages={"invalid": _("Enter exactly four digits.")},
        widget=forms.TextInput({"inputmode": "numeric", "maxlength": "4", "data-width": "s"}),
    )
    proof = InspectedFileField(label=_("Copy of the voucher"))

    def clean_voucher_number(self) -> str:
        """A voucher number has at least one Latin letter or digit, so that it can be compared."""
        number: str = self.cleaned_data["voucher_number"]
        if not any(char.isalnum() and char.isascii() for char in number):
            raise forms.ValidationError(_("Enter the number with its digits or Latin letters."))
        return number

    def clean_bank(self) -> str:
        """A bank has a name with letters."""
        bank: str = self.cleaned_data["bank"]
        if not any(char.isalnum() for char in bank):
            raise forms.ValidationError(_("Enter the bank's name."))
        return bank

    def voucher(self) -> Voucher:
        """Return what was typed as a voucher."""
        return Voucher(**self.cleaned_data)


class TerminationForm(forms.Form):
    """A proposal to end a license early."""

    last_day_on = DayField(label=_("Last day of the license"))
    reason = TextField(label=_("Reason"), max_length=1000)

    def __init__(self, *args: Any, first: Any, last: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first, self.last = first, last

    def clean_last_day_on(self) -> Any:
        """The day lies between today and the end of the term."""
        day = self.cleaned_data["last_day_on"]
        if not self.first <= day < self.last:
            raise forms.ValidationError(_("Choose a day from today on and before the end of the term."))
        return day
