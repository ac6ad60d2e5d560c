"""A document handed in to be checked. It is read, compared, and kept nowhere."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST = 25 * 1024 * 1024


class ContentForm(forms.Form):
    """A file, or a text: an entry, a checkpoint, a hash."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("An issue as PDF, JSON or CSV, a proof, a checkpoint, or a certificate. At most 25 MB."),
    )
    text = forms.CharField(
        label=_("Or a text"),
        required=False,
        strip=False,
        max_length=1_000_000,
        widget=forms.Textarea({"rows": 4, "spellcheck": "false"}),
        help_text=_("An entry as data, a checkpoint, or a hash of 64 characters."),
    )

    def clean(self) -> dict[str, Any]:
        """Read the file; ask for one of the two."""
        said = super().clean() or {}
        file, text = said.get("file"), said.get("text", "")
        if file is not None and file.size > LARGEST:
            self.add_error("file", _("The file is larger than 25 MB."))
        elif file is None and not text.strip() and not self.errors:
            self.add_error("file", _("Choose a file, or enter a text below."))
        else:
            said["data"] = file.read() if file is not None else b""
        return said
