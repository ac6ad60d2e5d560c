"""The description of the API is complete, and the page that explains it names every call."""

import warnings

import yaml
from django.core.management import call_command
from drf_spectacular.generators import SchemaGenerator

from tests.api_client import Program
from tests.house import tree


def operations(schema):
    return [
        (method, address, said)
        for address, item in schema["paths"].items()
        for method, said in item.items()
        if method in ("get", "post", "patch", "delete")
    ]


def test_the_description_is_valid_and_complete(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "openapi.yml"))


def test_the_committed_description_asks_a_key_exactly_where_one_is_needed():
    schema = yaml.safe_load((tree.ROOT / "docs" / "openapi.yml").read_text("utf-8"))
    found = operations(schema)
    assert len(found) > 50
    for _method, address, said in found:
        assert ({} not in said["security"]) is ("/my/" in address), address
        assert said["summary"]
        assert said["description"]


def test_no_input_takes_more_than_it_names():
    schema = SchemaGenerator().get_schema(request=None, public=True)
    inputs = {name: item for name, item in schema["components"]["schemas"].items() if name.endswith("Request")}
    assert len(inputs) > 12
    assert [name for name, item in inputs.items() if item.get("additionalProperties") is not False] == []


def test_the_page_names_every_call_in_the_readers_language(db):
    schema = SchemaGenerator().get_schema(request=None, public=True)
    page = Program().client.get("/api/v1/").content.decode()
    assert [address for _method, address, _said in operations(schema) if address not in page] == []
    assert "<script>" not in page


def test_the_description_is_served(db):
    answer = Program().client.get("/api/v1/openapi.yml")
    assert yaml.safe_load(answer.content)["info"]["title"] == "Patent Open License Registry"
