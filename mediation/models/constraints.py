"""Triggers of mediation: what no path into the database may do."""

import pgtrigger

from mediation.enums import CLOSED_STATUSES, OPEN_STATUSES, CaseStatus

# What the applicant asks for, fixed when the request is sent.
REQUEST_COLUMNS = (
    "statement_id", "license_id", "applicant_id", "respondent_id", "subject", "claim", "facts",
    "declared_proceedings", "requested_by_id", "requested_at", "number", "admission_due_on",
)  # fmt: skip

_STRANGER = """
    EXISTS (
        SELECT 1 FROM accounts_membership AS member
        WHERE member.user_id = {person} AND member.organisation_id IN ({organisations})
    )
"""


def _quoted(statuses: tuple[CaseStatus, ...]) -> str:
    return ", ".join(f"'{status.value}'" for status in statuses)


def case_begins_as_draft() -> pgtrigger.Trigger:
    """Return the trigger that lets a case enter the table as a draft and as nothing else."""
    return pgtrigger.Protect(
        name="case_begins_as_draft",
        operation=pgtrigger.Insert,
        condition=~pgtrigger.Q(new__status=CaseStatus.DRAFT),
    )


def request_is_frozen() -> pgtrigger.Trigger:
    """Return the trigger that keeps the request as it was sent."""
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in REQUEST_COLUMNS)
    return pgtrigger.Protect(
        name="case_request_frozen",
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(f"OLD.status <> '{CaseStatus.DRAFT.value}' AND ({changed})"),
    )


def closed_case_rests() -> pgtrigger.Trigger:
    """Return the trigger that lets nothing change in a case that has ended."""
    return pgtrigger.Protect(
        name="case_closed_rests",
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__status__in=[*CLOSED_STATUSES, CaseStatus.DISCARDED]),
    )


