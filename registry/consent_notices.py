"""What the registry tells those who are asked for a consent, and what their answers tell the filer."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.notifications import notify, register
from registry.enums import ConsentMethod
from registry.models import Statement

register(
    "consent-void",
    subject=_("A statement that you consented to was changed"),
    body=_(
        "%(filer)s has changed the statement on patent %(patent)s; your consent to the earlier text is without effect. Its"
        " page shows what has changed since (Patent Law, Art. 14; Guidelines V-11, section 3.2)."
    ),
)
register(
    "pledgee-consent-void",
    subject=_("A statement that you consented to as pledgee was changed"),
    body=_(
        "%(filer)s has changed the statement on patent %(patent)s, which is pledged to you; your consent was to the earlier"
        " text. The page shows what has changed since; read it and consent, or decline (Implementing Rules, Rule 86;"
        " Guidelines V-11, section 9)."
    ),
)
register(
    "consents-given",
    subject=_("Consent was given to several statements"),
    body=_(
        "%(owner)s has consented to the texts of statements that you prepare. Number of statements: %(count)s. Those that"
        " wait for nobody else can be submitted (Patent Law, Art. 14; Guidelines V-11, section 3.2)."
    ),
)
register(
    "consent-declined",
    subject=_("A consent was declined"),
    body=_(
        "%(owner)s declines to consent on patent %(patent)s. The statement's page gives the reason, if there is one."
    ),
)
register(
    "withdrawal-consent-wanted",
    subject=_("Your consent to the withdrawal of a statement is wanted"),
    body=_(
        "%(filer)s wants to withdraw the open license statement on patent %(patent)s, of which you are a co-owner. Read the"
        " request and consent to it, or decline (Patent Law, Art. 14; Guidelines V-11, section 4)."
    ),
)
register(
    "pledgee-consent-wanted",
    subject=_("Your consent as pledgee is wanted"),
    body=_(
        "%(filer)s wants to offer patent %(patent)s, which is pledged to you, to everybody under an open license. Read the"
        " text and consent to it, or decline (Implementing Rules, Rule 86; Guidelines V-11, section 9)."
    ),
)


def tell_asked(code: str, statement: Statement, organisation_id: UUID | None, url: str, *, at: datetime) -> None:
    """Ask an organisation that signs in here for an answer."""
    if organisation_id is not None:
        notify(
            code,
            key=f"{code}:{url}:{organisation_id}:{at.isoformat()}",
            at=at,
            organisation_id=organisation_id,
            params={"patent": str(statement.patent), "filer": statement.filed_by.name},
            url=url,
        )


def tell_answer(code: str, statement: Statement, owner: str, *, at: datetime) -> None:
    """Tell the filer, or the agency that files, how somebody who was asked has answered."""
    notify(
        code,
        key=f"{code}:{statement.pk}:{owner[:80]}:{at.isoformat()}",
        at=at,
        organisation_id=statement.agency_id or statement.filed_by_id,
        params={"patent": str(statement.patent), "owner": owner},
        url=reverse("registry:draft", args=[statement.pk]),
    )


def tell_answers(statements: Iterable[Statement], owner: str, *, at: datetime) -> None:
    """Tell each filer, or the agency that files, once of all its statements that somebody has consented to."""
    by_filer = defaultdict(list)
    for statement in statements:
        by_filer[statement.agency_id or statement.filed_by_id].append(statement)
    for filer_id, own in by_filer.items():
        if len(own) == 1:
            tell_answer("consent-given", own[0], owner, at=at)
            continue
        notify(
            "consents-given",
            key=f"consents-given:{filer_id}:{owner[:80]}:{at.isoformat()}",
            at=at,
            organisation_id=filer_id,
            params={"owner": owner, "count": len(own)},
            url=reverse("registry:my_statements"),
        )


def tell_voided(statement: Statement, text: str, *, at: datetime) -> None:
    """Tell those who consented online to this text, co-owners and pledgees, that it has changed, once a text."""
    given = statement.consents.filter(method=ConsentMethod.ONLINE, content_hash=text)
    pledgees = statement.pledgee_consents.filter(content_hash=text)
    told = (
        ("consent-void", "registry:consent", given.values_list("patentee__organisation_id", flat=True)),
        ("pledgee-consent-void", "registry:pledge_consent", pledgees.values_list("organisation_id", flat=True)),
    )
    for code, page, organisations in told:
        for organisation_id in organisations.distinct():
            notify(
                code,
                key=f"{code}:{statement.pk}:{organisation_id}:{text}",
                at=at,
                organisation_id=organisation_id,
                params={"patent": str(statement.patent), "filer": statement.filed_by.name},
                url=reverse(page, args=[statement.pk]),
            )
