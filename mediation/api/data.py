"""What the API says of a case and its agreement to one of the two sides."""

from typing import Any

from core.deadlines import law_date
from mediation.models import Agreement, Case
from mediation.permissions import Standing
from mediation.queries.cases import current_mediators
from mediation.queries.materials import papers, proposed_agreement, sessions, signatures
from mediation.queries.progress import turn
from mediation.rules.agreement import PARTS
from mediation.rules.clocks import confirmation_due


def case_data(case: Case, where: Standing) -> dict[str, Any]:
    """Return everything this side may read of the case."""
    agreement = proposed_agreement(case)
    signed = frozenset(signatures(agreement)) if agreement else None
    return {
        "case": case,
        "side": where.value,
        "turn": turn(case, where, signed=signed),  # type: ignore[arg-type]
        "answer": getattr(case, "answer", None),
        "mediators": [str(person) for person in current_mediators(case)],
        "consents_to_extension": case.extension_consents.filter(side=where.value).exists(),
        "papers": papers(case, where),
        "sessions": sessions(case, where),
        "agreement": agreement_data(agreement) if agreement else None,
    }


def agreement_data(agreement: Agreement) -> dict[str, Any]:
    """Return the agreement that is proposed or in effect, with who has signed it."""
    effective_at = agreement.effective_at
    return {
        **{name: getattr(agreement, name) for name in PARTS},
        "version": agreement.version,
        "content_hash": agreement.content_hash,
        "proposed_at": agreement.proposed_at,
        "effective_at": effective_at,
        "confirmation_due_on": confirmation_due(law_date(effective_at)) if effective_at else None,
        "signatures": signatures(agreement).values(),
    }
