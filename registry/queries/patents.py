"""What the register knows of a patent, line by line: what bars open licensing and what does not, each with its time."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.rules import Text
from registry.enums import OFFICE, EncumbranceKind, EventKind, InvalidationScope, ReportConclusion, SuspensionGround
from registry.events.fold import Replay
from registry.events.state import (
    INVALIDATION,
    LICENSE,
    OBSTACLE,
    PLEDGE,
    REPORT,
    SUSPENSION,
    Entry,
    Held,
    Origin,
)
from registry.models import ParkedEvent, RegisterEvent
from registry.queries.events import details_of
from registry.queries.register import DELIVERY

SOURCES: dict[str, Text] = {DELIVERY: gettext_lazy("Patent data delivered"), OFFICE: gettext_lazy("The office")}


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One entry of the register: what it is, who or what it names, the days between which it holds, whence known."""

    kind: Text
    text: str
    since: date
    until: date | None
    origin: Origin
    annulled_on: date | None = None

    @property
    def source(self) -> Text:
        """The source in words."""
        return SOURCES.get(self.origin.source, self.origin.source)


def register_lines(replayed: Replay) -> list[RegisterLine]:
    """Return every entry about a patent, every change of its holders, and what was annulled, newest first."""
    state = replayed.state
    lines = [*(_line(entry) for entry in state.entries), *(_held(item) for item in state.history)]
    return sorted([*lines, *_annulled(replayed.annulled)], key=lambda line: line.since, reverse=True)


def _annulled(annulled: Mapping[str, str]) -> Iterator[RegisterLine]:
    """Annulled events stay to be seen; one that was never entered, since it contradicted the register, does not."""
    rows = {str(row.pk): row for row in RegisterEvent.objects.filter(pk__in={*annulled, *annulled.values()})}
    never = set(ParkedEvent.objects.filter(pk__in=annulled, applied_at=None).values_list("pk", flat=True))
    for pk, annulment in annulled.items():
        event = rows[pk]
        if event.pk not in never:
            said = _("; ").join(str(row["value"]) for row in details_of(event))
            origin = Origin(event.source, event.as_of)
            kind = EventKind(event.kind).label
            yield RegisterLine(kind, said, event.effective_on, None, origin, rows[annulment].effective_on)


def _line(entry: Entry) -> RegisterLine:
    kind, text = WORDS[entry.table](entry)
    return RegisterLine(kind, str(text), entry.since, entry.until, entry.origin)


def _held(item: Held) -> RegisterLine:
    names = {"left": _("; ").join(item.left), "came": _("; ").join(item.came)}
    text = _("from %(left)s to %(came)s") % names
    return RegisterLine(EventKind(item.kind).label, text, item.on, None, item.origin)


def _pledge(entry: Entry) -> tuple[Text, str]:
    pledgee = entry.said["pledgee"]
    if entry.consented is not None:
        pledgee = _("%(pledgee)s, who consented to open licensing") % {"pledgee": pledgee}
    return _("Pledge"), pledgee


def _report(entry: Entry) -> tuple[Text, str]:
    conclusion = ReportConclusion(entry.said["conclusion"]).label
    return _("Patent evaluation report"), f"{entry.said['reference']}{_(': ')}{conclusion}"


WORDS: dict[str, Callable[[Entry], tuple[Text, Text]]] = {
    PLEDGE: _pledge,
    LICENSE: lambda entry: (EncumbranceKind(entry.said["kind"]).label, entry.said["licensee"]),
    SUSPENSION: lambda entry: (_("Suspension of procedures"), SuspensionGround(entry.said["ground"]).label),
    OBSTACLE: lambda entry: (_("Other obstacle"), entry.said["description"]),
    INVALIDATION: lambda entry: (_("Invalidation"), InvalidationScope(entry.said["scope"]).label),
    REPORT: _report,
}
