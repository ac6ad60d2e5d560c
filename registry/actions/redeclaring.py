"""Declaring anew: a statement that replaces an earlier one on the same patent, prefilled from it.

Price and term are not amended: the patentee withdraws and declares anew, under a new number; earlier licensees keep
their terms (law.md §3). After a transfer the new patentee does the same (GL V-11 §9).
"""

from datetime import datetime

from django.db import transaction

from accounts.models import Organisation
from core import audit
from core.legal import GL, LAW
from core.lifecycle import Actor
from registry.actions.drafting import begin_draft
from registry.consent_notices import tell_voided
from registry.enums import PUBLIC_STATUSES
from registry.models import Statement
from registry.queries.content import content_hash

BASIS = (LAW(50, 2), GL("V-11 §9"))
# What everybody can read of the earlier statement; a new patentee takes over no more.
ANNOUNCED_COLUMNS = (
    "fee_mode", "fixed_amount", "royalty_rate", "unit_price", "unit_name", "instalments", "payment_terms", "term_mode",
    "term_until", "term_months",
)  # fmt: skip
# What the same filer keeps besides. Undertakings, signature and consents are given anew.
OWN_COLUMNS = (
    "payee_account", "contact_name", "contact_phone", "contact_email", "contact_address", "explanation",
    "other_matters", "existing_licenses", "exploits_itself",
)  # fmt: skip


@transaction.atomic
def begin_successor(*, earlier: Statement, filed_by: Organisation, by: Actor, at: datetime) -> Statement:
    """Begin a draft that replaces an announced or ended statement, and return it.

    A draft that the filer already has on the patent comes back: what was typed into it stays, and it is tied to the
    earlier statement.

    Raises:
        Statement.DoesNotExist: the earlier statement was never announced.
        Organisation.DoesNotExist: the actor does not act for this organisation.
        Refused: the organisation is not a registered holder of the patent (F11).
    """
    if earlier.status not in PUBLIC_STATUSES:
        raise Statement.DoesNotExist(f"{earlier} was never announced")
    draft = begin_draft(patent=earlier.patent, filed_by=filed_by, by=by, at=at)
    if draft.replaces_id == earlier.pk:
        return draft
    before = content_hash(draft)
    draft.replaces = earlier
    columns = ["replaces"]
    if not draft.fee_mode and not draft.typed:
        own = OWN_COLUMNS if draft.filed_by_id == earlier.filed_by_id else ()
        for name in (*ANNOUNCED_COLUMNS, *own):
            setattr(draft, name, getattr(earlier, name))
            columns.append(name)
    draft.text_hash = content_hash(draft)
    draft.save(update_fields=[*columns, "text_hash"])
    tell_voided(draft, before, at=at)
    data = {"replaces": earlier.number, "taken over": columns[1:]}
    audit.record("begin_successor", draft, by=by, at=at, basis=BASIS, data=data)
    return draft
