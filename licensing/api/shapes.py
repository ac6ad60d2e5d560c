"""How notices, payments, licenses and filings look as JSON, and what their sides send."""

from typing import Any

from rest_framework import serializers

from core.api.wire import Strict
from core.validation import validate_name, validate_phone
from licensing.enums import (
    ChangeItem,
    ChangeStatus,
    FilingPaperKind,
    FilingSide,
    FilingStatus,
    LicenseStatus,
    NoticeStatus,
)

YUAN: dict[str, Any] = {"max_digits": 14, "decimal_places": 2}


class TermsSerializer(serializers.Serializer):
    """The announced terms as a notice served now would freeze them."""

    statement_number = serializers.CharField()
    terms = serializers.DictField(help_text="What is frozen and hashed.")
    terms_hash = serializers.CharField(help_text="SHA-256 of the terms' canonical JSON; a notice names it.")
    words = serializers.CharField(help_text="The price in plain words.")
    due_at_start = serializers.DecimalField(**YUAN)


class NoticeInputSerializer(Strict):
    """The written notice. Who the licensee is comes from the register of organisations; the day is the server's."""

    statement_number = serializers.CharField(max_length=20)
    terms_hash = serializers.RegexField(r"^[0-9a-f]{64}$", help_text="Of the terms that were read.")
    licensee_address = serializers.CharField(max_length=300)
    contact_name = serializers.CharField(max_length=100)
    contact_phone = serializers.CharField(max_length=40, validators=[validate_phone])
    contact_email = serializers.EmailField(required=False, allow_blank=True)
    intended_start_on = serializers.DateField()
    signed_name = serializers.CharField(max_length=100, validators=[validate_name])


class PaymentInputSerializer(Strict):
    """A payment shown by its voucher. The sum in yuan; the proof is PDF, PNG or JPEG."""

    amount = serializers.DecimalField(**YUAN, min_value=0)
    paid_on = serializers.DateField()
    bank = serializers.CharField(max_length=100)
    voucher_number = serializers.CharField(max_length=60)
    account_tail = serializers.RegexField(r"^[0-9]{4}$", help_text="Last four digits of the paying account.")
    proof = serializers.FileField()


class ReceiptInputSerializer(Strict):
    """The patentee's receipt of the announced sum; of nothing where the license is free."""

    amount = serializers.DecimalField(**YUAN, min_value=0)
    received_on = serializers.DateField()


class FilingInputSerializer(Strict):
    """Who handles the filing, and the papers that the registry does not hold already."""

    handler_name = serializers.CharField(max_length=100)
    identity = serializers.FileField(required=False)
    authority = serializers.FileField(required=False, help_text="Only where an agency files.")
    export = serializers.FileField(required=False, help_text="Only for a technology export.")
    other = serializers.FileField(required=False)


class TerminationInputSerializer(Strict):
    """From which day on the license shall have ended, and why."""

    last_day_on = serializers.DateField(help_text="The last day of the license: from today on, before its end.")
    reason = serializers.CharField(max_length=1000)


class PaymentSerializer(serializers.Serializer):
    """A payment as entered."""

    id = serializers.UUIDField()
    amount = serializers.DecimalField(**YUAN)
    paid_on = serializers.DateField()
    bank = serializers.CharField()
    voucher_number = serializers.CharField()
    account_tail = serializers.CharField()
    added_at = serializers.DateTimeField()


class ReceiptSerializer(serializers.Serializer):
    """A receipt as confirmed."""

    amount = serializers.DecimalField(**YUAN)
    received_on = serializers.DateField()
    confirmed_at = serializers.DateTimeField()


class NoticeSerializer(serializers.Serializer):
    """A notice as its two sides see it."""

    id = serializers.UUIDField()
    side = serializers.ChoiceField(FilingSide.choices, help_text="The caller's own side.")
    status = serializers.ChoiceField(NoticeStatus.choices)
    statement_number = serializers.CharField()
    patent_number = serializers.CharField()
    licensee_name = serializers.CharField()
    licensee_uscc = serializers.CharField(allow_blank=True)
    licensee_address = serializers.CharField()
    contact_name = serializers.CharField()
    contact_phone = serializers.CharField()
    contact_email = serializers.CharField(allow_blank=True)
    intended_start_on = serializers.DateField()
    signed_name = serializers.CharField()
    served_at = serializers.DateTimeField()
    served_on = serializers.DateField()
    terms = serializers.DictField()
    terms_hash = serializers.CharField()
    due_at_start = serializers.DecimalField(**YUAN)
    paid = serializers.DecimalField(**YUAN)
    payee_account = serializers.CharField(allow_blank=True, help_text="Where to pay; for the licensee alone.")
    payments = PaymentSerializer(many=True)
    receipt = ReceiptSerializer(allow_null=True)
    license = serializers.UUIDField(allow_null=True, help_text="The license it made.")