def extension_is_consented() -> pgtrigger.Trigger:
    """Return the trigger that moves the end of a mediation once, and only with the consent of both sides."""
    return pgtrigger.Trigger(
        name="case_extension_consented",
        operation=pgtrigger.Update,
        when=pgtrigger.Before,
        condition=pgtrigger.Condition(
            "OLD.extended_at IS DISTINCT FROM NEW.extended_at"
            " OR (OLD.ends_due_on IS NOT NULL AND OLD.ends_due_on IS DISTINCT FROM NEW.ends_due_on)"
        ),
        func="""
            IF OLD.extended_at IS NOT NULL OR NEW.extended_at IS NULL THEN
                RAISE EXCEPTION 'a mediation is extended once' USING ERRCODE = 'check_violation';
            END IF;
            IF (SELECT count(*) FROM mediation_extensionconsent AS given WHERE given.case_id = NEW.id) < 2 THEN
                RAISE EXCEPTION 'both sides must consent to an extension' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


def step_is_founded() -> pgtrigger.Trigger:
    """Return the trigger that asks for what each step rests on: mediators, an answer, a signed agreement."""
    return pgtrigger.Trigger(
        name="case_step_founded",
        operation=pgtrigger.UpdateOf("status"),
        when=pgtrigger.Before,
        condition=pgtrigger.Condition("OLD.status IS DISTINCT FROM NEW.status"),
        func="""
            IF NEW.status = 'asked' AND (
                SELECT count(*) FROM mediation_mediatorassignment AS one
                WHERE one.case_id = NEW.id AND one.recused_at IS NULL
            ) NOT IN (1, 3) THEN
                RAISE EXCEPTION 'an admitted case has one mediator or three' USING ERRCODE = 'check_violation';
            END IF;
            IF NEW.status = 'in_mediation' AND NOT EXISTS (
                SELECT 1 FROM mediation_answer AS given WHERE given.case_id = NEW.id AND given.agrees
            ) THEN
                RAISE EXCEPTION 'mediation begins with the consent of the respondent' USING ERRCODE = 'check_violation';
            END IF;
            IF NEW.status = 'agreed' AND NOT EXISTS (
                SELECT 1 FROM mediation_agreement AS made
                WHERE made.case_id = NEW.id AND made.effective_at IS NOT NULL
            ) THEN
                RAISE EXCEPTION 'an agreement needs the signatures of both sides' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


def agency_is_no_mediators_own() -> pgtrigger.Trigger:
    """Return the trigger that keeps an agency out of a case which one of its people mediates."""
    stranger = _STRANGER.format(
        person="one.mediator_id", organisations="NEW.applicant_agency_id, NEW.respondent_agency_id"
    )
    return pgtrigger.Trigger(
        name="case_agency_no_mediators_own",
        operation=pgtrigger.Update,
        when=pgtrigger.Before,
        condition=pgtrigger.Condition(
            "OLD.applicant_agency_id IS DISTINCT FROM NEW.applicant_agency_id"
            " OR OLD.respondent_agency_id IS DISTINCT FROM NEW.respondent_agency_id"
        ),
        func=f"""
            IF EXISTS (
                SELECT 1 FROM mediation_mediatorassignment AS one
                WHERE one.case_id = NEW.id AND one.recused_at IS NULL AND {stranger}
            ) THEN
                RAISE EXCEPTION 'an agency cannot act where one of its people mediates'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,  # noqa: S608  (nothing from outside)
    )


def mediator_is_a_stranger() -> pgtrigger.Trigger:
    """Return the trigger that admits only appointed mediators who never belonged to either side, three at most."""
    stranger = _STRANGER.format(
        person="NEW.mediator_id",
        organisations="""
            SELECT side FROM mediation_case AS mine,
            unnest(ARRAY[mine.applicant_id, mine.respondent_id, mine.applicant_agency_id, mine.respondent_agency_id])
                AS side
            WHERE mine.id = NEW.case_id AND side IS NOT NULL
        """,
    )
    return pgtrigger.Trigger(
        name="mediator_is_a_stranger",
        operation=pgtrigger.Insert,
        when=pgtrigger.Before,
        func=f"""
            IF {stranger} THEN
                RAISE EXCEPTION 'nobody mediates a matter of their own organisation' USING ERRCODE = 'check_violation';
            END IF;
            IF NOT EXISTS (
                SELECT 1 FROM accounts_appointment AS held
                WHERE held.user_id = NEW.mediator_id AND held.role = 'mediator' AND held.ended_at IS NULL
            ) THEN
                RAISE EXCEPTION 'only an appointed mediator is assigned' USING ERRCODE = 'check_violation';
            END IF;
            IF (
                SELECT count(*) FROM mediation_mediatorassignment AS one
                WHERE one.case_id = NEW.case_id AND one.recused_at IS NULL
            ) >= 3 THEN
                RAISE EXCEPTION 'a case has at most three mediators' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,  # noqa: S608  (nothing from outside)
    )


def paper_is_in_place() -> pgtrigger.Trigger:
    """Return the trigger that takes papers only while the case is open, and withdrawals only of one's own paper."""
    return pgtrigger.Trigger(
        name="paper_in_place",
        operation=pgtrigger.Insert,
        when=pgtrigger.Before,
        func=f"""
            IF NOT EXISTS (
                SELECT 1 FROM mediation_case AS mine WHERE mine.id = NEW.case_id
                AND mine.status IN ('{CaseStatus.DRAFT.value}', {_quoted(OPEN_STATUSES)})
            ) THEN
                RAISE EXCEPTION 'a closed case takes no papers' USING ERRCODE = 'check_violation';
            END IF;
            IF NEW.withdraws_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM mediation_paper AS meant
                WHERE meant.id = NEW.withdraws_id AND meant.case_id = NEW.case_id AND meant.side = NEW.side
                AND meant.audience = NEW.audience AND meant.withdraws_id IS NULL
            ) THEN
                RAISE EXCEPTION 'a side withdraws a paper of its own, before the same readers'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,  # noqa: S608  (nothing from outside)
    )


def signature_is_of_the_text() -> pgtrigger.Trigger:
    """Return the trigger that takes a signature only under exactly the text that is proposed now."""
    return pgtrigger.Trigger(
        name="signature_of_the_text",
        operation=pgtrigger.Insert,
        when=pgtrigger.Before,
        func="""
            IF NOT EXISTS (
                SELECT 1 FROM mediation_agreement AS made WHERE made.id = NEW.agreement_id
                AND made.content_hash = NEW.content_hash AND made.superseded_at IS NULL AND made.effective_at IS NULL
            ) THEN
                RAISE EXCEPTION 'a signature stands under the proposed text as it is' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


def agreement_takes_two() -> pgtrigger.Trigger:
    """Return the trigger that makes an agreement effective only when both sides have signed."""
    return pgtrigger.Trigger(
        name="agreement_takes_two",
        operation=pgtrigger.Update,
        when=pgtrigger.Before,
        condition=pgtrigger.Condition("OLD.effective_at IS NULL AND NEW.effective_at IS NOT NULL"),
        func="""
            IF (SELECT count(*) FROM mediation_agreementsignature AS one WHERE one.agreement_id = NEW.id) < 2 THEN
                RAISE EXCEPTION 'an agreement takes effect when both sides have signed'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )
