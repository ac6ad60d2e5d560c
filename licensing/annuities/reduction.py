"""Which reduction an annuity gets and why (A594; GL V-11 §8, V-2 §§3.1-3.2). Pure. Reductions never stack.

An announced statement without licensee reduces nothing: what counts is a filed license, from its effective date to
the end of its term (the implementation period, 实施期间).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext

from core.day_words import day_in_words
from core.legal import A594, GL, LAW, Citation, UnknownSetting, setting
from core.money import percent_of

# The hardship scheme covers the grant year and the nine after it (GL V-2 §3.1(4)); open licensing has no such limit.
HARDSHIP_YEARS = 10
_NOTHING = Decimal("0.00")


class Policy(StrEnum):
    """What may decide the payable annuity."""

    FULL = "full"
    OPEN_LICENSE = "open_license"
    HARDSHIP = "hardship"


@dataclass(frozen=True, slots=True)
class OpenLicense:
    """What the annuity needs to know of one license.

    A license at a negotiated fee is an ordinary one and must not be passed in (LAW 51(3)). ``ends_on`` is the last
    day of the term, or the day before an earlier end. ``filed_on`` is the day on which the filing was applied for:
    that application counts as the request for the reduction (GL V-2 §3.2). ``recorded`` says whether the office has
    recorded the filing and not canceled or revoked it. ``withdrawn_on`` is the day on which a withdrawal (or the
    end by the office) of the license's statement took effect.
    """

    number: str
    effective_on: date
    ends_on: date
    filed_on: date | None = None
    recorded: bool = False
    withdrawn_on: date | None = None


@dataclass(frozen=True, slots=True)
class Hardship:
    """A hardship reduction approved for ``patentees`` eligible holders: 85 % off for one, 70 % for several.

    It covers what falls due after ``approved_on``.
    """

    patentees: int
    approved_on: date


@dataclass(frozen=True, slots=True)
class PolicyResult:
    """One policy's result for one annuity. ``rate`` is percent off; ``reasons`` has one sentence a license or more."""

    policy: Policy
    applies: bool
    rate: Decimal
    payable: Decimal
    reasons: tuple[str, ...]
    basis: tuple[Citation, ...]


def consider(
    full: Decimal,
    *,
    due_on: date,
    year: int,
    grant_year: int | None,
    licenses: Sequence[OpenLicense] = (),
    hardship: Hardship | None = None,
) -> tuple[PolicyResult, ...]:
    """Return every policy's result for one annuity of ``full`` yuan: full, open license, hardship."""
    return (
        PolicyResult(Policy.FULL, True, _NOTHING, full, (gettext("The schedule's amount."),), (LAW(43),)),
        _open_license(full, due_on, licenses),
        _hardship(full, due_on, year, grant_year, hardship),
    )


def best(results: Sequence[PolicyResult]) -> PolicyResult:
    """Return the one policy that decides: the lowest payable sum among those that apply (GL V-11 §8)."""
    return min((result for result in results if result.applies), key=lambda result: result.payable)


def obstacle(license: OpenLicense, due_on: date) -> str | None:
    """Return why this license does not reduce the annuity due on that day, or None if it does (GL V-11 §8).

    "Not yet due at the filing" is strict: a filing on the due date itself comes too late. A withdrawal ends the
    reduction from the next patent year, so the annuity due on the day of the withdrawal still has it.
    """
    filed_on, withdrawn_on = license.filed_on, license.withdrawn_on
    if filed_on is None:
        return gettext("License %(number)s is not filed.") % {"number": license.number}
    if not license.recorded:
        return gettext("The filing of license %(number)s is not recorded.") % {"number": license.number}
    if due_on <= filed_on:
        sentence, day = gettext("Due on %(due)s, not after the filing of license %(number)s on %(day)s."), filed_on
    elif due_on < license.effective_on:
        sentence = gettext("Due on %(due)s, before license %(number)s took effect on %(day)s.")
        day = license.effective_on
    elif due_on > license.ends_on:
        sentence, day = gettext("Due on %(due)s, after license %(number)s ended on %(day)s."), license.ends_on
    elif withdrawn_on is not None and due_on > withdrawn_on:
        sentence = gettext(
            "Due on %(due)s, in a patent year after the statement of license %(number)s ended on %(day)s."
        )
        day = withdrawn_on
    else:
        return None
    return sentence % {"number": license.number, "due": day_in_words(due_on), "day": day_in_words(day)}


def _open_license(full: Decimal, due_on: date, licenses: Sequence[OpenLicense]) -> PolicyResult:
    basis = (A594(), GL("V-11 §8"))
    refused = PolicyResult(Policy.OPEN_LICENSE, False, _NOTHING, full, (), basis)
    try:
        rate = setting("annuity_reduction", on=due_on).amount
    except UnknownSetting:
        return _because(refused, gettext("The reduction did not exist on the due date."))
    if not licenses:
        return _because(refused, gettext("There is no open license. A statement alone reduces nothing."))
    obstacles = [(license, obstacle(license, due_on)) for license in licenses]
    for license, found in obstacles:
        if found is None:
            reason = gettext("License %(number)s is filed and runs from %(first)s to %(last)s.") % {
                "number": license.number,
                "first": day_in_words(license.effective_on),
                "last": day_in_words(license.ends_on),
            }
            payable = percent_of(100 - rate, full)
            return PolicyResult(Policy.OPEN_LICENSE, True, rate, payable, (reason,), basis)
    return _because(refused, *(found for _license, found in obstacles if found is not None))


def _hardship(
    full: Decimal, due_on: date, year: int, grant_year: int | None, hardship: Hardship | None
) -> PolicyResult:
    basis = (GL("V-2 §3.1"),)
    refused = PolicyResult(Policy.HARDSHIP, False, _NOTHING, full, (), basis)
    if hardship is None:
        return _because(refused, gettext("No hardship reduction is approved."))
    if due_on <= hardship.approved_on:
        return _because(refused, gettext("The annuity was already due when the hardship reduction was approved."))
    if grant_year is None:
        return _because(refused, gettext("The register does not know the grant date, from which ten years count."))
    if year >= grant_year + HARDSHIP_YEARS:
        return _because(refused, gettext("The hardship reduction ends ten years from the grant year."))
    key = "hardship_reduction_one" if hardship.patentees == 1 else "hardship_reduction_several"
    rate = setting(key, on=due_on).amount
    reason = gettext("Approved; year %(number)s of ten from the grant year.") % {"number": year - grant_year + 1}
    return PolicyResult(Policy.HARDSHIP, True, rate, percent_of(100 - rate, full), (reason,), basis)


def _because(refused: PolicyResult, *reasons: str) -> PolicyResult:
    return PolicyResult(refused.policy, False, refused.rate, refused.payable, reasons, refused.basis)
