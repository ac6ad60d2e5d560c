"""What a statement lacks or says wrongly: RULES 85, GL V-11 §§3.1-3.3. The filer can mend all of it but F1 and F11."""

import re
from collections.abc import Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.day_words import lazy_day_in_words
from core.legal import GL, LAW, NOTICE, O62, PRACTICE, RULES
from core.rules import Finding, RuleBook, Severity
from core.validation.text import names_somebody
from registry.enums import TermMode
from registry.facts import UNDERTAKINGS, StatementFacts
from registry.rules.acting import without_agency
from registry.rules.limits import explanation_over_limit, fee_over_limit
from registry.wording import NEGOTIABLE, NOT_NEGOTIABLE, ONE_PRICE, PROMOTIONAL, found_in

DEFECTS: RuleBook[StatementFacts] = RuleBook("defects", _("Defects of a statement"))

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_FILL_IN = _("Fill it in.")
_UNDERTAKING_MESSAGES = {
    "undertakes_no_exclusive": _("It is not undertaken that no exclusive or sole license is in force."),
    "undertakes_open_to_all": _("It is not undertaken that anyone gets a license on these terms."),
    "undertakes_keep_in_force": _("It is not undertaken that the patent is kept in force."),
    "undertakes_export_rules": _("It is not undertaken that the technology export rules are followed."),
}


@DEFECTS.rule("F1", RULES(85, 1), GL("V-11 §3.1"), title=_("Filed before the grant announcement"))
def filed_before_grant(facts: StatementFacts) -> Iterator[Finding]:
    """A statement is filed after the grant of the patent was announced; a pending application is never its object."""
    granted = facts.patent.granted_on
    if granted is None:
        yield Finding(
            _("The register does not know when the grant of this patent was announced."),
            _("Have the date of the grant announcement entered in the register, then file again."),
        )
    elif facts.submitted_on < granted:
        yield Finding(
            _("The grant of this patent is not announced yet."), _("File the statement after the grant announcement.")
        )


@DEFECTS.rule("F2", RULES(85, 2), GL("V-11 §3.3"), title=_("Required item missing"), severity=Severity.DEFECT)
def required_item_missing(facts: StatementFacts) -> Iterator[Finding]:
    """A statement gives fee mode and standard, license term, contact details, and undertakes the conditions."""
    unread = {finding.field for finding in facts.unclear}
    if facts.fee_mode is None and "fee_mode" not in unread:
        yield Finding(_("How the fee is paid is missing."), _("Choose how the fee is paid."), "fee_mode")
    if facts.term_mode is None and "term_mode" not in unread:
        yield Finding(_("The license term is missing."), _("Choose how the term is stated."), "term_mode")
    if facts.term_mode is TermMode.UNTIL and facts.term_until is None and "term_until" not in unread:
        yield Finding(_("The last day of the license term is missing."), _FILL_IN, "term_until")
    if facts.term_mode is TermMode.MONTHS and facts.term_months is None and "term_months" not in unread:
        yield Finding(_("The number of months of the license term is missing."), _FILL_IN, "term_months")
    if not facts.contact_name and "contact_name" not in unread:
        yield Finding(_("The contact person is missing."), _FILL_IN, "contact_name")
    if not (facts.contact_phone or facts.contact_email or facts.contact_address):
        yield Finding(
            _("There is no way to reach the contact person."),
            _("Give a telephone number, an e-mail address or a postal address."),
            "contact_phone",
        )
    for name in UNDERTAKINGS:
        if name not in facts.undertakings:
            yield Finding(_UNDERTAKING_MESSAGES[name], _("Read the undertaking and tick it."), name)


@DEFECTS.rule("F3", RULES(85, 3), GL("V-11 §3.3"), title=_("Unclear"), severity=Severity.DEFECT)
def unclear(facts: StatementFacts) -> Iterator[Finding]:
    """A statement is accurate and clear. A price yet to be agreed is no fee standard: all licensees are alike
    (point 4 of the notice of 2024, cited where a price is left open)."""
    yield from facts.unclear
    if facts.term_until is not None and facts.term_until <= facts.on:
        yield Finding(_("The license term would be over before it begins."), _("State a later day."), "term_until")
    for name, text in facts.texts.items():
        for word in found_in(text, NEGOTIABLE, but_for=NOT_NEGOTIABLE):
            yield Finding(
                format_lazy(_("“{word}” leaves the price or the terms open."), word=word),
                _("State one price and one set of terms for everybody."),
                name,
                ONE_PRICE,
            )


@DEFECTS.rule(
    "F4",
    RULES(85, 3),
    GL("V-11 §3.3"),
    PRACTICE("promotional words"),
    title=_("Promotional wording"),
    severity=Severity.WARNING,
)
def promotional_wording(facts: StatementFacts) -> Iterator[Finding]:
    """A statement has no wording of commercial promotion. The list of words only warns: whether a word promotes is for
    the examiner to say, who may ask for correction."""
    for name, text in facts.texts.items():
        for word in found_in(text, PROMOTIONAL):
            yield Finding(
                format_lazy(_("“{word}” may be read as advertising."), word=word),
                _("Leave it out; an examiner may otherwise ask for correction."),
                name,
            )


