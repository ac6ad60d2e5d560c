"""API addresses of this app."""

from django.urls import URLPattern, path

from licensing.api import changes, ending, licenses, notices

public_urls: list[URLPattern] = [
    path("statements/<str:number>/terms/", notices.Terms.as_view(), name="terms"),
    path("check/<str:code>/", licenses.Genuine.as_view(), name="genuine"),
]
notice_urls: list[URLPattern] = [
    path("my/notices/", notices.MyNotices.as_view(), name="my_notices"),
    path("my/notices/<uuid:pk>/", notices.MyNotice.as_view(), name="my_notice"),
    path("my/notices/<uuid:pk>/payments/", notices.Payments.as_view(), name="payments"),
    path("my/notices/<uuid:pk>/payments/<uuid:payment_pk>/proof/", notices.Proof.as_view(), name="proof"),
    path("my/notices/<uuid:pk>/receipt/", notices.MyReceipt.as_view(), name="receipt"),
]
license_urls: list[URLPattern] = [
    path("my/licenses/", licenses.MyLicenses.as_view(), name="my_licenses"),
    path("my/licenses/<uuid:pk>/", licenses.MyLicense.as_view(), name="my_license"),
    path("my/licenses/<uuid:pk>/certificate/", licenses.Certificate.as_view(), name="certificate"),
    path("my/licenses/<uuid:pk>/termination/", ending.Termination.as_view(), name="termination"),
    path("my/licenses/<uuid:pk>/termination/agree/", ending.AgreeToTermination.as_view(), name="agree_to_termination"),
    path("my/licenses/<uuid:pk>/filings/", licenses.LicenseFilings.as_view(), name="license_filings"),
    path("my/filings/", licenses.MyFilings.as_view(), name="my_filings"),
    path("my/filings/<uuid:pk>/", licenses.MyFiling.as_view(), name="my_filing"),
    path("my/filings/<uuid:pk>/papers/<uuid:paper_pk>/", licenses.Paper.as_view(), name="filing_paper"),
    path("my/filings/<uuid:pk>/take-back/", licenses.TakeBack.as_view(), name="take_filing_back"),
    path("my/filings/<uuid:pk>/cancel/", licenses.CancelRecord.as_view(), name="cancel_record"),
    path("my/filings/<uuid:pk>/changes/", changes.FilingChanges.as_view(), name="filing_changes"),
    path("my/filings/<uuid:pk>/changes/<uuid:change_pk>/proof/", changes.ChangeProof.as_view(), name="change_proof"),
    path(
        "my/filings/<uuid:pk>/changes/<uuid:change_pk>/take-back/",
        changes.TakeBackChange.as_view(),
        name="take_change_back",
    ),
]
urlpatterns: list[URLPattern] = [*public_urls, *notice_urls, *license_urls]
