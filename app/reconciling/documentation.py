"""What OpenAPI says of reconciliation beside its shapes: parameters, the form, and the answers."""

import json
from typing import Any

from app.documented_answers import answer
from app.reconciling.forms import FORM
from app.reconciling.manifest import manifest

_QUERIES = json.dumps({"q0": {"query": "A-déc-bai-gian", "type": "country", "limit": 3}}, ensure_ascii=False)
_EXTEND = json.dumps({"ids": ["pair/AZ-VN"], "properties": [{"id": "since"}, {"id": "country"}]})
_QUERY = "viet nam nhat ban"
_TEXT = {"type": "string"}
_DESCRIPTIONS = {
    "queries": "A batch of at most 50 queries: an object in JSON, by the names that the client gives them",
    "query": "One query: an object in JSON, or a name as it stands",
    "extend": "Ids of at most 100 things and the properties that are wanted of them: an object in JSON",
}
_EXAMPLES = {"queries": _QUERIES, "query": _QUERY, "extend": _EXTEND}
_STATE = {"id": "country", "name": "Quốc gia (state)"}
_RESULT = {
    "q0": {
        "result": [
            {
                "id": "country/AZ",
                "name": "Azerbaijan",
                "description": "Azerbaijan (AZ)",
                "type": [_STATE],
                "score": 100.0,
                "match": True,
                "features": [{"id": "name_score", "value": 100.0}],
            }
        ]
    }
}

ALTERNATIVES = "x-alternative-parameters"
"""Marks an operation whose parameters exclude one another."""
GET_DESCRIPTION: dict[str, Any] = {
    ALTERNATIVES: True,
    "parameters": [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": description,
            "schema": _TEXT,
            "example": _EXAMPLES[name],
        }
        for name, description in _DESCRIPTIONS.items()
    ],
}
POST_DESCRIPTION: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            FORM: {
                "schema": {
                    "type": "object",
                    "properties": {
                        name: {**_TEXT, "description": description} for name, description in _DESCRIPTIONS.items()
                    },
                    "oneOf": [{"required": [name]} for name in _DESCRIPTIONS],
                },
                "examples": {name: {"value": {name: example}} for name, example in _EXAMPLES.items()},
            }
        },
    }
}
GET_ANSWER = answer("The manifest, or what POST answers", {"application/json": manifest("https://example.org")})
POST_ANSWER = answer(
    "Candidates for each query (score from 0 to 100; match: the only one of 95 or more), or the values of properties: "
    "none of an id that no thing has",
    {"application/json": _RESULT},
)
PREVIEW_ANSWER = answer("A small page, which pages of others may show in a frame", {"text/html": "<!doctype html>"})
