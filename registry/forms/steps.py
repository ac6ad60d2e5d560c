"""The steps of the statement's form: what each asks, and how what was typed is shown again with its violations.

A step never refuses to save: it carries what was typed to the action as it is, and shows what the rules say of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.rules import Violation
from registry.enums import FeeMode, TermMode
from registry.fees.terms import columns_of
from registry.reading import FEE_COLUMNS, TICKS

FEWEST_ROWS = 4
MOST_ROWS = 60
ROW_PARTS = ("due_months", "amount")
INSTALMENTS_ANCHOR = "instalments-0-due_months"


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the form. ``concerns`` are the fields of violations that are mended here."""

    slug: str
    title: str | Promise
    fields: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()


STEPS = (
    Step("owners", _("Patent and owners"), (), ("",)),
    Step("fee", _("How the fee is paid"), ("fee_mode",), ("fee_mode",)),
    Step("price", _("The price"), (*FEE_COLUMNS, "payment_terms", "payee_account")),
    Step("term", _("License term"), ("term_mode", "term_until", "term_months")),
    Step("contact", _("Contact"), ("contact_name", "contact_phone", "contact_email", "contact_address")),
    Step(
        "explanation",
        _("Explanation and other matters"),
        ("explanation", "exception_request", "exploits_itself", "existing_licenses", "other_matters"),
    ),
    Step("undertakings", _("Undertakings and signature"), (*TICKS[1:], "signed_name")),
    Step("papers", _("Consents and papers"), (), ("consents", "pledgees", "evaluation_report")),
)
BY_SLUG = {step.slug: step for step in STEPS}
FORM_STEPS = tuple(step for step in STEPS if step.fields)


def step_of(field: str) -> Step:
    """Return the step in which a violation of this field is mended."""
    return next((step for step in STEPS if field in step.fields or field in step.concerns), STEPS[0])


def next_step(step: Step) -> Step | None:
    """Return the step after this one."""
    position = STEPS.index(step) + 1
    return STEPS[position] if position < len(STEPS) else None


def anchor_of(field: str) -> str:
    """Return the id of the field's element on its page."""
    if field == "instalments":
        return f"id_{INSTALMENTS_ANCHOR}"
    suffix = "_0" if field in ("fee_mode", "term_mode") else ""
    return f"id_{field}{suffix}" if field else "main"


def fields_of(step: Step, fee_mode: str) -> tuple[str, ...]:
    """Return the fields that the step asks for under this fee mode."""
    if step.slug != "price":
        return step.fields
    used = columns_of(FeeMode(fee_mode)) if fee_mode in FeeMode.values else frozenset()
    if fee_mode == FeeMode.INSTALMENTS:
        used -= {"fixed_amount"}  # follows from the instalments
    asks_for_money = bool(fee_mode) and fee_mode != FeeMode.FREE
    return tuple(
        name for name in step.fields if name in used or (asks_for_money and name in ("payment_terms", "payee_account"))
    )


def entries_from(step: Step, post: QueryDict, fee_mode: str) -> dict[str, Any]:
    """Return what was typed into the step, field by field, untouched."""
    entries: dict[str, Any] = {}
    for name in fields_of(step, fee_mode):
        if name in TICKS:
            entries[name] = name in post
        elif name == "instalments":
            entries[name] = _rows_from(post)
        else:
            entries[name] = post.get(name, "")
    return entries


def _rows_from(post: QueryDict) -> list[dict[str, str]]:
    rows = [
        {part: post.get(f"instalments-{position}-{part}", "") for part in ROW_PARTS} for position in range(MOST_ROWS)
    ]
    return [row for row in rows if any(value.strip() for value in row.values())]


