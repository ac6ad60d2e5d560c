"""The bulletin's log for those who check: keys, checkpoints, proofs, bulk files, the verifier itself."""

from collections.abc import Iterable
from pathlib import Path

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import public
from registry.bulletin import verifier
from registry.bulletin.canonical import canonical
from registry.models import BulletinEntry, BulletinIssue
from registry.queries.log import (
    EntryProof,
    consistency_of,
    document_of,
    documents_of,
    issue_named,
    keys,
    proof_of,
    proofs_against,
)
from registry.views.public.bulletin import entry_at

JSON_TYPE = "application/json; charset=utf-8"
LINES_TYPE = "application/jsonl; charset=utf-8"
TEXT_TYPE = "text/plain; charset=utf-8"
VERIFIER = Path(verifier.__file__)


@public
@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """How anyone checks the bulletin, with the keys, the newest checkpoint and every file that is needed."""
    context = {
        "keys": keys(),
        "newest": _newest(),
        "years": BulletinIssue.objects.order_by("-year").values_list("year", flat=True).distinct(),
        "lines": len(VERIFIER.read_text("utf-8").splitlines()),
    }
    return render(request, "registry/public/verify.html", context)


@public
@require_safe
def verifier_file(request: HttpRequest) -> FileResponse:
    """The stand-alone verifier."""
    return FileResponse(VERIFIER.open("rb"), as_attachment=True, filename="verify_bulletin.py")


@public
@require_safe
def keys_file(request: HttpRequest) -> HttpResponse:
    """Every public key of the bulletin, one a line, as the verifier reads them."""
    lines = [line for key in keys() for line in _key_lines(key.has_effect, key.text)]
    return _file("keys.txt", "".join(f"{line}\n" for line in lines).encode(), TEXT_TYPE)


def _key_lines(has_effect: bool, text: str) -> list[str]:
    return [text] if has_effect else ["# development key: no legal effect", text]


@public
@require_safe
def newest_checkpoint(request: HttpRequest) -> HttpResponse:
    """The checkpoint of the newest issue, to be kept."""
    newest = _newest()
    if newest is None:
        raise Http404
    return _checkpoint(newest)


@public
@require_safe
def issue_checkpoint(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The checkpoint of one issue."""
    return _checkpoint(get_object_or_404(BulletinIssue, year=year, number=number))


def _checkpoint(issue: BulletinIssue) -> HttpResponse:
    return _file(f"checkpoint-{issue}.txt", issue.checkpoint.encode(), TEXT_TYPE)


@public
@require_safe
def issue_json(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The issue as data: everything that is hashed and signed, always the same bytes."""
    issue = get_object_or_404(BulletinIssue, year=year, number=number)
    return _file(f"bulletin-{issue}.json", document_of(issue), JSON_TYPE)


@public
@require_safe
def year_lines(request: HttpRequest, year: int) -> StreamingHttpResponse:
    """All issues of a year, one a line."""
    return _stream(f"bulletin-{year}.jsonl", documents_of(_issues(year)))


@public
@require_safe
def year_proofs(request: HttpRequest, year: int) -> StreamingHttpResponse:
    """The proofs of all entries of a year against the year's last checkpoint, one a line."""
    last = _issues(year).order_by("serial").last()
    entries = BulletinEntry.objects.filter(issue__year=year)
    return _stream(f"bulletin-proofs-{year}.jsonl", proofs_against(last, entries) if last else ())


def _issues(year: int) -> QuerySet[BulletinIssue]:
    issues = BulletinIssue.objects.filter(year=year)
    if not issues.exists():
        raise Http404
    return issues


@public
@require_safe
def entry_proof(request: HttpRequest, year: int, number: int, position: int) -> HttpResponse:
    """The proof that an entry is in the log, against the checkpoint of its issue or, with ``?in=2026-012``, a later one."""
    found = entry_at(year, number, position)
    against = _named(request.GET["in"]) if "in" in request.GET else None
    try:
        proof: EntryProof = proof_of(found, against)
    except IndexError as error:
        raise Http404 from error
    return _file(f"proof-{found.issue}-{position}.json", canonical(proof.data) + b"\n", JSON_TYPE)


@public
@require_safe
def consistency(request: HttpRequest) -> HttpResponse:
    """Two issues, and the proof that the later log continues the earlier one."""
    asked = [request.GET.get(name, "").strip() for name in ("first", "second")]
    context = {"first": asked[0], "second": asked[1]}
    if any(asked):
        try:
            context["proof"] = consistency_of(*(_named(label) for label in asked))
            context["url"] = f"{reverse('registry:consistency_json')}?first={asked[0]}&second={asked[1]}"
        except Http404:
            context["problem"] = _("There is no such issue. Write it as year and number, for example 2026-001.")
        except IndexError:
            context["problem"] = _("The first issue appeared after the second one. Exchange them.")
    return render(request, "registry/public/consistency.html", context, status=422 if "problem" in context else 200)


@public
@require_safe
def consistency_json(request: HttpRequest) -> HttpResponse:
    """The same proof as a file for the verifier."""
    first, second = (_named(request.GET.get(name, "")) for name in ("first", "second"))
    try:
        proof = consistency_of(first, second)
    except IndexError as error:
        raise Http404 from error
    return _file(f"consistency-{first}-{second}.json", canonical(proof) + b"\n", JSON_TYPE)


def _named(label: str) -> BulletinIssue:
    try:
        return issue_named(label)
    except BulletinIssue.DoesNotExist as error:
        raise Http404 from error


def _newest() -> BulletinIssue | None:
    return BulletinIssue.objects.order_by("-serial").first()


def _file(name: str, data: bytes, media_type: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _stream(name: str, lines: Iterable[bytes]) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type=LINES_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