@DEFECTS.rule("F5", LAW(14), GL("V-11 §3.2"), title=_("Co-owner's consent missing"), severity=Severity.DEFECT)
def co_owner_consent_missing(facts: StatementFacts) -> Iterator[Finding]:
    """All holders of a co-owned patent agree to the statement, in exactly its text; an agreement between them on open
    licensing prevails and is filed."""
    for owner in facts.patent.owners:
        if owner != facts.filer and not facts.consented(owner):
            yield Finding(
                format_lazy(_("{owner} has not consented to this text."), owner=owner.name),
                _("Ask for consent online, or upload the signed consent or the co-owners' agreement."),
                "consents",
            )


@DEFECTS.rule("F6", LAW(18, 1), GL("V-11 §3.3"), title=_("Signature or agency defect"), severity=Severity.DEFECT)
def signature_or_agency(facts: StatementFacts) -> Iterator[Finding]:
    """The filer signs; an agency acts under a mandate in force and brings the written consent of every patentee; a
    patentee residing abroad or in Hong Kong, Macao or Taiwan acts through an agency. Who acts is judged when the text is
    sent: what was sent under a mandate stands after it has ended, or the patentee has moved (docs/adr/0020)."""
    if not facts.signed_name:
        yield Finding(_("The signature is missing."), _("Write the name of whoever signs."), "signed_name")
    elif not names_somebody(facts.signed_name):
        yield Finding(_("The signature names nobody."), _("Write the name of whoever signs."), "signed_name")
    if not facts.with_filer:
        return
    if facts.agency:
        if not facts.mandate_in_force:
            yield Finding(
                format_lazy(
                    _("{agency} has no mandate of {principal} in force."), agency=facts.agency, principal=facts.filed_by
                ),
                _("The patentee grants a mandate, or names another agency on the page of a statement at the office."),
            )
        if facts.filer is not None and not facts.consented(facts.filer):
            yield Finding(
                format_lazy(_("{owner} has not consented to this text in writing."), owner=facts.filer.name),
                _("An agency needs the written consent of every patentee: ask for it online or upload it."),
                "consents",
            )
    elif facts.filer is not None and not facts.filer.in_mainland:
        yield without_agency()


@DEFECTS.rule("F7", GL("V-11 §3.3"), title=_("Explanation of the fee missing or too long"), severity=Severity.DEFECT)
def explanation_missing_or_long(facts: StatementFacts) -> Iterator[Finding]:
    """The fee rests on a brief explanation of how it was calculated, generally of at most 2,000 characters. An examiner
    may let a longer one pass that asks for it, with a reason."""
    if not facts.explanation and not any(finding.field == "explanation" for finding in facts.unclear):
        yield Finding(
            _("The brief explanation of the fee is missing."),
            _("Say on what basis and how the fee was calculated."),
            "explanation",
        )
    elif not facts.may_exceed:
        yield from explanation_over_limit(facts)


@DEFECTS.rule("F8", GL("V-11 §3.3"), NOTICE(4), title=_("Fee above its cap"), severity=Severity.DEFECT)
def fee_over_cap(facts: StatementFacts) -> Iterator[Finding]:
    """A fixed fee is generally at most 20,000,000 yuan, a royalty 20 % of net sales or 40 % of profit; equality passes.
    An examiner may let a higher fee pass that asks for it, with a reason."""
    if not facts.may_exceed:
        yield from fee_over_limit(facts)


@DEFECTS.rule("F9", RULES(85, 2), O62(12), title=_("Term past the patent's end"), severity=Severity.DEFECT)
def term_past_patent(facts: StatementFacts) -> Iterator[Finding]:
    """A license term does not run past the patent's. (Months counted from each license are clipped to it.)"""
    last = facts.patent.term_ends_on
    if facts.term_until is not None and facts.term_until > last:
        yield Finding(
            format_lazy(_("The patent ends on {last}, before the license term does."), last=lazy_day_in_words(last)),
            format_lazy(_("State {last} or an earlier day."), last=last.isoformat()),
            "term_until",
        )


@DEFECTS.rule("F10", RULES(3, 1), GL("V-1 §3"), title=_("Not in Chinese"), severity=Severity.DEFECT)
def not_in_chinese(facts: StatementFacts) -> Iterator[Finding]:
    """Documents are filed on the office's form and in Chinese. The form is this one; a text without a single Chinese
    character is in another language."""
    for name, text in {**facts.texts, "exception_request": facts.exception_request}.items():
        if any(char.isalpha() for char in text) and not _HAN.search(text):
            yield Finding(_("This text is not in Chinese."), _("Write it in Chinese."), name)


@DEFECTS.rule("F11", LAW(50, 1), RULES(85, 1), GL("V-11 §3.1"), title=_("Filer is not the registered patentee"))
def filer_is_not_patentee(facts: StatementFacts) -> Iterator[Finding]:
    """Only the patentee whom the patent register names files a statement."""
    if facts.filer is None:
        yield Finding(
            format_lazy(_("{name} is not registered as a holder of this patent."), name=facts.filed_by),
            _("If the patent was assigned to you, have the change registered first."),
        )


@DEFECTS.rule(
    "F12", GL("V-11 §4"), PRACTICE("one statement at a time"), title=_("Another statement on the same patent")
)
def another_statement(facts: StatementFacts) -> Iterator[Finding]:
    """A patent has one statement at a time: to change price or term, the first is withdrawn. The one that replaces it
    may be sent while the withdrawal is before the office, and is announced with it or after it."""
    for number in facts.others_pending:
        yield Finding(
            format_lazy(_("Statement {number} on this patent is pending or in effect."), number=number),
            _(
                "Cancel it, or request its withdrawal and begin the new statement from it. Licenses obtained under it keep"
                " their terms."
            ),
        )
