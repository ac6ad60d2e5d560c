"""What an action refused, put back beside the fields it is about."""

from django import forms

from core.rules import Refused


def show_refusal(form: forms.Form, refused: Refused) -> None:
    """Add every violation to the form, with how to mend it; nothing that was typed is lost."""
    for violation in refused.violations:
        field = violation.field if violation.field in form.fields else None
        form.add_error(field, [str(part) for part in (violation.message, violation.remedy) if part])
