"""A plan as canonical JSON: the same plan always gives the same bytes, so that a hash can stand for it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from goldenthread.plan.model import Plan


def canonical_json(plan: Plan) -> str:
    """The plan as JSON with sorted keys, no spaces and no characters escaped that need not be."""
    content = plan.model_dump(mode="json", by_alias=True)
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def plan_from_json(text: str | bytes) -> Plan:
    """The plan that `canonical_json` wrote.

    Raises:
        pydantic.ValidationError: when the text is not a plan, naming each field that is wrong.
    """
    return Plan.model_validate_json(text)


def content_hash(plan: Plan) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical_json(plan).encode()).hexdigest()


def plan_json_schema() -> dict[str, Any]:
    """The JSON Schema of a plan, for other programs."""
    return Plan.model_json_schema(by_alias=True)
