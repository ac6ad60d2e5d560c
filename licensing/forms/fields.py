"""Fields that several forms of licensing share."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.fees.values import LARGEST_AMOUNT
from registry.reading import number_meant


class DayField(forms.DateField):
    """A day, typed or picked."""

    widget = forms.DateInput({"type": "date", "data-width": "s"}, format="%Y-%m-%d")


class YuanField(forms.Field):
    """A sum in yuan, typed as people write it: 200000, ¥200,000.00 or 20 with the sign for ten thousand."""

    def __init__(self, **options: Any) -> None:
        attrs = {"inputmode": "decimal", "data-prefix": "¥", "data-width": "m"}
        super().__init__(**{"widget": forms.TextInput(attrs), **options})

    def to_python(self, value: Any) -> Decimal | None:
        """Return the sum, or say what is wrong with it."""
        if value in self.empty_values:
            return None
        amount = value if isinstance(value, Decimal) else number_meant(str(value))
        if amount is None:
            raise forms.ValidationError(_("Enter a sum in digits, for example 200000 or 200,000.00."))
        if not 0 <= amount <= LARGEST_AMOUNT:
            raise forms.ValidationError(_("A sum is not negative and has at most twelve digits before the point."))
        if amount != amount.quantize(Decimal("0.01")):
            raise forms.ValidationError(_("A sum has at most two decimals."))
        return amount
