"""How a filer's own statements look as JSON, and what the filer sends. Values are text as people type it."""

from typing import Any

from rest_framework import serializers

from core.api.schema import ViolationSerializer
from core.api.wire import Strict
from registry.api.public_shapes import FeeSerializer
from registry.enums import (
    ENDING_PAPERS,
    ConsentMethod,
    EndingKind,
    EndingStatus,
    FeeMode,
    OfficePaperKind,
    PaperKind,
    StatementStatus,
    TermMode,
)
from registry.reading import LINES, LONGEST_TEXT

OWN_PAPERS = [(kind.value, kind.label) for kind in PaperKind if kind not in ENDING_PAPERS]
ON_PAPER = [(kind.value, kind.label) for kind in ConsentMethod if kind is not ConsentMethod.ONLINE]
NUMBER: dict[str, Any] = {"max_length": 40, "allow_blank": True}


class BeginSerializer(Strict):
    """The patent, and for whom: an agency names its principal, everybody else files for themselves."""

    patent_number = serializers.CharField(max_length=60, help_text="In any writing, with its check digit.")
    filed_by = serializers.UUIDField(required=False, help_text="The organisation filed for; only for agencies.")
    replaces = serializers.CharField(
        required=False, max_length=20, help_text="Number of an announced statement on the patent to declare anew."
    )


class InstalmentEntrySerializer(Strict):
    """One instalment as typed."""

    due_months = serializers.CharField(**NUMBER)
    amount = serializers.CharField(**NUMBER)


class EntriesSerializer(Strict):
    """What the filer writes, field by field; any may be left out or empty while it is a draft. Sums in yuan, rates in
    percent. What cannot be read is kept as it was sent, and a violation says so."""

    fee_mode = serializers.CharField(max_length=40, allow_blank=True, help_text=f"One of {', '.join(FeeMode.values)}.")
    fixed_amount = serializers.CharField(**NUMBER)
    royalty_rate = serializers.CharField(**NUMBER)
    unit_price = serializers.CharField(**NUMBER)
    unit_name = serializers.CharField(max_length=200, allow_blank=True)
    instalments = InstalmentEntrySerializer(many=True)
    payment_terms = serializers.CharField(max_length=LONGEST_TEXT, allow_blank=True)
    payee_account = serializers.CharField(
        max_length=LONGEST_TEXT, allow_blank=True, help_text="Shown to licensees only, never announced."
    )
    term_mode = serializers.CharField(
        max_length=40, allow_blank=True, help_text=f"One of {', '.join(TermMode.values)}."
    )
    term_until = serializers.CharField(**NUMBER, help_text="Last day.")
    term_months = serializers.CharField(**NUMBER)
    contact_name = serializers.CharField(max_length=LONGEST_TEXT, allow_blank=True)
    contact_phone = serializers.CharField(max_length=LONGEST_TEXT, allow_blank=True)
    contact_email = serializers.CharField(max_length=LONGEST_TEXT, allow_blank=True)
    contact_address = serializers.CharField(max_length=LONGEST_TEXT, allow_blank=True)
    explanation = serializers.CharField(max_length=LONGEST_TEXT, allow_blank=True, help_text="Never announced.")
    other_matters = serializers.CharField(max_length=LONGEST_TEXT, allow_blank=True)
    existing_licenses = serializers.CharField(max_length=LONGEST_TEXT, allow_blank=True)
    exception_request = serializers.CharField(
        max_length=LONGEST_TEXT,
        allow_blank=True,
        help_text="Why the fee or the explanation exceeds its limit. Announced only if an examiner grants it.",
    )
    exploits_itself = serializers.BooleanField()
    undertakes_no_exclusive = serializers.BooleanField()
    undertakes_open_to_all = serializers.BooleanField()
    undertakes_keep_in_force = serializers.BooleanField()
    undertakes_export_rules = serializers.BooleanField()
    signed_name = serializers.CharField(max_length=LINES["signed_name"], allow_blank=True)


class PaperSerializer(serializers.Serializer):
    """A paper of a statement."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(PaperKind.choices)
    name = serializers.CharField(source="file.name")
    media_type = serializers.CharField(source="file.media_type")
    size = serializers.IntegerField(source="file.size", help_text="Bytes.")
    sha256 = serializers.CharField(source="file.sha256")
    added_at = serializers.DateTimeField()


class TextSerializer(serializers.Serializer):
    """A text as it was received: the submission first, then every correction."""

    number = serializers.IntegerField()
    sent_at = serializers.DateTimeField()
    signed_name = serializers.CharField(allow_blank=True)
    content_hash = serializers.CharField(help_text="SHA-256 of the text.")


class OfficePaperSerializer(serializers.Serializer):
    """A paper that the office sent about a statement."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(OfficePaperKind.choices)
    number = serializers.CharField()
    issued_at = serializers.DateTimeField()
    due_on = serializers.DateField(allow_null=True, help_text="The last day that it names.")


class ReasonsSerializer(serializers.Serializer):
    """Why the office asked for a correction, held back at publication, or refused."""

    at = serializers.DateTimeField()
    reasons = serializers.CharField(allow_blank=True, help_text="In Chinese, as the paper says them.")
    violations = ViolationSerializer(many=True, help_text="What the rules found against it, in the language asked for.")


class ConsentSerializer(serializers.Serializer):
    """A holder of the patent, and whether they consented to the present text."""

    patentee_id = serializers.UUIDField()
    name = serializers.CharField()
    consented = serializers.BooleanField()
    needed = serializers.BooleanField()


