"""The published JSON Schema is that of the code."""

import json

from support.needs import CHECKOUT

from goldenthread.plan.canonical import plan_json_schema


def test_the_published_schema_is_up_to_date() -> None:
    published = json.loads((CHECKOUT / "docs" / "plan.schema.json").read_text(encoding="utf-8"))
    assert published == plan_json_schema()
