"""The pricing help: choose a method, reckon, keep, compare, take the result into a draft or along as PDF."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.http import ActingRequest
from accounts.permissions import requires
from accounts.roles import Role
from core.deadlines import law_date
from core.exports import pdf_download
from core.identifiers import InvalidIdentifier, PatentNumber
from core.legal import EST, GL
from core.lifecycle import IllegalStep
from registry.actions.estimating import discard_estimate, keep_estimate, use_estimate
from registry.documents.estimate import estimate_pdf
from registry.enums import PricingBasis, PricingMethod
from registry.forms.pricing import PricingForm, UseForm
from registry.models import Estimate, Patent, Statement
from registry.pricing.explaining import OWN_FORMULAS, REFERENCE_ONLY, explanation_of
from registry.pricing.methods import METHODS
from registry.queries.estimates import comparables_for, estimates_of, term_in_months, writable_statements_of
from registry.queries.statements import statements_of

PRICERS = (Role.PATENTEE, Role.AGENCY, Role.OFFICER)
PER_PAGE = 25
NOTES = {"reference_only": REFERENCE_ONLY, "own_formulas": OWN_FORMULAS, "guidance": EST(), "caps": GL("V-11 §3.3")}


class Matter:
    """What an estimate is about: a draft, a patent, or nothing in particular; read from the address."""

    def __init__(self, request: ActingRequest) -> None:
        self.on = law_date(timezone.now())
        self.statement: Statement | None = None
        self.patent: Patent | None = None
        self.number = request.GET.get("patent", "").strip()[:60]
        self.problem: Any = ""
        wanted = request.GET.get("statement", "")
        if wanted:
            self.statement = get_object_or_404(statements_of(request.actor, on=self.on), pk=_uuid(wanted))
            self.patent = self.statement.patent
        elif self.number:
            self._find_patent()
        pairs = {"statement": self.statement and self.statement.pk, "patent": self.patent and self.patent.number}
        only = {name: value for name, value in pairs.items() if value and not (name == "patent" and self.statement)}
        self.query = f"?{urlencode(only)}" if only else ""

    def _find_patent(self) -> None:
        try:
            number = PatentNumber.complete(self.number).canonical
        except InvalidIdentifier as error:
            self.problem = error.message
            return
        self.patent = Patent.objects.filter(number=number).first()
        if self.patent is None:
            self.problem = _("The register has no patent with this number. Check each digit.")


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


@requires(*PRICERS)
def pricing(request: ActingRequest) -> HttpResponse:
    """Every estimate that was kept, side by side."""
    page = Paginator(estimates_of(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    rows = [{"estimate": item, "reckoning": item.reckoning} for item in page]
    return render(request, "registry/pricing/list.html", {"page": page, "rows": rows, **NOTES})


@requires(*PRICERS)
def pricing_new(request: ActingRequest) -> HttpResponse:
    """The five methods, when each suits, and the three kinds of fee of each."""
    matter = Matter(request)
    methods = [
        {
            "method": method,
            "plan": plan,
            "ways": [
                {"basis": basis, "url": reverse("registry:pricing_form", args=[method, basis]) + matter.query}
                for basis in plan.ways
            ],
        }
        for method, plan in METHODS.items()
    ]
    return render(request, "registry/pricing/new.html", {"matter": matter, "methods": methods, **NOTES})


@requires(*PRICERS)
def pricing_form(request: ActingRequest, method: str, basis: str) -> HttpResponse:
    """The figures of a method. Each change shows what they come to; nothing is kept before it is asked for."""
    if method not in PricingMethod.values or basis not in PricingBasis.values:
        raise Http404
    matter = Matter(request)
    term = matter.statement and term_in_months(matter.statement, on=matter.on)
    given = {name: value for name, value in request.GET.items() if name not in ("statement", "patent")}
    form = PricingForm(
        PricingMethod(method),
        PricingBasis(basis),
        request.POST or None,
        on=matter.on,
        initial={**({"months": str(term)} if term else {}), **given},
    )
    ready = form.is_bound and form.is_valid()
    parts = {name: form.group(name) for name in ("suits", "figures", "expected")}
    context = {"form": form, "matter": matter, "reckoning": form.reckoning, **parts, **NOTES}
    if request.headers.get("HX-Request"):
        return render(request, "registry/pricing/outcome.html", {**context, "live": True})
    if ready and "keep" in request.POST and form.figures is not None:
        kept = keep_estimate(
            figures=form.figures, statement=matter.statement, patent=matter.patent, by=request.actor, at=timezone.now()
        )
        messages.success(request, _("The estimate is kept."))
        return redirect("registry:estimate", kept.pk)
    context |= _beside(request, matter, form.method, form.basis)
    return render(request, "registry/pricing/form.html", context)


def _beside(request: ActingRequest, matter: Matter, method: PricingMethod, basis: PricingBasis) -> dict[str, Any]:
    """Return fees of comparable licenses, and for statistics of the industry the way to take their median over."""
    if matter.patent is None:
        return {}
    found = comparables_for(matter.patent, basis, beside=request.actor.organisation_id, on=matter.on)
    use = ""
    if found.spread is not None and method is PricingMethod.INDUSTRY:
        said = _("Median of %(count)s announced open licenses of %(scope)s in this register, %(day)s") % {
            "count": len(found.found),
            "scope": found.scope,
            "day": matter.on.isoformat(),
        }
        figure: dict[str, Any] = {"rate": found.spread.median}
        if basis is PricingBasis.FIXED:
            figure = {"mean_fee": found.spread.median, "mean_years": 1}
        use = f"{matter.query}&{urlencode({**figure, 'source': said})}"
    return {"comparables": found, "use_median": use}


def own(request: ActingRequest, pk: UUID) -> Estimate:
    """Return the actor's own estimate, or 404 as for one that does not exist."""
    return get_object_or_404(estimates_of(request.actor), pk=pk)


