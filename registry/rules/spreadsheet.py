"""What one row of a spreadsheet must be before it can be judged as a statement, and when a whole batch is submitted."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.legal import GL, LAW, PRACTICE, RULES
from core.rules import Finding, RuleBook, Severity, Text


@dataclass(frozen=True, slots=True)
class SheetRowFacts:
    """A row as it was read. ``unreadable``: columns without a text of their own and one word why; ``number_fault``: what
    is wrong with the patent number; ``known``: the register has the patent; ``row_before``: an earlier row on it;
    ``draft_exists``: the filer has a draft on it; ``refused``: the database let nobody save the row; ``awaited``: columns
    that name a paper, and its file, which is not uploaded yet; ``misnamed``: columns whose paper is not named clearly, in
    one word why, and about whom."""

    unreadable: tuple[tuple[str, str], ...] = ()
    number_fault: Text | None = None
    known: bool = True
    row_before: int | None = None
    draft_exists: bool = False
    refused: bool = False
    awaited: tuple[tuple[str, str], ...] = ()
    misnamed: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class BatchFacts:
    """A batch about to be submitted: rows that can be, rows that cannot, and whether it is all of them or none."""

    fit: int
    unfit: int
    all_or_nothing: bool
    most_at_once: int


_UNREADABLE: dict[str, Text] = {
    "formula": _("This cell holds a formula. Paste its value instead; formulas are not computed here."),
    "error": _("The spreadsheet shows an error here. Enter the value itself."),
    "broken": _("This row cannot be read. Is a quote mark missing?"),
}

_WHOSE = _("Write the holder's name as registered, a colon, and the name of the file; a semicolon before the next.")
_MISNAMED: dict[str, tuple[Text, Text]] = {
    "date": (
        _("The last day of the agreement cannot be read."),
        _("Write year, month, day, such as 2030-12-31, or leave the cell empty."),
    ),
    "stranger": (_("“{who}” is no registered holder of this patent."), _WHOSE),
    "whose": (_("It is not said whose consent this is: the patent has several other holders."), _WHOSE),
    "nameless": (_("No file is named for the consent of “{who}”."), _WHOSE),
}

SPREADSHEET: RuleBook[SheetRowFacts] = RuleBook("spreadsheet", _("Rows of a spreadsheet of statements"))
BATCH: RuleBook[BatchFacts] = RuleBook("batch", _("Submission of a batch of statements"))


@SPREADSHEET.rule(
    "B1", RULES(85, 3), PRACTICE("statements by spreadsheet"), title=_("Cell unreadable"), severity=Severity.DEFECT
)
def cell_unreadable(facts: SheetRowFacts) -> Iterator[Finding]:
    """A statement is clear: a cell says its value itself. Formulas are not computed, errors are not guessed at."""
    for column, why in facts.unreadable:
        yield Finding(_UNREADABLE[why], _("Correct the cell and upload the spreadsheet again."), column)


@SPREADSHEET.rule("B2", RULES(85, 2), GL("V-11 §3.3"), title=_("Patent number wrong"), severity=Severity.DEFECT)
def patent_number_wrong(facts: SheetRowFacts) -> Iterator[Finding]:
    """A statement names its patent by the number, whose check digit must be right."""
    if facts.number_fault is not None:
        yield Finding(
            facts.number_fault,
            _("Enter the number as on the patent certificate and upload the spreadsheet again."),
            "patent_number",
        )


@SPREADSHEET.rule("B3", RULES(85, 1), title=_("Patent unknown to the register"), severity=Severity.DEFECT)
def patent_unknown(facts: SheetRowFacts) -> Iterator[Finding]:
    """The object of a statement is a granted patent of the register; an application is none."""
    if facts.number_fault is None and not facts.known:
        yield Finding(
            _("The register has no patent with this number."),
            _("Check each digit. An application that is not granted yet cannot be open licensed."),
            "patent_number",
        )


@SPREADSHEET.rule(
    "B4",
    GL("V-11 §4"),
    PRACTICE("one statement at a time"),
    title=_("Patent twice in the spreadsheet"),
    severity=Severity.DEFECT,
)
def patent_twice(facts: SheetRowFacts) -> Iterator[Finding]:
    """A patent has one statement at a time, so a spreadsheet has one row for each patent."""
    if facts.row_before is not None:
        yield Finding(
            format_lazy(_("Row {row} is about the same patent."), row=facts.row_before),
            _("Keep one of the rows."),
            "patent_number",
        )


@SPREADSHEET.rule("B8", PRACTICE("statements by spreadsheet"), title=_("Draft replaced"), severity=Severity.WARNING)
def draft_replaced(facts: SheetRowFacts) -> Iterator[Finding]:
    """A filer has one draft on a patent: the row is written into it, its papers stay."""
    if facts.draft_exists:
        yield Finding(
            _("You have a draft on this patent. When the batch is submitted, this row replaces what it says."),
            _("Leave the row out if the draft is right."),
            "patent_number",
        )


@SPREADSHEET.rule(
    "B9", LAW(50, 1), GL("V-11 §3.2"), PRACTICE("statements by spreadsheet"),
    title=_("Paper not uploaded yet"), severity=Severity.DEFECT,
)  # fmt: skip
def paper_awaited(facts: SheetRowFacts) -> Iterator[Finding]:
    """The patentee provides the evaluation report; the co-owners' agreement is filed. A name alone provides nothing."""
    for column, name in facts.awaited:
        yield Finding(
            format_lazy(_("The file “{name}” is not uploaded yet."), name=name),
            _("Upload it on the page of the batch; it is recognized by its name."),
            column,
        )


