"""Fields that several forms of licensing share."""

from typing import Any

from django import forms


class DayField(forms.DateField):
    """A day, typed or picked."""

    widget = forms.DateInput({"type": "date", "data-width": "s"}, format="%Y-%m-%d")


class YuanField(forms.DecimalField):
    """A sum in yuan with at most two decimals."""

    def __init__(self, **options: Any) -> None:
        attrs = {"inputmode": "decimal", "data-prefix": "¥", "data-width": "m"}
        widget = forms.TextInput(attrs)
        super().__init__(max_digits=14, decimal_places=2, min_value=0, **{"widget": widget, **options})
