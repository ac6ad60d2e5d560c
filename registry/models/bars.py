"""Triggers that refuse what the rules refuse when a statement is sent or announced: bars (RULES 86) and defects (RULES 85).

Each asks what its rule asks (``registry/rules/bars.py``, ``defects.py``), and is never stricter. Words that may promote
only warn, so no trigger looks for them.
"""

import pgtrigger

from registry.models.constraints import SENT, refuse_filing
from registry.wording import NEGOTIABLE, NOT_NEGOTIABLE, any_of

# The day on which the act is done: of the issue, or of the sending, whose text is kept with its time.
_FILING = """(SELECT COALESCE(
    NEW.effective_on,
    (SELECT (max(sent_at) AT TIME ZONE 'Asia/Shanghai')::date FROM registry_statementversion WHERE statement_id = NEW.id),
    (NEW.submitted_at AT TIME ZONE 'Asia/Shanghai')::date
) AS day) AS filing JOIN registry_patent AS patent ON patent.id = NEW.patent_id"""

# Letters of Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, Devanagari, Thai, Tibetan, Mongolian, kana and Hangul: before
# PostgreSQL 17 what a class of characters holds depends on the locale of the database.
_LETTERS = (
    r"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0388-\u03f5\u0400-\u0481\u048a-\u052f\u0531-\u0556\u0561-\u0587"
    r"\u05d0-\u05ea\u0620-\u064a\u0904-\u0939\u0e01-\u0e30\u0f40-\u0f6c\u1820-\u1878\u3041-\u3096\u30a1-\u30fa\uac00-\ud7a3"
)

# The nine grounds, asked on that day. Periods are half-open.
_GROUNDS = """
    -- G1
    EXISTS (
        SELECT 1 FROM registry_encumbrance AS contract WHERE contract.patent_id = patent.id AND contract.kind <> 'ordinary'
        AND contract.since_on <= filing.day AND (contract.until_on IS NULL OR filing.day < contract.until_on)
    )
    -- G2
    OR EXISTS (
        SELECT 1 FROM registry_suspension AS halt WHERE halt.patent_id = patent.id
        AND halt.since_on <= filing.day AND (halt.until_on IS NULL OR filing.day < halt.until_on)
    )
    -- G3
    OR patent.annuity_state = 'late'
    -- G4: consent is given to the open licensing of the patent or, on the page of a statement, to a text
    OR EXISTS (
        SELECT 1 FROM registry_pledge AS pledge WHERE pledge.patent_id = patent.id
        AND pledge.since_on <= filing.day AND (pledge.released_on IS NULL OR filing.day < pledge.released_on)
        AND (
            pledge.consented_on IS NULL OR pledge.consented_on > filing.day OR EXISTS (
                SELECT 1 FROM registry_pledgeeconsent WHERE pledge_id = pledge.id
            ) AND NOT EXISTS (
                SELECT 1 FROM registry_pledgeeconsent WHERE pledge_id = pledge.id AND content_hash = NEW.content_hash
            )
        )
    )
    -- G5 and G6
    OR patent.right_status <> 'in_force' OR filing.day > patent.term_ends_on
    OR EXISTS (
        SELECT 1 FROM registry_invalidation AS decision WHERE decision.patent_id = patent.id
        AND decision.scope = 'whole' AND decision.decided_on <= filing.day
    )
    -- G7 and G8
    OR patent.kind IN ('utility_model', 'design') AND (
        EXISTS (
            SELECT 1 FROM registry_evaluationreport AS report WHERE report.patent_id = patent.id
            AND report.conclusion = 'negative'
        ) OR NOT EXISTS (
            SELECT 1 FROM registry_evaluationreport AS report WHERE report.patent_id = patent.id
        ) AND NOT EXISTS (
            SELECT 1 FROM registry_statementpaper AS paper WHERE paper.statement_id = NEW.id
            AND paper.kind = 'evaluation_report'
        )
    )
    -- G9
    OR EXISTS (
        SELECT 1 FROM registry_obstacle AS obstacle WHERE obstacle.patent_id = patent.id
        AND obstacle.since_on <= filing.day AND (obstacle.until_on IS NULL OR filing.day < obstacle.until_on)
    )
"""


def _on_its_day(name: str, unlawful: str, sentence: str, **acts: str) -> pgtrigger.Trigger:
    """Return the trigger that refuses filing where ``unlawful`` is true of the ``patent`` on the day, ``filing.day``."""
    return refuse_filing(name, f"EXISTS (SELECT 1 FROM {_FILING} WHERE {unlawful})", sentence, **acts)  # noqa: S608