class EndingSerializer(serializers.Serializer):
    """A withdrawal asked for, or an end by the office, once it is decided."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(EndingKind.choices)
    status = serializers.ChoiceField(EndingStatus.choices)
    grounds = serializers.CharField()
    requested_at = serializers.DateTimeField()
    reasons = serializers.CharField(allow_blank=True)


class TurnSerializer(serializers.Serializer):
    """Whose turn it is, what they do, and until when."""

    who = serializers.CharField()
    what = serializers.CharField()
    until = serializers.DateField(allow_null=True)


class OwnRowSerializer(serializers.Serializer):
    """A statement of the filer, as in a list."""

    id = serializers.UUIDField()
    number = serializers.CharField(allow_blank=True, help_text="Empty until it is submitted.")
    status = serializers.ChoiceField(StatementStatus.choices)
    patent_number = serializers.CharField(source="patent.number")
    title = serializers.CharField(source="patent.title")
    filed_by = serializers.UUIDField(source="filed_by_id")
    filed_by_name = serializers.CharField(source="filed_by.name")
    agency = serializers.UUIDField(source="agency_id", allow_null=True, help_text="Which acts for the filer, if any.")
    created_at = serializers.DateTimeField()
    saved_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    correction_due_on = serializers.DateField(allow_null=True)
    effective_on = serializers.DateField(allow_null=True)
    ended_on = serializers.DateField(allow_null=True)


class RemediesSerializer(serializers.Serializer):
    """Last days for what can be done against an adverse decision."""

    reconsideration_by = serializers.DateField()
    suit_by = serializers.DateField()


class OwnSerializer(serializers.Serializer):
    """A statement of the filer, whole. ``fee`` is empty while the entries state no clear fee."""

    statement = OwnRowSerializer()
    entries = EntriesSerializer()
    fee = FeeSerializer(allow_null=True)
    content_hash = serializers.CharField(help_text="SHA-256 of the present text, to which holders consent.")
    turn = TurnSerializer(allow_null=True)
    holders = ConsentSerializer(many=True)
    papers = PaperSerializer(many=True)
    texts = TextSerializer(many=True)
    office_papers = OfficePaperSerializer(many=True)
    reasons = ReasonsSerializer(many=True)
    endings = EndingSerializer(many=True)
    remedies = RemediesSerializer(allow_null=True)


class ExtensionSerializer(Strict):
    """By how many months, and why."""

    months = serializers.IntegerField(min_value=1, max_value=2)
    reasons = serializers.CharField(max_length=2000, allow_blank=True)


class StatementAgencyInputSerializer(Strict):
    """The agency that acts from now on, or null: the patentee acts itself."""

    agency = serializers.UUIDField(allow_null=True)


class AgencyToNameSerializer(serializers.Serializer):
    """An agency that can be named."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class StatementAgenciesSerializer(serializers.Serializer):
    """Who acts on the statement now, who can be named instead, and whether the patentee can do without."""

    agency = serializers.UUIDField(allow_null=True)
    agencies = AgencyToNameSerializer(many=True)
    may_act_alone = serializers.BooleanField()


class CheckSerializer(serializers.Serializer):
    """Everything that the law says of a statement as it stands now."""

    ready = serializers.BooleanField(help_text="Whether nothing stands against sending it.")
    violations = ViolationSerializer(many=True)


class PaperInputSerializer(Strict):
    """A paper: PDF, PNG or JPEG, at most 20 megabytes."""

    kind = serializers.ChoiceField(OWN_PAPERS)
    file = serializers.FileField()


class ConsentPaperSerializer(Strict):
    """A consent signed by one holder to exactly the present text, or the agreement of all."""

    method = serializers.ChoiceField(ON_PAPER)
    patentee = serializers.UUIDField()
    valid_until = serializers.DateField(required=False, help_text="Last day of an agreement, if it names one.")
    file = serializers.FileField()


class WithdrawalSerializer(Strict):
    """The ground of a withdrawal, its confirmation and its papers."""

    grounds = serializers.CharField(max_length=5000, allow_blank=True)
    unconditional = serializers.BooleanField(default=False)
    consent_file = serializers.FileField(required=False, help_text="Consent of all holders.")
    proof_file = serializers.FileField(required=False)


class WithdrawalConsentSerializer(Strict):
    """The consent of the other holders, signed on paper."""

    consent_file = serializers.FileField()


class WantedConsentSerializer(serializers.Serializer):
    """A statement on which this organisation, as a holder of the patent, is asked for consent."""

    statement = OwnRowSerializer()
    entries = EntriesSerializer()
    content_hash = serializers.CharField()
    consented = serializers.BooleanField()


class DeclineSerializer(Strict):
    """No consent to the text with this hash, as it was read."""

    content_hash = serializers.RegexField(r"^[0-9a-f]{64}$")
    reason = serializers.CharField(max_length=2000, allow_blank=True, required=False, default="")


class WantedWithdrawalSerializer(serializers.Serializer):
    """A request for withdrawal to which this organisation, as a holder of the patent, is asked to consent."""

    id = serializers.UUIDField()
    statement_number = serializers.CharField(source="statement.number")
    patent_number = serializers.CharField(source="statement.patent.number")
    filed_by_name = serializers.CharField(source="statement.filed_by.name")
    status = serializers.ChoiceField(EndingStatus.choices)
    grounds = serializers.CharField()
    content_hash = serializers.CharField()
    requested_at = serializers.DateTimeField()


class GiveConsentSerializer(Strict):
    """Consent to the text with this hash, as it was read."""

    content_hash = serializers.RegexField(r"^[0-9a-f]{64}$")
