"""Why an event cannot be entered: it contradicts what the register knows. Such an event waits for a person."""

from collections.abc import Mapping

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.rules import Text

WORDS: dict[str, Text] = {
    "unknown_patent": _("The register has no patent {number}. Take the patent in first, then try again."),
    "before_filing": _("The event lies before the filing date of the patent, {day}."),
    "before_grant": _("The event lies before the grant of the patent, {day}."),
    "no_entry": _("The register has no such entry in force on that day that the event could be about."),
    "several_entries": _("Several entries are in force on that day, and the event does not say which one it is about."),
    "not_holder": _("{name} is not a registered holder of the patent on that day."),
    "same_holder": _("{name} stands on both sides."),
    "not_lapsed": _("The right has not lapsed, so that nothing can be restored."),
    "right_over": _("The right has ended already."),
    "invalidated": _("The whole patent was declared invalid and counts as never granted."),
    "expiry_day": _("The term ends with {day}; the right expires on the day after it and on no other."),
    "report_of_invention": _("Evaluation reports exist for utility models and designs only."),
    "report_twice": _("The register has an evaluation report of this patent already: {reference}."),
    "not_compensable": _("Only the term of an invention is compensated."),
    "compensated_twice": _("The term of this patent was compensated for this ground already."),
    "annuls_unknown": _(
        "The register has no event {reference} of the source {source} about this patent that could be annulled: it has"
        " not come yet, or was set aside."
    ),
    "annuls_annulment": _(
        "{reference} is an annulment itself, and stays. Send what it annulled again, under a new reference."
    ),
    "other_grant": _("The register knows another day of grant: {day}."),
}


class Contradiction(Exception):
    """An event contradicts the register. ``code`` is a key of :data:`WORDS`, ``params`` fill its places."""

    def __init__(self, code: str, **params: str) -> None:
        self.code, self.params = code, params
        super().__init__(code)


def sentence(code: str, params: Mapping[str, str]) -> Text:
    """Return the contradiction as a sentence."""
    return format_lazy(WORDS[code], **params)
