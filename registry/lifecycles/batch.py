"""The life of a batch: a spreadsheet of statements, checked row by row, then submitted by one act (office practice)."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from core.legal import LAW, PRACTICE, RULES
from core.lifecycle import Lifecycle, Transition
from registry.enums import BatchStatus as S

FILERS = frozenset({Role.PATENTEE.value, Role.AGENCY.value})
SYSTEM = frozenset({Role.SYSTEM.value})
_PRACTICE = (PRACTICE("statements by spreadsheet"),)

BATCH_LIFE = Lifecycle(
    name="batch",
    title=_("Batch of statements"),
    states=S,
    initial=S.CHECKING,
    transitions=(
        Transition("checked", (S.CHECKING,), S.CHECKED, SYSTEM, _PRACTICE, _("Every row is checked")),
        Transition("unreadable", (S.CHECKING,), S.UNREADABLE, SYSTEM, _PRACTICE, _("The file cannot be read")),
        Transition(
            "replace",
            (S.CHECKING, S.CHECKED, S.UNREADABLE),
            S.REPLACED,
            FILERS,
            _PRACTICE,
            _("Upload a corrected version"),
        ),
        Transition(
            "discard", (S.CHECKING, S.CHECKED, S.UNREADABLE), S.DISCARDED, FILERS, _PRACTICE, _("Discard the batch")
        ),
        Transition(
            "check_again",
            (S.CHECKED, S.SUBMITTED),
            S.CHECKING,
            FILERS,
            _PRACTICE,
            _("Check the rows again, after papers were added or the register changed"),
        ),
        Transition(
            "submit", (S.CHECKED,), S.SUBMITTING, FILERS, (LAW(50, 1), RULES(85)), _("Submit the rows of the batch")
        ),
        Transition("stop", (S.SUBMITTING,), S.CHECKED, SYSTEM, _PRACTICE, _("Stop before the end")),
        Transition("finish", (S.SUBMITTING,), S.SUBMITTED, SYSTEM, (LAW(50, 1),), _("Every row is dealt with")),
    ),
    turns={S.CHECKING: Role.SYSTEM, S.CHECKED: Role.PATENTEE, S.UNREADABLE: Role.PATENTEE, S.SUBMITTING: Role.SYSTEM},
)
