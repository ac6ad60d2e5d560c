"""Citations read as people of either language write them, and refuse places that cannot exist."""

import pytest
from django.utils.translation import gettext_lazy, override

from core.legal import A594, FAQ2, GL, LAW, M590, NOTICE, O62, PRACTICE, RULES, STAT, Citation
from core.legal.citations import in_words


@pytest.mark.parametrize(
    ("citation", "code", "english", "chinese"),
    [
        (LAW(50, 1), "LAW 50(1)", "Patent Law, Art. 50(1)", "专利法第50条第1款"),
        (LAW(50), "LAW 50", "Patent Law, Art. 50", "专利法第50条"),
        (
            RULES(85, 2, 4),
            "RULES 85(2)(4)",
            "Implementing Rules of the Patent Law, Rule 85(2)(4)",
            "专利法实施细则第85条第2款第（4）项",
        ),
        (
            RULES(106, item=10),
            "RULES 106(10)",
            "Implementing Rules of the Patent Law, Rule 106(10)",
            "专利法实施细则第106条第（10）项",
        ),
        (
            GL("V-11 §3.3"),
            "GL V-11 §3.3",
            "Patent Examination Guidelines, Part V, Ch. 11, §3.3",
            "专利审查指南第五部分第十一章第3.3节",
        ),
        (
            GL("V-11 §3.1", 7),
            "GL V-11 §3.1(7)",
            "Patent Examination Guidelines, Part V, Ch. 11, §3.1(7)",
            "专利审查指南第五部分第十一章第3.1节第（7）项",
        ),
        (GL("V-10"), "GL V-10", "Patent Examination Guidelines, Part V, Ch. 10", "专利审查指南第五部分第十章"),
        (GL("V-21"), "GL V-21", "Patent Examination Guidelines, Part V, Ch. 21", "专利审查指南第五部分第二十一章"),
        (GL("II"), "GL II", "Patent Examination Guidelines, Part II", "专利审查指南第二部分"),
        (
            M590(7),
            "M590 7",
            "Measures on the Mediation of Open-License Disputes (trial), Art. 7",
            "专利开放许可实施纠纷调解工作办法（试行）第7条",
        ),
        (
            NOTICE(4),
            "NOTICE 4",
            "Notice on Carrying Out the Open-License System, point 4",
            "关于全面推进专利开放许可制度实施工作的通知第4点",
        ),
        (
            FAQ2("Q8"),
            "FAQ2 Q8",
            "CNIPA answers on the filing of open licenses, question 8",
            "专利开放许可实施合同备案常见问题解答第8问",
        ),
        (A594(), "A594", "CNIPA Announcement 594", "国家知识产权局公告第594号"),
    ],
)
def test_a_citation_is_written_in_the_form_of_the_reader(
    citation: Citation, code: str, english: str, chinese: str
) -> None:
    with override("en"):
        in_english = str(citation)
    with override("zh-hans"):
        in_chinese = str(citation)

    assert (citation.code, in_english, in_chinese) == (code, english, chinese)


def test_without_a_language_a_citation_is_english() -> None:
    with override(None):
        assert str(LAW(52)) == "Patent Law, Art. 52"


def test_office_practice_is_never_shown_as_law() -> None:
    citation = PRACTICE("correction period")

    assert citation.is_law is False
    assert LAW(50).is_law is True
    assert citation.english == "Office practice, not law: correction period"
    assert citation.chinese.startswith("本系统的惯例（非法律规定）：")
    assert STAT("2024").is_law is False


def test_a_lazy_topic_is_accepted() -> None:
    assert PRACTICE(gettext_lazy("correction period")) == PRACTICE("correction period")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("BGB", 1), "no instrument has the key 'BGB'"),
        (("LAW", "", 1), "LAW: a paragraph or item needs its article"),
        (("LAW", "", None, 2), "LAW: a paragraph or item needs its article"),
        (("GL", "3.3"), "GL: '3.3' is not of the form 'V-11 §3.3'"),
        (("GL", "IIII-2"), "GL: 'IIII-2' is not of the form 'V-11 §3.3'"),
    ],
)
def test_a_place_that_cannot_exist_is_refused(arguments: tuple[str, int], message: str) -> None:
    with pytest.raises(ValueError, match="^" + message.replace("(", r"\(").replace(".", r"\.") + "$"):
        Citation(*arguments)


@pytest.mark.parametrize(
    ("codes", "english", "chinese"),
    [
        ("LAW 50(1)", "Patent Law, Art. 50(1)", "专利法第50条第1款"),
        ("", "", ""),
        ("told by hand", "told by hand", "told by hand"),
    ],
)
def test_codes_are_read_back_in_words(codes, english, chinese):
    assert in_words(codes) == english
    with override("zh-hans"):
        assert in_words(codes) == chinese


def test_every_code_leads_back_to_its_citation():
    for citation in (LAW(50, 1), RULES(15, 2), GL("V-11 §3.3"), O62(11), FAQ2("Q8"), PRACTICE("correction period")):
        assert in_words(f"{citation.code}; {citation.code}") == f"{citation} · {citation}"
