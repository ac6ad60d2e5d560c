"""Citations: an article of an instrument, written the way readers of the active language write it."""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext

from core.legal.instruments import INSTRUMENTS, Division, Instrument

_SECTION = re.compile(r"(?P<part>[IVX]+)(?:-(?P<chapter>\d+))?(?:\s*§{1,2}\s*(?P<section>[\d.,\-]+))?")
_PARTS = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6}
_DIGITS = "零一二三四五六七八九"


def _numeral(number: int) -> str:
    """Return 1-99 in Chinese numerals, as parts and chapters of the Guidelines are numbered."""
    tens, units = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[units] if units else "")


@dataclass(frozen=True, slots=True)
class Citation:
    """One place in one instrument: ``Citation("LAW", 50, 1)`` is Art. 50(1) of the Patent Law.

    ``article`` is the number of the article, rule, question or point; ``"V-11 §3.3"`` in the Guidelines; a topic in
    office practice; empty for the whole instrument. ``str()`` gives the form of the active language.

    Raises:
        ValueError: the instrument is unknown, an item stands without article, or a Guidelines place is malformed.
    """

    instrument: str
    article: int | str = ""
    paragraph: int | None = None
    item: int | None = None

    def __post_init__(self) -> None:
        if self.instrument not in INSTRUMENTS:
            raise ValueError(f"no instrument has the key {self.instrument!r}")
        if self.article == "" and (self.paragraph is not None or self.item is not None):
            raise ValueError(f"{self.instrument}: a paragraph or item needs its article")
        if self.source.division is Division.SECTION and self.article and not self._section():
            raise ValueError(f"{self.instrument}: {self.article!r} is not of the form 'V-11 §3.3'")

    def __str__(self) -> str:
        return self.chinese if (get_language() or "").startswith("zh") else self.english

    @property
    def source(self) -> Instrument:
        """The instrument that is cited."""
        return INSTRUMENTS[self.instrument]

    @property
    def is_law(self) -> bool:
        """False for office practice and explanations, which must never be shown as law."""
        return self.source.is_law

    @property
    def code(self) -> str:
        """A form without language, for audit events, exports and tests: ``LAW 50(1)``, ``GL V-11 §3.3``."""
        return f"{self.instrument} {self.article}{self._brackets()}".strip()

    @property
    def english(self) -> str:
        """The form used in English: ``Patent Law, Art. 50(1)``."""
        title, division = self.source.title_en, self.source.division
        if self.article == "":
            return title
        if division is Division.TOPIC:
            return f"{title}: {gettext(str(self.article))}"
        if division is Division.SECTION:
            return f"{title}, {self._section_english()}"
        word = {Division.ARTICLE: "Art.", Division.RULE: "Rule", Division.POINT: "point"}.get(division, "question")
        return f"{title}, {word} {self._number()}{self._brackets()}"

    @property
    def chinese(self) -> str:
        """The form used in Chinese: ``专利法第50条第1款``, items as ``第（4）项``: digits, and marks of full width."""
        title, division = self.source.title_zh, self.source.division
        if self.article == "":
            return title
        if division is Division.TOPIC:
            return f"{title}：{gettext(str(self.article))}"
        if division is Division.SECTION:
            return f"{title}{self._section_chinese()}"
        unit = {Division.POINT: "点", Division.QUESTION: "问"}.get(division, "条")
        paragraph = "" if self.paragraph is None else f"第{self.paragraph}款"
        item = "" if self.item is None else f"第（{self.item}）项"
        return f"{title}第{self._number()}{unit}{paragraph}{item}"

    def _number(self) -> str:
        return str(self.article).removeprefix("Q")

    def _brackets(self) -> str:
        return "".join(f"({part})" for part in (self.paragraph, self.item) if part is not None)

    def _section(self) -> re.Match[str] | None:
        match = _SECTION.fullmatch(str(self.article))
        return match if match and match["part"] in _PARTS else None

    def _section_english(self) -> str:
        match = self._section()
        assert match  # __post_init__ refused anything else
        chapter = f", Ch. {match['chapter']}" if match["chapter"] else ""
        section = f", §{match['section']}{self._brackets()}" if match["section"] else ""
        return f"Part {match['part']}{chapter}{section}"

    def _section_chinese(self) -> str:
        match = self._section()
        assert match  # __post_init__ refused anything else
        chapter = f"第{_numeral(int(match['chapter']))}章" if match["chapter"] else ""
        section = f"第{match['section']}节" if match["section"] else ""
        items = "".join(f"第（{part}）项" for part in (self.paragraph, self.item) if part is not None)
        return f"第{_numeral(_PARTS[match['part']])}部分{chapter}{section}{items}"


def in_words(codes: str) -> str:
    """Return codes (``LAW 50(1); GL V-11 §3.5``) as readers of the active language write them; what is no code stays."""
    return " · ".join(_in_words(code) for code in codes.split("; "))


def _in_words(code: str) -> str:
    instrument, _space, place = code.partition(" ")
    article, *parts = re.split(r"\((\d+)\)", place)
    try:
        return str(Citation(instrument, int(article) if article.isdecimal() else article, *map(int, parts[::2])))
    except (TypeError, ValueError):
        return code


@dataclass(frozen=True, slots=True)
class Cite:
    """Writes citations of one instrument: ``LAW(50, 1)``, ``GL("V-11 §3.3")``, ``A594()``."""

    key: str

    def __call__(
        self, article: int | str | Promise = "", paragraph: int | None = None, item: int | None = None
    ) -> Citation:
        """Return the citation. Raises ValueError as :class:`Citation` does."""
        return Citation(self.key, article if isinstance(article, int) else str(article), paragraph, item)
