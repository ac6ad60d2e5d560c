"""The form "what would this cost me?": a firm's own figures, kept in the address and nowhere else."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.fees.amounts import MOST_UNITS, MOST_YEARS, Usage
from registry.reading import read

FIGURES = ("sales", "margin", "units", "years")


class UsageForm(forms.Form):
    """Yearly net sales, profit margin, units a year and years. All may be left out but the years."""

    sales = forms.CharField(
        label=_("Net sales a year"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "data-prefix": "¥"}),
        help_text=_("With this product, in yuan. Large sums may be written in ten thousands."),
    )
    margin = forms.DecimalField(
        label=_("Profit margin"),
        required=False,
        min_value=-100,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "data-suffix": "%", "data-width": "s"}),
    )
    units = forms.IntegerField(
        label=_("Units a year"),
        required=False,
        min_value=0,
        max_value=MOST_UNITS,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    years = forms.IntegerField(
        label=_("Years of use"),
        min_value=1,
        max_value=MOST_YEARS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "s"}),
    )

    @classmethod
    def from_address(cls, params: Any) -> "UsageForm":
        """Return the form with the figures of the address, or an empty one if there are none."""
        given = {name: params.get(name, "") for name in FIGURES}
        return cls(given) if any(given.values()) else cls()

    def clean_sales(self) -> Decimal | None:
        """Understand full-width digits, thousands separators and ten thousands."""
        found = read("fixed_amount", self.cleaned_data["sales"])
        if found.finding is not None:
            raise forms.ValidationError(str(found.finding.message))
        return found.value

    @property
    def usage(self) -> Usage | None:
        """The figures, or None while there are none or one is wrong."""
        if not self.is_bound or not self.is_valid():
            return None
        said = self.cleaned_data
        sales, margin = said["sales"], said["margin"]
        profit = (sales * margin / 100).quantize(Decimal("0.01")) if sales is not None and margin is not None else None
        return Usage(years=said["years"], yearly_sales=sales, yearly_profit=profit, yearly_units=said["units"])

    @property
    def params(self) -> dict[str, str]:
        """The figures as they stand in the address."""
        return {name: self.data[name] for name in FIGURES if self.is_bound and self.data.get(name)}
