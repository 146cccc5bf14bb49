"""Pages are fetched politely, safely and within bounds; a site on this machine plays the web."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accession import Reason
from ingest.fetch import line, names
from ingest.fetch.fetcher import BadStatus, Fetcher
from ingest.fetch.limits import Limits
from ingest.fetch.unpacking import unpacked
from ingest.zips import Refused
from tests.site import Reply, Site, moved, page

LIMITS = Limits(connect=2, whole=0.5, most=100_000, pause=0, patience=0.4, tries=2)
CERTIFICATE = Path(__file__).with_name("certificate")


@pytest.fixture
def site() -> Iterator[Site]:
    with Site({"/ferry": page()}) as opened:
        yield opened


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with opened() as made:
        yield made


@contextmanager
def opened(
    limits: Limits = LIMITS,
    resolver: Callable[[str, int], Sequence[str]] = lambda *_: ["127.0.0.1"],
    *,
    private: bool = True,
) -> Iterator[Fetcher]:
    fetcher = Fetcher(limits, resolver, private=private)
    try:
        yield fetcher
    finally:
        fetcher.close()


def refusal(fetcher: Fetcher, url: str) -> Refused:
    with pytest.raises(Refused) as refused:
        fetcher.get(url)
    return refused.value


def robots(text: str) -> Reply:
    return Reply(text.encode(), headers={"Content-Type": "text/plain"})


def test_a_page_comes_with_its_address_and_headers(site: Site, fetcher: Fetcher) -> None:
    found = fetcher.get(site.url() + "#top")
    assert found.asked == site.url() + "#top"
    assert found.url == site.url()
    assert b"noon ferry" in found.data
    assert found.headers["content-type"] == "text/html; charset=utf-8"


def test_the_program_says_who_it_is(site: Site, fetcher: Fetcher) -> None:
    fetcher.get(site.url(host="news.example"))
    assert all(heard["user-agent"].startswith("Cuttings/0.1") for heard in site.heard)
    assert {heard["host"] for heard in site.heard} == {f"news.example:{site.port}"}


def test_the_environments_proxies_are_not_asked(
    site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert fetcher.get(site.url()).status == 200


# Redirects


def test_redirects_are_followed_five_times_and_no_further(site: Site, fetcher: Fetcher) -> None:
    site.routes |= {f"/{n}": moved(f"/{n + 1}") for n in range(1, 6)}
    site.routes["/6"] = page()
    site.routes["/0"] = moved("/1")
    assert fetcher.get(site.url("/1")).url == site.url("/6")
    assert refusal(fetcher, site.url("/0")).detail == "it leads on more than 5 times"


@pytest.mark.parametrize("to", ["/a b?c=d e", "/паром", "//news.example:{port}/x", "?y=1", " /z "])
def test_addresses_in_redirects_are_read_as_browsers_read_them(
    site: Site, fetcher: Fetcher, to: str
) -> None:
    to = to.format(port=site.port)
    site.routes["/a"] = moved(to.encode().decode("latin-1"))
    site.routes |= dict.fromkeys(
        ["/a%20b?c=d%20e", f"/{quote('паром')}", "/x", "/a?y=1", "/z"], page()
    )
    assert fetcher.get(site.url("/a")).status == 200


def test_only_redirects_that_are_for_good_give_a_new_address(site: Site, fetcher: Fetcher) -> None:
    site.routes |= {"/a": moved("/b", 301), "/b": moved("/c", 302), "/c": moved("/ferry", 301)}
    found = fetcher.get(site.url("/a"))
    assert (found.moved, found.url) == (site.url("/b"), site.url())


@pytest.mark.parametrize(
    "to",
    ["file:///etc/passwd", "ftp://news.example/x", "http://u:secret@news.example/", "http://[/"],
)
def test_a_redirect_to_no_page_of_the_web_is_not_followed(
    site: Site, fetcher: Fetcher, to: str
) -> None:
    site.routes["/a"] = moved(to)
    refused = refusal(fetcher, site.url("/a"))
    assert refused.reason in {Reason.REFUSED_ADDRESS, Reason.MALFORMED}
    assert "secret" not in refused.detail


def test_a_redirect_from_the_open_internet_into_a_private_network_is_not_followed(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "is_open", lambda number: number == "127.0.0.1")
    where = {"news.example": ["127.0.0.1"], "inside.example": ["10.0.0.5"]}
    site.routes["/a"] = moved(f"http://inside.example:{site.port}/ferry")
    with opened(resolver=lambda host, _: where[host], private=False) as fetcher:
        assert fetcher.get(site.url(host="news.example")).status == 200
        refused = refusal(fetcher, site.url("/a", "news.example"))
    assert refused.reason is Reason.REFUSED_ADDRESS
    assert "inside.example (10.0.0.5)" in refused.detail


def test_a_name_is_asked_for_once_a_request_and_that_number_is_connected_to(site: Site) -> None:
    """Who answers first with an open address and then with this machine's gains nothing by it."""
    answers = iter([["127.0.0.1"], ["127.0.0.1"]])  # for robots.txt and for the page
    with opened(resolver=lambda *_: next(answers)) as fetcher:
        assert fetcher.get(site.url(host="news.example")).status == 200
    assert next(answers, None) is None


