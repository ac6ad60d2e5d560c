"""How a case looks as JSON to one of its sides, and what the sides send."""

from rest_framework import serializers

from core.api.schema import ViolationSerializer
from core.api.wire import Strict
from core.validation import validate_name
from mediation.enums import (
    PARTIES,
    Audience,
    CaseStatus,
    ClosingGround,
    DeclineGround,
    PaperKind,
    Proceedings,
    SessionMode,
    Side,
    Subject,
)

SIDES = [(side.value, side.label) for side in PARTIES]


class OpeningSerializer(serializers.Serializer):
    """A license, or a notice without license, from which the caller can begin a request."""

    statement_number = serializers.CharField(source="statement.number")
    license = serializers.UUIDField(source="license.pk", default=None, allow_null=True)
    applicant = serializers.UUIDField(source="applicant.pk")
    applicant_name = serializers.CharField(source="applicant.name")
    respondent_name = serializers.CharField(source="respondent.name")


class BeginCaseSerializer(Strict):
    """What is in dispute, and for whom the caller requests mediation."""

    statement_number = serializers.CharField(max_length=20)
    license = serializers.UUIDField(required=False, help_text="Left out where no license was reached.")
    applicant = serializers.UUIDField(required=False, help_text="The organisation applied for; only for agencies.")


class DisputeSerializer(Strict):
    """What the applicant writes; any may be left out or empty while it is a draft."""

    subject = serializers.ChoiceField(Subject.choices, allow_blank=True)
    claim = serializers.CharField(max_length=4000, allow_blank=True)
    facts = serializers.CharField(max_length=10000, allow_blank=True)
    declared_proceedings = serializers.ChoiceField(Proceedings.choices, allow_blank=True)


class AnswerInputSerializer(Strict):
    """Whether the respondent agrees to be mediated, and its view, which the applicant reads."""

    agrees = serializers.BooleanField()
    statement = serializers.CharField(max_length=10000, allow_blank=True, required=False, default="")


class CasePaperInputSerializer(Strict):
    """A paper and who may ever read it: both sides, or in confidence the caller's own side. This never changes."""

    audience = serializers.ChoiceField(Audience.choices)
    kind = serializers.ChoiceField(PaperKind.choices)
    title = serializers.CharField(max_length=150)
    file = serializers.FileField()


class SignatureInputSerializer(Strict):
    """A signature under exactly the text that was read."""

    content_hash = serializers.RegexField(r"^[0-9a-f]{64}$", help_text="Of the text that was read.")
    signed_name = serializers.CharField(
        max_length=100, validators=[validate_name], help_text="Full name of the person who signs."
    )
    read = serializers.BooleanField(help_text="We have read the text and agree to be bound by it; must be true.")


class AgencyInputSerializer(Strict):
    """The agency that acts for the caller's side in this case, or null: the side acts itself."""

    agency = serializers.UUIDField(allow_null=True)


class AnswerSerializer(serializers.Serializer):
    """The respondent's answer."""

    agrees = serializers.BooleanField()
    statement = serializers.CharField(allow_blank=True)
    answered_at = serializers.DateTimeField()


class CasePaperSerializer(serializers.Serializer):
    """A paper that the caller's side may know of."""

    id = serializers.UUIDField()
    side = serializers.ChoiceField(Side.choices, help_text="Who handed it in.")
    audience = serializers.ChoiceField(Audience.choices)
    kind = serializers.ChoiceField(PaperKind.choices)
    title = serializers.CharField()
    submitted_at = serializers.DateTimeField()
    is_withdrawn = serializers.BooleanField()


class MinutesSerializer(serializers.Serializer):
    """What was held fast of a session."""

    applicant_attended = serializers.BooleanField()
    respondent_attended = serializers.BooleanField()
    attendees = serializers.CharField(allow_blank=True)
    minutes = serializers.CharField()
    recorded_at = serializers.DateTimeField()


class SessionSerializer(serializers.Serializer):
    """A session that the caller's side may know of."""

    id = serializers.UUIDField()
    audience = serializers.ChoiceField(Audience.choices)
    mode = serializers.ChoiceField(SessionMode.choices)
    scheduled_at = serializers.DateTimeField()
    place = serializers.CharField(allow_blank=True)
    canceled_at = serializers.DateTimeField(allow_null=True)
    record = MinutesSerializer(default=None, allow_null=True)


