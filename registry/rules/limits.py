"""What exceeds the limits that the Guidelines set "generally": the caps of fees and the length of the explanation."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.legal import setting
from core.rules import Finding
from registry.facts import StatementFacts
from registry.fees.caps import over_cap


def fee_over_limit(facts: StatementFacts) -> list[Finding]:
    """Return what part of the fee is above its cap; equality passes."""
    return over_cap(facts.fee, facts.on) if facts.fee is not None else []


def explanation_over_limit(facts: StatementFacts) -> list[Finding]:
    """Return whether the brief explanation is longer than 2,000 characters."""
    limit = setting("explanation_max_characters", on=facts.on).whole
    length = len(facts.explanation)
    if length <= limit:
        return []
    message = format_lazy(
        _("The explanation has {length} characters; it may have {limit}."), length=length, limit=limit
    )
    return [Finding(message, _("Shorten it, or ask for an exception and say why."), "explanation")]
