"""The public check of a document: is this license genuine, and how does it stand today? No personal data."""

import hashlib
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.permissions import public
from licensing.documents.certificate import genuine_certificate
from licensing.forms.checking import ContentForm
from licensing.forms.filing import CodeForm, plain_code
from licensing.queries.genuine import genuine_license
from registry.documents.genuine import recognize_file, recognize_text
from registry.queries.log import announcement_proof, proof_of


@public
def document_check(request: HttpRequest) -> HttpResponse:
    """Enter the code of a certificate, or hand in a file or a text: it is compared, and kept nowhere."""
    if request.method == "POST":
        return _check_content(request)
    form = CodeForm(request.GET if "code" in request.GET else None)
    unknown = False
    if form.is_bound and form.is_valid():
        code = form.cleaned_data["code"]
        if genuine_license(code) is not None:
            return redirect("licensing:document", code)
        unknown = True
    status = 404 if unknown else 200
    context = {"form": form, "content_form": ContentForm(), "unknown": unknown}
    return render(request, "licensing/check.html", context, status=status)


def _check_content(request: HttpRequest) -> HttpResponse:
    form = ContentForm(request.POST, request.FILES)
    context: dict[str, Any] = {"form": CodeForm(), "content_form": form}
    status = 422
    if form.is_valid():
        data, text = form.cleaned_data["data"], form.cleaned_data["text"]
        license = genuine_certificate(data) if data else None
        if license is not None:
            return redirect("licensing:document", license.verification_code)
        found = recognize_file(data) if data else recognize_text(text)
        context |= {"found": found, "sha256": hashlib.sha256(data or text.encode()).hexdigest(), "answered": True}
        if found is not None and found.entry is not None:
            context["proof"] = proof_of(found.entry)
        status = 200 if found else 404
    return render(request, "licensing/check.html", context, status=status)


@public
def document(request: HttpRequest, code: str) -> HttpResponse:
    """What the registry holds under the code."""
    license = genuine_license(plain_code(code))
    if license is None:
        raise Http404
    context = {"license": license, "at": timezone.now(), "proof": announcement_proof(license.statement)}
    return render(request, "licensing/document.html", context)
