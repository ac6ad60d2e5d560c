"""Triggers of this app: what the law refuses and no single row's columns can tell."""

import pgtrigger

# The organisations on the licensor's side of a statement: who filed it and every registered holder.
_LICENSORS = """
    SELECT stated.filed_by_id FROM registry_statement AS stated WHERE stated.id = {statement}
    UNION
    SELECT holder.organisation_id FROM registry_statement AS stated
    JOIN registry_ownership AS held ON held.patent_id = stated.patent_id
    JOIN registry_patentee AS holder ON holder.id = held.patentee_id
    WHERE stated.id = {statement} AND holder.organisation_id IS NOT NULL
"""


def _refusal(name: str, operation: pgtrigger.Operation, declare: list, body: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(name=name, operation=operation, when=pgtrigger.Before, declare=declare, func=body)


def _raise(sentence: str) -> str:
    return f"RAISE EXCEPTION '{sentence}' USING ERRCODE = 'check_violation';"


def kept(name: str) -> pgtrigger.Trigger:
    """Return the trigger that keeps every row: nothing is ever deleted."""
    return pgtrigger.Protect(name=f"{name}_kept", operation=pgtrigger.Delete)


def begins_as(name: str, status: str) -> pgtrigger.Trigger:
    """Return the trigger that makes every row begin in its lifecycle's first state."""
    return pgtrigger.Protect(
        name=f"{name}_begins_at_the_beginning",
        operation=pgtrigger.Insert,
        condition=pgtrigger.Condition(f"NEW.status <> '{status}'"),
    )


def served_while_open() -> pgtrigger.Trigger:
    """Return the trigger that refuses a notice on a statement that is not effective that day (LAW 50, 51(1)).

    Nor may the licensor be its own licensee. The last day of a statement is the day before ``ended_on``.
    """
    return _refusal(
        "notice_served_while_open",
        pgtrigger.Insert,
        [("declared", "registry_statement%ROWTYPE")],
        f"""
            SELECT * INTO declared FROM registry_statement WHERE id = NEW.statement_id;
            IF declared.status <> 'announced' OR declared.effective_on > NEW.served_on
                OR declared.ended_on <= NEW.served_on THEN
                {_raise("a notice is served while the statement is effective")}
            END IF;
            IF NEW.licensee_id IN ({_LICENSORS.format(statement="NEW.statement_id")}) THEN
                {_raise("a patentee is not its own licensee")}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 - constants only
    )


def lawful_license() -> pgtrigger.Trigger:
    """Return the trigger that refuses a license that notice, payment and statement do not carry (LAW 50(2), 51(1))."""
    return _refusal(
        "license_is_lawful",
        pgtrigger.Insert,
        [
            ("declared", "registry_statement%ROWTYPE"),
            ("given", "licensing_notice%ROWTYPE"),
            ("paid", "numeric"),
            ("patent_ends_on", "date"),
        ],
        f"""
            SELECT * INTO given FROM licensing_notice WHERE id = NEW.notice_id;
            SELECT * INTO declared FROM registry_statement WHERE id = given.statement_id;
            SELECT term_ends_on INTO patent_ends_on FROM registry_patent WHERE id = declared.patent_id;
            IF NEW.statement_id <> given.statement_id OR NEW.licensee_id <> given.licensee_id
                OR NEW.served_on <> given.served_on OR NEW.terms_hash <> given.terms_hash THEN
                {_raise("a license says what its notice says")}
            END IF;
            IF declared.effective_on IS NULL OR NEW.effective_on < declared.effective_on
                OR NEW.effective_on >= declared.ended_on THEN
                {_raise("no license takes effect while its statement is not effective")}
            END IF;
            IF NEW.ends_on > patent_ends_on THEN
                {_raise("no license outlasts its patent")}
            END IF;
            SELECT greatest(
                coalesce((SELECT sum(amount) FROM licensing_payment WHERE notice_id = given.id), 0),
                coalesce((SELECT amount FROM licensing_receipt WHERE notice_id = given.id), 0)
            ) INTO paid;
            IF paid < given.due_at_start OR (given.due_at_start > 0 AND NEW.paid_on IS NULL) THEN
                {_raise("no license before the sum due at the start is paid")}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 - constants only
    )


def agreed_by_the_other_side() -> pgtrigger.Trigger:
    """Return the trigger that refuses an agreement given by the side that proposed."""
    return _refusal(
        "termination_agreed_by_the_other_side",
        pgtrigger.Insert,
        [("proposer", "uuid"), ("licensee", "uuid")],
        f"""
            SELECT proposal.proposed_for_id, license.licensee_id INTO proposer, licensee
                FROM licensing_terminationproposal AS proposal
                JOIN licensing_license AS license ON license.id = proposal.license_id
                WHERE proposal.id = NEW.proposal_id;
            IF (proposer = licensee) = (NEW.agreed_for_id = licensee) THEN
                {_raise("an agreement is given by the other side")}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 - constants only
    )


def filed_by_a_side() -> pgtrigger.Trigger:
    """Return the trigger that lets only the licensee or a patentee of the license file it (RULES 87)."""
    return _refusal(
        "filing_by_a_side",
        pgtrigger.Insert,
        [("granted", "licensing_license%ROWTYPE")],
        f"""
            SELECT * INTO granted FROM licensing_license WHERE id = NEW.license_id;
            IF (NEW.side = 'licensee' AND NEW.applicant_id <> granted.licensee_id)
                OR (NEW.side = 'licensor'
                    AND NEW.applicant_id NOT IN ({_LICENSORS.format(statement="granted.statement_id")})) THEN
                {_raise("a license is filed by one of its sides")}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 - constants only
    )


def decided_by_no_colleague() -> pgtrigger.Trigger:
    """Return the trigger that keeps people from deciding on a filing of an organisation they belong or belonged to.

    A side that cancels the record of an ended license decides nothing: that step is let through.
    """
    return pgtrigger.Trigger(
        name="filing_no_own_case",
        operation=pgtrigger.Update,
        when=pgtrigger.Before,
        condition=pgtrigger.Condition(
            "NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id AND NEW.status <> 'canceled'"
        ),
        declare=[("granted", "licensing_license%ROWTYPE")],
        func=f"""
            SELECT * INTO granted FROM licensing_license WHERE id = NEW.license_id;
            IF EXISTS (
                SELECT 1 FROM accounts_membership AS member
                WHERE member.user_id = NEW.decided_by_id AND (
                    member.organisation_id IN (granted.licensee_id, NEW.applicant_id)
                    OR member.organisation_id IN ({_LICENSORS.format(statement="granted.statement_id")})
                )
            ) THEN
                {_raise("nobody decides on a filing of their own organisation")}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 - constants only
    )


def changes_a_standing_record() -> pgtrigger.Trigger:
    """Return the trigger that lets only a recorded filing change, at the wish of a side of its license or of the office."""
    return _refusal(
        "filing_change_of_a_record",
        pgtrigger.Insert,
        [("granted", "licensing_license%ROWTYPE"), ("standing", "varchar")],
        f"""
            SELECT filing.status INTO standing FROM licensing_filing AS filing WHERE filing.id = NEW.filing_id;
            SELECT license.* INTO granted FROM licensing_license AS license
                JOIN licensing_filing AS filing ON filing.license_id = license.id WHERE filing.id = NEW.filing_id;
            IF standing <> 'recorded' THEN
                {_raise("only what is recorded changes")}
            END IF;
            IF (NEW.side = 'licensee' AND NEW.applicant_id <> granted.licensee_id)
                OR (NEW.side = 'licensor'
                    AND NEW.applicant_id NOT IN ({_LICENSORS.format(statement="granted.statement_id")})) THEN
                {_raise("the change of a record is requested by one of its sides")}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 - constants only
    )


def change_decided_by_no_colleague() -> pgtrigger.Trigger:
    """Return the trigger that keeps people from deciding on a change for an organisation they belong or belonged to."""
    return pgtrigger.Trigger(
        name="filing_change_no_own_case",
        operation=pgtrigger.Update,
        when=pgtrigger.Before,
        condition=pgtrigger.Condition("NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id"),
        declare=[("granted", "licensing_license%ROWTYPE")],
        func=f"""
            SELECT license.* INTO granted FROM licensing_license AS license
                JOIN licensing_filing AS filing ON filing.license_id = license.id WHERE filing.id = NEW.filing_id;
            IF EXISTS (
                SELECT 1 FROM accounts_membership AS member
                WHERE member.user_id = NEW.decided_by_id AND (
                    member.organisation_id IN (granted.licensee_id, NEW.applicant_id)
                    OR member.organisation_id IN ({_LICENSORS.format(statement="granted.statement_id")})
                )
            ) THEN
                {_raise("nobody decides on a change for their own organisation")}
            END IF;
            RETURN NEW;
        """,  # noqa: S608 - constants only
    )
