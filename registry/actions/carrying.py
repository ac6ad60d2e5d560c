"""Consents under another name: a holder whose name changes is the same, and what they consented to stays consented to.

So it is when the change is annulled: the share did not pass, and who consented as its holder holds it.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q

from registry.enums import ConsentMethod, EndingStatus
from registry.models import EndingConsent, OwnerConsent, Patent, Patentee


def carry_consents(patent: Patent, others: Sequence[Patentee], now: Patentee) -> None:
    """Let count for the holder's present row what was given, online or on paper, under its others (GL V-11 §3.2).

    What was given is kept as it was given; a row like it stands beside it under the new name. An agreement of the
    co-owners goes on binding whoever it bound.
    """
    if not others:
        return
    OwnerConsent.objects.bulk_create(_like_those(patent, others, now), ignore_conflicts=True)
    given = EndingConsent.objects.filter(
        ending__statement__patent=patent, ending__status=EndingStatus.PREPARED, patentee__in=others
    )
    EndingConsent.objects.bulk_create(
        [
            EndingConsent(
                ending_id=consent.ending_id,
                patentee=now,
                content_hash=consent.content_hash,
                given_by_id=consent.given_by_id,
                given_at=consent.given_at,
            )
            for consent in given
        ],
        ignore_conflicts=True,
    )


def _like_those(patent: Patent, others: Sequence[Patentee], now: Patentee) -> list[OwnerConsent]:
    ids = [str(patentee.pk) for patentee in others]
    own = Q(patentee__in=others)
    for pk in ids:
        own |= Q(method=ConsentMethod.AGREEMENT, binds__contains=[pk])
    found = OwnerConsent.objects.filter(own, statement__patent=patent)
    return [
        OwnerConsent(
            statement_id=consent.statement_id,
            patentee=now,
            method=consent.method,
            content_hash=consent.content_hash,
            content=consent.content,
            given_by_id=consent.given_by_id,
            given_at=consent.given_at,
            paper_id=consent.paper_id,
            binds=_renamed(consent.binds, ids, str(now.pk)),
            valid_until=consent.valid_until,
        )
        for consent in sorted(found, key=lambda item: item.valid_until or date.max, reverse=True)
    ]


def _renamed(binds: Iterable[str], earlier: Sequence[str], now: str) -> list[str]:
    return list(dict.fromkeys(now if pk in earlier else pk for pk in binds))
