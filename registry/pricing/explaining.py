"""The brief explanation that goes with a statement, written from an estimate (GL V-11 §3.3). Pure.

It is written in the active language; a statement's is Chinese. At most 2,000 characters, whatever the figures.
"""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.rules import Text
from registry.pricing.figures import Step
from registry.pricing.reckoning import Figures, Reckoning

LONGEST = 2000
# These two stand on every page and paper of an estimate.
REFERENCE_ONLY: Text = _("Reference only: an estimate binds nobody, and the office does not set fees.")
OWN_FORMULAS: Text = _(
    "The Guidance names the five methods and asks for a coefficient; its formulas were not at hand. The formulas and the "
    "coefficient used here are this registry's practice. Sums are rounded to the fen and rates to a hundredth of a "
    "percent, half up, at every step."
)


def explanation_of(figures: Figures, reckoning: Reckoning) -> str:
    """Return the method, the figures with their source, every step and the result, one a line."""
    lines = [
        gettext("The fee was estimated by this method: %(method)s. It is an estimate for reference.")
        % {"method": figures.method.label},
        gettext("Source of the figures: %(source)s") % {"source": figures.source.strip()},
        *(_line(step) for step in (*reckoning.inputs, *reckoning.steps)),
    ]
    if reckoning.findings:
        lines.append(gettext("The result is above the cap; the fee is set at the cap or below."))
    lines.append(_line(reckoning.proposal))
    return "\n".join(lines)[:LONGEST]


def _line(step: Step) -> str:
    words = {"label": step.label, "value": step.shown, "working": step.working}
    if not step.working or step.working == step.shown:
        return gettext("%(label)s: %(value)s") % words
    return gettext("%(label)s: %(working)s = %(value)s") % words
