"""Public reading: statements, patents, the bulletin."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import PublicEndpoint
from core.api.schema import operation
from core.api.wire import answer, filled, page_of, read
from core.deadlines import law_date
from core.identifiers import InvalidIdentifier, PatentNumber
from registry.api.public_data import entry_data, issue_data, patent_data, statement_data, statements_data
from registry.api.public_shapes import (
    EntryQuery,
    EntrySerializer,
    IssueDetailSerializer,
    IssueSerializer,
    PatentSerializer,
    StatementDetailSerializer,
    StatementPageSerializer,
    StatementQuery,
)
from registry.fees.amounts import Usage
from registry.forms.usage import FIGURES, UsageForm
from registry.models import BulletinEntry, BulletinIssue, Patent
from registry.queries.public import public_statements, with_facts
from registry.queries.searching import SearchTooSlow, Wanted, find

STATEMENTS, BULLETIN = "statements", "bulletin"


class Statements(PublicEndpoint):
    """The public list."""

    @operation(
        "list_statements",
        gettext_lazy("Find announced statements"),
        tag=STATEMENTS,
        gives=StatementPageSerializer,
        query=StatementQuery,
    )
    def get(self, request: Request) -> Response:
        """Words and filters as on the public page, newest first, by pages of 20."""
        at = timezone.now()
        read(StatementQuery, request.query_params)
        wanted = Wanted.read(request.query_params)
        usage = _usage(request.query_params)
        cursor = request.query_params.get("cursor", "")
        try:
            found = find(wanted, on=law_date(at), cursor=cursor, usage=usage)
        except SearchTooSlow as slow:
            raise ValidationError({"q": [_("This search takes too long. Add a word or a filter.")]}) from slow
        data = {
            "count": found.count,
            "count_is_capped": found.capped,
            "problem": str(found.search.problem),
            "next": _link(request, found.page.next),
            "previous": _link(request, found.page.previous),
            "results": statements_data(found.page.rows, at=at, usage=usage),
        }
        return answer(StatementPageSerializer, data)


def _usage(params: Mapping[str, str]) -> Usage | None:
    if not any(params.get(name) for name in FIGURES):
        return None
    return filled(UsageForm.from_address(params)).usage


def _link(request: Request, cursor: str) -> str | None:
    if not cursor:
        return None
    params = {**request.query_params.dict(), "cursor": cursor}
    return request.build_absolute_uri(f"{request.path}?{urlencode(params)}")


class OneStatement(PublicEndpoint):
    """One announced statement."""

    @operation(
        "read_statement",
        gettext_lazy("Read an announced statement"),
        tag=STATEMENTS,
        gives=StatementDetailSerializer,
    )
    def get(self, request: Request, number: str) -> Response:
        """Price, term, licenses so far, whether it can be accepted now and why not, what was announced of it."""
        if not number.isalnum():
            raise Http404
        statement = get_object_or_404(with_facts(public_statements()), number=number)
        return answer(StatementDetailSerializer, statement_data(statement, at=timezone.now()))


class OnePatent(PublicEndpoint):
    """One patent of the register."""

    @operation("read_patent", gettext_lazy("Read a patent"), tag=STATEMENTS, gives=PatentSerializer)
    def get(self, request: Request, number: str) -> Response:
        """The register's facts of a patent, each with the time they rest on. The number in any writing."""
        try:
            canonical = PatentNumber.complete(number).canonical
        except InvalidIdentifier as error:
            raise Http404 from error
        patent = get_object_or_404(Patent, number=canonical)
        return answer(PatentSerializer, patent_data(patent, at=timezone.now()))


class Issues(PublicEndpoint):
    """The issues of the bulletin."""

    @operation("list_issues", gettext_lazy("List the issues"), tag=BULLETIN, gives=IssueSerializer, lists=True)
    def get(self, request: Request) -> Response:
        """Every published issue, the newest first."""
        return page_of(request, BulletinIssue.objects.order_by("-serial"), IssueSerializer)


class OneIssue(PublicEndpoint):
    """One issue."""

    @operation("read_issue", gettext_lazy("Read an issue"), tag=BULLETIN, gives=IssueDetailSerializer)
    def get(self, request: Request, year: int, number: int) -> Response:
        """An issue with its entries as printed and the root of the log. It never changes."""
        issue = get_object_or_404(BulletinIssue, year=year, number=number)
        response = answer(IssueDetailSerializer, issue_data(issue))
        response["Last-Modified"] = http_date(issue.published_at.timestamp())
        return response


class Entries(PublicEndpoint):
    """The entries of the bulletin."""

    @operation(
        "list_entries",
        gettext_lazy("List the entries"),
        tag=BULLETIN,
        gives=EntrySerializer,
        query=EntryQuery,
        lists=True,
    )
    def get(self, request: Request) -> Response:
        """Every entry ever announced, the newest first, narrowed by kind, patent and day."""
        wanted = read(EntryQuery, request.query_params)
        rows = BulletinEntry.objects.select_related("issue").order_by("-issue__serial", "position")
        rows = rows.filter(**_conditions(wanted))
        return page_of(request, rows, EntrySerializer, entry_data)


def _conditions(wanted: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "kind" in wanted:
        found["kind"] = wanted["kind"]
    if "since" in wanted:
        found["issue__issued_on__gte"] = wanted["since"]
    if "patent" in wanted:
        try:
            found["patent__number"] = PatentNumber.complete(wanted["patent"]).canonical
        except InvalidIdentifier as error:
            raise ValidationError({"patent": [error.message]}) from error
    return found


class OneEntry(PublicEndpoint):
    """One entry."""

    @operation("read_entry", gettext_lazy("Read an entry"), tag=BULLETIN, gives=EntrySerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """An entry as printed and hashed."""
        entry = get_object_or_404(BulletinEntry.objects.select_related("issue"), pk=pk)
        return answer(EntrySerializer, entry_data(entry))