def unbarred() -> pgtrigger.Trigger:
    """Return the trigger that refuses to send or announce a statement while one of the nine grounds stands (RULES 86; GL
    V-11 §3.1)."""
    return _on_its_day("statement_unbarred", _GROUNDS, "a ground of Rule 86 bars the open licensing of this patent")


def term_ahead() -> pgtrigger.Trigger:
    """Return the trigger that refuses a license term that would be over before it begins (RULES 85(3))."""
    return _on_its_day(
        "statement_term_ahead", "NEW.term_until <= filing.day", "the license term ends after the day of the act"
    )


def mandated(agency: str, principal: str, day: str) -> str:
    """Return the SQL condition that a mandate for statements on ``patent`` is in force on that day."""
    return f"""EXISTS (
            SELECT 1 FROM accounts_mandate AS mandate WHERE mandate.agency_id = {agency}
            AND mandate.principal_id = {principal} AND mandate.revoked_at IS NULL
            AND mandate.since_on <= {day} AND (mandate.until_on IS NULL OR mandate.until_on >= {day})
            AND 'statements' = ANY (mandate.acts)
            AND (mandate.patent_numbers = '{{}}' OR patent.number = ANY (mandate.patent_numbers))
        )"""  # noqa: S608


def through_its_agency() -> pgtrigger.Trigger:
    """Return the trigger that lets an agency send a text only under a mandate in force, and a patentee residing abroad or
    in Hong Kong, Macao or Taiwan only through one (LAW 18(1); GL V-11 §3.3). What was sent so may be announced after."""
    return _on_its_day(
        "statement_through_its_agency",
        f"""CASE WHEN NEW.agency_id IS NULL THEN NOT EXISTS (
            SELECT 1 FROM registry_ownership AS held JOIN registry_patentee AS holder ON holder.id = held.patentee_id
            WHERE held.patent_id = patent.id AND holder.organisation_id = NEW.filed_by_id AND holder.residence = 'CN'
        ) ELSE NOT {mandated("NEW.agency_id", "NEW.filed_by_id", "filing.day")} END""",  # noqa: S608
        "a mandate is in force, or the patentee resides in the mainland",
        acts=SENT,
    )


def price_settled() -> pgtrigger.Trigger:
    """Return the trigger that refuses a text that leaves the price to be agreed (RULES 85(3); NOTICE 4). A new word in the
    list is a new migration."""
    return refuse_filing(
        "statement_price_settled",
        f"""regexp_replace(
            lower(concat_ws(E'\n', NEW.payment_terms, NEW.explanation, NEW.other_matters, NEW.existing_licenses)),
            '{any_of(NOT_NEGOTIABLE)}', ' ', 'g'
        ) ~ '{any_of(NEGOTIABLE)}'""",
        "a statement leaves no price open",
    )


def in_chinese() -> pgtrigger.Trigger:
    """Return the trigger that refuses a text in letters of another script without one Chinese character (RULES 3(1))."""
    texts = ("payment_terms", "explanation", "other_matters", "existing_licenses", "exception_request")
    foreign = (
        rf"(NEW.{name} ~ '[{_LETTERS}]' AND NEW.{name} !~ '[\u3400-\u9fff\U00020000-\U0003ffff]')" for name in texts
    )
    return refuse_filing("statement_in_chinese", " OR ".join(foreign), "a statement is in Chinese")


def agency_as_named() -> pgtrigger.Trigger:
    """Return the trigger that changes the agency of a statement that was sent only as the patentee has named it, and never
    the one that its text names (LAW 18)."""
    return pgtrigger.Trigger(
        name="statement_agency_as_named",
        operation=pgtrigger.Update,
        when=pgtrigger.Before,
        condition=pgtrigger.Condition(
            "OLD.number <> '' AND (OLD.agency_id IS DISTINCT FROM NEW.agency_id"
            " OR OLD.text_agency_id IS DISTINCT FROM NEW.text_agency_id)"
        ),
        func="""
            IF OLD.text_agency_id IS DISTINCT FROM NEW.text_agency_id OR NOT EXISTS (
                SELECT 1 FROM registry_agencychange AS change WHERE change.statement_id = NEW.id
                AND change.before_id IS NOT DISTINCT FROM OLD.agency_id
                AND change.after_id IS NOT DISTINCT FROM NEW.agency_id
                AND change.named_at = (SELECT max(named_at) FROM registry_agencychange WHERE statement_id = NEW.id)
            ) THEN
                RAISE EXCEPTION 'the agency of a statement is the one that its patentee has named'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )
