"""What the office has to say with a step."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import User
from accounts.roles import Role
from core.rules import Violation
from core.validation import clean_text
from registry.enums import EndingKind
from registry.models import Statement
from registry.papers import LANGUAGE
from registry.rules.wordings import drafted, inserted, sentence, wordings_for


def _reasons(*, rows: int, initial: str = "") -> forms.CharField:
    return forms.CharField(
        label=_("Reasons"),
        initial=initial,
        error_messages={"required": _("Give the reasons; the filer reads them (Guidelines V-6, section 1.2).")},
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=4000,
    )


class ReasonsForm(forms.Form):
    """Reasons that the filer reads; the action refuses an empty text with its article."""

    reasons = _reasons(rows=5)

    def clean_reasons(self) -> str:
        """Refuse characters that would look like others."""
        return clean_text(self.cleaned_data["reasons"])


def worded_form(use: str, standing: Iterable[Violation]) -> type[ReasonsForm]:
    """Return the form of reasons for a correction or a refusal: begun from what stands against the statement, with
    wordings to insert. Reasons are Chinese, the language of the paper; the choices are in the reader's language."""
    with override(LANGUAGE):
        begun = drafted(standing)
    choices = [(item.code, sentence(item.text, item.basis)) for item in wordings_for(use)]

    class WordedForm(ReasonsForm):
        can_insert = True
        reasons = _reasons(rows=10, initial=begun)
        wordings = forms.MultipleChoiceField(
            label=_("Wordings"),
            choices=choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Tick what fits, insert it, then edit it above. The paper is in Chinese."),
        )

        def with_inserted(self) -> "WordedForm":
            """Return the form again with the ticked wordings beneath what was typed."""
            prefix = self.prefix
            typed = self.data.get(f"{prefix}-reasons", "")
            with override(LANGUAGE):
                text = inserted(typed, self.data.getlist(f"{prefix}-wordings"))
            return WordedForm(initial={"reasons": text}, prefix=prefix)

        def clean(self) -> dict[str, Any]:
            """The choices were only a help in writing."""
            self.cleaned_data.pop("wordings", None)
            return self.cleaned_data

    return WordedForm


class ReasonForm(forms.Form):
    """Why an officer does something within the office; colleagues read it."""

    reason = forms.CharField(
        label=_("Reason"),
        error_messages={"required": _("Say in a sentence why.")},
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )

    def clean_reason(self) -> str:
        """Refuse characters that would look like others."""
        return clean_text(self.cleaned_data["reason"])


def reassign_form(statement: Statement) -> type[forms.Form]:
    """Return the form that gives a statement to another examiner."""
    others = User.objects.filter(is_active=True, appointments__role=Role.EXAMINER, appointments__ended_at=None)

    class ReassignForm(ReasonForm):
        to = forms.ModelChoiceField(
            others.exclude(pk=statement.examiner_id).distinct().order_by("full_name"),
            label=_("Examiner"),
            error_messages={"required": _("Choose another person who is an examiner.")},
        )

    return ReassignForm


class OverrideForm(forms.Form):
    """Why a fee or an explanation above the usual limit is let pass (GL V-11 §3.3: "generally")."""

    override_reason = forms.CharField(
        label=_("Reason for passing an explanation or a fee above the usual limit"),
        help_text=_("Leave empty unless a limit is exceeded. Guidelines V-11, section 3.3."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )

    def clean_override_reason(self) -> str:
        """Refuse characters that would look like others."""
        return clean_text(self.cleaned_data["override_reason"])


class EndForm(forms.Form):
    """An end or a revocation by the office, with its grounds. Its choice follows from the facts."""

    falsehood = forms.BooleanField(
        label=_("Something was false or concealed when the statement was filed"),
        help_text=_("Then it is revoked, and the patent enforcement department is told (Rules 88 and 100)."),
        required=False,
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind.value, kind.label) for kind in (EndingKind.TERMINATION, EndingKind.REVOCATION)],
    )
    deviation = forms.CharField(
        label=_("Why not what the facts call for"),
        help_text=_("Leave empty if you follow the suggestion."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
    )
    grounds = forms.CharField(
        label=_("Grounds"),
        error_messages={"required": _("Give the grounds.")},
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )

    def clean_grounds(self) -> str:
        """Refuse characters that would look like others."""
        return clean_text(self.cleaned_data["grounds"])

    def clean_deviation(self) -> str:
        """Refuse characters that would look like others."""
        return clean_text(self.cleaned_data["deviation"])