class SignatureSerializer(serializers.Serializer):
    """The signature of one side."""

    side = serializers.ChoiceField(SIDES)
    signed_name = serializers.CharField()
    signed_at = serializers.DateTimeField()


class AgreementSerializer(serializers.Serializer):
    """The agreement that is proposed or in effect."""

    version = serializers.IntegerField()
    parties = serializers.CharField()
    facts = serializers.CharField()
    dispute = serializers.CharField()
    result = serializers.CharField()
    performance_mode = serializers.CharField()
    performance_on = serializers.DateField()
    content_hash = serializers.CharField(help_text="SHA-256 of the text; a signature names it.")
    proposed_at = serializers.DateTimeField()
    effective_at = serializers.DateTimeField(allow_null=True)
    confirmation_due_on = serializers.DateField(
        allow_null=True, help_text="Last day to jointly ask a court to confirm it; empty until it is in effect."
    )
    signatures = SignatureSerializer(many=True)


class AgencyChoiceSerializer(serializers.Serializer):
    """An agency that can be named."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class AgenciesSerializer(serializers.Serializer):
    """The agency of the caller's side, and those that can be named."""

    agency = serializers.UUIDField(allow_null=True)
    agencies = AgencyChoiceSerializer(many=True)


class CaseTurnSerializer(serializers.Serializer):
    """Whose turn it is, what they do, and until when."""

    who = serializers.CharField()
    what = serializers.CharField()
    until = serializers.DateField(allow_null=True)


class CaseRowSerializer(serializers.Serializer):
    """A case, as in a list."""

    id = serializers.UUIDField()
    number = serializers.CharField(allow_blank=True, help_text="Empty until it is requested.")
    status = serializers.ChoiceField(CaseStatus.choices)
    statement_number = serializers.CharField(source="statement.number")
    license = serializers.UUIDField(source="license_id", allow_null=True)
    applicant_name = serializers.CharField(source="applicant.name")
    respondent_name = serializers.CharField(source="respondent.name")
    subject = serializers.ChoiceField(Subject.choices, allow_blank=True)
    requested_at = serializers.DateTimeField(allow_null=True)
    due_on = serializers.DateField(allow_null=True, help_text="By when somebody must act.")
    closed_at = serializers.DateTimeField(allow_null=True)


class CaseSerializer(serializers.Serializer):
    """A case as the caller's side may know it."""

    case = CaseRowSerializer()
    side = serializers.ChoiceField(SIDES, help_text="The caller's own side.")
    claim = serializers.CharField(source="case.claim", allow_blank=True)
    facts = serializers.CharField(source="case.facts", allow_blank=True)
    declared_proceedings = serializers.ChoiceField(
        Proceedings.choices, source="case.declared_proceedings", allow_blank=True
    )
    decline_ground = serializers.ChoiceField(DeclineGround.choices, source="case.decline_ground", allow_blank=True)
    decision_reasons = serializers.CharField(source="case.decision_reasons", allow_blank=True)
    closing_ground = serializers.ChoiceField(ClosingGround.choices, source="case.closing_ground", allow_blank=True)
    closing_note = serializers.CharField(source="case.closing_note", allow_blank=True)
    turn = CaseTurnSerializer(allow_null=True)
    answer = AnswerSerializer(allow_null=True)
    applicant_agency_name = serializers.CharField(source="case.applicant_agency.name", default="", allow_blank=True)
    respondent_agency_name = serializers.CharField(source="case.respondent_agency.name", default="", allow_blank=True)
    mediators = serializers.ListField(child=serializers.CharField())
    extended_at = serializers.DateTimeField(source="case.extended_at", allow_null=True)
    consents_to_extension = serializers.BooleanField(help_text="Whether the caller's side has consented.")
    papers = CasePaperSerializer(many=True)
    sessions = SessionSerializer(many=True)
    agreement = AgreementSerializer(allow_null=True)


class CaseCheckSerializer(serializers.Serializer):
    """Everything the law says of a draft request."""

    ready = serializers.BooleanField()
    violations = ViolationSerializer(many=True)
