"""What the API says to filers of their own statements, and to holders who are asked for consent."""

from datetime import datetime
from typing import Any

from core.deadlines import law_date
from core.lifecycle import Actor
from registry.actions.drafting import entries_of
from registry.api.public_data import fee_data
from registry.models import Statement
from registry.notifications import office_reasons
from registry.queries.content import content_hash
from registry.queries.facts import fee_of, statement_facts
from registry.queries.progress import endings_told, remedies_of, turn_of


def own_data(statement: Statement, *, at: datetime) -> dict[str, Any]:
    """Return everything the filer may read of their statement."""
    on = law_date(at)
    facts = statement_facts(statement, on=on)
    terms, _unclear = fee_of(statement)
    return {
        "statement": statement,
        "entries": entries_of(statement),
        "fee": fee_data(statement) if terms is not None else None,
        "content_hash": facts.content_hash,
        "turn": turn_of(statement, on=on),
        "holders": [
            {
                "patentee_id": owner.patentee_id,
                "name": owner.name,
                "consented": facts.consented(owner),
                "needed": owner != facts.filer or bool(facts.agency),
            }
            for owner in facts.patent.owners
        ],
        "papers": statement.papers.select_related("file").order_by("added_at", "pk"),
        "texts": statement.versions.order_by("number"),
        "office_papers": statement.office_papers.all(),
        "reasons": office_reasons(statement),
        "endings": endings_told(statement),
        "remedies": remedies_of(statement),
    }


def wanted_consent_data(statement: Statement, *, actor: Actor) -> dict[str, Any]:
    """Return the text that a holder is asked to consent to. The payee's account is not part of it."""
    text = content_hash(statement)
    given = statement.consents.filter(content_hash=text, patentee__organisation_id=actor.organisation_id)
    return {
        "statement": statement,
        "entries": {**entries_of(statement), "payee_account": ""},
        "content_hash": text,
        "consented": given.exists(),
    }
