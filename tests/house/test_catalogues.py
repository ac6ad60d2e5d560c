"""Both languages are complete, and each term of law has one word (docs/glossary.md)."""

import re

import pytest

from config import catalogues
from core.legal import RULES
from tests.house import tree

FOUND = catalogues.extract(tree.ROOT)
READ = {language: catalogues.read(language, tree.ROOT) for language in catalogues.LANGUAGES}

# English word → the Chinese of it, one of which must stand wherever the word does.
TERMS = {
    r"open licens\w+": ("开放许可",),
    r"licensees?": ("被许可人", "被许可方"),
    r"patentees?": ("专利权人",),
    r"pledgees?": ("质权人",),
    r"statements?": ("声明",),
    r"withdraw(?:al|n|s)?": ("撤回",),
    r"annuit(?:y|ies)": ("年费",),
    r"surcharges?": ("滞纳金",),
    r"bulletin": ("公报",),
    r"announce(?:d|ment|ments)": ("公告",),
    r"evaluation reports?": ("评价报告",),
    r"(?<!electronic )filings?(?! date)": ("备案",),
    r"mediat(?:ion|or|ors)": ("调解",),
    r"pledge[ds]?": ("质押", "出质"),
    r"examiners?": ("审查员",),
    r"royalt(?:y|ies)": ("提成",),
    r"net sales": ("净销售额",),
    r"utility models?": ("实用新型",),
    r"co-owners?": ("共同专利权人",),
    r"agenc(?:y|ies)": ("代理",),
}
# Spellings and words that the glossary forbids in English.
FORBIDDEN = {
    "licence": "license",
    "licences": "licenses",
    "licenced": "licensed",
    "recordal": "filing",
    "recordals": "filings",
    "sublicence": "sublicense",
    "gazette": "bulletin",
    "lump-sum": "lump sum",
    "renewal fee": "annuity",
    "renewal fees": "annuities",
    "cancelled": "canceled",
}


def texts(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_every_message_is_in_the_catalogue_and_none_besides(language):
    known = {(entry.msgctxt or "", entry.msgid) for entry in READ[language] if not entry.obsolete}
    missing, gone = set(FOUND) - known, known - set(FOUND)
    assert (sorted(missing), sorted(gone)) == ([], []), "run `make catalogues`"


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_every_message_is_translated(language):
    missing = catalogues.untranslated(READ[language])
    assert missing == [], f"{len(missing)} of {len(READ[language])} messages have no translation"


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_nothing_is_fuzzy_obsolete_or_twice(language):
    entries = READ[language]
    assert [entry.msgid for entry in entries if entry.fuzzy or entry.obsolete] == []
    keys = [(entry.msgctxt, entry.msgid) for entry in entries]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_placeholders_are_the_same_in_message_and_translation(language):
    assert list(catalogues.faults(READ[language])) == []


def test_english_says_what_the_code_says():
    changed = [entry.msgid for entry in READ["en"] if texts(entry)[0] != entry.msgid]
    assert changed == []


def test_chinese_is_chinese():
    """A translation without a Chinese character is one only where the message has no word either."""
    bare = [
        entry.msgid
        for entry in READ["zh_Hans"]
        if entry.translated()
        and re.search(r"[A-Za-z]{4,}", re.sub(r"%\(\w+\)\w|\{\w*\}|https?://\S+", "", entry.msgid))
        and not any(re.search(r"[\u4e00-\u9fff]", text) for text in texts(entry))
        and entry.msgid not in {"English", "Excel", "JSON", "OpenAPI"}
    ]
    assert bare == []


@pytest.mark.parametrize("term", TERMS)
def test_a_term_of_law_has_one_chinese_word(term):
    word = re.compile(rf"\b(?:{term})\b", re.IGNORECASE)
    strange = [
        f"{entry.msgid} → {text}"
        for entry in READ["zh_Hans"]
        if word.search(re.sub(r"%\(\w+\)\w|\{\w*\}", "", entry.msgid))
        for text in texts(entry)
        if text and not any(chinese in text for chinese in TERMS[term])
    ]
    assert strange == []


def test_no_message_uses_a_word_that_the_glossary_forbids():
    words = re.compile(rf"\b({'|'.join(FORBIDDEN)})\b", re.IGNORECASE)
    wrong = [
        f"{message.msgid!r}: {', '.join(words.findall(message.msgid))}"
        for message in FOUND.values()
        if words.search(message.msgid)
    ]
    assert wrong == []


def test_the_glossary_has_every_term_that_is_checked():
    page = (tree.ROOT / "docs" / "glossary.md").read_text("utf-8")
    assert [chinese for chinese in TERMS.values() if not any(word in page for word in chinese)] == []
    assert [word for word in FORBIDDEN if word not in page.lower()] == []


def test_no_message_is_glued_together_in_a_formatted_string():
    """``_(f"…")`` is looked up with its values filled in, and never found."""
    glued = [
        f"{tree.name(path)}:{number}"
        for path in tree.sources()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(r"(?<![\w.])(?:_|n?gettext(?:_lazy)?)\(\s*f[\"']", line)
    ]
    assert glued == []


# Half-width marks, blanks and quotes that do not stand beside Chinese characters; a percentage and a sum have no blank.
# Articles, paragraphs and items are counted in digits, as core.legal.citations writes them.
UNTIDY = re.compile(
    r"(?<=[\u4e00-\u9fff])[,;?!:(]|[,;?!:)](?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?:\)|\.(?!\w))|\((?=[\u4e00-\u9fff])"
    r"|(?<=[\u3001-\u301c\u4e00-\u9fff\uff01-\uff5e]) +(?=[\u3001-\u301c\u4e00-\u9fff\uff01-\uff5e])"
    r"|(?<=[\u4e00-\u9fff])[\"']|[\"'](?=[\u4e00-\u9fff])|[\d)}s] +%%?(?![(\w])|  |\.\.\."
    r"|第[零一二三四五六七八九十百]+[条款项]|\d +[万亿]?元"
)
# The filter "yesno" takes its words apart at the comma.
LISTS = {"yes,no"}


@pytest.mark.parametrize(
    "text",
    [
        "甲,乙",
        "甲:乙",
        "第(2)项",
        "(甲)",
        "完成.",
        "甲 乙",
        "甲， 乙",
        '"甲"',
        "4 %",
        "1.5 万元",
        "第八十六条",
        "第一款",
        "%(rate)s %%",
        "甲  A",
        "请稍候...",
    ],
)
def test_untidy_chinese_is_seen(text):
    assert UNTIDY.search(text)


def test_chinese_is_written_with_chinese_marks():
    assert not UNTIDY.search(RULES(85, 2, 4).chinese)
    for text in (
        "甲，乙：丙",
        "第86条第（2）项",
        "第五部分第十一章",
        "1.5万元",
        "4%",
        "第 4 节",
        "见 bulletin.txt",
        "%(count)s项",
    ):
        assert not UNTIDY.search(text), text
    found = [
        (entry.msgid, text)
        for entry in READ["zh_Hans"]
        if not entry.obsolete and entry.msgid not in LISTS
        for text in texts(entry)
        if UNTIDY.search(text)
    ]
    assert found == []
