"""The forms of the pricing help: a method's figures with their source, and the explanation before it is used."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.enums import PricingBasis, PricingMethod
from registry.forms.filing import RuledTextField
from registry.models import Statement
from registry.pricing.explaining import LONGEST
from registry.pricing.figures import LONGEST_SOURCE, Ask, Unit, WrongFigures
from registry.pricing.methods import METHODS
from registry.pricing.reckoning import Figures, Reckoning, reckon
from registry.reading import number_meant

_WIDGETS: dict[Unit, dict[str, str]] = {
    Unit.YUAN: {"data-prefix": "¥"},
    Unit.PERCENT: {"data-suffix": "%", "data-width": "s"},
    Unit.YEARS: {"data-width": "xs"},
}


class FigureField(forms.CharField):
    """A number as people type it; what is no number stays in the field with its error. The rules judge its size."""

    def __init__(self, ask: Ask) -> None:
        super().__init__(
            label=ask.label,
            help_text=ask.hint,
            required=not ask.more,
            max_length=40,
            widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off", **_WIDGETS[ask.unit]}),
        )

    def validate(self, value: str) -> None:
        """Leave a missing figure to the reckoning, which names it."""

    def clean(self, value: Any) -> Decimal | None:
        """Understand full-width digits, separators, ten thousands and the percent sign."""
        text = super().clean(value)
        if not text:
            return None
        found = number_meant(text)
        if found is None:
            raise forms.ValidationError(gettext("This is not a number."))
        if found != round(found, 2):
            raise forms.ValidationError(gettext("There are more than two decimals."))
        return found


class CountField(forms.CharField):
    """A whole number; its range is the reckoning's."""

    def validate(self, value: str) -> None:
        """Leave a missing number to the reckoning."""

    def clean(self, value: Any) -> int:
        """Return the number, 0 where there is none."""
        text = super().clean(value)
        found = number_meant(text) if text else Decimal(0)
        if found is None or found != int(found):
            raise forms.ValidationError(gettext("This must be a whole number."))
        return int(found)


class PricingForm(forms.Form):
    """The figures of one method for one kind of fee. :attr:`reckoning` is empty while something is wrong."""

    use_required_attribute = False

    def __init__(
        self, method: PricingMethod, basis: PricingBasis, data: Any = None, *, on: date, initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial={"licensees": "5", "months": "36", **initial})
        self.method, self.basis, self.on = method, basis, on
        self.figures: Figures | None = None
        self.reckoning: Reckoning | None = None
        plan = METHODS[method]
        for position, question in enumerate(plan.questions):
            self.fields[f"suits_{position}"] = forms.BooleanField(label=question, required=False)
        for ask in plan.ways[basis].asks:
            self.fields[ask.name] = FigureField(ask)
        self.fields["source"] = RuledTextField(
            label=plan.source_label,
            help_text=_("Printed with the estimate and in the explanation. At most 200 characters."),
            widget=forms.Textarea({"rows": 2, "data-width": "l", "data-count": str(LONGEST_SOURCE)}),
        )
        self.fields["licensees"] = CountField(
            label=_("Expected number of licensees"),
            help_text=_("One patent, many licensees: the more you expect, the less each pays."),
            widget=forms.TextInput({"inputmode": "numeric", "data-width": "xs"}),
        )
        term = forms.TextInput({"inputmode": "numeric", "data-width": "xs"})
        self.fields["months"] = CountField(
            label=_("License term in months"), widget=term if basis is PricingBasis.FIXED else forms.HiddenInput()
        )

    def group(self, kind: str) -> list[forms.BoundField]:
        """Return the fields of one part of the page: ``suits``, ``figures`` or ``expected``."""
        expected = ("licensees", "months")
        parts = {
            "suits": [name for name in self.fields if name.startswith("suits_")],
            "expected": list(expected),
            "figures": [name for name in self.fields if not name.startswith("suits_") and name not in expected],
        }
        return [self[name] for name in parts[kind]]

    def clean(self) -> dict[str, Any]:
        """Reckon; what the rules find is shown beside its field."""
        said = self.cleaned_data
        if self.errors:
            return said
        asks = METHODS[self.method].ways[self.basis].asks
        self.figures = Figures(
            method=self.method,
            basis=self.basis,
            given={ask.name: said[ask.name] for ask in asks if said[ask.name] is not None},
            source=said["source"],
            licensees=said["licensees"],
            months=said["months"],
            suits=tuple(said[field.name] for field in self.group("suits")),
        )
        try:
            self.reckoning = reckon(self.figures, on=self.on)
        except WrongFigures as wrong:
            for item in wrong.findings:
                self.add_error(item.field or None, f"{item.message} {item.remedy}")
        return said


class UseForm(forms.Form):
    """The explanation as it will stand in the draft, and which draft."""

    statement = forms.ChoiceField(label=_("Into which draft?"))
    explanation = forms.CharField(
        label=_("Brief explanation of how the fee was calculated"),
        strip=False,
        widget=forms.Textarea({"rows": 14, "data-width": "l", "data-count": str(LONGEST)}),
        help_text=_(
            "Change it as you like. In Chinese, at most 2,000 characters. It replaces what the draft says now."
        ),
    )
    with_fee = forms.BooleanField(
        label=_("Also fill in how the fee is paid and the proposed fee."), required=False, initial=True
    )

    def __init__(self, drafts: Iterable[Statement], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.drafts = {str(draft.pk): draft for draft in drafts}
        self.fields["statement"].choices = [  # type: ignore[attr-defined]
            (key, f"{draft.patent} · {draft.patent.title}") for key, draft in self.drafts.items()
        ]

    def clean_explanation(self) -> str:
        """Keep within the length of an explanation (GL V-11 §3.3)."""
        text = self.cleaned_data["explanation"].replace("\r\n", "\n").strip()
        if len(text) > LONGEST:
            said = gettext("The explanation has %(length)s characters; it may have %(limit)s.")
            raise forms.ValidationError(said % {"length": len(text), "limit": LONGEST})
        return text
