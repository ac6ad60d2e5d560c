"""Papers, sessions and agreements of a case, filtered by what the reader may see."""

from django.db.models import Exists, OuterRef, QuerySet

from mediation.enums import Side
from mediation.models import Agreement, AgreementSignature, Case, Paper, Session
from mediation.permissions import READABLE, Standing


def papers(case: Case, reader: Standing) -> QuerySet[Paper]:
    """Return the papers this reader may see, oldest first, each with ``is_withdrawn``. Withdrawals are not listed."""
    withdrawal = Paper.objects.filter(withdraws=OuterRef("pk"))
    return (
        Paper.objects.filter(case=case, audience__in=READABLE[reader], withdraws=None)
        .annotate(is_withdrawn=Exists(withdrawal))
        .select_related("file")
        .order_by("submitted_at", "id")
    )


def readable_files(case: Case, reader: Standing) -> QuerySet[Paper]:
    """Return the papers whose file this reader may open: a withdrawn one stays with the side that handed it in."""
    own = reader.value if reader is not Standing.DESK else ""
    return papers(case, reader).filter(is_withdrawn=False) | papers(case, reader).filter(side=own)


def own_papers(case: Case, side: Side) -> QuerySet[Paper]:
    """Return the papers a side has handed in and not withdrawn."""
    return Paper.objects.filter(case=case, side=side, withdraws=None, withdrawal=None)


def sessions(case: Case, reader: Standing) -> QuerySet[Session]:
    """Return the sessions this reader may know of, in the order of time, with their minutes."""
    return (
        Session.objects.filter(case=case, audience__in=READABLE[reader])
        .select_related("record")
        .order_by("scheduled_at", "id")
    )


def proposed_agreement(case: Case) -> Agreement | None:
    """Return the agreement that is proposed or effective now."""
    return Agreement.objects.filter(case=case, superseded_at=None).first()


def signatures(agreement: Agreement) -> dict[str, AgreementSignature]:
    """Return the signatures under an agreement by side."""
    return {row.side: row for row in agreement.signatures.order_by("signed_at")}
