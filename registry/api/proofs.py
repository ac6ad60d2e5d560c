"""Public reading of the bulletin's proofs: that an entry is in the log, and that the log only ever grows."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from accounts.api.endpoints import PublicEndpoint
from core.api.schema import operation
from core.api.wire import read
from registry.api.public import BULLETIN
from registry.api.public_shapes import ConsistencyQuery, ConsistencySerializer, EntryProofSerializer, ProofQuery
from registry.bulletin.canonical import canonical
from registry.models import BulletinEntry, BulletinIssue
from registry.queries.log import consistency_of, issue_named, proof_of


class EntryProof(PublicEndpoint):
    """The proof of an entry."""

    @operation(
        "read_entry_proof",
        gettext_lazy("Prove that an entry is in the log"),
        tag=BULLETIN,
        gives=EntryProofSerializer,
        query=ProofQuery,
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """The proof against the checkpoint of the entry's own issue, or of a later one. The verifier reads it."""
        entry = get_object_or_404(BulletinEntry.objects.select_related("issue"), pk=pk)
        wanted = read(ProofQuery, request.query_params)
        against = _named(wanted["against"], "against") if "against" in wanted else None
        try:
            return _line(proof_of(entry, against).data)
        except IndexError as error:
            raise ValidationError(
                {"against": [_("This issue appeared before the entry. Name a later one.")]}
            ) from error


class Consistency(PublicEndpoint):
    """The proof between two checkpoints."""

    @operation(
        "read_consistency_proof",
        gettext_lazy("Prove that the log continues an earlier one"),
        tag=BULLETIN,
        gives=ConsistencySerializer,
        query=ConsistencyQuery,
    )
    def get(self, request: Request) -> HttpResponse:
        """Both checkpoints and the hashes that show that nothing was changed or taken out between them."""
        wanted = read(ConsistencyQuery, request.query_params)
        first, second = (_named(wanted[name], name) for name in ("first", "second"))
        try:
            return _line(consistency_of(first, second))
        except IndexError as error:
            raise ValidationError(
                {"first": [_("The first issue appeared after the second one. Exchange them.")]}
            ) from error


def _line(proof: dict[str, Any]) -> HttpResponse:
    """Answer with the very bytes that the pages hand out, for the verifier reads no other writing."""
    return HttpResponse(canonical(proof) + b"\n", content_type="application/json")


def _named(label: str, field: str) -> BulletinIssue:
    try:
        return issue_named(label.strip())
    except BulletinIssue.DoesNotExist as error:
        told = _("There is no such issue. Write it as year and number, for example 2026-001.")
        raise ValidationError({field: [told]}) from error
