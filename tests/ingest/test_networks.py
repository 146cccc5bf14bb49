"""What is not in the open internet is not connected to, however it is written."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accession import Reason
from ingest.fetch.fetcher import Fetcher
from ingest.fetch.names import numbers_of, system_resolver
from ingest.fetch.networks import is_open
from ingest.fetch.target import target_of
from ingest.zips import Refused

CLOSED = """
127.0.0.1 127.1 127.0.1 127.255.255.254 2130706433 0x7f000001 0x7f.1 0x7f.0x0.0x0.0x1 017700000001
0177.0.0.1 0177.1 0 0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 0x0a000001 167772161 012.0.0.1
100.64.0.1 100.127.255.254 169.254.169.254 169.254.0.1 0xa9fea9fe 2852039166 172.16.0.1 172.31.255.254
192.168.0.1 192.168.1.1 3232235777 0xc0.0xa8.1.1 192.0.0.1 192.0.2.1 198.18.0.1 198.51.100.7
203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
[::] [::1] [0:0:0:0:0:0:0:1] [::127.0.0.1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:10.0.0.1]
[::ffff:169.254.169.254] [64:ff9b::127.0.0.1] [64:ff9b::a00:1] [64:ff9b:1::1.2.3.4] [2002:7f00:1::]
[2002:a00:1::1] [2002:c0a8:101::1] [2001:0:7f00:1::] [2001::1] [fe80::1] [fec0::1] [fc00::1]
[fd12:3456:789a::1] [ff02::1] [ff0e::1] [2001:db8::1] [3fff::1] [100::1] [5f00::1] [::2]
１２７.0.0.1 127.0.0。1 localhost localhost. LOCALHOST 127.0.0.1. １２７。０。０。１ ①②⑦.0.0.1 127.0.0.1:80 [::1]:8080
169.254.169.254. 0xA9.0xFE.0xA9.0xFE [::ffff:a9fe:a9fe] [64:ff9b::a9fe:a9fe] [2002:a9fe:a9fe::1] 169.254.43518
""".split()  # noqa: SIM905


@pytest.fixture(scope="module")
def fetcher() -> Fetcher:
    return Fetcher()


@pytest.mark.parametrize("host", CLOSED)
def test_no_way_of_writing_a_closed_address_gets_through(fetcher: Fetcher, host: str) -> None:
    with pytest.raises(Refused) as refused:
        fetcher.get(f"http://{host}/x")
    assert refused.value.reason is Reason.REFUSED_ADDRESS


@pytest.mark.parametrize("host", CLOSED)
def test_no_redirect_leads_to_a_closed_address(host: str) -> None:
    for to in (f"http://{host}/x", f"//{host}/x", f"https://{host}/"):
        with pytest.raises(Refused) as refused:
            numbers_of(target_of("http://news.example/a").at(to), system_resolver, 2, private=False)
        assert refused.value.reason is Reason.REFUSED_ADDRESS


@pytest.mark.parametrize(
    "url",
    [
        "http://news.example@127.0.0.1/",
        "http://127.0.0.1@news.example/",
        "http://[fe80::1%25eth0]/",
        "http://[fe80::1%eth0]/",
        "http://127.0.0.1\\@news.example/",
        "http://127.0.0.1#@news.example/",
        "http://127.0.0.1?@news.example/",
        "http://news.example:99999/",
        "http://news.example:-1/",
        "http:///127.0.0.1/",
        "http://127.0.0.1%2f@news.example/",
        "http://127.0.0.1\t/",
        "file://127.0.0.1/etc/passwd",
        "gopher://127.0.0.1:6379/_x",
        "http://",
        "http://[::1/",
        "http://256.256.256.256.256/",
    ],
)
def test_an_address_that_can_be_read_in_two_ways_gets_nowhere(url: str) -> None:
    def nobody(host: str, _: int) -> list[str]:
        return ["127.0.0.1"]  # whatever its name

    with pytest.raises(Refused):
        Fetcher(resolver=nobody).get(url)


@pytest.mark.parametrize(
    "number",
    [
        "1.1.1.1",
        "8.8.8.8",
        "2606:4700::1111",
        "64:ff9b::8.8.8.8",
        "2002:808:808::1",
        "::ffff:8.8.8.8",
    ],
)
def test_what_anybody_can_reach_is_open(number: str) -> None:
    assert is_open(number)


@given(st.integers(0, 2**32 - 1))
def test_a_number_packed_in_another_is_as_open_as_it_is_itself(number: int) -> None:
    plain = is_open(str(IPv4Address(number)))
    packed = {
        "mapped": 0xFFFF << 32 | number,
        "nat64": 0x64FF9B << 96 | number,
        "6to4": 0x2002 << 112 | number << 80,
        "compatible": number,
    }
    assert {name: is_open(str(IPv6Address(one))) for name, one in packed.items()} == dict.fromkeys(
        packed, plain
    )
