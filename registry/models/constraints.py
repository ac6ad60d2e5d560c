"""Constraints and triggers of statements that are too long to stand among the columns."""

from collections.abc import Iterable

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from registry.enums import FeeMode, StatementStatus

# Statuses in which a statement may be incomplete: a correction may be canceled or lapse half written.
NEVER_COMPLETE = (
    StatementStatus.DRAFT,
    StatementStatus.DISCARDED,
    StatementStatus.CORRECTION,
    StatementStatus.CANCELED,
    StatementStatus.LAPSED,
)
# Statuses in which nobody has decided yet, or against it: what exceeds a limit waits here for an exception.
UNDECIDED = (
    StatementStatus.SUBMITTED,
    StatementStatus.EXAMINING,
    StatementStatus.REFUSAL_PROPOSED,
    StatementStatus.REFUSED,
)
# Characters of the explanation, "generally" (GL V-11 §3.3); a test keeps it equal to core.legal.settings.
EXPLANATION_LIMIT = 2000
models.TextField.register_lookup(Length)
# Months by which a correction period may be extended at most, whatever the setting says (GL V-7 §4).
LONGEST_EXTENSION = 2
# The acts of filing: the steps by which the filer answers for the text, and the announcement itself.
_FILED = """(
    (OLD.status = 'draft' AND NEW.status = 'submitted') OR (OLD.status = 'correction' AND NEW.status = 'examining')
    OR (OLD.status = 'approved' AND NEW.status = 'announced')
)"""

# The two steps by which the filer sends a text.
SENT = """(
    (OLD.status = 'draft' AND NEW.status = 'submitted') OR (OLD.status = 'correction' AND NEW.status = 'examining')
)"""


def frozen_when(statuses: Iterable[str], columns: Iterable[str]) -> pgtrigger.Condition:
    """Return the condition that a row in one of these statuses changes one of these columns."""
    return pgtrigger.Condition(f"OLD.status IN ({_quoted(statuses)}) AND ({_changed(columns)})")


def frozen_when_not(statuses: Iterable[str], columns: Iterable[str]) -> pgtrigger.Condition:
    """Return the condition that a row in none of these statuses changes one of these columns."""
    return pgtrigger.Condition(f"OLD.status NOT IN ({_quoted(statuses)}) AND ({_changed(columns)})")


def _quoted(statuses: Iterable[str]) -> str:
    return ", ".join(f"'{status}'" for status in statuses)


def _changed(columns: Iterable[str]) -> str:
    return " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)


def may_exceed() -> Q:
    """Return the condition that a limit of the fee or explanation does not bind: unsent, waiting for the exception that
    the filer asked for, or let pass by an examiner's recorded reason (GL V-11 §3.3)."""
    return (
        Q(status__in=NEVER_COMPLETE) | Q(status__in=UNDECIDED, exception_request__gt="") | Q(cap_override_reason__gt="")
    )


def complete_terms() -> Q:
    """Return the condition that exactly the columns of the chosen fee mode are filled (RULES 85(2))."""
    no_unit = Q(unit_price=None)
    no_rate = Q(royalty_rate=None)
    no_sum = Q(fixed_amount=None)
    return (
        (Q(fee_mode__in=(FeeMode.LUMP_SUM, FeeMode.INSTALMENTS), fixed_amount__gt=0) & no_rate & no_unit)
        | (Q(fee_mode__in=(FeeMode.ROYALTY_SALES, FeeMode.ROYALTY_PROFIT), royalty_rate__gt=0) & no_sum & no_unit)
        | (
            Q(
                fee_mode__in=(FeeMode.ENTRY_ROYALTY_SALES, FeeMode.ENTRY_ROYALTY_PROFIT),
                fixed_amount__gt=0,
                royalty_rate__gt=0,
            )
            & no_unit
        )
        | (Q(fee_mode=FeeMode.PER_UNIT, unit_price__gt=0) & ~Q(unit_name="") & no_sum & no_rate)
        | (Q(fee_mode=FeeMode.FREE) & no_sum & no_rate & no_unit)
    )


