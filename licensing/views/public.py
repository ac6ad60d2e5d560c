"""The public check of a document: is this license genuine, and how does it stand today? No personal data."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.permissions import public
from licensing.forms.filing import CodeForm, plain_code
from licensing.queries.genuine import genuine_license


@public
def document_check(request: HttpRequest) -> HttpResponse:
    """Enter the code of a certificate."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    unknown = False
    if form.is_bound and form.is_valid():
        code = form.cleaned_data["code"]
        if genuine_license(code) is not None:
            return redirect("licensing:document", code)
        unknown = True
    status = 404 if unknown else 200
    return render(request, "licensing/check.html", {"form": form, "unknown": unknown}, status=status)


@public
def document(request: HttpRequest, code: str) -> HttpResponse:
    """What the registry holds under the code."""
    license = genuine_license(plain_code(code))
    if license is None:
        raise Http404
    return render(request, "licensing/document.html", {"license": license, "at": timezone.now()})
