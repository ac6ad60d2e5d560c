"""What an organisation watches."""

from django.db.models import QuerySet

from core.lifecycle import Actor
from registry.models import Patent, Statement, Watch


def watches_of(actor: Actor) -> QuerySet[Watch]:
    """Return what the actor's organisation watches, the newest first."""
    if actor.organisation_id is None:
        return Watch.objects.none()
    mine = Watch.objects.filter(organisation_id=actor.organisation_id)
    return mine.select_related("patent", "statement__patent")


def watch_on(actor: Actor | None, thing: Patent | Statement) -> Watch | None:
    """Return the organisation's watch on this patent or statement."""
    if actor is None:
        return None
    about = {"patent": thing} if isinstance(thing, Patent) else {"statement": thing}
    return watches_of(actor).filter(**about).first()
