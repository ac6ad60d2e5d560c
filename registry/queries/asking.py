"""Who was asked for a consent here and can still answer: patentees on a text or a withdrawal, pledgees on a statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.enums import Verification
from accounts.models import Organisation
from core.lifecycle import Actor
from registry.enums import EDITABLE_STATUSES, PENDING_STATUSES, EndingStatus
from registry.models import Declination, Ending, OwnerConsent, Ownership, Pledge, Statement
from registry.queries.content import content_hash
from registry.queries.facts import pledges_of_other_texts
from registry.queries.statements import consents_wanted


@dataclass(frozen=True, slots=True)
class AskedText:
    """A statement's present text that a co-owner was asked to consent to, and how they have answered it."""

    statement: Statement
    text: str
    given: OwnerConsent | None
    declined: Declination | None

    @property
    def waits(self) -> bool:
        """Whether there is no answer to this text."""
        return self.given is None and self.declined is None


def texts_asked(actor: Actor) -> QuerySet[Statement]:
    """Return the statements to whose texts this actor's organisation was asked to consent: those that wait first, then
    the newest. ``answered`` says whether it has consented to the present text or declined it; nothing is hashed here.

    Of a statement asked about before ``text_hash`` was kept, any answer counts.
    """
    present = Q(content_hash=OuterRef("text_hash")) | Q(statement__text_hash="")
    consents, declinations = _own_answers(actor)
    answered = [Exists(rows.filter(present, statement=OuterRef("pk"))) for rows in (consents, declinations)]
    asked = consents_wanted(actor).select_related("replaces").annotate(answered=answered[0] | answered[1])
    return asked.order_by("answered", "-saved_at", "pk")


def with_answers(asked: Sequence[Statement], actor: Actor) -> list[AskedText]:
    """Return the present text of each of these statements with the organisation's answer to it."""
    consents, declinations = (rows.filter(statement__in=asked) for rows in _own_answers(actor))
    given = {(one.statement_id, one.content_hash): one for one in consents}
    declined = {(one.statement_id, one.content_hash): one for one in declinations}
    texts = [(statement, content_hash(statement)) for statement in asked]
    return [AskedText(one, text, given.get((one.pk, text)), declined.get((one.pk, text))) for one, text in texts]


def _own_answers(actor: Actor) -> tuple[QuerySet[OwnerConsent], QuerySet[Declination]]:
    """Return every consent of this actor's organisation to a statement, and every refusal of one."""
    return (
        OwnerConsent.objects.filter(patentee__organisation_id=actor.organisation_id),
        Declination.objects.filter(organisation_id=actor.organisation_id, ending=None, pledge=None),
    )


def withdrawals_wanted(actor: Actor) -> QuerySet[Ending]:
    """Return the requests for withdrawal that wait for this actor's organisation, as a patentee.

    Whoever came after the statement was declared is asked only while its filer holds the patent too (GL V-11 §4, §9). A
    holder without a day (:attr:`registry.models.Ownership.since_on`) counts as one from the beginning.
    """
    if actor.organisation_id is None:
        return Ending.objects.none()
    held = "statement__patent__ownerships"
    filer = Ownership.objects.filter(
        patent=OuterRef("statement__patent"), patentee__organisation=OuterRef("statement__filed_by")
    )
    earlier = Q(**{f"{held}__since_on": None}) | Q(**{f"{held}__since_on__lte": F("statement__submitted_at__date")})
    own = Q(**{f"{held}__patentee__organisation_id": actor.organisation_id}) & (earlier | Q(Exists(filer)))
    return (
        Ending.objects.select_related("statement__patent", "statement__filed_by", "statement__agency")
        .filter(own, status=EndingStatus.PREPARED)
        .exclude(statement__filed_by_id=actor.organisation_id, statement__agency=None)
        .distinct()
    )


def withdrawals_unanswered(actor: Actor) -> QuerySet[Ending]:
    """Return those to which this actor's organisation has neither consented nor declined, the oldest first."""
    return (
        withdrawals_wanted(actor)
        .exclude(consents__patentee__organisation_id=actor.organisation_id)
        .exclude(declinations__organisation_id=actor.organisation_id)
        .order_by("requested_at", "pk")
    )


def standing_pledges(statement: Statement, *, on: date) -> QuerySet[Pledge]:
    """Return the pledges that hold on that day and whose pledgees have not consented, or only to another text."""
    holding = Q(released_on=None) | Q(released_on__gt=on)
    wanted = Q(consented_on=None) | Q(pk__in=pledges_of_other_texts([statement])[statement.pk])
    return statement.patent.pledges.filter(holding, wanted, since_on__lte=on).order_by("since_on", "pk")


def pledgees_here(statement: Statement, *, on: date) -> QuerySet[Organisation]:
    """Return the organisations that sign in here under the exact name of such a pledgee."""
    names = standing_pledges(statement, on=on).values("pledgee")
    return Organisation.objects.filter(name__in=names, verification=Verification.VERIFIED).order_by("name")


def pledge_consents_wanted(actor: Actor, *, on: date) -> QuerySet[Statement]:
    """Return the statements on whose patents this actor's organisation holds a pledge and was asked for its consent."""
    if not actor.roles or not actor.organisation_name:
        return Statement.objects.none()
    holding = Pledge.objects.filter(
        Q(released_on=None) | Q(released_on__gt=on), since_on__lte=on, pledgee=actor.organisation_name
    )
    asked = Statement.objects.select_related("patent", "filed_by", "agency").filter(
        status__in={*EDITABLE_STATUSES, *PENDING_STATUSES}, pledgees_asked_at__isnull=False
    )
    own = set(holding.values_list("pk", flat=True))
    answered = asked.filter(patent__pledges__in=own, patent__pledges__consents__isnull=False)
    other_texts = pledges_of_other_texts(answered.select_related("replaces").distinct())
    anew = [pk for pk, pledges in other_texts.items() if pledges & own]
    return asked.filter(Q(patent__in=holding.filter(consented_on=None).values("patent_id")) | Q(pk__in=anew))


def pledge_consents_unanswered(actor: Actor, *, on: date) -> list[Statement]:
    """Return those whose present text this actor's organisation has not declined; the one asked about first comes first."""
    asked = list(pledge_consents_wanted(actor, on=on).order_by("pledgees_asked_at", "pk"))
    own = Declination.objects.filter(statement__in=asked, organisation_id=actor.organisation_id).exclude(pledge=None)
    declined = set(own.values_list("statement_id", "content_hash"))
    return [one for one in asked if (one.pk, content_hash(one)) not in declined]
