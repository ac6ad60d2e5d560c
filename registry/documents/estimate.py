"""An estimate of a fee as PDF: every figure with its source, every step, the cap, and that it is for reference only."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.money import format_yuan
from core.pdf import both, render
from core.rules import Text
from registry.models import Estimate
from registry.pricing.explaining import OWN_FORMULAS, REFERENCE_ONLY
from registry.pricing.figures import Step

ISSUER = _("Patent Open License Registry")


def estimate_pdf(estimate: Estimate) -> bytes:
    """Return the estimate as PDF/A in both languages. Same estimate, same bytes."""
    return render("estimate.typ", estimate_data(estimate), at=estimate.made_at)


def estimate_data(estimate: Estimate) -> dict[str, Any]:
    """Return what the paper says, in both languages."""
    found = estimate.reckoning
    figures = estimate.figures
    patent = f"{estimate.patent} {estimate.patent.title}" if estimate.patent else "—"
    return {
        "title": both(_("Estimate of an open license fee")),
        "issuer": both(ISSUER),
        "reference": both(REFERENCE_ONLY),
        "facts": [
            {"label": both(_("Patent")), "value": both(patent)},
            {"label": both(_("Method")), "value": both(figures.method.label)},
            {"label": both(_("Estimated for")), "value": both(figures.basis.label)},
            {"label": both(_("Source of the figures")), "value": both(estimate.source)},
            {"label": both(_("Made")), "value": both(f"{estimate.reckoned_on}")},
        ],
        "headings": [both(text) for text in (_("What it is"), _("Working"), _("Figure"), _("Where it comes from"))],
        "inputs_title": both(_("Figures given")),
        "inputs": [_row(step) for step in found.inputs],
        "steps_title": both(_("Steps")),
        "steps": [_row(step) for step in found.steps],
        "result": _row(found.proposal),
        "remarks": [both(text) for text in _remarks(estimate)],
        "formulas": both(OWN_FORMULAS),
    }


def _row(step: Step) -> dict[str, Any]:
    return {
        "label": both(step.label),
        "working": step.working,
        "value": step.shown,
        "source": both(step.source),
    }


def _remarks(estimate: Estimate) -> list[Text]:
    found = estimate.reckoning
    over: list[Text] = [item.message for item in found.findings]
    if over:
        shown = format_yuan(found.outcome.value) if estimate.basis == "fixed" else found.outcome.shown
        over.insert(0, shown)
    return [*over, *found.doubts]
