"""Which addresses may be visited: hostile ones as they are written, and numbers as names resolve to them."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.fetching import FetchPolicy
from app.fetching.addresses import check_number, is_public, parse_address
from app.fetching.errors import RefusedAddressError

POLICY = FetchPolicy()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("https://vi.example/bai-viet", "https://vi.example/bai-viet", id="a page"),
        pytest.param("  HTTP://VI.Example/Bài%20viết ", "http://vi.example/B%C3%A0i%20vi%E1%BA%BFt", id="normal form"),
        pytest.param("http://vi.example:80/a", "http://vi.example/a", id="the port that is meant anyway"),
        pytest.param("http://vi.example:443/a", "http://vi.example:443/a", id="the other open port"),
        pytest.param("http://vi.example/a?b=1#c", "http://vi.example/a?b=1", id="a fragment is not sent"),
        pytest.param("http://vi.example./a", "http://vi.example/a", id="a trailing dot"),
        pytest.param("http://báo.example/", "http://xn--bo-mia.example/", id="an international name"),
        pytest.param("http://1.1.1.1/", "http://1.1.1.1/", id="a public number"),
        pytest.param("http://[2606:4700::1111]/", "http://[2606:4700::1111]/", id="a public number in brackets"),
        pytest.param("http://3.example/", "http://3.example/", id="a label of figures that is not the last"),
        pytest.param("http://a_b.example/", "http://a_b.example/", id="an underscore, as some hosts have"),
    ],
)
def test_addresses_that_may_be_visited(text: str, wanted: str) -> None:
    assert str(parse_address(text, POLICY)) == wanted


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("", "one without a scheme", id="nothing"),
        pytest.param("vi.example/a", "one without a scheme", id="no scheme"),
        pytest.param("//vi.example/a", "one without a scheme", id="a relative address"),
        pytest.param("http://", "names no host", id="no host"),
        pytest.param("http:///a", "names no host", id="an empty host"),
        pytest.param("http://./", "names no host", id="a dot for a host"),
        pytest.param("file:///etc/passwd", "not «file:»", id="a file"),
        pytest.param("ftp://vi.example/", "not «ftp:»", id="ftp"),
        pytest.param("gopher://127.0.0.1:6379/_INFO", "not «gopher:»", id="gopher"),
        pytest.param("javascript:alert(1)", "not «javascript:»", id="a script"),
        pytest.param("data:text/html,a", "not «data:»", id="data"),
        pytest.param("http+unix://%2Fvar%2Frun/", "not «http+unix:»", id="a unix socket"),
        pytest.param("http://me:secret@vi.example/", "user name or password", id="credentials"),
        pytest.param("http://vi.example@127.0.0.1/", "user name or password", id="a host that is a user name"),
        pytest.param("http://vi.example:80@127.0.0.1/", "user name or password", id="a host and port likewise"),
        pytest.param("http://vi.example\\@127.0.0.1/", "backslash", id="a backslash before the at sign"),
        pytest.param("http:\\\\127.0.0.1/", "backslash", id="backslashes for slashes"),
        pytest.param("http://vi.example/a\r\nHost: b", "control character", id="a header smuggled in"),
        pytest.param("http://vi.exa mple/", "white space", id="a space in the host"),
        pytest.param("http://vi.example:22/", "port 22 is not open", id="the port of ssh"),
        pytest.param("http://vi.example:0/", "port 0 is not open", id="port 0"),
        pytest.param("http://vi.example:99999/", "port 99999 is not open", id="a port that cannot be"),
        pytest.param("http://vi.example:8080/", "port 8080 is not open", id="a port that is not allowed"),
        pytest.param("http://127.0.0.1/", "127.0.0.1, which is not", id="loopback"),
        pytest.param("http://127.0.0.1./", "four decimal numbers", id="loopback with a trailing dot"),
        pytest.param("http://127.1/", "four decimal numbers", id="loopback in two parts"),
        pytest.param("http://2130706433/", "four decimal numbers", id="loopback as one decimal number"),
        pytest.param("http://0x7f000001/", "four decimal numbers", id="loopback as one hexadecimal number"),
        pytest.param("http://0x7f.0.0.1/", "four decimal numbers", id="loopback with a hexadecimal part"),
        pytest.param("http://0177.0.0.1/", "IPv4", id="loopback with an octal part"),
        pytest.param("http://017700000001/", "four decimal numbers", id="loopback as one octal number"),
        pytest.param("http://127.0.0.0x1/", "four decimal numbers", id="a hexadecimal last part"),
        pytest.param("http://127.0.0.1.1/", "four decimal numbers", id="five parts"),
        pytest.param("http://256.1.1.1/", "IPv4", id="a part beyond a byte"),
        pytest.param("http://１２７.０.０.１/", "", id="full-width figures"),
        pytest.param("http://127。0。0。1/", "", id="ideographic full stops"),
        pytest.param("http://①②⑦.0.0.1/", "", id="figures in circles"),
        pytest.param("http://ⓛocalhost/", "", id="a letter in a circle"),
        pytest.param("http://%31%32%37.0.0.1/", "no host name", id="figures in percent code"),
        pytest.param("http://0/", "four decimal numbers", id="zero"),
        pytest.param("http://0.0.0.0/", "0.0.0.0, which is not", id="all zeros"),
        pytest.param("http://10.1.2.3/", "10.1.2.3, which is not", id="a private network"),
        pytest.param("http://169.254.169.254/latest/", "169.254.169.254, which is not", id="the cloud's own pages"),
        pytest.param("http://[::1]/", "::1, which is not", id="loopback in IPv6"),
        pytest.param("http://[::]/", "::, which is not", id="no address in IPv6"),
        pytest.param("http://[::ffff:127.0.0.1]/", "which is not", id="loopback mapped into IPv6"),
        pytest.param("http://[::ffff:8.8.8.8]/", "which is not", id="even a public number mapped into IPv6"),
        pytest.param("http://[64:ff9b::7f00:1]/", "which is not", id="loopback translated by NAT64"),
        pytest.param("http://[2002:7f00:1::]/", "which is not", id="loopback in a 6to4 tunnel"),
        pytest.param("http://[fe80::1%25eth0]/", "", id="a network interface"),
        pytest.param("http://[fd00:ec2::254]/", "which is not", id="the cloud's own pages in IPv6"),
        pytest.param("http://[::1/", "no web address", id="a bracket that does not close"),
        pytest.param("http://[127.0.0.1]/", "", id="IPv4 in brackets"),
        pytest.param("http://[v1.fe80]/", "", id="a version of IP that is not"),
        pytest.param("http://-a.example/", "no host name", id="a hyphen in front"),
        pytest.param("http://a..example/", "no host name", id="an empty label"),
        pytest.param(f"http://{'a' * 64}.example/", "", id="a label too long"),
        pytest.param(f"http://vi.example/{'a' * 4_000}", "4,018 characters", id="an address too long"),
    ],
)
def test_addresses_that_are_refused(text: str, reason: str) -> None:
    with pytest.raises(RefusedAddressError) as refused:
        parse_address(text, POLICY)
    assert reason in str(refused.value)


@given(st.text(max_size=40) | st.text(max_size=30).map("http://".__add__) | st.from_regex(r"https?://[^/]{1,20}/.*"))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        url = parse_address(text, POLICY)
    except RefusedAddressError:
        return
    assert parse_address(str(url), POLICY) == url


@pytest.mark.parametrize(
    ("number", "wanted"),
    [
        ("8.8.8.8", True),
        ("203.162.0.1", True),
        ("0.0.0.0", False),  # noqa: S104 - nothing is bound to it
        ("10.0.0.1", False),
        ("100.64.0.1", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("172.16.0.1", False),
        ("192.0.0.9", False),
        ("192.0.2.1", False),
        ("192.88.99.1", False),
        ("192.168.1.1", False),
        ("198.18.0.1", False),
        ("198.51.100.1", False),
        ("203.0.113.1", False),
        ("224.0.0.1", False),
        ("239.255.255.250", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("2606:4700::1111", True),
        ("2a00:1450:4001::1", True),
        ("::", False),
        ("::1", False),
        ("::8.8.8.8", False),
        ("::ffff:8.8.8.8", False),
        ("::ffff:0:127.0.0.1", False),
        ("64:ff9b::808:808", False),
        ("64:ff9b:1::1", False),
        ("100::1", False),
        ("2001::1", False),
        ("2001:20::1", False),
        ("2001:db8::1", False),
        ("2002:808:808::", False),
        ("3fff::1", False),
        ("5f00::1", False),
        ("fc00::1", False),
        ("fe80::1", False),
        ("2606:4700::1111%eth0", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("ff0e::1", False),
    ],
)
def test_numbers_of_the_public_internet(number: str, wanted: bool) -> None:
    assert is_public(ip_address(number)) is wanted


@given(st.ip_addresses(v=4).map(int))
def test_no_tunnel_or_translation_is_public(number: int) -> None:
    """Whatever IPv4 address it carries: who speaks for it is not who was checked."""
    carriers = {
        "mapped": 0xFFFF << 32 | number,
        "compatible": number,
        "translated": 0x64FF9B << 96 | number,
        "6to4": 0x2002 << 112 | number << 80,
        "Teredo": 0x20010000 << 96 | number ^ 0xFFFFFFFF,
    }
    assert [name for name, carrier in carriers.items() if is_public(IPv6Address(carrier))] == []


@given(st.ip_addresses())
def test_public_is_never_more_than_global(number: IPv4Address | IPv6Address) -> None:
    assert not is_public(number) or number.is_global


def test_an_allowed_network_is_allowed_and_no_other() -> None:
    policy = FetchPolicy(allowed_networks=(IPv4Network("10.1.0.0/16"),))
    assert check_number("10.1.2.3", policy) == IPv4Address("10.1.2.3")
    for number in ("10.2.0.1", "127.0.0.1", "::ffff:10.1.2.3"):
        with pytest.raises(RefusedAddressError):
            check_number(number, policy)


@pytest.mark.parametrize("limit", ["timeout_s", "max_bytes", "pause_s", "max_listed"])
def test_a_limit_below_zero_is_a_mistake(limit: str) -> None:
    with pytest.raises(ValueError, match=f"{limit} is -1"):
        FetchPolicy(**{limit: -1})
