"""The agreement as a document. Same agreement, same bytes."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.deadlines import SHANGHAI, law_date
from core.pdf import both, render
from mediation.enums import Side
from mediation.models import Agreement
from mediation.queries.materials import signatures
from mediation.rules.clocks import confirmation_due


def agreement_pdf(agreement: Agreement) -> bytes:
    """Return an effective agreement as PDF/A: its words, both signatures, its hash.

    Raises:
        ValueError: it is not in effect.
    """
    if agreement.effective_at is None:
        raise ValueError("only an agreement in effect is made into a document")
    return render("agreement.typ", _data(agreement), at=agreement.effective_at)


def _data(agreement: Agreement) -> dict[str, Any]:
    case = agreement.case
    parts = (
        (_("Parties"), agreement.parties),
        (_("Facts"), agreement.facts),
        (_("Matter in dispute"), agreement.dispute),
        (_("What the parties agree"), agreement.result),
        (_("How it is performed"), agreement.performance_mode),
        (_("Performed by"), agreement.performance_on.isoformat()),
        (
            _("Court confirmation may be asked for until"),
            confirmation_due(law_date(agreement.effective_at)).isoformat(),
        ),
    )
    return {
        "title": both(_("Mediation agreement")),
        "issuer": both(_("Patent Open License Registry")),
        "number": case.number,
        "confidential": both(_("Confidential")),
        "parts": [{"label": both(label), "value": value} for label, value in parts],
        "signatures_title": both(_("Signatures")),
        "signatures": [
            {
                "side": both(Side(side).label),
                "party": case.party(Side(side)).name,
                "name": one.signed_name,
                "at": one.signed_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"),
            }
            for side, one in sorted(signatures(agreement).items())
        ],
        "law": both(
            _(
                "Reached by mediation of the office under Article 52 of the Patent Law. Both sides may jointly ask a"
                " court to confirm it (Civil Procedure Law, Art. 205)."
            )
        ),
        "hash_label": both(_("SHA-256 of the text")),
        "hash": agreement.content_hash,
    }
