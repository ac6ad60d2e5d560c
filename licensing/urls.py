"""Addresses of this app."""

from django.urls import URLPattern, path

from licensing.views import annuities, changes, filings, licenses, notices, public, taking

app_name = "licensing"
public_urls: list[URLPattern] = [
    path("check/", public.document_check, name="document_check"),
    path("check/<str:code>/", public.document, name="document"),
]
taking_urls: list[URLPattern] = [
    path("statements/<str:number>/accept/", taking.accept, name="accept"),
    path("statements/<str:number>/accept/notice/", taking.sign, name="sign"),
    path("my/notices/<uuid:pk>/", notices.notice, name="notice"),
    path("my/notices/<uuid:pk>/cancel/", notices.notice_cancel, name="notice_cancel"),
    path("my/notices/<uuid:pk>/receipt/", notices.receipt, name="receipt"),
    path("my/notices/<uuid:pk>/payments/<uuid:payment_pk>/", notices.proof, name="proof"),
]
license_urls: list[URLPattern] = [
    path("my/licenses/", licenses.my_licenses, name="my_licenses"),
    path("my/licensees.<str:form>", licenses.my_licensees_table, name="my_licensees_table"),
    path("my/licensees/", licenses.my_licensees, name="my_licensees"),
    path("my/licenses/<uuid:pk>/", licenses.license, name="license"),
    path("my/licenses/<uuid:pk>/certificate.pdf", licenses.certificate, name="certificate"),
    path("my/licenses/<uuid:pk>/end/", licenses.license_end, name="license_end"),
    path("my/licenses/<uuid:pk>/agree/", licenses.license_agree, name="license_agree"),
]
filing_urls: list[URLPattern] = [
    path("my/filings/", filings.filings, name="filings"),
    path("my/licenses/<uuid:pk>/file/", filings.file_license, name="file_license"),
    path("my/filings/<uuid:pk>/", filings.filing, name="filing"),
    path("my/filings/<uuid:pk>/take-back/", filings.filing_take_back, name="filing_take_back"),
    path("my/filings/<uuid:pk>/cancel/", filings.filing_cancel, name="filing_cancel"),
    path("my/filings/<uuid:pk>/papers/<uuid:paper_pk>/", filings.filing_paper, name="filing_paper"),
    path("my/filings/<uuid:pk>/change/", changes.filing_change, name="filing_change"),
    path("my/filings/<uuid:pk>/changes/<uuid:change_pk>/take-back/", changes.change_take_back, name="change_take_back"),
    path("my/filings/<uuid:pk>/changes/<uuid:change_pk>/proof/", changes.change_proof, name="change_proof"),
    path("my/patents/<str:number>/annuities/", annuities.annuities, name="annuities"),
]
urlpatterns: list[URLPattern] = [*public_urls, *taking_urls, *license_urls, *filing_urls]