class StepForm(forms.Form):
    """One step, bound to what is saved of it; ``violations`` are shown beside their fields."""

    use_required_attribute = False
    # Which fields a step needs depends on its answers: "optional" beside each of them would mislead.
    NEEDS_ONE_OF_SEVERAL = ("term", "contact")

    def __init__(
        self, step: Step, entries: Mapping[str, Any], violations: Iterable[Violation] = (), *, more_rows: int = 0
    ) -> None:
        names = fields_of(step, entries.get("fee_mode", ""))
        self.findings = [item for item in violations if item.field in names]
        data = {name: entries[name] for name in names if name != "instalments"}
        rows = entries["instalments"] if "instalments" in names else None
        if rows is not None:
            data |= {
                f"instalments-{position}-{part}": str(row.get(part, ""))
                for position, row in enumerate(rows)
                for part in ROW_PARTS
            }
        super().__init__(data=data)
        self.hide_optional = step.slug in self.NEEDS_ONE_OF_SEVERAL
        for name in names:
            if name == "instalments":
                self._add_rows(min(MOST_ROWS, max(FEWEST_ROWS, len(rows or ()) + more_rows)))
            else:
                self.fields[name] = _field(name)
                self.fields[name].live = True  # type: ignore[attr-defined]
                self.fields[name].widget.attrs["aria-describedby"] = self._described(name)

    def _described(self, name: str) -> str:
        """The hint of a field and the place of what is found while it is typed."""
        hint = f"id_{name}_helptext " if HINTS.get(name) and name not in TICKS else ""
        return f"{hint}live_{name}"

    def full_clean(self) -> None:
        """Take the errors from the violations: the rules judge, not the form."""
        self.cleaned_data = {}
        self._errors = ErrorDict()
        for item in self.findings:
            if item.field != "instalments":
                found = self._errors.setdefault(item.field, self.error_class(renderer=self.renderer))
                found.append(str(item.message))

    @property
    def row_errors(self) -> list[str]:
        """What is wrong with the instalments; each sentence names its row."""
        return [str(item.message) for item in self.findings if item.field == "instalments"]

    def instalment_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the due month and the amount of every row."""
        count = sum(name.startswith("instalments-") for name in self.fields) // 2
        return [
            (self[f"instalments-{position}-due_months"], self[f"instalments-{position}-amount"])
            for position in range(count)
        ]

    def _add_rows(self, count: int) -> None:
        for position in range(count):
            number = {"number": position + 1}
            due = format_lazy(_("Instalment {number}: due after so many months"), **number)
            amount = format_lazy(_("Instalment {number}: amount"), **number)
            self.fields[f"instalments-{position}-due_months"] = forms.CharField(
                label=due, widget=forms.TextInput({"inputmode": "numeric", "data-width": "s"})
            )
            self.fields[f"instalments-{position}-amount"] = forms.CharField(
                label=amount, widget=forms.TextInput({"inputmode": "decimal", "data-prefix": "¥"})
            )


def _field(name: str) -> forms.Field:
    """Return the form field of a column: its label, hint and widget."""
    if name in TICKS:
        return forms.BooleanField(label=LABELS[name], help_text=HINTS.get(name, ""))
    choices = {"fee_mode": FeeMode, "term_mode": TermMode}.get(name)
    widget: forms.Widget
    if choices is not None:
        widget = forms.RadioSelect(choices=choices.choices)
    elif name in LONG_TEXTS:
        count = {"data-count": "2000"} if name == "explanation" else {}
        widget = forms.Textarea({"rows": LONG_TEXTS[name], "data-width": "l", **count})
    else:
        widget = forms.TextInput(WIDGETS.get(name, {}))
    return forms.CharField(
        label=LABELS[name], help_text=HINTS.get(name, ""), widget=widget, required=name not in OPTIONAL
    )


LONG_TEXTS = {"payment_terms": 3, "explanation": 10, "other_matters": 4, "existing_licenses": 3, "exception_request": 4}
OPTIONAL = frozenset(
    {
        "payment_terms",
        "payee_account",
        "contact_phone",
        "contact_email",
        "contact_address",
        "existing_licenses",
        "exception_request",
        "other_matters",
        "term_until",
        "term_months",
    }
)
WIDGETS = {
    "fixed_amount": {"inputmode": "decimal", "data-prefix": "¥"},
    "unit_price": {"inputmode": "decimal", "data-prefix": "¥"},
    "royalty_rate": {"inputmode": "decimal", "data-suffix": "%", "data-width": "s"},
    "term_until": {"inputmode": "numeric", "data-width": "s"},
    "term_months": {"inputmode": "numeric", "data-width": "xs"},
    "contact_phone": {"type": "tel", "autocomplete": "tel", "data-width": "m"},
    "contact_email": {"type": "email", "autocomplete": "email"},
    "contact_address": {"autocomplete": "street-address", "data-width": "l"},
    "contact_name": {"autocomplete": "name"},
    "unit_name": {"data-width": "s"},
}
LABELS: dict[str, str | Promise] = {
    "fee_mode": _("How is the fee paid?"),
    "fixed_amount": _("Sum"),
    "royalty_rate": _("Royalty rate"),
    "unit_price": _("Price per unit"),
    "unit_name": _("Unit"),
    "instalments": _("Instalments"),
    "payment_terms": _("How and when to pay"),
    "payee_account": _("Bank account that receives the fee"),
    "term_mode": _("How is the license term stated?"),
    "term_until": _("Last day"),
    "term_months": _("Number of months"),
    "contact_name": _("Contact person"),
    "contact_phone": _("Telephone"),
    "contact_email": _("E-mail address"),
    "contact_address": _("Postal address"),
    "explanation": _("Brief explanation of how the fee was calculated"),
    "exception_request": _("Exception asked for: why the fee or the explanation exceeds its limit"),
    "exploits_itself": _("The patentee exploits the patent itself"),
    "existing_licenses": _("Ordinary licenses already in force"),
    "other_matters": _("Other matters"),
    "undertakes_no_exclusive": _("No exclusive or sole license of this patent is in force, and none will be granted."),
    "undertakes_open_to_all": _("Any unit or individual gets a license on the announced terms."),
    "undertakes_keep_in_force": _("The patent is kept in force while the statement is in effect."),
    "undertakes_export_rules": _("The rules on technology export are followed where a licensee is abroad."),
    "signed_name": _("Name of whoever signs"),
}
HINTS: dict[str, str | Promise] = {
    "fee_mode": _("The statement must state how the fee is paid and how much it is. A price to be agreed is none."),
    "fixed_amount": _("In yuan, generally at most 20,000,000. A larger fee needs an exception or an ordinary license."),
    "royalty_rate": _("Generally at most 20 % of net sales or 40 % of profit."),
    "unit_price": _("In yuan. The Guidelines state no cap; the examiner looks at the price."),
    "unit_name": _("What the price is for, such as one piece or one ton."),
    "payment_terms": _("For example: within ten days of the notice, by bank transfer."),
    "payee_account": _("Shown to licensees only, never announced."),
    "term_until": _("Year, month, day, for example 2030-12-31. Not later than the patent's last day."),
    "term_months": _("Counted from each license; every license ends with the patent at the latest."),
    "contact_name": _("The contact details are announced in the bulletin."),
    "contact_phone": _("Give at least one: telephone, e-mail address or postal address."),
    "explanation": _("In Chinese, generally at most 2,000 characters. It is not announced."),
    "exception_request": _(
        "Leave it empty unless the fee is above its cap or the explanation longer than 2,000 characters. With it the "
        "statement can be sent, but is announced only if an examiner grants the exception and records why."
    ),
    "existing_licenses": _("They are no obstacle. Name the licensee and the term of each."),
    "other_matters": _("Whatever else licensees should know. No advertising."),
    "signed_name": _("Typing the name counts as the signature of the person who files."),
}
