"""Addresses of this app: the two sides under /my/cases/, the mediators under /docket/."""

from django.urls import URLPattern, path

from mediation.views.docket import cases as docket
from mediation.views.docket import conducting, deciding
from mediation.views.parties import acts, agreements, cases, papers, requests

app_name = "mediation"

_parties: list[URLPattern] = [
    path("my/cases/", cases.my_cases, name="my_cases"),
    path("my/cases/new/", requests.case_new, name="case_new"),
    path("my/cases/<uuid:pk>/", cases.case_page, name="case"),
    path("my/cases/<uuid:pk>/request/", requests.request_tasks, name="request"),
    path("my/cases/<uuid:pk>/request/check/", requests.request_check, name="request_check"),
    path("my/cases/<uuid:pk>/request/discard/", requests.request_discard, name="request_discard"),
    path("my/cases/<uuid:pk>/request/<slug:step>/", requests.request_step, name="request_step"),
    path("my/cases/<uuid:pk>/answer/", acts.answer_page, name="answer"),
    path("my/cases/<uuid:pk>/withdraw/", acts.withdraw_page, name="withdraw"),
    path("my/cases/<uuid:pk>/leave/", acts.leave_page, name="leave"),
    path("my/cases/<uuid:pk>/extension/", acts.consent_page, name="consent"),
    path("my/cases/<uuid:pk>/agency/", acts.agency_page, name="agency"),
    path("my/cases/<uuid:pk>/agreement/", agreements.agreement_page, name="agreement"),
    path("my/cases/<uuid:pk>/agreement.pdf", agreements.agreement_document, name="agreement_document"),
    path("my/cases/<uuid:pk>/papers/new/", papers.paper_new, name="paper_new"),
    path("my/cases/<uuid:pk>/papers/<uuid:paper_pk>/", papers.paper_file, name="paper"),
    path("my/cases/<uuid:pk>/papers/<uuid:paper_pk>/withdraw/", papers.paper_withdraw, name="paper_withdraw"),
]

_docket: list[URLPattern] = [
    path("docket/", docket.docket_page, name="docket"),
    path("docket/<uuid:pk>/", docket.workspace, name="docket_case"),
    path("docket/<uuid:pk>/admit/", deciding.admit_page, name="admit"),
    path("docket/<uuid:pk>/decline/", deciding.decline_page, name="decline"),
    path("docket/<uuid:pk>/take/", deciding.take_page, name="take"),
    path("docket/<uuid:pk>/recuse/", deciding.recuse_page, name="recuse"),
    path("docket/<uuid:pk>/extend/", deciding.extend_page, name="extend"),
    path("docket/<uuid:pk>/close/", deciding.close_page, name="close"),
    path("docket/<uuid:pk>/sessions/new/", conducting.session_new, name="session_new"),
    path("docket/<uuid:pk>/sessions/<uuid:session_pk>/record/", conducting.session_record, name="session_record"),
    path("docket/<uuid:pk>/sessions/<uuid:session_pk>/cancel/", conducting.session_cancel, name="session_cancel"),
    path("docket/<uuid:pk>/papers/new/", conducting.mediator_paper_new, name="mediator_paper_new"),
    path("docket/<uuid:pk>/papers/<uuid:paper_pk>/", conducting.mediator_paper_file, name="mediator_paper"),
    path("docket/<uuid:pk>/agreement/", conducting.proposal_page, name="proposal"),
]

urlpatterns: list[URLPattern] = [*_parties, *_docket]
