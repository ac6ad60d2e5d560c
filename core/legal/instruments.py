"""The instruments of law as data: titles, the day each came into force, how sure its reading is, how it is cited.

Titles stand here in both languages because they are proper names; nothing of them goes through the catalogues.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Certainty(StrEnum):
    """How sure the registry is of what an instrument says."""

    SURE = "S"  # read in the primary text
    LIKELY = "L"  # a secondary source, or consistent with what was read
    UNSURE = "U"  # settled by no text found


class Division(StrEnum):
    """The kind of parts an instrument is cited by."""

    ARTICLE = "article"
    RULE = "rule"
    SECTION = "section"  # "V-11 §3.3": part V, chapter 11, section 3.3
    QUESTION = "question"
    POINT = "point"
    TOPIC = "topic"  # office practice: a name, no number


@dataclass(frozen=True, slots=True)
class Instrument:
    """One law, regulation, notice or source. ``title_zh`` and ``title_en`` are the names used in citations.

    The names of the answers (FAQ1-3) and of the statistics only describe them. ``in_force_from`` is empty where the
    source has no such day or none was found. ``is_law`` is False for explanations, statistics and office practice,
    which bind nobody.
    """

    key: str
    title_zh: str
    title_en: str
    in_force_from: date | None
    certainty: Certainty
    division: Division = Division.ARTICLE
    full_title_zh: str = ""
    is_law: bool = True


_S, _L, _U = Certainty.SURE, Certainty.LIKELY, Certainty.UNSURE

_ALL = (
    Instrument("LAW", "专利法", "Patent Law", date(2021, 6, 1), _S, full_title_zh="中华人民共和国专利法"),
    Instrument(
        "RULES",
        "专利法实施细则",
        "Implementing Rules of the Patent Law",
        date(2024, 1, 20),
        _S,
        Division.RULE,
        "中华人民共和国专利法实施细则",
    ),
    Instrument("GL", "专利审查指南", "Patent Examination Guidelines", date(2024, 1, 20), _S, Division.SECTION),
    Instrument(
        "GL2025",
        "专利审查指南（2025年修改）",
        "Patent Examination Guidelines as amended by Order 84",
        date(2026, 1, 1),
        _S,
        Division.SECTION,
    ),
    Instrument(
        "FAQ1",
        "专利开放许可声明常见问题解答",
        "CNIPA answers on open-license statements",
        date(2024, 8, 28),
        _S,
        Division.QUESTION,
        is_law=False,
    ),
    Instrument(
        "FAQ2",
        "专利开放许可实施合同备案常见问题解答",
        "CNIPA answers on the filing of open licenses",
        date(2024, 8, 28),
        _S,
        Division.QUESTION,
        is_law=False,
    ),
    Instrument(
        "FAQ3",
        "撤回专利开放许可声明常见问题解答",
        "CNIPA answers on the withdrawal of statements",
        date(2024, 8, 28),
        _S,
        Division.QUESTION,
        is_law=False,
    ),
    Instrument(
        "M590",
        "专利开放许可实施纠纷调解工作办法（试行）",
        "Measures on the Mediation of Open-License Disputes (trial)",
        date(2024, 7, 2),
        _S,
        full_title_zh="国家知识产权局公告第590号",
    ),
    Instrument(
        "NOTICE",
        "关于全面推进专利开放许可制度实施工作的通知",
        "Notice on Carrying Out the Open-License System",
        date(2024, 7, 2),
        _S,
        Division.POINT,
        "国知发运字〔2024〕19号",
    ),
    Instrument(
        "A594",
        "国家知识产权局公告第594号",
        "CNIPA Announcement 594",
        date(2024, 7, 26),
        _L,
        Division.POINT,
    ),
    Instrument(
        "EST",
        "专利开放许可使用费估算指引（试行）",
        "Guidance on the Estimation of Open-License Fees (trial)",
        None,
        _S,
        Division.POINT,
        "国知办发运字〔2022〕56号",
        is_law=False,
    ),
    Instrument(
        "O62",
        "专利实施许可合同备案办法",
        "Measures on the Filing of Patent License Contracts",
        date(2011, 8, 1),
        _L,
        full_title_zh="国家知识产权局令第62号",
    ),
    Instrument(
        "CIVIL_PROCEDURE",
        "民事诉讼法",
        "Civil Procedure Law",
        date(2024, 1, 1),
        _S,
        full_title_zh="中华人民共和国民事诉讼法",
    ),
    Instrument(
        "RECONSIDERATION",
        "行政复议法",
        "Administrative Reconsideration Law",
        date(2024, 1, 1),
        _L,
        full_title_zh="中华人民共和国行政复议法",
    ),
    Instrument(
        "LITIGATION",
        "行政诉讼法",
        "Administrative Litigation Law",
        date(2017, 7, 1),
        _L,
        full_title_zh="中华人民共和国行政诉讼法",
    ),
    Instrument(
        "TECH_EXPORT",
        "技术进出口管理条例",
        "Regulations on the Import and Export of Technology",
        date(2002, 1, 1),
        _S,
        full_title_zh="中华人民共和国技术进出口管理条例",
    ),
    Instrument(
        "TECH_EXPORT_REGISTRATION",
        "技术进出口合同登记管理办法",
        "Measures on the Registration of Technology Import and Export Contracts",
        date(2009, 3, 3),
        _L,
    ),
    Instrument(
        "STAT",
        "专利实施许可统计数据",
        "CNIPA's yearly statistics of license contracts",
        None,
        _S,
        Division.TOPIC,
        is_law=False,
    ),
    Instrument("GB32100", "GB 32100-2015", "GB 32100-2015", date(2015, 10, 1), _S, Division.SECTION, is_law=False),
    Instrument("GB11643", "GB 11643-1999", "GB 11643-1999", date(1999, 7, 1), _S, Division.SECTION, is_law=False),
    Instrument(
        "PRACTICE", "本系统的惯例（非法律规定）", "Office practice, not law", None, _U, Division.TOPIC, is_law=False
    ),
)

INSTRUMENTS: dict[str, Instrument] = {instrument.key: instrument for instrument in _ALL}
