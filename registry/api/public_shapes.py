"""How public things look as JSON: sums are strings in yuan, rates strings in percent, days ISO dates."""

from typing import Any

from rest_framework import serializers

from core.api.schema import ViolationSerializer
from core.api.wire import Strict
from core.identifiers import INDUSTRIES, REGIONS
from registry.enums import (
    AnnuityState,
    EncumbranceKind,
    EntryKind,
    EventKind,
    FeeMode,
    InvalidationScope,
    PatentKind,
    ReportConclusion,
    RightStatus,
    StatementStatus,
    SuspensionGround,
    TermMode,
)
from registry.queries.searching import TERMS_LEFT

YUAN: dict[str, Any] = {"max_digits": 14, "decimal_places": 2}


class InstalmentSerializer(serializers.Serializer):
    """A part of the fee, due so many months after the license takes effect; 0 is before it does."""

    due_months = serializers.IntegerField()
    amount = serializers.DecimalField(**YUAN)


class FeeSerializer(serializers.Serializer):
    """The announced fee: its mode, the values that the mode uses, and the price in the reader's language."""

    mode = serializers.ChoiceField(FeeMode.choices)
    words = serializers.CharField(help_text="The price in plain words, in the language asked for.")
    fixed_amount = serializers.DecimalField(**YUAN, allow_null=True)
    royalty_rate = serializers.DecimalField(max_digits=5, decimal_places=2, allow_null=True)
    unit_price = serializers.DecimalField(max_digits=12, decimal_places=2, allow_null=True)
    unit_name = serializers.CharField(allow_blank=True)
    instalments = InstalmentSerializer(many=True)
    due_at_start = serializers.DecimalField(**YUAN, help_text="What is paid before a license takes effect.")


class TermSerializer(serializers.Serializer):
    """How long a license runs: until a day, or so many months from its effective date; never past the patent's end."""

    mode = serializers.ChoiceField(TermMode.choices)
    until = serializers.DateField(allow_null=True)
    months = serializers.IntegerField(allow_null=True)


class AcceptanceSerializer(serializers.Serializer):
    """Whether the statement can be accepted now, what stands against it, and what the answer rests on."""

    open = serializers.BooleanField()
    checked_at = serializers.DateTimeField(help_text="When this answer was found.")
    facts_as_of = serializers.DateTimeField(help_text="The time of the register's facts.")
    violations = ViolationSerializer(many=True)


class StatementSerializer(serializers.Serializer):
    """An announced statement, as in a list."""

    number = serializers.CharField()
    status = serializers.ChoiceField(StatementStatus.choices)
    patent_number = serializers.CharField()
    kind = serializers.ChoiceField(PatentKind.choices)
    title = serializers.CharField()
    main_class = serializers.CharField(allow_blank=True)
    patentees = serializers.ListField(child=serializers.CharField())
    province = serializers.CharField(allow_blank=True)
    industry = serializers.CharField(allow_blank=True)
    effective_on = serializers.DateField()
    ended_on = serializers.DateField(allow_null=True, help_text="First day on which it is no longer effective.")
    fee = FeeSerializer()
    term = TermSerializer()
    licenses = serializers.IntegerField(help_text="Licenses obtained so far.")
    acceptance = AcceptanceSerializer()
    cost = serializers.DecimalField(
        max_digits=20, decimal_places=2, allow_null=True, help_text="For the figures asked with, over all years."
    )


class ContactSerializer(serializers.Serializer):
    """The contact details announced."""

    name = serializers.CharField(allow_blank=True)
    phone = serializers.CharField(allow_blank=True)
    email = serializers.CharField(allow_blank=True)
    address = serializers.CharField(allow_blank=True)


class PlaceSerializer(serializers.Serializer):
    """Where in the bulletin an entry stands."""

    year = serializers.IntegerField()
    issue = serializers.IntegerField()
    position = serializers.IntegerField()


