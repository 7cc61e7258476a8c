"""The manifest: what the service offers, and where."""

from typing import Any

from app.graph.vocabulary import BG
from app.house import VERSION
from app.reconciling.kinds import IDENTIFIERS, TYPE_IDS
from app.reconciling.queries import MAX_QUERIES
from app.reconciling.responses import named_type

_WIDTH_PX, _HEIGHT_PX = 400, 240


def manifest(address: str) -> dict[str, Any]:
    """The manifest of the service at an address, which is that of the whole server without a slash at its end."""
    suggest = {
        kind: {"service_url": address, "service_path": f"/reconcile/suggest/{kind}"}
        for kind in ("entity", "type", "property")
    }
    return {
        "versions": ["0.2"],
        "name": "banggiao: quan hệ giữa các quốc gia (relations between states)",
        "identifierSpace": IDENTIFIERS,
        "schemaSpace": BG,
        "documentation": f"{address}/docs",
        "logo": f"{address}/static/icon.svg",
        "serviceVersion": VERSION,
        "batchSize": MAX_QUERIES,
        "defaultTypes": [named_type(one).model_dump() for one in TYPE_IDS],
        "view": {"url": f"{address}/id/{{{{id}}}}"},
        "preview": {"url": f"{address}/reconcile/preview?id={{{{id}}}}", "width": _WIDTH_PX, "height": _HEIGHT_PX},
        "suggest": suggest,
        "extend": {"propose_properties": {"service_url": address, "service_path": "/reconcile/extend/propose"}},
    }
