"""Whether a registered name is a natural person's. A guess on the safe side, from the name alone.

Suppliers send names without saying whose they are. A name with a word that only units bear is a unit's; every other
name counts as a person's. The error that can happen is thus a unit taken for a person: it is then not tied to an
account of the same name by itself, and an administrator does it by hand. The opposite error would hand a person's
patents to a company that took the same name.
"""

import re

# Proper words of unit names in Chinese, then in the Latin alphabet.
_UNIT = re.compile(
    "公司|集团|大学|学院|学校|中学|小学|医院|研究|实验|工厂|厂|企业|会社|法人|协会|学会|委员会|基金|中心|合作社|"
    "事务所|工作室|工作站|设计所|检验|监测|检测|科学院|设计院|总院|法院|园区|银行|政府|部队|总队|支队|大队|"
    "动物园|植物园|基地|农庄|山庄|(?<=.{3})[局社所院站馆店场矿部处行会校队库]$|矿务|油田|农场|林场|牧场|电厂|电网|"
    "株式|有限|合伙|商社|商行|财团|联盟|机构|组织|国家|总局|管理|技术|科技|工程|实业|工业"
    r"|\b(?:Inc|Ltd|LLC|LLP|Co|Corp|Corporation|Company|Limited|GmbH|AG|SA|SAS|BV|NV|AB|Oy|KG|SE|SpA|SRL|PLC|"
    r"University|Universit\w+|Institute?|Institut\w*|College|Hospital|Foundation|Holdings?|Group|Laborator\w+|"
    r"Cent(?:er|re)|Academy|Association|Society|Council|Ministry|Works)\b",
    re.IGNORECASE,
)


def is_natural_person(name: str) -> bool:
    """Return whether the name bears no word of a unit, and so is taken for a natural person's."""
    return _UNIT.search(name) is None
