"""Whom a patentee names as the agency of its statement."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation

NOBODY = "none"


class NameAgencyForm(forms.Form):
    """The agency that acts from now on, or none."""

    agency = forms.ChoiceField(
        label=_("Who acts on this statement from now on?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who acts from now on.")},
    )

    def __init__(self, *args: Any, agencies: Iterable[Organisation], may_act_alone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alone = [(NOBODY, _("None: we act ourselves"))] if may_act_alone else []
        self.fields["agency"].choices = [*((str(one.pk), one.name) for one in agencies), *alone]  # type: ignore[attr-defined]

    def clean_agency(self) -> str | None:
        """Return the agency's id, or None."""
        chosen: str = self.cleaned_data["agency"]
        return None if chosen == NOBODY else chosen
