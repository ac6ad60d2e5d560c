"""Words that the rules look for in free text. Data of office practice: change the lists, not the rules."""

import re

# A fee that still has to be agreed is no fee standard (RULES 85(2); NOTICE: all licensees alike).
NEGOTIABLE = (
    "面议", "面谈", "另议", "电议", "待定", "待议", "另行协商", "另行约定", "价格可谈", "negotiable",
    "to be negotiated", "to be agreed", "price on request", "upon request",
)  # fmt: skip
# "not negotiable" states a fixed price.
NOT_NEGOTIABLE = ("不接受面议", "non-negotiable", "not negotiable")

# Words of advertising (RULES 85(3)). Some have honest uses, so they warn and a human decides.
PROMOTIONAL = (
    "最佳", "最好", "最先进", "世界领先", "国际领先", "国内领先", "全球首创", "第一品牌", "独一无二", "顶级", "极品",
    "首选", "稳赚", "包赚", "优惠", "促销", "限时", "特价", "抢购", "欢迎选购", "质量第一", "信誉第一",
    "world-leading", "best in class", "unbeatable", "number one", "limited offer", "special offer", "discount",
    "guaranteed profit",
)  # fmt: skip


def found_in(text: str, words: tuple[str, ...], *, but_for: tuple[str, ...] = ()) -> list[str]:
    """Return the words that occur in the text, whatever their case, in the list's order."""
    searched = text.casefold()
    for harmless in but_for:
        searched = searched.replace(harmless.casefold(), " ")
    return [word for word in words if _occurs(word.casefold(), searched)]


def _occurs(word: str, text: str) -> bool:
    if not word.isascii():
        return word in text
    return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text) is not None
