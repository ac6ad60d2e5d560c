"""Wordings for corrections and refusals that an examiner inserts and edits: data, each with its articles.

The paper is in Chinese, so that is what is inserted; the catalogue holds each wording in both languages.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.legal import GL, LAW, RULES, Citation
from core.rules import Text, Violation

CORRECTION = "correction"
REFUSAL = "refusal"
BOTH = frozenset({CORRECTION, REFUSAL})
ONLY_CORRECTION = frozenset({CORRECTION})
ONLY_REFUSAL = frozenset({REFUSAL})


@dataclass(frozen=True, slots=True)
class Wording:
    """One sentence with its articles. ``rules`` are the rules whose violation it words."""

    code: str
    uses: frozenset[str]
    rules: tuple[str, ...]
    basis: tuple[Citation, ...]
    text: Text


WORDINGS: tuple[Wording, ...] = (
    Wording(
        "fee-unclear",
        BOTH,
        ("F3",),
        (RULES(85, 3), GL("V-11 §3.3")),
        _(
            "The payment mode or standard of the fee is not clear. State one mode with an exact sum or rate that is the"
            ' same for every licensee; "negotiable", a range without a rule or different prices are not accepted.'
        ),
    ),
    Wording(
        "item-missing",
        ONLY_CORRECTION,
        ("F2",),
        (RULES(85, 2), GL("V-11 §3.3")),
        _("The statement lacks an item that it must contain. Complete the item named above."),
    ),
    Wording(
        "promotion",
        BOTH,
        ("F4",),
        (RULES(85, 3), GL("V-11 §3.3")),
        _("The statement contains wording of commercial promotion. Delete it and describe the matter objectively."),
    ),
    Wording(
        "consent",
        BOTH,
        ("F5",),
        (LAW(14), GL("V-11 §3.2")),
        _("The written consent of all co-owners to this text, or their agreement on open licensing, is missing."),
    ),
    Wording(
        "signature",
        ONLY_CORRECTION,
        ("F6",),
        (LAW(18, 1), GL("V-11 §3.3")),
        _("The signature or the representation does not meet the requirements. Have it signed as the Guidelines say."),
    ),
    Wording(
        "explanation",
        ONLY_CORRECTION,
        ("F7",),
        (GL("V-11 §3.3"),),
        _(
            "The brief explanation of how the fee was calculated is missing, too long or does not support the fee. Give"
            " basis and method of the calculation in at most 2,000 characters."
        ),
    ),
    Wording(
        "cap",
        BOTH,
        ("F8",),
        (GL("V-11 §3.3"),),
        _(
            "The fee exceeds the usual limit (20,000,000 yuan, 20 % of net sales, 40 % of profit). Lower it, or license"
            " the patent in another way."
        ),
    ),
    Wording(
        "term",
        ONLY_CORRECTION,
        ("F9",),
        (RULES(85, 2),),
        _("The license term runs past the end of the patent term. State a term that ends within it."),
    ),
    Wording(
        "not-patentee",
        BOTH,
        ("F11",),
        (LAW(50, 1),),
        _("The filer is not the patentee entered in the patent register."),
    ),
    Wording(
        "exclusive",
        ONLY_REFUSAL,
        ("G1",),
        (LAW(51, 3), RULES(86, 1, 1)),
        _("An exclusive or sole license of the patent is in force."),
    ),
    Wording(
        "suspended",
        ONLY_REFUSAL,
        ("G2",),
        (RULES(86, 1, 2),),
        _("The procedures concerning the patent are suspended."),
    ),
    Wording(
        "annuity",
        ONLY_REFUSAL,
        ("G3",),
        (RULES(86, 1, 3),),
        _("An annuity of the patent has not been paid as prescribed."),
    ),
    Wording(
        "pledge",
        ONLY_REFUSAL,
        ("G4",),
        (RULES(86, 1, 4),),
        _("The patent is pledged and the pledgee has not consented to open licensing."),
    ),
    Wording(
        "ended",
        ONLY_REFUSAL,
        ("G5", "G6"),
        (RULES(86, 1, 5), GL("V-11 §3.1")),
        _("The patent right has ended or has been declared wholly invalid."),
    ),
    Wording(
        "report",
        ONLY_REFUSAL,
        ("G7", "G8"),
        (LAW(50, 1), GL("V-11 §3.1")),
        _("There is no patent evaluation report, or it finds that the conditions of grant are not met."),
    ),
)
BY_CODE = {wording.code: wording for wording in WORDINGS}


def wordings_for(use: str) -> list[Wording]:
    """Return what can be inserted into a correction or a refusal."""
    return [wording for wording in WORDINGS if use in wording.uses]


def sentence(text: Text, basis: Iterable[Citation]) -> str:
    """Return a reason with its articles, in the active language."""
    return f"{text}（{'、'.join(str(citation) for citation in basis)}）"


def drafted(violations: Iterable[Violation]) -> str:
    """Return the reasons that follow from standing violations, numbered, in the active language."""
    lines = [sentence(f"{item.message}{item.remedy}", item.basis) for item in violations]
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))


def inserted(reasons: str, codes: Iterable[str]) -> str:
    """Return the reasons with the chosen wordings beneath them, numbered on, in the active language."""
    lines = [line for line in reasons.splitlines() if line.strip()]
    chosen = [BY_CODE[code] for code in codes if code in BY_CODE]
    more = [f"{number}. {sentence(w.text, w.basis)}" for number, w in enumerate(chosen, len(lines) + 1)]
    return "\n".join([*lines, *more])
