"""What the registry tells the parties. Each notice names its article; refusals name the remedies (GL V-6 §1.2)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import InboxMessage, Organisation
from accounts.notifications import (
    OrganisationNotice,
    in_every_language,
    in_reader_s_language,
    notify,
    notify_many,
    register,
)
from core import audit
from core.rules import Violation
from registry.enums import FIT_OUTCOMES, UNFIT_OUTCOMES, RowOutcome, StatementStatus
from registry.models import BatchSubmission, Statement
from registry.queries.batches import consents_asked, done_by_filer

_WORDS = ("title", "basis", "message", "remedy")

register(
    "statement-correction_requested",
    subject=_("Statement %(number)s: please correct it"),
    body=_(
        "The examiner asks you to correct statement %(number)s by %(due_on)s (Patent Examination Guidelines, Part V,"
        " Chapter 1, section 4; the length of the period is office practice). Without a correction it is deemed not"
        " submitted."
    ),
)
register(
    "statement-deemed_not_submitted",
    subject=_("Statement %(number)s is deemed not submitted"),
    body=_(
        "Statement %(number)s was not corrected in time and is deemed not submitted (Patent Examination Guidelines,"
        " Part V, Chapter 1, section 4). You may file a new one."
    ),
)
register(
    "statement-approved",
    subject=_("Statement %(number)s is approved"),
    body=_(
        "Statement %(number)s will be announced in the next issue of the bulletin and takes effect on that day"
        " (Guidelines V-11, section 3.5)."
    ),
)
register(
    "statement-refused",
    subject=_("Statement %(number)s will not be announced"),
    body=_(
        "Statement %(number)s is refused (Implementing Rules 85 and 86); its page gives the reasons. You may file a new"
        " statement, ask for administrative reconsideration until %(reconsideration_on)s, or bring a suit until"
        " %(suit_on)s (Guidelines V-6, section 1.2)."
    ),
)
register(
    "statement-held_back",
    subject=_("Statement %(number)s was held back from the bulletin"),
    body=_(
        "When the issue was published, a ground of Implementing Rule 86 stood against statement %(number)s. An examiner"
        " looks at it again."
    ),
)
register(
    "statement-announced",
    subject=_("Statement %(number)s is announced"),
    body=_(
        "Statement %(number)s was announced on %(effective_on)s and is effective from that day. Anyone who gives notice"
        " in writing and pays now holds a license (Patent Law, Art. 51(1))."
    ),
)
register(
    "statement-ended",
    subject=_("Statement %(number)s has ended"),
    body=_(
        "The end of statement %(number)s was announced on %(ended_on)s. Licenses obtained before stay valid (Patent Law,"
        " Art. 50(2))."
    ),
)
register(
    "statement-ended_by_office",
    subject=_("The office has ended statement %(number)s"),
    body=_(
        "The office has ended or revoked statement %(number)s; the bulletin of %(ended_on)s announces it, and its page"
        " gives the grounds (Guidelines V-11, section 4). Licenses obtained before stay valid (Patent Law, Art. 50(2))."
        " You may ask for administrative reconsideration until %(reconsideration_on)s, or bring a suit until"
        " %(suit_on)s."
    ),
)
register(
    "statement-correction_extended",
    subject=_("Statement %(number)s: the correction period is extended"),
    body=_(
        "The period for the correction of statement %(number)s now ends on %(due_on)s (Patent Examination Guidelines,"
        " Part V, Chapter 7, section 4). It is extended once only."
    ),
)
register(
    "statement-extension_taken",
    subject=_("Statement %(number)s: the filer takes more time"),
    body=_("The filer of statement %(number)s had the correction period extended until %(due_on)s."),
)
register(
    "statement-expired",
    subject=_("Statement %(number)s has expired"),
    body=_("The term of statement %(number)s is over; from %(ended_on)s on it can no longer be accepted."),
)
register(
    "statement-ending_refused",
    subject=_("Withdrawal of statement %(number)s is refused"),
    body=_(
        "The request to withdraw statement %(number)s is refused (Guidelines V-11, section 4); its page gives the"
        " reasons. You may file a new request, ask for administrative reconsideration until %(reconsideration_on)s, or"
        " bring a suit until %(suit_on)s (Guidelines V-6, section 1.2)."
    ),
)
register(
    "statement-withdrawal_approved",
    subject=_("Withdrawal of statement %(number)s is granted"),
    body=_(
        "The withdrawal of statement %(number)s will be announced in the next issue of the bulletin and takes effect on"
        " that day. Licenses obtained until then stay valid (Patent Law, Art. 50(2); Guidelines V-11, section 4)."
    ),
)
register(
    "statement-termination_decided",
    subject=_("The office ends statement %(number)s"),
    body=_(
        "The end of statement %(number)s will be announced in the next issue of the bulletin (Implementing Rules, Rule"
        " 86; Guidelines V-11, section 4); the paper gives the grounds. You may ask for administrative reconsideration"
        " until %(reconsideration_on)s, or bring a suit until %(suit_on)s (Guidelines V-6, section 1.2)."
    ),
)
register(
    "statement-revocation_decided",
    subject=_("The office revokes statement %(number)s"),
    body=_(
        "The revocation of statement %(number)s will be announced in the next issue of the bulletin (Guidelines V-11,"
        " section 3.4); the paper gives the grounds. You may ask for administrative reconsideration until"
        " %(reconsideration_on)s, or bring a suit until %(suit_on)s (Guidelines V-6, section 1.2)."
    ),
)
register(
    "statement-submitted",
    subject=_("Statement %(number)s was submitted"),
    body=_(
        "The office has received statement %(number)s on patent %(patent)s on %(submitted_at)s. An examiner takes it in"
        " order (Guidelines V-11, section 3.4)."
    ),
)
register(
    "statement-withdrawal_requested",
    subject=_("Withdrawal of statement %(number)s was requested"),
    body=_(
        "The office has received the request to withdraw statement %(number)s. The withdrawal takes effect on its"
        " announcement; licenses obtained until then stay valid (Patent Law, Art. 50(2))."
    ),
)
register(
    "statement-corrected",
    subject=_("Statement %(number)s was corrected"),
    body=_("The filer has sent the correction of statement %(number)s. It is back on your desk."),
)
register(
    "statement-canceled",
    subject=_("Statement %(number)s was canceled"),
    body=_("The filer has canceled statement %(number)s. Nothing more is to be done."),
)
register(
    "statement-taken-over",
    subject=_("Statement %(number)s was taken off your desk"),
    body=_("A second person has given statement %(number)s to a colleague or back to the queue. Reason: %(reason)s"),
)
register(
    "statement-given",
    subject=_("Statement %(number)s was put on your desk"),
    body=_("A second person has given you statement %(number)s, which a colleague had taken. Reason: %(reason)s"),
)
register(
    "consent-wanted",
    subject=_("Your consent to an open license statement is wanted"),
    body=_(
        "%(filer)s wants to file an open license statement on patent %(patent)s, of which you are a co-owner. Read the"
        " text and consent to it, or do nothing (Patent Law, Art. 14; Guidelines V-11, section 3.2)."
    ),
)
register(
    "consent-given",
    subject=_("A patentee has consented"),
    body=_("%(owner)s has consented to the present text of the statement on patent %(patent)s."),
)


register(
    "statement-agency_named",
    subject=_("You act on statement %(number)s"),
    body=_(
        "%(principal)s has named you as its agency for statement %(number)s on patent %(patent)s. From now on you read it"
        " and act on it within your mandate (Patent Law, Art. 18)."
    ),
)
register(
    "statement-agency_replaced",
    subject=_("You no longer act on statement %(number)s"),
    body=_(
        "%(principal)s has changed its agency for statement %(number)s on patent %(patent)s. From now on you neither read"
        " it nor act on it; what you did before stands (Patent Law, Art. 18)."
    ),
)
register(
    "batch-submitted",
    subject=_("A batch of statements was submitted"),
    body=_(
        "The spreadsheet “%(file)s” was submitted. Statements received: %(submitted)s. Drafts that wait for consents:"
        " %(drafted)s. Rows left: %(left)s. The acceptance paper of each statement is served with this notice"
        " (Implementing Rules, Rule 4); the receipt leads to all of them. An examiner takes each statement in order"
        " (Guidelines V-11, section 3.4)."
    ),
)
register(
    "consents-wanted",
    subject=_("Your consent to open license statements is wanted"),
    body=_(
        "%(filer)s wants to submit open license statements on patents of which you are a co-owner. Number of statements:"
        " %(count)s. Read each text and consent to it, or do nothing (Patent Law, Art. 14; Guidelines V-11, section"
        " 3.2)."
    ),
)


def kept_violations(found: Sequence[Violation]) -> list[dict[str, Any]]:
    """Return violations as they are kept with an act: the words of each in every language of the site."""
    said = in_every_language(lambda: [item.as_data() for item in found])
    return [
        {**item.as_data(), **{name: {code: every[place][name] for code, every in said.items()} for name in _WORDS}}
        for place, item in enumerate(found)
    ]


def read_violations(kept: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what was kept of violations as the reader reads it."""
    return [{name: in_reader_s_language(value) for name, value in item.items()} for item in kept]


