"""Mandates: a principal lets an agency act for it (GL V-11 §3.3; LAW 18)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.enums import MandateAct, Verification
from accounts.models import Mandate, Organisation
from accounts.notifications import notify
from accounts.rules import refusal
from core import audit, storage
from core.lifecycle import Actor, WrongRole
from core.validation.files import CleanFile

# The acts that a mandate can tie to single patents.
BY_PATENT = frozenset({MandateAct.STATEMENTS, MandateAct.WITHDRAWALS})


@transaction.atomic
def grant_mandate(
    *,
    agency: Organisation,
    scope: str,
    since_on: date,
    until_on: date | None,
    by: Actor,
    at: datetime,
    upload: CleanFile | None = None,
    acts: Sequence[MandateAct] = tuple(MandateAct),
    patent_numbers: Sequence[str] = (),
) -> Mandate:
    """Let an agency act for the organisation that ``by`` acts for, from ``since_on`` to and including ``until_on``.

    ``acts`` says in what; ``patent_numbers`` (canonical) on which patents, on all where none is named.

    Raises:
        WrongRole: the actor acts for no verified organisation.
        Refused: the other one is no verified patent agency, is the principal itself, the period ends before it
            begins, no act is named, or an act that does not go patent by patent is tied to patents.
    """
    if by.organisation_id is None or not by.roles:
        raise WrongRole("mandate", "grant", by.roles)
    if not agency.is_agency or agency.verification != Verification.VERIFIED:
        raise refusal("P13", _("Only a patent agency whose identity is confirmed takes a mandate."), field="agency")
    if agency.pk == by.organisation_id:
        raise refusal("P14", _("An agency needs no mandate for itself."), field="agency")
    if until_on is not None and until_on < since_on:
        raise refusal("P15", _("The mandate would end before it begins."), field="until_on")
    _require_scope(acts, patent_numbers)
    mandate = Mandate.objects.create(
        agency=agency,
        principal_id=by.organisation_id,
        scope=scope,
        acts=[act.value for act in acts],
        patent_numbers=list(dict.fromkeys(patent_numbers)),
        since_on=since_on,
        until_on=until_on,
        document=storage.store(upload, by=by, at=at) if upload is not None else None,
    )
    audit.record("grant mandate", mandate, by=by, at=at, data=_said(mandate))
    _tell(mandate, "mandate-granted", at=at)
    return mandate


def _require_scope(acts: Sequence[MandateAct], patent_numbers: Sequence[str]) -> None:
    if not acts:
        raise refusal("P16", _("The mandate covers no act."), field="acts")
    if patent_numbers and set(acts) - BY_PATENT:
        raise refusal(
            "P17",
            _("Only statements and their withdrawal go patent by patent."),
            remedy=_("Leave the patents out, or grant a second mandate for the other acts."),
            field="patent_numbers",
        )


def _said(mandate: Mandate) -> dict[str, object]:
    patents = mandate.patent_numbers
    return {"agency": str(mandate.agency_id), "scope": mandate.scope, "acts": mandate.acts, "patents": patents}


@transaction.atomic
def revoke_mandate(mandate: Mandate, *, by: Actor, at: datetime) -> Mandate:
    """End a mandate at once: the principal revokes it, or the agency lays it down. Twice changes nothing.

    Raises:
        WrongRole: neither principal nor agency.
    """
    if by.organisation_id not in {mandate.principal_id, mandate.agency_id}:
        raise WrongRole("mandate", "revoke", by.roles)
    locked = Mandate.objects.select_for_update().get(pk=mandate.pk)
    if locked.revoked_at is None:
        locked.revoked_at = at
        locked.save(update_fields=["revoked_at"])
        audit.record("revoke mandate", locked, by=by, at=at)
        _tell(locked, "mandate-revoked", at=at)
    return locked


def _tell(mandate: Mandate, code: str, *, at: datetime) -> None:
    notify(
        code,
        key=f"{code}:{mandate.pk}",
        at=at,
        organisation_id=mandate.agency_id,
        params={"principal": str(mandate.principal), "since_on": mandate.since_on, "scope": mandate.scope},
    )