def test_a_name_that_turns_to_a_private_network_between_two_requests_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "is_open", lambda number: number == "127.0.0.1")
    answers = iter([["127.0.0.1"], ["192.168.0.5"]])
    with opened(resolver=lambda *_: next(answers), private=False) as fetcher:
        assert refusal(fetcher, site.url(host="n.example")).reason is Reason.REFUSED_ADDRESS
    assert site.asked == ["/robots.txt"]


def test_a_closed_number_among_open_ones_is_not_connected_to(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "is_open", lambda number: number == "127.0.0.1")
    with opened(resolver=lambda *_: ["127.0.0.2", "127.0.0.1"], private=False) as fetcher:
        assert fetcher.get(site.url(host="news.example")).status == 200


def test_where_a_number_does_not_answer_the_next_is_tried(site: Site) -> None:
    with opened(resolver=lambda *_: ["::1", "127.0.0.1"]) as fetcher:
        assert fetcher.get(site.url(host="news.example")).status == 200


def test_a_front_page_is_not_taken_for_one_of_its_articles(site: Site, fetcher: Fetcher) -> None:
    site.routes |= {"/": page(), "/2019/storm": moved("/")}
    assert "the page is gone" in refusal(fetcher, site.url("/2019/storm")).detail
    assert fetcher.get(site.url("/")).status == 200


# Safe connections


def test_name_and_certificate_are_those_of_the_host_not_of_its_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trusted, told = CERTIFICATE / "certificate.pem", list[str | None]()
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    line.trust.cache_clear()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(trusted, CERTIFICATE / "key.pem")
    context.sni_callback = lambda _, name, __: told.append(name)
    with Site({"/ferry": page()}, tls=context) as site, opened() as fetcher:
        secure = site.url(host="news.example").replace("http:", "https:")
        assert fetcher.get(secure).status == 200
        refused = refusal(fetcher, secure.replace("news.", "other."))
    line.trust.cache_clear()
    assert told == ["news.example", "news.example", "other.example"]
    assert refused.reason is Reason.UNREACHABLE
    assert "its certificate is not valid: Hostname mismatch" in refused.detail


# Bounds


def test_a_server_that_drips_bytes_is_cut_off_at_the_time_of_a_page(
    site: Site, fetcher: Fetcher
) -> None:
    site.routes |= {"/body": drip(b"HTTP/1.0 200 OK\r\n\r\n"), "/headers": drip(b"HTTP/1.0 200 ")}
    for path in ("/body", "/headers"):
        begun = time.monotonic()
        refused = refusal(fetcher, site.url(path))
        assert refused.reason is Reason.TIMEOUT
        assert 0.4 < time.monotonic() - begun < 1.4


