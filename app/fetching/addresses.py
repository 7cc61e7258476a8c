"""Which web addresses may be visited: judged by their text, and when connecting by the numbers they resolve to."""

import re
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import httpx

from app.fetching.errors import RefusedAddressError
from app.fetching.policy import FetchPolicy

MAX_ADDRESS_CHARS = 4_000
"""Longest address that is looked at, in code points; those of articles have about a hundred."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")
_HOST_NAME = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_ENDS_IN_NUMBER = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")

# What ipaddress calls global and is no host of the public internet. IPv4: relays into 6to4, and protocol assignments
# (RFC 6890, http://www.rfc-editor.org/rfc/rfc6890.txt).
_NOT_PUBLIC_V4 = (IPv4Network("192.88.99.0/24"), IPv4Network("192.0.0.0/24"))
# IPv6: hosts are numbered within 2000::/3 only (IANA's registry of the IPv6 address space), so that mapped, translated,
# site-local and reserved addresses fall out together; within it are tunnels, which carry an IPv4 address that nobody
# has checked, and a block for documentation (https://www.rfc-editor.org/rfc/rfc9637.html).
_HOSTS_V6 = IPv6Network("2000::/3")
_NOT_PUBLIC_V6 = (IPv6Network("2001::/23"), IPv6Network("2002::/16"), IPv6Network("3fff::/20"))


def parse_address(text: str, policy: FetchPolicy) -> httpx.URL:
    """Read a web address in its normal form, without fragment; what it resolves to is not looked at here.

    Raises:
        RefusedAddressError: it is no address, not http or https, carries a name or password, names a port that is not
            open, or writes its host in a way that programs read differently (0x7f.1, 2130706433, 0177.0.0.1).
    """
    text = text.strip()
    if len(text) > MAX_ADDRESS_CHARS:
        raise RefusedAddressError(f"the address has {len(text):,} characters, and may have {MAX_ADDRESS_CHARS:,}")
    if _FORBIDDEN.search(text):
        raise RefusedAddressError("the address holds white space, a control character or a backslash")
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL as error:
        raise RefusedAddressError(f"is no web address: {error}") from error
    if url.scheme not in _DEFAULT_PORTS:
        scheme = f"«{url.scheme[:20]}:»" if url.scheme else "one without a scheme"
        raise RefusedAddressError(f"only http and https addresses are fetched, not {scheme}")
    if url.userinfo:
        raise RefusedAddressError("the address carries a user name or password: leave it out")
    host = url.raw_host.decode("ascii").lower()
    check_host(host, policy)
    if host.endswith("."):
        url = url.copy_with(host=host[:-1])
    port = port_of(url)
    if port not in policy.allowed_ports:
        allowed = ", ".join(str(one) for one in sorted(policy.allowed_ports))
        raise RefusedAddressError(f"port {port} is not open to us (only {allowed})")
    return url.copy_with(fragment=None)


def check_host(host: str, policy: FetchPolicy) -> None:
    """Refuse a host that is neither a name nor the IP address of a host we may visit, in its one normal form.

    Raises:
        RefusedAddressError: as said; the reason names the host.
    """
    if ":" in host:
        try:
            IPv6Address(host)
        except AddressValueError as error:
            raise RefusedAddressError(f"the host [{host[:80]}] is no IPv6 address") from error
        if "%" in host:
            raise RefusedAddressError(f"the host [{host[:80]}] names a network interface")
        check_number(host, policy)
        return
    name = host.removesuffix(".")
    if not name:
        raise RefusedAddressError("the address names no host")
    if not _HOST_NAME.fullmatch(name) or len(name) > 253:
        raise RefusedAddressError(f"«{host[:80]}» is no host name")
    if _ENDS_IN_NUMBER.fullmatch(name):
        try:
            IPv4Address(host)
        except AddressValueError as error:
            raise RefusedAddressError(f"the host {host[:80]} is no IPv4 address of four decimal numbers") from error
        check_number(host, policy)


def port_of(url: httpx.URL) -> int:
    """The port that an address names or, by its scheme, means."""
    return url.port if url.port is not None else _DEFAULT_PORTS[url.scheme]


def check_number(text: str, policy: FetchPolicy) -> IPv4Address | IPv6Address:
    """Read an IP address that a host has, and refuse it unless it is public or in a network that the policy allows.

    Raises:
        RefusedAddressError: private, loopback, link-local, shared, multicast, reserved or tunnelled, or no IP address.
    """
    try:
        number = ip_address(text)
    except ValueError as error:
        raise RefusedAddressError(f"the host resolves to «{text[:80]}», which is no IP address") from error
    if is_public(number) or any(number in network for network in policy.allowed_networks):
        return number
    raise RefusedAddressError(f"the host has the address {number}, which is not on the public internet")


def is_public(number: IPv4Address | IPv6Address) -> bool:
    """Whether it is the number of one host on the public internet."""
    if not number.is_global or number.is_multicast or number.is_reserved:
        return False
    if isinstance(number, IPv4Address):
        return not any(number in network for network in _NOT_PUBLIC_V4)
    return number.scope_id is None and number in _HOSTS_V6 and not any(number in network for network in _NOT_PUBLIC_V6)