class NoticeRowSerializer(serializers.Serializer):
    """A notice, as in a list."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(NoticeStatus.choices)
    statement_number = serializers.CharField(source="statement.number")
    patent_number = serializers.CharField(source="statement.patent.number")
    licensee_name = serializers.CharField()
    served_on = serializers.DateField()
    due_at_start = serializers.DecimalField(**YUAN)


class LicenseRowSerializer(serializers.Serializer):
    """A license, as in a list."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    status = serializers.ChoiceField(LicenseStatus.choices)
    statement_number = serializers.CharField(source="statement.number")
    patent_number = serializers.CharField(source="statement.patent.number")
    licensee_name = serializers.CharField(source="notice.licensee_name")
    served_on = serializers.DateField()
    paid_on = serializers.DateField(allow_null=True)
    effective_on = serializers.DateField()
    ends_on = serializers.DateField()
    ended_on = serializers.DateField(allow_null=True)
    terms_hash = serializers.CharField()


class ChangeInputSerializer(Strict):
    """Which party is recorded under another name, and why. A licensor's name comes from the register of patents."""

    item = serializers.ChoiceField(ChangeItem.choices)
    after = serializers.CharField(required=False, max_length=300, help_text="The licensee's new name.")
    grounds = serializers.CharField(max_length=2000)
    proof = serializers.FileField(required=False, help_text="Wanted for the licensee's name.")


class ChangeSerializer(serializers.Serializer):
    """A change of a record as both sides see it."""

    id = serializers.UUIDField()
    item = serializers.ChoiceField(ChangeItem.choices)
    before = serializers.CharField()
    after = serializers.CharField()
    grounds = serializers.CharField()
    status = serializers.ChoiceField(ChangeStatus.choices)
    side = serializers.ChoiceField(FilingSide.choices, allow_blank=True, help_text="Who asked; empty: the office.")
    requested_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    changed_on = serializers.DateField(allow_null=True)
    reasons = serializers.CharField(allow_blank=True)


class FilingPaperSerializer(serializers.Serializer):
    """A paper of a filing. Only the side that handed it in can fetch it."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(FilingPaperKind.choices)
    added_at = serializers.DateTimeField()


class FilingSerializer(serializers.Serializer):
    """A filing as both sides see it."""

    id = serializers.UUIDField()
    license = serializers.UUIDField(source="license_id")
    license_number = serializers.CharField(source="license.number")
    number = serializers.CharField(allow_blank=True, help_text="Empty until it is recorded.")
    status = serializers.ChoiceField(FilingStatus.choices)
    side = serializers.ChoiceField(FilingSide.choices, help_text="Which side filed.")
    applicant_name = serializers.CharField(source="applicant.name")
    handler_name = serializers.CharField()
    submitted_at = serializers.DateTimeField()
    due_on = serializers.DateField(help_text="The law's last day to file.")
    is_late = serializers.BooleanField()
    is_export = serializers.BooleanField()
    decided_at = serializers.DateTimeField(allow_null=True)
    recorded_on = serializers.DateField(allow_null=True)
    canceled_on = serializers.DateField(allow_null=True)
    reasons = serializers.CharField(allow_blank=True)
    papers = FilingPaperSerializer(many=True, source="papers.all")
    changes = ChangeSerializer(many=True, source="changes.all")


class TerminationSerializer(serializers.Serializer):
    """The proposal of one side that the license ends early. The other side's agreement ends it."""

    side = serializers.ChoiceField(FilingSide.choices, help_text="Which side proposed it.")
    last_day_on = serializers.DateField()
    reason = serializers.CharField()
    proposed_at = serializers.DateTimeField()


class LicenseSerializer(LicenseRowSerializer):
    """A license with what follows from it."""

    side = serializers.ChoiceField(FilingSide.choices, help_text="The caller's own side.")
    notice_id = serializers.UUIDField()
    terms = serializers.DictField(source="notice.terms")
    verification_code = serializers.CharField()
    verification_url = serializers.URLField()
    filing_due_on = serializers.DateField(help_text="The law's last day to file it.")
    termination = TerminationSerializer(allow_null=True)
    filings = FilingSerializer(many=True)


class GenuineSerializer(serializers.Serializer):
    """What a certificate with this code must say."""

    number = serializers.CharField()
    status = serializers.ChoiceField(LicenseStatus.choices)
    statement_number = serializers.CharField(source="statement.number")
    patent_number = serializers.CharField(source="statement.patent.number")
    effective_on = serializers.DateField()
    ends_on = serializers.DateField()
    ended_on = serializers.DateField(allow_null=True)
    terms_hash = serializers.CharField()
