"""Watching a patent or a statement: an organisation is told what the register's events do to it."""

from datetime import datetime

from django.db import transaction

from core.lifecycle import Actor, WrongRole
from registry.models import Patent, Statement, Watch


@transaction.atomic
def watch(*, thing: Patent | Statement, by: Actor, at: datetime) -> Watch:
    """Begin to watch for the organisation; whoever watches already goes on.

    Raises:
        WrongRole: the actor acts for no organisation.
    """
    about = {"patent": thing} if isinstance(thing, Patent) else {"statement": thing}
    if by.organisation_id is None:
        raise WrongRole("watch", "begin", by.roles)
    begun = {"begun_by_id": by.person_id, "begun_at": at}
    found, _made = Watch.objects.get_or_create(organisation_id=by.organisation_id, **about, defaults=begun)
    return found


@transaction.atomic
def unwatch(*, watch: Watch, by: Actor, at: datetime) -> None:
    """End it.

    Raises:
        Watch.DoesNotExist: it is another organisation's.
    """
    own = Watch.objects.filter(organisation_id=by.organisation_id) if by.organisation_id else Watch.objects.none()
    own.select_for_update(of=("self",)).get(pk=watch.pk).delete()
