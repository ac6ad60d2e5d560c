"""Notices to people: an inbox row that stays for ever, and an e-mail that says no more than that there is one.

Each app registers its notices at import, in its own ``notifications.py``::

    register("filing-accepted", subject=_("Filing accepted"), body=_("The filing of license %(license)s …"))

and its actions call :func:`notify` inside their transaction. Subjects go out by e-mail and must hold nothing
confidential. Values whose name ends in ``_on`` or ``_at`` are written as dates in the reader's language; a value made
by :func:`in_every_language` in that language.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override

from accounts.models import InboxMessage, Membership, User
from core import outbox
from core.day_words import day_in_words
from core.rules import Text

TOPIC = "accounts.send_mail"
Said = TypeVar("Said")


@dataclass(frozen=True, slots=True)
class Notice:
    """The words of one kind of notice, with %(name)s places."""

    subject: Text
    body: Text


_notices: dict[str, Notice] = {}


def register(code: str, *, subject: Text, body: Text) -> None:
    """Make a kind of notice known.

    Raises:
        ValueError: the code is taken.
    """
    if code in _notices:
        raise ValueError(f"notice {code} is registered twice")
    _notices[code] = Notice(subject, body)


def notify(
    code: str,
    *,
    key: str,
    at: datetime,
    organisation_id: UUID | None = None,
    user_id: UUID | None = None,
    params: Mapping[str, Any] | None = None,
    url: str = "",
    file_url: str = "",
) -> InboxMessage:
    """Serve a notice on an organisation or on a person: one inbox row, one e-mail to each who may read it.

    ``key`` names the notice uniquely; a second call with the same key changes and sends nothing. ``url`` is the path
    of the page the notice is about, ``file_url`` that of a paper that comes with it; both check who asks.

    Raises:
        LookupError: no notice is registered under the code, or ``params`` lacks one of its values.
        ValueError: not exactly one addressee is given.
    """
    if (organisation_id is None) == (user_id is None):
        raise ValueError("a notice has exactly one addressee: an organisation or a person")
    values = dict(params or {})
    render(code, values)
    message, made = InboxMessage.objects.get_or_create(
        key=key,
        defaults={
            "code": code,
            "organisation_id": organisation_id,
            "user_id": user_id,
            "params": values,
            "url": url,
            "file_url": file_url,
            "at": at,
        },
    )
    if made:
        for reader_id in _readers(message):
            outbox.enqueue(
                TOPIC, key=f"mail:{message.pk}:{reader_id}", at=at, message_id=str(message.pk), user_id=str(reader_id)
            )
    return message


@dataclass(frozen=True, slots=True)
class OrganisationNotice:
    """A notice on one organisation, among many: as the arguments of :func:`notify`."""

    key: str
    organisation_id: UUID
    params: Mapping[str, Any]
    url: str


def notify_many(code: str, notices: Sequence[OrganisationNotice], *, at: datetime) -> None:
    """Serve the same kind of notice on many organisations, with as many queries as on one.

    Raises:
        LookupError: no notice is registered under the code, or ``params`` lack one of its values.
    """
    for notice in notices:
        render(code, notice.params)
    keys = [notice.key for notice in notices]
    known = set(InboxMessage.objects.filter(key__in=keys).values_list("key", flat=True))
    messages = [
        InboxMessage(
            key=notice.key,
            code=code,
            organisation_id=notice.organisation_id,
            params=dict(notice.params),
            url=notice.url,
            at=at,
        )
        for notice in notices
        if notice.key not in known
    ]
    InboxMessage.objects.bulk_create(messages, batch_size=1000)
    readers: dict[UUID, list[UUID]] = {}
    members = Membership.objects.filter(
        organisation_id__in={message.organisation_id for message in messages}, ended_at=None, user__is_active=True
    )
    for organisation_id, user_id in members.order_by("user_id").values_list("organisation_id", "user_id"):
        readers.setdefault(organisation_id, []).append(user_id)
    owed = {
        f"mail:{message.pk}:{reader}": {"message_id": str(message.pk), "user_id": str(reader)}
        for message in messages
        for reader in readers.get(message.organisation_id, ())
    }
    outbox.enqueue_many(TOPIC, owed, at=at)


def render(code: str, params: Mapping[str, Any]) -> tuple[str, str]:
    """Return subject and body in the active language.

    Raises:
        LookupError: the code is unknown or a value is missing.
    """
    notice = _notices.get(code)
    if notice is None:
        raise LookupError(f"no notice registered as {code}")
    values = {name: _shown(name, value) for name, value in params.items()}
    return str(notice.subject) % values, str(notice.body) % values


def in_every_language(say: Callable[[], Said]) -> dict[str, Said]:
    """Return what ``say`` returns in each language of the site: a value whose words are fixed when it is told."""
    said = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            said[code] = say()
    return said


def in_reader_s_language(said: Mapping[str, Said] | Said) -> Said:
    """Return of what :func:`in_every_language` kept what the reader reads; what was kept in one language is that."""
    if not isinstance(said, Mapping):
        return said
    return said.get(get_language() or "") or said[settings.LANGUAGE_CODE]


def _shown(name: str, value: Any) -> Any:
    """A value as people read it; dates come back from the database as text."""
    if isinstance(value, dict):
        return in_reader_s_language(value)
    if not name.endswith(("_on", "_at")) or not value:
        return value
    moment = value if isinstance(value, date) else _parsed(str(value))
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        moment = timezone.localtime(moment)
    return day_in_words(moment)


def _parsed(text: str) -> date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _readers(message: InboxMessage) -> list[UUID]:
    if message.user_id is not None:
        return [message.user_id]
    members = Membership.objects.filter(organisation_id=message.organisation_id, ended_at=None, user__is_active=True)
    return list(members.order_by("user_id").values_list("user_id", flat=True))


@outbox.handler(TOPIC)
def send_mail(message_id: str, user_id: str) -> None:
    """Tell one person by e-mail, in their language, that a notice waits in the inbox."""
    message = InboxMessage.objects.select_related("organisation").get(pk=message_id)
    reader = User.objects.get(pk=user_id)
    with override(reader.language):
        subject, _body = render(message.code, message.params)
        text = render_to_string(
            "accounts/mail/notice.txt",
            {
                "reader": reader,
                "organisation": message.organisation,
                "subject": subject,
                "url": settings.PUBLIC_BASE_URL + reverse("accounts:inbox_message", args=[message.pk]),
            },
        )
    EmailMessage(" ".join(subject.split()), text, to=[reader.email]).send()