class EntryRowSerializer(serializers.Serializer):
    """A line of a history: what was announced when and where."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(EntryKind.choices)
    issued_on = serializers.DateField()
    place = PlaceSerializer()


class StatementDetailSerializer(StatementSerializer):
    """An announced statement with everything that is public of it."""

    payment_terms = serializers.CharField(allow_blank=True)
    contact = ContactSerializer()
    filed_on = serializers.DateField()
    granted_on = serializers.DateField(allow_null=True)
    patent_term_ends_on = serializers.DateField()
    announced_in = PlaceSerializer()
    replaces = serializers.CharField(allow_blank=True, help_text="Number of the statement that this one replaces.")
    replaced_by = serializers.ListField(child=serializers.CharField(), help_text="Numbers of those that replace it.")
    announcements = EntryRowSerializer(many=True)


class StatementPageSerializer(serializers.Serializer):
    """A page of statements. ``count`` stops at a thousand, which ``count_is_capped`` says."""

    count = serializers.IntegerField()
    count_is_capped = serializers.BooleanField()
    problem = serializers.CharField(allow_blank=True, help_text="Why a number typed as words cannot be right.")
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = StatementSerializer(many=True)


class StatementQuery(Strict):
    """The filters of the public list, and a firm's own figures to say what each would cost it."""

    q = serializers.CharField(required=False, max_length=500, help_text="Words, names, numbers.")
    kind = serializers.ChoiceField(PatentKind.choices, required=False)
    classes = serializers.RegexField(r"^[0-9A-Za-z /-]{1,15}$", required=False, help_text="Beginning of the class.")
    province = serializers.ChoiceField(list(REGIONS), required=False, help_text="First two digits of GB/T 2260.")
    industry = serializers.ChoiceField(list(INDUSTRIES), required=False, help_text="Section of GB/T 4754.")
    fee = serializers.ChoiceField(FeeMode.choices, required=False)
    term = serializers.ChoiceField(list(TERMS_LEFT), required=False, help_text="Years left at least.")
    open = serializers.ChoiceField(["1"], required=False, help_text="Only those that can be accepted now.")
    ended = serializers.ChoiceField(["1"], required=False, help_text="Those that are over as well.")
    order = serializers.ChoiceField(["cost"], required=False, help_text="Cheapest first, for the figures given.")
    sales = serializers.CharField(required=False, max_length=40, help_text="Net sales a year, yuan.")
    margin = serializers.DecimalField(required=False, max_digits=5, decimal_places=2, help_text="Profit, percent.")
    units = serializers.IntegerField(required=False, min_value=0, help_text="Units a year.")
    years = serializers.IntegerField(required=False, min_value=1, help_text="Years of use; needed for a cost.")
    cursor = serializers.CharField(required=False, max_length=80, help_text="As found in next and previous.")


class LicenseFactSerializer(serializers.Serializer):
    """A license contract outside open licensing."""

    kind = serializers.ChoiceField(EncumbranceKind.choices)
    licensee = serializers.CharField()
    since = serializers.DateField(source="period.since")
    until = serializers.DateField(source="period.until", allow_null=True)


class PledgeFactSerializer(serializers.Serializer):
    """A registered pledge."""

    pledgee = serializers.CharField()
    since = serializers.DateField(source="period.since")
    until = serializers.DateField(source="period.until", allow_null=True)
    consented_on = serializers.DateField(allow_null=True, help_text="The pledgee's consent to open licensing.")


class SuspensionFactSerializer(serializers.Serializer):
    """A suspension of procedures."""

    ground = serializers.ChoiceField(SuspensionGround.choices)
    since = serializers.DateField(source="period.since")
    until = serializers.DateField(source="period.until", allow_null=True)


class ObstacleFactSerializer(serializers.Serializer):
    """Another obstacle, in the words of the person who recorded it."""

    description = serializers.CharField()
    since = serializers.DateField(source="period.since")
    until = serializers.DateField(source="period.until", allow_null=True)


class ReportFactSerializer(serializers.Serializer):
    """The patent evaluation report."""

    reference = serializers.CharField()
    conclusion = serializers.ChoiceField(ReportConclusion.choices)


class InvalidationSerializer(serializers.Serializer):
    """A final invalidation decision."""

    scope = serializers.ChoiceField(InvalidationScope.choices)
    decided_on = serializers.DateField()
    decision_number = serializers.CharField(allow_blank=True)


class KnownSerializer(serializers.Serializer):
    """Whence one fact is known, and as of when."""

    fact = serializers.CharField(help_text="granted_on, term_ends_on, right_status, annuity_state or holders.")
    source = serializers.CharField(help_text="“delivery”: patent data; “office”; otherwise the name of a feed.")
    as_of = serializers.DateTimeField()


