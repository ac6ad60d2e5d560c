"""Whether the bulletin may appear."""

from registry.models import PublicationHalt


def standing_halt() -> PublicationHalt | None:
    """Return the halt that stands, None while publication runs."""
    return PublicationHalt.objects.filter(resumed_at=None).select_related("halted_by", "proposed_by").first()
