"""Words that the rules look for in free text. Data of office practice: change the lists, not the rules. Pure."""

import re
from dataclasses import dataclass
from functools import cache

from core.legal import NOTICE

# A fee that still has to be agreed is no fee standard (RULES 85(2); NOTICE: all licensees alike).
NEGOTIABLE = (
    "面议", "面谈", "另议", "电议", "待定", "待议", "另行协商", "另行约定", "价格可谈", "negotiable",
    "to be negotiated", "to be agreed", "price on request", "upon request",
)  # fmt: skip
ONE_PRICE = (NOTICE(4),)
# "not negotiable" states a fixed price.
NOT_NEGOTIABLE = ("不接受面议", "non-negotiable", "not negotiable")

# Words of advertising (RULES 85(3)). Some have honest uses, so they warn and a human decides.
PROMOTIONAL = (
    "最佳", "最好", "最先进", "世界领先", "国际领先", "国内领先", "全球首创", "第一品牌", "独一无二", "顶级", "极品",
    "首选", "稳赚", "包赚", "优惠", "促销", "限时", "特价", "抢购", "欢迎选购", "质量第一", "信誉第一",
    "world-leading", "best in class", "unbeatable", "number one", "limited offer", "special offer", "discount",
    "guaranteed profit",
)  # fmt: skip


# "10-20 万元", "3%至5%": two figures with a unit of money or percent. Days, years and telephone numbers have none.
_FIGURE = r"[¥￥]?\d[\d,.]{0,20}\s{0,3}"
_UNIT = r"(?:万元|亿元|元|万|%|％|percent|yuan)"
# Sums and rates written out: 三万元至五万元, 百分之三到百分之五.
_WRITTEN = "[零〇一二两三四五六七八九十百千万亿]{1,12}"
_WRITTEN_RANGE = rf"{_WRITTEN}元?[-~～—–至到]{_WRITTEN}元|百分之{_WRITTEN}[-~～—–至到](?:百分之)?{_WRITTEN}"
_RANGE = re.compile(
    rf"(?<![\d,.]){_FIGURE}{_UNIT}?\s{{0,3}}(?:[-~～—–至到]|to)\s{{0,3}}{_FIGURE}{_UNIT}|{_WRITTEN_RANGE}",
    re.IGNORECASE,
)
_BARE_RANGE = re.compile(rf"{_FIGURE}{_UNIT}?\s{{0,3}}(?:[-~～—–至到]|to)\s{{0,3}}{_FIGURE}{_UNIT}?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text. ``why`` is empty, or what is wrong with it: ``negotiable``, ``promotional`` or ``range``."""

    text: str
    why: str = ""


def ranges_in(text: str) -> list[str]:
    """Return the ranges of sums or percentages that the text states, as they are written, each once."""
    return list(dict.fromkeys(found[0].strip() for found in _RANGE.finditer(text)))


def is_range(text: str) -> bool:
    """Whether the whole text is two figures where one is asked for, with units or without."""
    return _BARE_RANGE.fullmatch(text.strip()) is not None


def marked(text: str) -> list[Run]:
    """Cut a text into runs, those that the rules look at marked. Joined, they are the text again."""
    hits = [(found.start(), found.end(), "range") for found in _RANGE.finditer(text)]
    for words, why in ((NEGOTIABLE, "negotiable"), (PROMOTIONAL, "promotional")):
        harmless = NOT_NEGOTIABLE if why == "negotiable" else ()
        for word in found_in(text, words, but_for=harmless):
            hits += [(*found.span(), why) for found in re.finditer(re.escape(word), text, re.IGNORECASE)]
    runs: list[Run] = []
    done = 0
    for start, end, why in sorted(hits):
        if start >= done:
            runs += [Run(text[done:start])] * (start > done) + [Run(text[start:end], why)]
            done = end
    return [*runs, Run(text[done:])] if done < len(text) else runs


def found_in(text: str, words: tuple[str, ...], *, but_for: tuple[str, ...] = ()) -> list[str]:
    """Return the words that occur in the text, whatever their case, in the list's order."""
    searched = text.casefold()
    for harmless in but_for:
        searched = searched.replace(harmless.casefold(), " ")
    # Nearly every text has none of them: one search for all, then one for each.
    if not _compiled(words).search(searched):
        return []
    return [word for word in words if _compiled((word,)).search(searched)]


def any_of(words: tuple[str, ...]) -> str:
    """Return the pattern, for Python and PostgreSQL alike, of any of the words in a text in lower case. A word of the
    Latin alphabet stands by itself, not inside another."""
    escaped = (re.escape(word.casefold()) for word in words)
    return "|".join(rf"(?<![a-z]){word}(?![a-z])" if word.isascii() else word for word in escaped)


@cache
def _compiled(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(any_of(words))