class RegisterEventSerializer(serializers.Serializer):
    """An event of the register that was entered. Which details it has follows from its kind."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(EventKind.choices)
    effective_on = serializers.DateField()
    source = serializers.CharField()
    reference = serializers.CharField()
    details = serializers.DictField()
    as_of = serializers.DateTimeField(help_text="The time to which the source speaks.")
    received_at = serializers.DateTimeField()
    annulled_by = serializers.UUIDField(
        allow_null=True, help_text="The event, among these, that annuls this one; it counts no more."
    )


class PatentSerializer(serializers.Serializer):
    """A granted patent with what the register knows of it, as of ``facts_as_of``. Periods end before ``until``."""

    number = serializers.CharField()
    kind = serializers.ChoiceField(PatentKind.choices)
    title = serializers.CharField()
    abstract = serializers.CharField(allow_blank=True)
    patentees = serializers.ListField(child=serializers.CharField())
    main_class = serializers.CharField(allow_blank=True)
    industry = serializers.CharField(allow_blank=True)
    province = serializers.CharField(allow_blank=True)
    filed_on = serializers.DateField()
    granted_on = serializers.DateField(allow_null=True)
    term_ends_on = serializers.DateField()
    right_status = serializers.ChoiceField(RightStatus.choices)
    annuity_state = serializers.ChoiceField(AnnuityState.choices)
    facts_as_of = serializers.DateTimeField()
    licenses = LicenseFactSerializer(many=True)
    pledges = PledgeFactSerializer(many=True)
    suspensions = SuspensionFactSerializer(many=True)
    obstacles = ObstacleFactSerializer(many=True)
    invalidations = InvalidationSerializer(many=True)
    report = ReportFactSerializer(allow_null=True)
    known = KnownSerializer(many=True)
    events = RegisterEventSerializer(many=True, help_text="In the order in which they take effect.")
    statements = serializers.ListField(child=serializers.CharField(), help_text="Numbers of announced statements.")


class EntrySerializer(serializers.Serializer):
    """One announced matter. ``content`` is what was printed and hashed; which fields it has follows from ``kind``."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(EntryKind.choices)
    patent_number = serializers.CharField()
    issued_on = serializers.DateField()
    place = PlaceSerializer()
    content = serializers.DictField()
    content_hash = serializers.CharField(help_text="SHA-256 of the content's canonical JSON.")
    corrects = serializers.UUIDField(allow_null=True, help_text="The entry that this one corrects.")


class IssueSerializer(serializers.Serializer):
    """An issue of the bulletin with the root of the log after it."""

    year = serializers.IntegerField()
    number = serializers.IntegerField(help_text="Counted within the year.")
    serial = serializers.IntegerField(help_text="Counted over all years, without gaps.")
    issued_on = serializers.DateField()
    published_at = serializers.DateTimeField()
    entry_count = serializers.IntegerField()
    tree_size = serializers.IntegerField()
    root_hash = serializers.CharField(help_text="Root of the Merkle tree over all entries so far (RFC 9162).")
    previous_root = serializers.CharField(allow_blank=True)


class IssueDetailSerializer(IssueSerializer):
    """An issue with its entries as printed."""

    checkpoint = serializers.CharField(help_text="The signed note over the root, to be kept.")
    entries = EntrySerializer(many=True)


class ProofQuery(Strict):
    """Against which checkpoint an entry is proved."""

    against = serializers.CharField(
        required=False, max_length=12, help_text="A later issue, such as 2026-012; without it the entry's own."
    )


class EntryProofSerializer(serializers.Serializer):
    """That an entry is in the log: its leaf and the hashes that lead to the root of a signed checkpoint (RFC 9162)."""

    format = serializers.CharField()
    entry = serializers.DictField(help_text="The entry as printed; its canonical JSON gives the leaf.")
    leaf = serializers.CharField()
    index = serializers.IntegerField(help_text="The number of the leaf in the log, from 0.")
    path = serializers.ListField(child=serializers.CharField())
    checkpoint = serializers.CharField()


class ConsistencyQuery(Strict):
    """Two issues, such as 2026-001 and 2026-012."""

    first = serializers.CharField(max_length=12)
    second = serializers.CharField(max_length=12)


class ConsistencySerializer(serializers.Serializer):
    """That the log after the second issue continues the log after the first (RFC 9162)."""

    format = serializers.CharField()
    first = serializers.CharField(help_text="The checkpoint of the first issue.")
    second = serializers.CharField(help_text="The checkpoint of the second issue.")
    path = serializers.ListField(child=serializers.CharField())


class EntryQuery(Strict):
    """Which entries of the bulletin, and which page of them."""

    kind = serializers.ChoiceField(EntryKind.choices, required=False)
    patent = serializers.CharField(required=False, max_length=40, help_text="Patent number, in any writing.")
    since = serializers.DateField(required=False, help_text="Issued on this day or later.")
    page = serializers.IntegerField(required=False, min_value=1, max_value=10_000)
