"""Every address of the site, app by app."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from config import law, pages, province
from config.styleguide import styleguide

urlpatterns = [
    path("", pages.home, name="home"),
    path("workbench/", pages.workbench, name="workbench"),
    path("healthz", pages.health, name="health"),
    path("legal-basis/", law.legal_basis, name="legal_basis"),
    path("accessibility/", law.accessibility, name="accessibility"),
    path("province/", province.overview, name="province"),
    path("province/statements/", province.statements, name="province_statements"),
    path("province/statements.<str:form>", province.statements_table, name="province_statements_table"),
    path("province/filings/", province.filings, name="province_filings"),
    path("province/filings.<str:form>", province.filings_table, name="province_filings_table"),
    path("language/", include("django.conf.urls.i18n")),
    path("account/", include("accounts.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/mfa/", include("allauth.mfa.urls")),
    path("examination/", admin.site.urls),
    path("", include("registry.urls")),
    path("", include("licensing.urls")),
    path("", include("mediation.urls")),
    path("api/v1/", include("config.api")),
]

if settings.DEVELOPMENT_MARK:
    urlpatterns.append(path("styleguide/", styleguide, name="styleguide"))

handler400 = "config.errors.bad_request"
handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
