"""API addresses of this app."""

from django.urls import URLPattern, path

from mediation.api import acts, agreements, cases

urlpatterns: list[URLPattern] = [
    path("my/cases/", cases.MyCases.as_view(), name="my_cases"),
    path("my/cases/openings/", cases.Openings.as_view(), name="openings"),
    path("my/cases/<uuid:pk>/", cases.MyCase.as_view(), name="my_case"),
    path("my/cases/<uuid:pk>/check/", cases.Check.as_view(), name="check"),
    path("my/cases/<uuid:pk>/request/", cases.Send.as_view(), name="send"),
    path("my/cases/<uuid:pk>/withdraw/", acts.Withdraw.as_view(), name="withdraw"),
    path("my/cases/<uuid:pk>/answer/", acts.Answer.as_view(), name="answer"),
    path("my/cases/<uuid:pk>/leave/", acts.Leave.as_view(), name="leave"),
    path("my/cases/<uuid:pk>/extension/", acts.Extension.as_view(), name="extension"),
    path("my/cases/<uuid:pk>/agency/", acts.Agency.as_view(), name="agency"),
    path("my/cases/<uuid:pk>/agreement/", agreements.CaseAgreement.as_view(), name="agreement"),
    path("my/cases/<uuid:pk>/agreement/document/", agreements.AgreementDocument.as_view(), name="agreement_document"),
    path("my/cases/<uuid:pk>/papers/", cases.Papers.as_view(), name="papers"),
    path("my/cases/<uuid:pk>/papers/<uuid:paper_pk>/", cases.Paper.as_view(), name="paper"),
]
