"""Constraints and triggers of statements that are too long to stand among the columns."""

from collections.abc import Iterable

import pgtrigger
from django.db.models import Q

from registry.enums import FeeMode, StatementStatus

# Statuses in which a statement may still be incomplete.
NEVER_COMPLETE = (StatementStatus.DRAFT, StatementStatus.DISCARDED, StatementStatus.CORRECTION)


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
