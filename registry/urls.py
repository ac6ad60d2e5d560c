"""Addresses of this app."""

from django.urls import URLPattern, path

from registry.views import pricing, watching
from registry.views.patentee import acts, batch_files, batches, consents, drafts, lists, papers, periods, typing
from registry.views.public import bulletin, calendar, log, patents, statements, statistics

app_name = "registry"
patentee_urls: list[URLPattern] = [
    path("my/statements/", lists.my_statements, name="my_statements"),
    path("my/statements.<str:form>", lists.my_statements_table, name="my_statements_table"),
    path("my/statements/new/", lists.statement_new, name="statement_new"),
    path("my/statements/new/number/", typing.number_check, name="number_check"),
    path("my/statements/new/from/<str:number>/", lists.statement_from, name="statement_from"),
    path("my/statements/<uuid:pk>/", drafts.draft, name="draft"),
    path("my/statements/<uuid:pk>/check/", acts.statement_check, name="statement_check"),
    path("my/statements/<uuid:pk>/receipt/", acts.receipt, name="receipt"),
    path("my/statements/<uuid:pk>/ask-pledgees/", consents.pledgees_ask, name="pledgees_ask"),
    path("my/statements/<uuid:pk>/extend/", periods.extend, name="extend"),
    path("my/statements/<uuid:pk>/cancel/", acts.statement_cancel, name="statement_cancel"),
    path("my/statements/<uuid:pk>/discard/", acts.statement_discard, name="statement_discard"),
    path("my/statements/<uuid:pk>/withdraw/", acts.statement_withdraw, name="statement_withdraw"),
    path("my/statements/<uuid:pk>/take-back/", acts.withdrawal_take_back, name="withdrawal_take_back"),
    path("my/statements/<uuid:pk>/papers/<uuid:paper_pk>/", papers.paper, name="paper"),
    path("my/statements/<uuid:pk>/papers/<uuid:paper_pk>/remove/", papers.paper_remove, name="paper_remove"),
    path("my/statements/<uuid:pk>/office-papers/<uuid:paper_pk>/", papers.office_paper, name="office_paper"),
    path("my/statements/<uuid:pk>/<slug:slug>/", drafts.draft_step, name="draft_step"),
    path("my/consents/<uuid:pk>/", consents.consent, name="consent"),
    path("my/withdrawals/<uuid:pk>/", consents.withdrawal, name="withdrawal"),
    path("my/pledges/<uuid:pk>/", consents.pledge_consent, name="pledge_consent"),
    path("my/batches/", batches.batches, name="batches"),
    path("my/batches/template.xlsx", batch_files.template_xlsx, name="template_xlsx"),
    path("my/batches/template.csv", batch_files.template_csv, name="template_csv"),
    path("my/batches/<uuid:pk>/", batches.batch, name="batch"),
    path("my/batches/<uuid:pk>/correct/", batches.batch_correct, name="batch_correct"),
    path("my/batches/<uuid:pk>/submit/", batches.batch_submit, name="batch_submit"),
    path("my/batches/<uuid:pk>/discard/", batches.batch_discard, name="batch_discard"),
    path("my/batches/<uuid:pk>/findings.xlsx", batch_files.findings_xlsx, name="batch_findings_xlsx"),
    path("my/batches/<uuid:pk>/findings.csv", batch_files.findings_csv, name="batch_findings_csv"),
    path("my/batches/<uuid:pk>/receipt/", batch_files.receipt, name="batch_receipt"),
    path("my/batches/<uuid:pk>/receipt.csv", batch_files.receipt_csv, name="batch_receipt_csv"),
    path("my/watched/", watching.watched, name="watched"),
    path("my/watched/<uuid:pk>/end/", watching.watch_end, name="watch_end"),
    path("statements/<str:number>/watch/", watching.statement_watch, name="statement_watch"),
    path("patents/<str:number>/watch/", watching.patent_watch, name="patent_watch"),
]
pricing_urls: list[URLPattern] = [
    path("my/pricing/", pricing.pricing, name="pricing"),
    path("my/pricing/new/", pricing.pricing_new, name="pricing_new"),
    path("my/pricing/new/<slug:method>/<slug:basis>/", pricing.pricing_form, name="pricing_form"),
    path("my/pricing/<uuid:pk>/", pricing.estimate, name="estimate"),
    path("my/pricing/<uuid:pk>/estimate.pdf", pricing.estimate_paper, name="estimate_pdf"),
    path("my/pricing/<uuid:pk>/discard/", pricing.estimate_discard, name="estimate_discard"),
]
public_urls: list[URLPattern] = [
    path("statements/", statements.statement_list, name="statement_list"),
    path("statements.csv", statements.statement_csv, name="statement_csv"),
    path("statements/<str:number>/", statements.statement, name="statement"),
    path("patents/<str:number>/", patents.patent, name="patent"),
    path("license-statistics/", statistics.license_statistics, name="license_statistics"),
    path("bulletin/", bulletin.bulletin, name="bulletin"),
    path("bulletin/calendar/", calendar.calendar_now, name="calendar_now"),
    path("bulletin/calendar/<int:year>/", calendar.calendar, name="calendar"),
    path("bulletin/calendar/<int:year>.ics", calendar.calendar_ics, name="calendar_ics"),
    path("bulletin/calendar/<int:year>.json", calendar.calendar_json, name="calendar_json"),
    path("bulletin/calendar/<int:year>.csv", calendar.calendar_csv, name="calendar_csv"),
    path("bulletin/verify/", log.verify, name="verify"),
    path("bulletin/verify_bulletin.py", log.verifier_file, name="verifier"),
    path("bulletin/keys.txt", log.keys_file, name="bulletin_keys"),
    path("bulletin/checkpoint.txt", log.newest_checkpoint, name="checkpoint"),
    path("bulletin/consistency/", log.consistency, name="consistency"),
    path("bulletin/consistency.json", log.consistency_json, name="consistency_json"),
    path("bulletin/<int:year>.jsonl", log.year_lines, name="year_lines"),
    path("bulletin/<int:year>/proofs.jsonl", log.year_proofs, name="year_proofs"),
    path("bulletin/<int:year>/<int:number>/", bulletin.issue, name="issue"),
    path("bulletin/<int:year>/<int:number>.json", log.issue_json, name="issue_json"),
    path("bulletin/<int:year>/<int:number>.csv", bulletin.issue_csv, name="issue_csv"),
    path("bulletin/<int:year>/<int:number>.pdf", bulletin.issue_document, name="issue_pdf"),
    path("bulletin/<int:year>/<int:number>.txt", log.issue_checkpoint, name="issue_checkpoint"),
    path("bulletin/<int:year>/<int:number>/<int:position>/", bulletin.entry, name="entry"),
    path("bulletin/<int:year>/<int:number>/<int:position>.json", log.entry_proof, name="entry_proof"),
]
urlpatterns: list[URLPattern] = [*patentee_urls, *pricing_urls, *public_urls]
