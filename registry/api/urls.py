"""API addresses of this app."""

from django.urls import URLPattern, path

from registry.api import answers, batches, own, own_papers, proofs, public

public_urls: list[URLPattern] = [
    path("statements/", public.Statements.as_view(), name="statements"),
    path("statements/<str:number>/", public.OneStatement.as_view(), name="statement"),
    path("patents/<str:number>/", public.OnePatent.as_view(), name="patent"),
    path("bulletin/issues/", public.Issues.as_view(), name="issues"),
    path("bulletin/issues/<int:year>/<int:number>/", public.OneIssue.as_view(), name="issue"),
    path("bulletin/entries/", public.Entries.as_view(), name="entries"),
    path("bulletin/entries/<uuid:pk>/", public.OneEntry.as_view(), name="entry"),
    path("bulletin/entries/<uuid:pk>/proof/", proofs.EntryProof.as_view(), name="entry_proof"),
    path("bulletin/consistency/", proofs.Consistency.as_view(), name="consistency"),
]
own_urls: list[URLPattern] = [
    path("my/statements/", own.MyStatements.as_view(), name="my_statements"),
    path("my/statements/<uuid:pk>/", own.MyStatement.as_view(), name="my_statement"),
    path("my/statements/<uuid:pk>/check/", own.Check.as_view(), name="check"),
    path("my/statements/<uuid:pk>/submit/", own.Submit.as_view(), name="submit"),
    path("my/statements/<uuid:pk>/correct/", own.Correct.as_view(), name="correct"),
    path("my/statements/<uuid:pk>/extension/", own.Extension.as_view(), name="extension"),
    path("my/statements/<uuid:pk>/cancel/", own.Cancel.as_view(), name="cancel"),
    path("my/statements/<uuid:pk>/agency/", own.Agency.as_view(), name="agency"),
    path("my/statements/<uuid:pk>/papers/", own_papers.Papers.as_view(), name="papers"),
    path("my/statements/<uuid:pk>/papers/<uuid:paper_pk>/", own_papers.Paper.as_view(), name="paper"),
    path(
        "my/statements/<uuid:pk>/office-papers/<uuid:paper_pk>/", own_papers.OfficePaper.as_view(), name="office_paper"
    ),
    path("my/statements/<uuid:pk>/ask-consents/", own_papers.AskConsents.as_view(), name="ask_consents"),
    path("my/statements/<uuid:pk>/consents/", own_papers.ConsentPapers.as_view(), name="consent_papers"),
    path("my/statements/<uuid:pk>/withdrawal/", own_papers.Withdrawal.as_view(), name="withdrawal"),
    path(
        "my/statements/<uuid:pk>/withdrawal/consent/",
        own_papers.WithdrawalConsent.as_view(),
        name="withdrawal_consent",
    ),
    path("my/batches/", batches.Batches.as_view(), name="batches"),
    path("my/batches/<uuid:pk>/", batches.OneBatch.as_view(), name="batch"),
    path("my/batches/<uuid:pk>/rows/", batches.BatchRows.as_view(), name="batch_rows"),
    path("my/batches/<uuid:pk>/papers/", batches.BatchPapers.as_view(), name="batch_papers"),
    path("my/batches/<uuid:pk>/check/", batches.BatchCheck.as_view(), name="batch_check"),
    path("my/batches/<uuid:pk>/correct/", batches.BatchCorrection.as_view(), name="batch_correct"),
    path("my/batches/<uuid:pk>/submit/", batches.BatchSubmission.as_view(), name="batch_submit"),
    path("my/consents/", own_papers.WantedConsents.as_view(), name="wanted_consents"),
    path("my/consents/<uuid:pk>/", own_papers.WantedConsent.as_view(), name="wanted_consent"),
    path("my/consents/<uuid:pk>/decline/", answers.DeclineConsent.as_view(), name="decline_consent"),
    path("my/withdrawals/", answers.WantedWithdrawals.as_view(), name="wanted_withdrawals"),
    path("my/withdrawals/<uuid:pk>/", answers.WantedWithdrawal.as_view(), name="wanted_withdrawal"),
    path("my/withdrawals/<uuid:pk>/decline/", answers.DeclineWithdrawal.as_view(), name="decline_withdrawal"),
    path("my/pledges/<uuid:pk>/", answers.PledgeConsent.as_view(), name="pledge_consent"),
    path("my/pledges/<uuid:pk>/decline/", answers.DeclinePledgeConsent.as_view(), name="decline_pledge_consent"),
    path("my/statements/<uuid:pk>/ask-pledgees/", answers.AskPledgees.as_view(), name="ask_pledgees"),
]
urlpatterns: list[URLPattern] = [*public_urls, *own_urls]
