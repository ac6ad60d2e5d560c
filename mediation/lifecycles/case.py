"""The life of a mediation case: state, event, role and article.

The table knows roles, not sides: that a request is withdrawn by its applicant and answered by its respondent is
checked by ``mediation.permissions``, because one organisation may be either.
"""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from core.legal import M590, PRACTICE, Citation
from core.lifecycle import Lifecycle, Transition
from core.rules import Text
from mediation.enums import CaseStatus as S

PARTIES = frozenset({Role.PATENTEE.value, Role.ENTERPRISE.value, Role.AGENCY.value})
MEDIATORS = frozenset({Role.MEDIATOR.value})
SYSTEM = frozenset({Role.SYSTEM.value})


def _row(
    event: str, sources: tuple[str, ...], target: str, roles: frozenset[str], basis: tuple[Citation, ...], title: Text
) -> Transition:
    return Transition(event, sources, target, roles, basis, title)


CASE = Lifecycle(
    name="case",
    title=_("Mediation case"),
    states=S,
    initial=S.DRAFT,
    transitions=(
        _row("discard", (S.DRAFT,), S.DISCARDED, PARTIES, (M590(3),), _("Discard the draft")),
        _row("request", (S.DRAFT,), S.REQUESTED, PARTIES, (M590(4),), _("Request mediation")),
        _row("admit", (S.REQUESTED,), S.ASKED, MEDIATORS, (M590(7),), _("Admit the request")),
        _row("decline", (S.REQUESTED,), S.NOT_ADMITTED, MEDIATORS, (M590(8),), _("Do not admit the request")),
        _row("accept", (S.ASKED,), S.IN_MEDIATION, PARTIES, (M590(3),), _("Agree to be mediated")),
        _row("refuse", (S.ASKED, S.IN_MEDIATION), S.REFUSED, PARTIES, (M590(3),), _("Refuse mediation")),
        _row(
            "deem_refused",
            (S.ASKED,),
            S.REFUSED,
            SYSTEM,
            (PRACTICE("reply of the respondent"),),
            _("Silence counts as refusal"),
        ),
        _row(
            "withdraw",
            (S.REQUESTED, S.ASKED, S.IN_MEDIATION),
            S.WITHDRAWN,
            PARTIES,
            (M590(3),),
            _("Withdraw the request"),
        ),
        _row(
            "extend",
            (S.IN_MEDIATION,),
            S.IN_MEDIATION,
            MEDIATORS,
            (M590(18), PRACTICE("extension of a mediation")),
            _("Extend the mediation"),
        ),
        _row("agree", (S.IN_MEDIATION,), S.AGREED, PARTIES, (M590(21),), _("Close with the signed agreement")),
        _row(
            "fail",
            (S.IN_MEDIATION,),
            S.FAILED,
            MEDIATORS,
            (PRACTICE("end of a mediation"),),
            _("Close without an agreement"),
        ),
        _row(
            "preempt",
            (S.ASKED, S.IN_MEDIATION),
            S.PREEMPTED,
            MEDIATORS,
            (M590(8),),
            _("Close for court or arbitration"),
        ),
        _row("time_out", (S.IN_MEDIATION,), S.TIMED_OUT, SYSTEM, (M590(18),), _("Close when time ran out")),
    ),
    turns={
        S.DRAFT: Role.ENTERPRISE,
        S.REQUESTED: Role.MEDIATOR,
        S.ASKED: Role.ENTERPRISE,
        S.IN_MEDIATION: Role.MEDIATOR,
    },
)