def drip(start: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(start)
        for _ in range(60):
            request.wfile.write(b"x")
            request.wfile.flush()
            time.sleep(0.05)
        request.close_connection = True

    return answer


def test_a_server_that_says_nothing_is_waited_for_no_longer(fetcher: Fetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        begun = time.monotonic()
        assert refusal(fetcher, f"http://news.example:{port}/").reason is Reason.TIMEOUT
        assert time.monotonic() - begun < 1.9


def test_redirects_do_not_give_a_page_more_time(site: Site, fetcher: Fetcher) -> None:
    def slow(request: BaseHTTPRequestHandler) -> None:
        time.sleep(0.2)
        moved(request.path + "x")(request)

    site.routes |= dict.fromkeys(["/s", "/sx", "/sxx", "/sxxx"], slow)
    assert refusal(fetcher, site.url("/s")).reason is Reason.TIMEOUT
    assert "/sxxx" not in site.asked


def test_a_name_that_is_never_answered_is_given_up() -> None:
    asked = threading.Event()
    with opened(replace(LIMITS, connect=0.2), lambda *_: [str(asked.wait(2))]) as fetcher:
        assert "is there a network?" in refusal(fetcher, "http://news.example/").detail
    asked.set()


BOMBS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "gzip, gzip": lambda data: gzip.compress(gzip.compress(data)),
    "identity": lambda data: data,
}


@pytest.mark.parametrize("packing", BOMBS)
def test_a_page_over_the_limit_is_stopped_as_it_is_unpacked(
    site: Site, fetcher: Fetcher, packing: str
) -> None:
    bomb = BOMBS[packing](b"0" * (30 << 20))
    site.routes["/bomb"] = Reply(bomb, headers={"Content-Encoding": packing})
    assert refusal(fetcher, site.url("/bomb")).reason is Reason.TOO_LARGE


def test_a_page_without_end_is_stopped(site: Site, fetcher: Fetcher) -> None:
    def endless(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(1000):
            request.wfile.write(b"1000\r\n" + b"0" * 4096 + b"\r\n")

    site.routes["/endless"] = endless
    assert refusal(fetcher, site.url("/endless")).reason is Reason.TOO_LARGE


def test_damaged_packing_and_a_broken_connection_are_told(site: Site, fetcher: Fetcher) -> None:
    site.routes["/damaged"] = Reply(b"no gzip", headers={"Content-Encoding": "gzip"})
    site.routes["/short"] = raw(b"HTTP/1.0 200 OK\r\nContent-Length: 100\r\n\r\nshort")
    site.routes["/nonsense"] = raw(b"nonsense\r\n")
    assert refusal(fetcher, site.url("/damaged")).reason is Reason.MALFORMED
    for path in ("/short", "/nonsense"):
        refused = refusal(fetcher, site.url(path))
        assert refused.reason is Reason.UNREACHABLE
        assert refused.detail.startswith("the connection broke off: ")


def test_a_flood_of_headers_is_not_taken_in(site: Site, fetcher: Fetcher) -> None:
    floods = {"/many": b"X: y\r\n" * 50_000, "/long": b"X: " + b"y" * 5_000_000 + b"\r\n"}
    for path, flood in floods.items():
        site.routes[path] = raw(b"HTTP/1.0 200 OK\r\n" + flood + b"\r\nwords")
        assert refusal(fetcher, site.url(path)).reason is Reason.UNREACHABLE


def raw(answer: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    def write(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(answer)

    return write


WORDS = "".join(f"line {n} of the page\n" for n in range(9_000)).encode()
RAW = zlib.compressobj(wbits=-zlib.MAX_WBITS)
PACKED = {
    "gzip": gzip.compress(WORDS),
    "GZIP ": gzip.compress(WORDS[:100]) + gzip.compress(WORDS[100:]) + b"\0" * 9,
    "x-gzip": gzip.compress(WORDS) + b"junk",
    "deflate": zlib.compress(WORDS),
    "identity, deflate": RAW.compress(WORDS) + RAW.flush(),
    "deflate, gzip": gzip.compress(zlib.compress(WORDS)),
}


@pytest.mark.parametrize("packing", PACKED)
def test_a_packed_page_is_unpacked_whole_or_not_at_all(site: Site, packing: str) -> None:
    headers, data = {"Content-Encoding": packing}, PACKED[packing]
    site.routes |= {
        "/whole": Reply(data, headers=headers),
        "/cut": Reply(data[:2000], headers=headers),
    }
    with opened(replace(LIMITS, most=1_000_000)) as fetcher:
        assert fetcher.get(site.url("/whole")).data == WORDS
        refused = refusal(fetcher, site.url("/cut"))
    assert refused.detail == "the page came packed, and breaks off"


@given(st.binary(max_size=300), st.integers(1, 50), st.sampled_from([*BOMBS]))
def test_however_the_pieces_fall_a_page_is_what_was_packed(
    data: bytes, size: int, packing: str
) -> None:
    packed = BOMBS[packing](data)
    pieces = (packed[at : at + size] for at in range(0, len(packed), size))
    assert b"".join(unpacked(pieces, packing)) == data


def test_a_page_packed_in_a_way_that_nobody_asked_for_is_refused(
    site: Site, fetcher: Fetcher
) -> None:
    site.routes["/br"] = Reply(b"words", headers={"Content-Encoding": "br"})
    refused = refusal(fetcher, site.url("/br"))
    assert refused.reason is Reason.MALFORMED
    assert site.heard[-1]["accept-encoding"] == "gzip, deflate"


def test_closing_ends_what_is_under_way(site: Site) -> None:
    site.routes["/body"] = drip(b"HTTP/1.0 200 OK\r\n\r\n")
    with opened(replace(LIMITS, whole=20)) as fetcher:
        begun = time.monotonic()
        threading.Timer(0.2, fetcher.close).start()
        assert refusal(fetcher, site.url("/body")).reason is Reason.UNREACHABLE
        assert "stopped" in refusal(fetcher, site.url()).detail
        assert time.monotonic() - begun < 2


# What a site says


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /\nAllow: /ferry", True),
        ("User-agent: *\nDisallow: /*.html$", True),
        ("User-agent: *\nDisallow: /f*y", False),
        ("User-agent: cuttings\nDisallow: /\n\nUser-agent: *\nDisallow:", False),
        ("User-agent: other\nDisallow: /", True),
        ("<html>no rules at all</html>", True),
    ],
)
def test_robots_are_heeded(site: Site, fetcher: Fetcher, rules: str, allowed: bool) -> None:
    site.routes["/robots.txt"] = robots(rules)
    if allowed:
        assert fetcher.get(site.url()).status == 200
    else:
        refused = refusal(fetcher, site.url())
        assert refused.reason is Reason.NOT_ALLOWED
        assert "/ferry" not in site.asked


def test_robots_are_asked_for_once_and_followed_where_they_moved(
    site: Site, fetcher: Fetcher
) -> None:
    site.routes |= {
        "/robots.txt": moved("/rules"),
        "/rules": robots("User-agent: *\nDisallow: /no"),
    }
    for _ in range(3):
        fetcher.get(site.url())
    assert refusal(fetcher, site.url("/no")).reason is Reason.NOT_ALLOWED
    assert site.asked == ["/robots.txt", "/rules", "/ferry", "/ferry", "/ferry"]


def test_a_page_that_a_redirect_leads_to_is_under_the_rules_of_its_site(
    site: Site, fetcher: Fetcher
) -> None:
    with Site({"/ferry": page(), "/robots.txt": robots("User-agent: *\nDisallow: /")}) as other:
        site.routes["/a"] = moved(other.url(host="other.example"))
        assert refusal(fetcher, site.url("/a")).reason is Reason.NOT_ALLOWED


@pytest.mark.parametrize("status", [404, 401, 403])
def test_a_site_without_robots_allows_everything(site: Site, fetcher: Fetcher, status: int) -> None:
    site.routes["/robots.txt"] = Reply(status=status)
    assert fetcher.get(site.url()).status == 200


@pytest.mark.parametrize("status", [500, 502])
def test_robots_that_cannot_be_read_now_stop_all_of_the_site(
    site: Site, fetcher: Fetcher, status: int
) -> None:
    site.routes["/robots.txt"] = Reply(status=status)
    refused = refusal(fetcher, site.url())
    assert refused.reason is Reason.UNREACHABLE
    assert "try again later" in refused.detail
    assert site.asked == ["/robots.txt"]


def test_a_busy_site_is_asked_again_when_it_said(site: Site, fetcher: Fetcher) -> None:
    replies = iter([Reply(status=503, headers={"Retry-After": "0"}), page()])
    site.routes["/ferry"] = lambda request: next(replies)(request)  # noqa: PLW0108 - each its own
    assert fetcher.get(site.url()).status == 200


def test_a_site_that_stays_busy_is_given_up(site: Site, fetcher: Fetcher) -> None:
    site.routes["/ferry"] = Reply(status=429, headers={"Retry-After": "0"})
    refused = refusal(fetcher, site.url())
    assert isinstance(refused, BadStatus)
    assert refused.status == 429
    assert site.asked.count("/ferry") == LIMITS.tries


@pytest.mark.parametrize(
    "written", [lambda at: "3600", lambda at: format_datetime(at, usegmt=True)], ids=["s", "date"]
)
def test_a_site_that_wants_to_be_left_alone_for_long_is_not_asked_again_in_this_run(
    site: Site, fetcher: Fetcher, written: Callable[[datetime], str]
) -> None:
    wait = written(datetime.now(UTC) + timedelta(seconds=3601))
    site.routes["/ferry"] = Reply(status=503, headers={"Retry-After": wait})
    begun = time.monotonic()
    for _ in range(3):
        assert "left alone for 60 minutes" in refusal(fetcher, site.url()).detail
    assert site.asked == ["/robots.txt", "/ferry"]
    assert time.monotonic() - begun < 0.5


def test_a_host_is_asked_one_thing_at_a_time_and_others_meanwhile(site: Site) -> None:
    under_way, most = list[str](), list[int]()

    def slow(request: BaseHTTPRequestHandler) -> None:
        under_way.append(request.headers["Host"])
        most.append(under_way.count(request.headers["Host"]))
        time.sleep(0.1)
        under_way.remove(request.headers["Host"])
        page()(request)

    site.routes["/ferry"] = slow
    with opened() as fetcher:
        urls = [site.url(host=f"{name}.example") for name in "aabb"]
        threads = [threading.Thread(target=fetcher.get, args=(url,)) for url in urls]
        begun = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert set(most) == {1}
    assert time.monotonic() - begun < 0.38


def test_a_page_that_is_not_there_is_told_with_its_number(site: Site, fetcher: Fetcher) -> None:
    refused = refusal(fetcher, site.url("/nowhere", "news.example"))
    assert refused.reason is Reason.HTTP_STATUS
    assert refused.detail == f"news.example:{site.port} answers 404 Not Found"


def test_nothing_new_is_an_answer_only_where_it_was_asked_for(site: Site, fetcher: Fetcher) -> None:
    site.routes["/ferry"] = Reply(status=304)
    assert fetcher.get(site.url(), {"If-None-Match": '"7"'}).status == 304
    assert site.heard[-1]["if-none-match"] == '"7"'
    assert refusal(fetcher, site.url()).reason is Reason.HTTP_STATUS


def test_without_a_network_a_page_fails_with_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_: object) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    with opened(resolver=nothing) as fetcher:
        refused = refusal(fetcher, "https://news.example/ferry")
        assert refused.reason is Reason.UNREACHABLE
        assert "is the name right, and is there a network?" in refused.detail
        monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
        told = refusal(fetcher, "http://news.example/ferry").detail
    assert told.endswith("(the proxy that your environment names is not used)")


def test_nobody_at_a_port_is_told(fetcher: Fetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    refused = refusal(fetcher, f"http://news.example:{port}/")
    assert refused.reason is Reason.UNREACHABLE
    assert refused.detail.startswith(f"no connection to news.example:{port}: Connection refused")
