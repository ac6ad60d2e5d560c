"""Deliveries beneath events: a delivery changes the baseline of a patent, and its events are folded over it anew.

Where events speak (right, annuities, holders, term, grant) they prevail over deliveries, whatever comes first.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from core.lifecycle import Actor
from registry.actions.events import fold_into_tables
from registry.actions.rechecking import Standing, recheck
from registry.events.state import former_data, holder_data
from registry.models import Patent, PatentBaseline, RegisterEvent
from registry.queries.register import baselines_of, holders_of

_COLUMNS = ("granted_on", "term_ends_on", "right_status", "annuity_state")


def lift(patents: Iterable[Patent]) -> dict[UUID, dict[str, date | None]]:
    """Give the patents in memory what their baselines say; return the holders of those that have one, with their days."""
    wanted = {patent.pk: patent for patent in patents}
    kept = [wanted[pk] for pk in PatentBaseline.objects.filter(patent__in=wanted).values_list("pk", flat=True)]
    found = baselines_of(kept)
    for patent in kept:
        state = found[patent.pk]
        for name in _COLUMNS:
            setattr(patent, name, getattr(state, name))
        patent.facts_as_of = state.as_of
    return {pk: {holder.name: holder.since for holder in state.holders} for pk, state in found.items()}


def rebase(
    inserted: Iterable[Patent],
    changed: Mapping[UUID, tuple[Patent, bool]],
    before: Standing,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Write the delivered values into the baselines, fold the events of these patents, check their statements.

    ``changed`` says of each patent whether its holders were delivered anew. Events that waited for a patent to be known
    are entered now.
    """
    for baseline in PatentBaseline.objects.filter(patent__in=changed):
        patent, holders_too = changed[baseline.pk]
        baseline.data |= {
            "granted_on": patent.granted_on.isoformat() if patent.granted_on else "",
            "term_ends_on": patent.term_ends_on.isoformat(),
            "right_status": str(patent.right_status),
            "annuity_state": str(patent.annuity_state),
            "as_of": patent.facts_as_of.isoformat(),
        }
        if holders_too:
            now = [holder_data(holder) for holder in holders_of([patent])[patent.pk]]
            baseline.data |= {"former": former_data(baseline.data, now), "holders": now}
        baseline.save(update_fields=["data"])
    touched = {patent.number: patent for patent in (*inserted, *(patent for patent, _holders in changed.values()))}
    spoken = RegisterEvent.objects.filter(patent_number__in=touched).values_list("patent_number", flat=True)
    fold_into_tables([touched[number] for number in sorted(set(spoken))], at=at)
    recheck(list(changed), before, by=by, at=at)
