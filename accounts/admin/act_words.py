"""What the audit log's codes mean, in words: acts, the kinds of things they were done to, and statuses."""

from django.apps import apps
from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import pgettext_lazy

from core.lifecycle import Lifecycle
from core.models import AuditEvent
from core.rules import Text

# Acts that are no step of a lifecycle; the steps say in their own tables what they are.
ACTS: dict[str, Text] = {
    "add_paper": pgettext_lazy("act", "Paper attached"),
    "appoint": pgettext_lazy("act", "Appointed to a role"),
    "appoint_agency": pgettext_lazy("act", "Agency appointed"),
    "schedule_session": pgettext_lazy("act", "Session arranged"),
    "ask_consents": pgettext_lazy("act", "Co-owners asked for consent"),
    "ask_pledgees": pgettext_lazy("act", "Pledgees asked for consent"),
    "assign_mediator": pgettext_lazy("act", "Mediator assigned"),
    "name_agency": pgettext_lazy("act", "Agency of a statement changed"),
    "bar_arose": pgettext_lazy("act", "A bar arose"),
    "bar_fell_away": pgettext_lazy("act", "The bar fell away"),
    "begin": pgettext_lazy("act", "Draft begun"),
    "begin_request": pgettext_lazy("act", "Request begun"),
    "begin_successor": pgettext_lazy("act", "Draft begun that replaces a statement"),
    "cancel_session": pgettext_lazy("act", "Session canceled"),
    "change contact": pgettext_lazy("act", "Contact details changed"),
    "change_calendar": pgettext_lazy("act", "Calendar of the bulletin changed"),
    "close delivery": pgettext_lazy("act", "Delivery of register data closed"),
    "confirm_receipt": pgettext_lazy("act", "Receipt of the payment confirmed"),
    "consent": pgettext_lazy("act", "Consent given"),
    "consent_to_extension": pgettext_lazy("act", "Consent given to more time for the mediation"),
    "create API key": pgettext_lazy("act", "API key made"),
    "create person": pgettext_lazy("act", "Account opened"),
    "decline": pgettext_lazy("act", "Consent declined"),
    "discard_estimate": pgettext_lazy("act", "Estimate discarded"),
    "dismiss_event": pgettext_lazy("act", "Register event dismissed"),
    "duty_ended": pgettext_lazy("act", "Duty to withdraw ended"),
    "end appointment": pgettext_lazy("act", "Appointment ended"),
    "enter_event": pgettext_lazy("act", "Register event entered"),
    "event_annulled": pgettext_lazy("act", "Register event annulled"),
    "grant mandate": pgettext_lazy("act", "Mandate granted"),
    "halt_publication": pgettext_lazy("act", "Publication halted"),
    "submit_paper": pgettext_lazy("act", "Paper handed in"),
    "record_session": pgettext_lazy("act", "Session held and its minutes recorded"),
    "identify patentee": pgettext_lazy("act", "Patentee identified with an organisation"),
    "import batch": pgettext_lazy("act", "Register data imported"),
    "invite": pgettext_lazy("act", "Person invited"),
    "join": pgettext_lazy("act", "Person joined"),
    "keep_estimate": pgettext_lazy("act", "Estimate kept"),
    "leave": pgettext_lazy("act", "Person left"),
    "make_calendar": pgettext_lazy("act", "Calendar of the bulletin made"),
    "obtain": pgettext_lazy("act", "License obtained"),
    "open delivery": pgettext_lazy("act", "Delivery of register data opened"),
    "pay": pgettext_lazy("act", "Payment proved"),
    "pledgee_consent": pgettext_lazy("act", "Pledgee's consent given"),
    "propose_agreement": pgettext_lazy("act", "Agreement proposed"),
    "propose_ending": pgettext_lazy("act", "End of the statement proposed"),
    "propose_rectification": pgettext_lazy("act", "Rectification proposed"),
    "propose_resumption": pgettext_lazy("act", "Resumption of publication proposed"),
    "propose_termination": pgettext_lazy("act", "Early end of the license proposed"),
    "publish_issue": pgettext_lazy("act", "Issue of the bulletin published"),
    "queue_entry": pgettext_lazy("act", "Entry queued for the next issue"),
    "record fact": pgettext_lazy("act", "Fact of the register recorded"),
    "recuse": pgettext_lazy("act", "Mediator stepped down"),
    "register organisation": pgettext_lazy("act", "Organisation registered"),
    "reject organisation": pgettext_lazy("act", "Organisation rejected"),
    "remove member": pgettext_lazy("act", "Person removed"),
    "remove_paper": pgettext_lazy("act", "Paper removed"),
    "request": pgettext_lazy("act", "Requested"),
    "resume_publication": pgettext_lazy("act", "Publication resumed"),
    "retry outbox message": pgettext_lazy("act", "Failed effect tried again"),
    "retry_event": pgettext_lazy("act", "Parked register event tried again"),
    "revoke API key": pgettext_lazy("act", "API key revoked"),
    "revoke mandate": pgettext_lazy("act", "Mandate revoked"),
    "serve": pgettext_lazy("act", "Notice served"),
    "serve_paper": pgettext_lazy("act", "Paper of the office served"),
    "set manager": pgettext_lazy("act", "Manager set"),
    "settle_aftermath": pgettext_lazy("act", "Aftermath of an annulment settled"),
    "sign_agreement": pgettext_lazy("act", "Agreement signed"),
    "submit": pgettext_lazy("act", "Submitted"),
    "upload": pgettext_lazy("act", "Spreadsheet uploaded"),
    "use_estimate": pgettext_lazy("act", "Estimate taken over as explanation"),
    "verify organisation": pgettext_lazy("act", "Organisation verified"),
    "withdraw invitation": pgettext_lazy("act", "Invitation withdrawn"),
    "withdraw_paper": pgettext_lazy("act", "Paper withdrawn"),
}  # fmt: skip


def act_words(event: AuditEvent) -> Text:
    """Return what was done; a code that has no words stands for itself."""
    life = _life_of(event)
    rows = [row for row in life.transitions if row.event == event.event] if life else []
    from_here = [row for row in rows if event.from_status in row.sources]
    return (from_here or rows)[0].title if rows else ACTS.get(event.event, event.event)


def subject_words(event: AuditEvent) -> Text:
    """Return what kind of thing it was done to."""
    model = _model_of(event)
    return capfirst(model._meta.verbose_name) if model else event.subject_type


def subject_of(event: AuditEvent) -> Model | None:
    """Return the thing itself, or None where it is no more."""
    model = _model_of(event)
    return model._base_manager.filter(pk=event.subject_id).first() if model else None


def status_words(event: AuditEvent, status: str) -> Text:
    """Return a status of that thing as its own pages say it."""
    life = _life_of(event)
    return life.states(status).label if life and status in life.states.values else status


def _life_of(event: AuditEvent) -> Lifecycle | None:
    return getattr(_model_of(event), "lifecycle", None)


def _model_of(event: AuditEvent) -> type[Model] | None:
    try:
        return apps.get_model(event.subject_type)
    except LookupError:  # the log outlives the names of models
        return None
