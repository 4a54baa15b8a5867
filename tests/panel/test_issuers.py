"""What an issuer's name says: level and region, and nothing where it says nothing."""
import pytest

from infer.panel.issuers import issuer
from infer.panel.regions import find_region


@pytest.mark.parametrize(("name", "level"), [
    ("江苏省人民政府", "province"), ("上海市人民政府", "province"), ("广西壮族自治区人民政府", "province"),
    ("恩施土家族苗族自治州人民政府", "prefecture"), ("柳溪县人民政府", "county"), ("柳溪县政府", "county"),
    ("竹岭区", "county"), ("柳溪自治县", "county"), ("某某旗人民政府", "county"), ("云州市竹岭区人民政府", "county"),
    ("梧桐坳镇人民政府", "township"), ("柳溪乡", "township"), ("东门街道办事处", "township"), ("东门街道", "township"),
    ("东门街", "township"), ("柳溪县人民政府办公室", "office"), ("云州市人民政府办公厅", "office"), ("竹岭区政府办公室", "office"),
    ("柳溪县水利局", "department"), ("江苏省水利厅", "department"), ("柳溪县发展和改革委员会", "department"),
    ("柳溪县政务服务中心", "department"), ("云州高新技术产业开发区管委会", "zone"), ("云州经济开发区", "zone"),
    ("云江新区管理委员会", "zone"), ("云州综合实验区", "zone"), ("柳溪县第一中学", "institution"), ("云州水务集团有限公司", "institution"),
    ("大营水村", "village"), ("云州市", None), ("某某", None),
])
def test_level_is_what_the_name_ends_in(name: str, level: str | None) -> None:
    assert issuer(name).level == level


@pytest.mark.parametrize(("name", "key"), [
    ("柳溪縣 人民政府", "柳溪县人民政府"), ("柳溪县\u3000人民政府", "柳溪县人民政府"), ("柳溪县财政局（县国资委）", "柳溪县财政局(县国资委)"),
])
def test_key_is_the_name_in_one_writing(name: str, key: str) -> None:
    assert issuer(name).key == key


@pytest.mark.parametrize(("name", "year", "code"), [
    ("平潭县人民政府", 2012, "350128"), ("平潭县水利局", 2018, "350128"), ("江苏省水利厅", 2019, "320000"),
    ("白银市平川区王家山镇人民政府", 2018, "620403"), ("北京市朝阳区人民政府", 2020, "110105"), ("长春市朝阳区", 2020, "220104"),
    ("吉林省长春市朝阳区", 2020, "220104"), ("海南省琼海市", 2020, "469002"), ("上海市浦东新区人民政府", 2018, "310115"),
    ("恩施土家族苗族自治州人民政府", 2020, "422800"), ("大同县人民政府", 2016, "140227"), ("三明市沙县区人民政府", 2022, "350405"),
    ("沙县人民政府", 2019, "350427"), ("平潭县人民政府", 2025, "350128"),
])
def test_region_is_of_the_report_s_year(name: str, year: int, code: str) -> None:
    one = issuer(name)
    assert find_region(one.key, one.group, year).code == code


@pytest.mark.parametrize(("name", "year", "note"), [
    ("朝阳区人民政府", 2020, "several"), ("洪泽区人民政府", 2023, "district_alone"), ("大同县人民政府", 2019, "unknown"),
    ("沙县区人民政府", 2019, "unknown"), ("柳溪县人民政府", 2020, "unknown"), ("平潭综合实验区", 2020, "unknown"),
    ("永和镇", 2020, "unknown"), ("驻平潭县办事处", 2020, "unknown"), ("平潭县人民政府", None, "no_year"),
    (None, 2020, "no_issuer"),
])
def test_no_code_where_the_name_does_not_tell(name: str | None, year: int | None, note: str) -> None:
    one = issuer(name) if name else None
    region = find_region(one.key if one else None, one.group if one else None, year)
    assert (region.code, region.note) == (None, note)


@pytest.mark.parametrize(("name", "level"), [
    ("仪征市人民政府", "county"), ("东莞市人民政府", "prefecture"), ("南京市教育局", None), ("平潭县人民政府", "county"),
])
def test_the_list_tells_the_level_of_the_area_itself(name: str, level: str | None) -> None:
    one = issuer(name)
    assert find_region(one.key, one.group, 2020).level == level
