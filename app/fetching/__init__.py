"""Reading from the network: addresses in, payloads for the readers out, within limits that protect both sides.

Only public addresses are visited, whatever names, redirects and name servers say; sizes and times are bounded; hosts
are asked one request at a time, as their robots.txt allows.
"""

from app.fetching.connections import Resolve, resolve_by_system
from app.fetching.policy import USER_AGENT, FetchPolicy
from app.fetching.visits import fetch_payloads

__all__ = ["USER_AGENT", "FetchPolicy", "Resolve", "fetch_payloads", "resolve_by_system"]
