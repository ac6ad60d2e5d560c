"""Persons and units told apart by name, erring on the side of persons."""

import pytest

from registry.intake.names import is_natural_person


@pytest.mark.parametrize(
    "name", ["张会生", "金伟", "欧阳美华", "约瑟夫·斯科特·施耐德", "那顺吉日嘎", "刘士会", "John Smith", "胡润行"]
)
def test_persons(name):
    assert is_natural_person(name) is True


@pytest.mark.parametrize(
    "name",
    ["诺基亚公司", "清华大学", "郑州博物馆", "上海冶金矿山机械厂", "株式会社东芝", "SEB公司", "Delta Thermal Ltd",
     "中国科学院化学研究所", "北京光电技术研究所", "广州打捞局", "长沙生态动物园（长沙动物园）"],
)  # fmt: skip
def test_units(name):
    assert is_natural_person(name) is False