@SPREADSHEET.rule(
    "B10", RULES(85, 3), GL("V-11 §3.2"), PRACTICE("statements by spreadsheet"),
    title=_("Paper named unclearly"), severity=Severity.DEFECT,
)  # fmt: skip
def paper_named_unclearly(facts: SheetRowFacts) -> Iterator[Finding]:
    """A statement is clear: a consent says whose it is, an agreement with a last day says which."""
    for column, why, who in facts.misnamed:
        message, remedy = _MISNAMED[why]
        yield Finding(format_lazy(message, who=who), remedy, column)


@SPREADSHEET.rule("B7", PRACTICE("statements by spreadsheet"), title=_("Not saved"), severity=Severity.DEFECT)
def not_saved(facts: SheetRowFacts) -> Iterator[Finding]:
    """What the register changed between check and submission may stand against a row that was good."""
    if facts.refused:
        yield Finding(
            _("The register refused this row: something changed since it was checked."),
            _("Upload the row again; the check then says what stands against it."),
            "patent_number",
        )


@BATCH.rule("B5", PRACTICE("statements by spreadsheet"), title=_("Nothing to submit"), severity=Severity.DEFECT)
def nothing_to_submit(facts: BatchFacts) -> Iterator[Finding]:
    """A batch is submitted if a row of it can be."""
    if not facts.fit:
        yield Finding(_("No row of this batch can be submitted."), _("Correct the spreadsheet and upload it again."))


@BATCH.rule("B6", PRACTICE("statements by spreadsheet"), title=_("All or nothing"), severity=Severity.DEFECT)
def all_or_nothing(facts: BatchFacts) -> Iterator[Finding]:
    """Whoever wants all rows submitted or none gets none while a row is not fit; as one act it is of bounded length."""
    if facts.all_or_nothing and facts.unfit:
        yield Finding(
            format_lazy(_("Rows that cannot be submitted: {count}."), count=facts.unfit),
            _("Correct them first, or submit the good rows only."),
            "mode",
        )
    if facts.all_or_nothing and facts.fit > facts.most_at_once:
        yield Finding(
            format_lazy(_("At most {limit} rows are submitted all or nothing."), limit=f"{facts.most_at_once:,}"),
            _("Split the spreadsheet, or submit the good rows, however many they are."),
            "mode",
        )