@requires(*PRICERS)
def estimate(request: ActingRequest, pk: UUID) -> HttpResponse:
    """One estimate: its figures with their source, every step, the cap; and the draft it can go into."""
    at = timezone.now()
    found = own(request, pk)
    drafts = writable_statements_of(request.actor, on=law_date(at))
    if found.patent_id is not None:
        drafts = drafts.filter(patent_id=found.patent_id)
    figures, reckoning = found.figures, found.reckoning
    with override("zh-hans"):
        text = explanation_of(figures, reckoning)
    form = UseForm(drafts[:200], request.POST or None, initial={"explanation": text, "statement": found.statement_id})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            saved = use_estimate(
                estimate=found,
                statement=form.drafts[said["statement"]],
                explanation=said["explanation"],
                with_fee=said["with_fee"],
                by=request.actor,
                at=at,
            )
        except IllegalStep:
            messages.error(request, _("The statement was sent meanwhile and cannot be changed now."))
            return redirect("registry:estimate", found.pk)
        messages.success(request, _("The explanation stands in the draft. Read it again before you send it."))
        return redirect(reverse("registry:draft_step", args=[saved.pk, "explanation"]) + "?checked=1")
    context = {"estimate": found, "reckoning": reckoning, "form": form, **NOTES}
    return render(request, "registry/pricing/estimate.html", context)


@requires(*PRICERS)
def estimate_paper(request: ActingRequest, pk: UUID) -> HttpResponseBase:
    """The estimate as PDF, as an attachment."""
    found = own(request, pk)
    return pdf_download(f"estimate-{found.reckoned_on}-{str(found.pk)[:8]}.pdf", estimate_pdf(found))


@requires(*PRICERS)
def estimate_discard(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Discard an estimate, after asking once."""
    found = own(request, pk)
    if request.method == "POST":
        discard_estimate(estimate=found, by=request.actor, at=timezone.now())
        messages.success(request, _("The estimate is discarded."))
        return redirect("registry:pricing")
    context = {
        "estimate": found,
        "submit_label": _("Discard"),
        "danger": True,
        "cancel_url": reverse("registry:estimate", args=[found.pk]),
        **NOTES,
    }
    return render(request, "registry/pricing/discard.html", context)