def office_reasons(statement: Statement) -> list[dict[str, Any]]:
    """Return why the office asked for a correction, held back or refused, as the filer reads it (GL V-6 §1.2)."""
    steps = list(statement.examinations.filter(event="request_correction").order_by("done_at"))
    if statement.status == StatementStatus.REFUSED:  # until it is decided, a proposal is the office's own affair
        steps.append(statement.examinations.filter(event="propose_refusal").latest("done_at"))
    told = [
        {"at": step.done_at, "reasons": step.reasons, "violations": read_violations(step.violations)} for step in steps
    ]
    if statement.status == StatementStatus.HELD:
        held_at = audit.history(statement).filter(event="hold").latest("id").at
        told.append({"at": held_at, "reasons": "", "violations": read_violations(statement.hold_reasons)})
    return told


def tell_filer(
    event: str, statement: Statement, *, at: datetime, file_url: str = "", **params: Any
) -> list[InboxMessage]:
    """Serve a notice about the statement on its filer and, if an agency filed it, on the agency; return both.

    ``file_url`` is the paper that comes with it.
    """
    addressees = [item for item in (statement.filed_by_id, statement.agency_id) if item is not None]
    return [
        notify(
            f"statement-{event}",
            key=f"{event}:{statement.pk}:{organisation_id}:{at.isoformat()}",
            at=at,
            organisation_id=organisation_id,
            params={"number": statement.number, **params},
            url=reverse("registry:draft", args=[statement.pk]),
            file_url=file_url,
        )
        for organisation_id in dict.fromkeys(addressees)
    ]