def instalments_add_up() -> pgtrigger.Trigger:
    """Return the trigger that makes the instalments of a submitted statement add up to its fixed amount."""
    return pgtrigger.Trigger(
        name="statement_instalments_add_up",
        operation=pgtrigger.Insert | pgtrigger.Update,
        when=pgtrigger.Before,
        condition=pgtrigger.Q(new__fee_mode=FeeMode.INSTALMENTS) & ~pgtrigger.Q(new__status__in=NEVER_COMPLETE),
        func="""
            IF jsonb_array_length(NEW.instalments) < 2 OR NEW.fixed_amount IS DISTINCT FROM (
                SELECT sum((part->>'amount')::numeric) FROM jsonb_array_elements(NEW.instalments) AS part
            ) THEN
                RAISE EXCEPTION 'instalments must be two or more and add up to the fixed amount'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


def examiner_is_no_colleague() -> pgtrigger.Trigger:
    """Return the trigger that keeps people from deciding on a statement of an organisation they belong to."""
    return pgtrigger.Trigger(
        name="statement_no_own_case",
        operation=pgtrigger.Update,
        when=pgtrigger.Before,
        condition=pgtrigger.Condition(
            "NEW.examiner_id IS DISTINCT FROM OLD.examiner_id OR NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id"
        ),
        func="""
            IF EXISTS (
                SELECT 1 FROM accounts_membership AS member
                WHERE member.user_id IN (NEW.examiner_id, NEW.decided_by_id) AND (
                    member.organisation_id IN (NEW.filed_by_id, NEW.agency_id)
                    OR member.organisation_id IN (SELECT before_id FROM registry_agencychange WHERE statement_id = NEW.id)
                    OR member.organisation_id IN (
                        SELECT holder.organisation_id FROM registry_ownership AS held
                        JOIN registry_patentee AS holder ON holder.id = held.patentee_id
                        WHERE held.patent_id = NEW.patent_id
                    )
                )
            ) THEN
                RAISE EXCEPTION 'nobody decides on a statement of their own organisation'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


def ending_is_no_colleague_s() -> pgtrigger.Trigger:
    """Return the trigger that keeps people from deciding on the ending of a statement of an organisation of theirs."""
    return pgtrigger.Trigger(
        name="ending_no_own_case",
        operation=pgtrigger.Insert | pgtrigger.Update,
        when=pgtrigger.Before,
        func="""
            IF (
                TG_OP = 'INSERT' OR NEW.examiner_id IS DISTINCT FROM OLD.examiner_id
                OR NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id
            ) AND EXISTS (
                SELECT 1 FROM accounts_membership AS member
                JOIN registry_statement AS statement ON statement.id = NEW.statement_id
                WHERE member.user_id IN (NEW.examiner_id, NEW.decided_by_id) AND (
                    member.organisation_id IN (statement.filed_by_id, statement.agency_id)
                    OR member.organisation_id IN (
                        SELECT before_id FROM registry_agencychange WHERE statement_id = statement.id
                    )
                    OR member.organisation_id IN (
                        SELECT holder.organisation_id FROM registry_ownership AS held
                        JOIN registry_patentee AS holder ON holder.id = held.patentee_id
                        WHERE held.patent_id = statement.patent_id
                    )
                )
            ) THEN
                RAISE EXCEPTION 'nobody decides on a statement of their own organisation'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


def begins_in(name: str, status: str, unless: str = "FALSE") -> pgtrigger.Trigger:
    """Return the trigger that makes every row begin in its lifecycle's first state; ``unless`` excepts some."""
    return pgtrigger.Protect(
        name=f"{name}_begins_at_the_beginning",
        operation=pgtrigger.Insert,
        condition=pgtrigger.Condition(f"NEW.status <> '{status}' AND NOT ({unless})"),
    )


def refuse_filing(name: str, unlawful: str, sentence: str, acts: str = _FILED) -> pgtrigger.Trigger:
    """Return the trigger that refuses to send or announce a statement while the SQL condition ``unlawful`` holds."""
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.UpdateOf("status"),
        when=pgtrigger.Before,
        condition=pgtrigger.Condition(acts),
        func=f"""
            IF {unlawful} THEN
                RAISE EXCEPTION '{sentence}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


def filed_by_patentee() -> pgtrigger.Trigger:
    """Return the trigger that lets only a registered patentee file (LAW 50(1))."""
    return refuse_filing(
        "statement_filed_by_patentee",
        """NOT EXISTS (
            SELECT 1 FROM registry_ownership AS held JOIN registry_patentee AS holder ON holder.id = held.patentee_id
            WHERE held.patent_id = NEW.patent_id AND holder.organisation_id = NEW.filed_by_id
        )""",
        "only a registered patentee files a statement",
    )


def consented_by_all() -> pgtrigger.Trigger:
    """Return the trigger that asks every co-owner's consent to exactly this text, or their agreement (GL V-11 §3.2).

    An agreement stands for those who made it, until its last day: a patentee who came later consents anew.

    Through an agency the filing patentee consents as well, when the text is sent (GL V-11 §3.3).
    """
    return refuse_filing(
        "statement_consented_by_all",
        """EXISTS (
            SELECT 1 FROM registry_ownership AS held JOIN registry_patentee AS holder ON holder.id = held.patentee_id
            WHERE held.patent_id = NEW.patent_id
            AND (
                holder.organisation_id IS DISTINCT FROM NEW.filed_by_id
                OR (NEW.agency_id IS NOT NULL AND NEW.status <> 'announced')
            )
            AND NOT EXISTS (
                SELECT 1 FROM registry_ownerconsent AS given WHERE given.statement_id = NEW.id
                AND (
                    (given.patentee_id = holder.id AND given.content_hash = NEW.content_hash)
                    OR (given.method = 'agreement' AND given.binds ? holder.id::text AND (
                        given.valid_until IS NULL OR given.valid_until >=
                        COALESCE(NEW.effective_on, (NEW.submitted_at AT TIME ZONE 'Asia/Shanghai')::date)
                    ))
                )
            )
        )""",
        "every patentee consents to exactly this text",
    )


def text_kept() -> pgtrigger.Trigger:
    """Return the trigger that lets a text be sent only if exactly this text is kept as a version."""
    return pgtrigger.Trigger(
        name="statement_text_kept",
        operation=pgtrigger.UpdateOf("status"),
        when=pgtrigger.After,
        condition=pgtrigger.Condition(SENT),
        func="""
            IF NEW.content_hash IS DISTINCT FROM (
                SELECT content_hash FROM registry_statementversion WHERE statement_id = NEW.id
                ORDER BY number DESC LIMIT 1
            ) THEN
                RAISE EXCEPTION 'what is sent is kept word for word' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        """,
    )


def within_patent() -> pgtrigger.Trigger:
    """Return the trigger that keeps a statement after the grant and its term within the patent's (RULES 85; O62)."""
    return refuse_filing(
        "statement_within_patent",
        """EXISTS (
            SELECT 1 FROM registry_patent AS patent WHERE patent.id = NEW.patent_id AND (
                patent.granted_on IS NULL
                OR patent.granted_on > (NEW.submitted_at AT TIME ZONE 'Asia/Shanghai')::date
                OR NEW.term_until > patent.term_ends_on
            )
        )""",
        "a statement lies within the life of its patent",
    )


def withdrawn_by_all() -> pgtrigger.Trigger:
    """Return the trigger that sends a withdrawal to the office only with the consent of every patentee to exactly this
    request, given online, or with the paper that all have signed (GL V-11 §4). The filer consents by requesting it, unless
    an agency does (GL V-11 §3.3). Who came after the statement is not asked once its filer has left (GL V-11 §9)."""
    return pgtrigger.Trigger(
        name="ending_withdrawn_by_all",
        operation=pgtrigger.UpdateOf("status"),
        when=pgtrigger.Before,
        condition=pgtrigger.Condition("OLD.status = 'prepared' AND NEW.status = 'requested'"),
        func="""
            IF NOT EXISTS (
                SELECT 1 FROM registry_statementpaper WHERE ending_id = NEW.id AND kind = 'withdrawal_consent'
            ) AND EXISTS (
                SELECT 1 FROM registry_statement AS statement
                JOIN registry_ownership AS held ON held.patent_id = statement.patent_id
                JOIN registry_patentee AS holder ON holder.id = held.patentee_id
                WHERE statement.id = NEW.statement_id
                AND (holder.organisation_id IS DISTINCT FROM statement.filed_by_id OR statement.agency_id IS NOT NULL)
                AND (
                    held.since_on IS NULL
                    OR held.since_on <= (statement.submitted_at AT TIME ZONE 'Asia/Shanghai')::date
                    OR EXISTS (
                        SELECT 1 FROM registry_ownership AS own JOIN registry_patentee AS filer ON filer.id = own.patentee_id
                        WHERE own.patent_id = statement.patent_id AND filer.organisation_id = statement.filed_by_id
                    )
                )
                AND NOT EXISTS (
                    SELECT 1 FROM registry_endingconsent AS given WHERE given.ending_id = NEW.id
                    AND given.patentee_id = holder.id AND given.content_hash = NEW.content_hash
                )
            ) THEN
                RAISE EXCEPTION 'every patentee consents to the withdrawal' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


def replaces_in_order() -> pgtrigger.Trigger:
    """Return the trigger that lets a statement replace only one on the same patent that was announced."""
    return pgtrigger.Trigger(
        name="statement_replaces_in_order",
        operation=pgtrigger.Insert | pgtrigger.Update,
        when=pgtrigger.Before,
        condition=pgtrigger.Q(new__replaces_id__isnull=False),
        func="""
            IF NOT EXISTS (
                SELECT 1 FROM registry_statement AS earlier WHERE earlier.id = NEW.replaces_id
                AND earlier.patent_id = NEW.patent_id AND earlier.effective_on IS NOT NULL
            ) THEN
                RAISE EXCEPTION 'a statement replaces one on its patent that was announced'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


def succeeds_a_withdrawn_one() -> pgtrigger.Trigger:
    """Return the trigger that lets a statement be sent beside one in effect only if it replaces it, while its withdrawal
    is before the office (law.md §3: withdraw, then declare anew)."""
    return pgtrigger.Trigger(
        name="statement_succeeds_a_withdrawn_one",
        operation=pgtrigger.UpdateOf("status"),
        when=pgtrigger.Before,
        condition=pgtrigger.Condition("OLD.status = 'draft' AND NEW.status = 'submitted'"),
        func="""
            IF EXISTS (
                SELECT 1 FROM registry_statement AS standing
                WHERE standing.patent_id = NEW.patent_id AND standing.status = 'announced'
                AND NOT (standing.id IS NOT DISTINCT FROM NEW.replaces_id AND EXISTS (
                    SELECT 1 FROM registry_ending AS ending WHERE ending.statement_id = standing.id
                    AND ending.kind = 'withdrawal' AND ending.status IN ('requested', 'passed', 'approved')
                ))
            ) THEN
                RAISE EXCEPTION 'the statement in effect is withdrawn first' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


def paper_kept() -> pgtrigger.Trigger:
    """Return the trigger that keeps a paper once its statement was sent, save while it is being corrected."""
    return pgtrigger.Trigger(
        name="paper_kept",
        operation=pgtrigger.Delete,
        when=pgtrigger.Before,
        func="""
            IF OLD.ending_id IS NOT NULL OR NOT EXISTS (
                SELECT 1 FROM registry_statement WHERE id = OLD.statement_id AND status IN ('draft', 'correction')
            ) THEN
                RAISE EXCEPTION 'a paper that was filed is kept' USING ERRCODE = 'check_violation';
            END IF;
            RETURN OLD;
        """,
    )