def tell_agencies(
    statement: Statement, *, before: Organisation | None, after: Organisation | None, at: datetime
) -> None:
    """Tell the agency that acts on a statement from now on, and the one that no longer does."""
    params = {"number": statement.number, "patent": str(statement.patent), "principal": statement.filed_by.name}
    told = (
        ("statement-agency_named", after, reverse("registry:draft", args=[statement.pk])),
        ("statement-agency_replaced", before, reverse("accounts:mandates")),
    )
    for code, agency, url in told:
        if agency is not None:
            key = f"{code}:{statement.pk}:{agency.pk}:{at.isoformat()}"
            notify(code, key=key, at=at, organisation_id=agency.pk, params=params, url=url)


def tell_of_batch(submission: BatchSubmission, counts: Mapping[str, int], *, at: datetime) -> list[InboxMessage]:
    """Serve one notice about a whole batch: on who submitted it, on each principal, on each holder asked to consent.

    Return those on the parties, with which the papers of the batch are served.
    """
    batch = submission.batch
    by_filer = {**done_by_filer(batch), batch.organisation_id: counts}
    told = [
        notify(
            "batch-submitted",
            key=f"batch-submitted:{batch.pk}:{submission.number}:{organisation_id}",
            at=at,
            organisation_id=organisation_id,
            params={
                "file": batch.file.name,
                "submitted": shown.get(RowOutcome.SUBMITTED, 0),
                "drafted": shown.get(RowOutcome.DRAFTED, 0),
                "left": sum(shown.get(outcome, 0) for outcome in (*UNFIT_OUTCOMES, *FIT_OUTCOMES)),
            },
            url=reverse("registry:batch_receipt", args=[batch.pk])
            if organisation_id == batch.organisation_id
            else reverse("registry:my_statements"),
        )
        for organisation_id, shown in by_filer.items()
    ]
    for organisation_id, count in consents_asked(batch).items():
        notify(
            "consents-wanted",
            key=f"consents-wanted:{batch.pk}:{submission.number}:{organisation_id}",
            at=at,
            organisation_id=organisation_id,
            params={"filer": batch.organisation.name, "count": count},
            url=reverse("registry:consents"),
        )
    return told


def tell_filers(event: str, statements: Iterable[Statement], *, at: datetime, **params: Any) -> None:
    """Serve the same notice about many statements, as :func:`tell_filer` does about one."""
    notices = [
        OrganisationNotice(
            key=f"{event}:{statement.pk}:{organisation_id}:{at.isoformat()}",
            organisation_id=organisation_id,
            params={"number": statement.number, **params},
            url=reverse("registry:draft", args=[statement.pk]),
        )
        for statement in statements
        for organisation_id in {statement.filed_by_id, statement.agency_id} - {None}
    ]
    notify_many(f"statement-{event}", notices, at=at)
