"""Mails are read for what they say: a newsletter's article, not its machinery."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage

import pytest

from accession import Reason
from article import Article, Author, Kind, Link, Precision
from ingest import registry
from ingest.mail import eml, mbox
from ingest.mail.around import is_around
from ingest.mail.senders import Sender, read_sender
from ingest.parsed import Given, Parsed, Unread
from ingest.signs import by_content

WINTER = (
    "Im Winter öffnen die Cafés am Hafen erst um neun Uhr, sagte der Rat der Stadt am Dienstag."
)
LEAD = "The council of Lower Haven voted on Tuesday for a pier that will cost four million."


def mail(text: str = LEAD, html: str = "", **fields: str) -> EmailMessage:
    message = EmailMessage(policy=policy.SMTP)
    head = {
        "From": "Lena Morrow <lena@haven.example>",
        "Subject": "A vote on the pier",
        "Date": "Tue, 14 Mar 2023 23:30:00 -0500",
        "Message-ID": "<1.2@haven.example>",
        **{name.replace("_", "-"): value for name, value in fields.items()},
    }
    for name, value in head.items():
        if value:
            message[name] = value
    if text:
        message.set_content(text)
    if html:
        message.add_alternative(f"<html><body>{html}</body></html>", subtype="html")
    return message


def result(data: bytes | EmailMessage) -> Parsed | Unread:
    (only,) = eml.parse(Given(data if isinstance(data, bytes) else bytes(data), "a.eml"))
    return only


def parsed(data: bytes | EmailMessage) -> Parsed:
    found = result(data)
    assert isinstance(found, Parsed), found
    return found


def article(data: bytes | EmailMessage) -> Article:
    return parsed(data).article


def texts(found: Article) -> list[str]:
    return [paragraph.text for paragraph in found.paragraphs]


def raw(body: bytes, kind: str = "text/plain; charset=utf-8", more: str = "") -> bytes:
    head = f"From: Lena Morrow <l@haven.example>\r\nSubject: A vote\r\nContent-Type: {kind}\r\n{more}\r\n"
    return head.encode() + body


def test_subject_sender_and_date_are_headline_author_and_day_of_the_sender() -> None:
    found = parsed(mail())
    assert found.kind == "eml"
    assert found.article.headline == "A vote on the pier"
    assert found.article.authors == (Author("Lena Morrow"),)
    assert found.article.site is None
    published = found.article.published
    assert published is not None
    assert (published.date, published.precision) == ("2023-03-14", Precision.TIME)
    assert published.moment == "2023-03-14T23:30:00-05:00"
    assert found.article.source_id == "1.2@haven.example"
    assert found.article.origins == dict.fromkeys(("headline", "authors", "published"), "mail")
    assert texts(found.article) == [LEAD]


@pytest.mark.parametrize(
    ("subject", "headline"),
    [
        ("Fwd: Re: A vote", "A vote"),
        ("AW: WG: A vote", "A vote"),
        ("RE[2]: A vote", "A vote"),
        ("Report: a vote", "Report: a vote"),
        ("=?utf-8?q?Une_d=C3=A9cision?= =?utf-8?q?_rare?=", "Une décision rare"),
        ("=?iso-8859-1?B?RORobmU=?= und Boot", "Dähne und Boot"),
    ],
)
def test_a_subject_is_read_without_what_mail_programs_add(subject: str, headline: str) -> None:
    data = bytes(mail(Subject="")).replace(b"From:", f"Subject: {subject}\r\nFrom:".encode(), 1)
    assert article(data).headline == headline


@pytest.mark.parametrize(
    ("name", "domain", "listed", "sender"),
    [
        ("Lena Morrow", "gmail.com", False, Sender((Author("Lena Morrow"),))),
        ("Lena Morrow", "haven.example", True, Sender((Author("Lena Morrow"),), "haven.example")),
        (
            "Lena Morrow at The Strait Gazette",
            "gazette.example",
            True,
            Sender((Author("Lena Morrow"),), "The Strait Gazette"),
        ),
        (
            "Lena Morrow, Strait Gazette",
            "gazette.example",
            False,
            Sender((Author("Lena Morrow"),), "Strait Gazette"),
        ),
        ("The Strait Gazette", "gazette.example", False, Sender((), "The Strait Gazette")),
        ("Haven Letter", "substack.com", True, Sender((), "Haven Letter")),
        ("", "newsletter.e.gazette.example", True, Sender((), "gazette.example")),
        ("", "gmail.com", True, Sender()),
    ],
)
def test_a_person_is_an_author_and_a_publication_the_site(
    name: str, domain: str, listed: bool, sender: Sender
) -> None:
    assert read_sender(name, domain, listed) == sender


@pytest.mark.parametrize("field", ["List_Id", "List_Unsubscribe", "Precedence"])
def test_a_mail_sent_to_many_has_its_sender_s_domain_as_site(field: str) -> None:
    assert article(mail(**{field: "bulk"})).site == "haven.example"


NEWSLETTER = f"""
<div style="display:none;max-height:0">What you will read today \u034f\u200c\u034f</div>
<table role="presentation"><tr><td><a href="https://click.example/v?u=1">View in your browser</a></td></tr>
<tr><td><table><tr><td><h1>A vote on the pier</h1></td></tr>
<tr><td style="font-size:0px"><div style="font-size:14px"><p>{LEAD}</p><h2>What it costs</h2>
<blockquote>We have waited.</blockquote><p>See <a href="https://haven.example/plan">the plan</a>.</p></div></td>
<td><p>A second column, which is laid out beside the first one.</p></td></tr></table></td></tr>
<tr><td><a href="https://x.example/">Facebook</a> | <a href="https://y.example/">Twitter</a></td></tr>
<tr><td>You received this email because you signed up. <a href="https://click.example/u">Unsubscribe</a></td></tr>
<tr><td>© 2023 The Strait Gazette, 1 Quay Street</td></tr></table>
<img src="https://click.example/open.gif" width="1" height="1" alt="">
"""


def test_a_newsletter_is_read_without_what_stands_around_it() -> None:
    found = article(mail("Read this on the web.", NEWSLETTER))
    assert [(one.kind, one.text) for one in found.paragraphs] == [
        (Kind.BODY, LEAD),
        (Kind.SUBHEADING, "What it costs"),
        (Kind.QUOTE, "We have waited."),
        (Kind.BODY, "See the plan."),
        (Kind.BODY, "A second column, which is laid out beside the first one."),
    ]
    assert found.links[0] == Link("outgoing", "https://haven.example/plan", "the plan")
    assert not any("click.example" in link.url for link in found.links)
    assert found.url is None


@pytest.mark.parametrize(
    "text",
    [
        "If you no longer wish to hear from us, unsubscribe here.",
        "Trouble reading this? View it in your browser",
        "Diese Nachricht im Browser ansehen",
        "Newsletter abbestellen",
        "Se désinscrire de cette lettre",
        "Если вы хотите отписаться, нажмите здесь",
        "This email was sent to lena@haven.example",
        "Facebook · Instagram · YouTube",
        "© 2024 Haven Media. All rights reserved.",
    ],
)
def test_the_machinery_of_a_newsletter_is_known(text: str) -> None:
    assert is_around(text)


@pytest.mark.parametrize(
    "text",
    [
        "The union said it would not forward the letter to the mayor.",
        "Readers may view the plans in the town hall.",
        "The council sent to its lawyers a bill of 2024.",
        "He opened the browser window and read the news about the app.",
        "Twitter said on Monday that it would leave the town.",
        "They unsubscribed in their thousands. " * 9,
    ],
)
def test_what_an_article_says_of_such_things_stays(text: str) -> None:
    assert not is_around(text)


def test_the_headline_of_the_page_is_kept_where_the_subject_is_another() -> None:
    found = article(mail("x", f"<h1>A narrow vote</h1><p>{LEAD}</p>"))
    assert found.headline == "A vote on the pier"
    assert (found.paragraphs[0].kind, found.paragraphs[0].text) == (
        Kind.SUBHEADING,
        "A narrow vote",
    )


def test_a_first_line_of_no_style_stays_a_paragraph() -> None:
    found = article(mail(f"Good morning\n\n{LEAD} {LEAD}"))
    assert [one.kind for one in found.paragraphs] == [Kind.BODY, Kind.BODY]
    assert texts(found)[0] == "Good morning"


def test_short_paragraphs_of_a_page_are_not_joined_as_lines_would_be() -> None:
    lines = [
        "The council of Lower Haven voted on Tuesday for a pier that will",
        "cost four million and that nobody will be able to see from the",
        "town, for it lies behind the hill.",
    ]
    assert texts(article(mail("x", "".join(f"<p>{one}</p>" for one in lines)))) == lines


def test_a_byline_in_the_text_goes_before_the_sender() -> None:
    html = f"<h1>A vote on the pier</h1><p>By Tadeo Brill</p><p>{LEAD}</p>"
    found = article(mail("x", html, From="The Strait Gazette <n@gazette.example>"))
    assert (found.authors, found.site) == ((Author("Tadeo Brill"),), "The Strait Gazette")
    assert texts(found) == [LEAD]


def test_plain_text_is_read_where_there_is_no_html() -> None:
    lines = "The council of Lower Haven voted on Tuesday for a pier that will cost\nfour million."
    text = (
        f"{lines}\n\nThe second paragraph.\n\nUnsubscribe: https://haven.example/u\n\n-- \nLena\n"
    )
    assert texts(article(mail(text))) == [LEAD, "The second paragraph."]


def test_flowed_lines_are_joined_where_they_say_so() -> None:
    body = (
        b"The council of \r\nLower Haven \r\nvoted.\r\n\r\n From the town hall.\r\n-- \r\nLena\r\n"
    )
    found = article(raw(body, "text/plain; charset=utf-8; format=flowed"))
    assert texts(found) == ["The council of Lower Haven voted.", "From the town hall."]
    body = b"Ein lan \r\nges Wort.\r\n"
    assert texts(article(raw(body, "text/plain; format=flowed; delsp=yes"))) == ["Ein langes Wort."]


@pytest.mark.parametrize(
    ("body", "charset", "more", "text"),
    [
        ("Совет решил.".encode(), "windows-1251", "", "Совет решил."),
        ("Совет решил.".encode("koi8-r"), "koi8-r", "", "Совет решил."),
        ("Cafés öffnen früh.".encode("cp1252"), "utf-8", "", "Cafés öffnen früh."),
        ("港の決定。".encode("iso-2022-jp"), "iso-2022-jp", "", "港の決定。"),
        (WINTER.encode("cp1252"), "no-such-thing", "", WINTER),
        (
            b"Caf=C3=A9s =C3=B6ff=\r\nnen.",
            "utf-8",
            "Content-Transfer-Encoding: quoted-printable\r\n",
            "Cafés öffnen.",
        ),
        (b"Q2Fmw6lz", "utf-8", "Content-Transfer-Encoding: base64\r\n", "Cafés"),
    ],
)
def test_words_are_read_whatever_their_charset_says(
    body: bytes, charset: str, more: str, text: str
) -> None:
    assert texts(article(raw(body, f"text/plain; charset={charset}", more))) == [text]
    if not more:
        html = b"<p>" + body + b"</p>"
        assert texts(article(raw(html, f"text/html; charset={charset}"))) == [text]


def test_attachments_are_named_and_not_read() -> None:
    message = mail()
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="pläne.pdf")
    message.add_attachment("not this", filename="notes.txt")
    found = parsed(message)
    assert found.warnings == ("attachment not read: pläne.pdf", "attachment not read: notes.txt")
    assert texts(found.article) == [LEAD]


@pytest.mark.parametrize("html", ["", f"<p>{LEAD}</p>"])
def test_texts_between_pictures_are_part_of_the_mail(html: str) -> None:
    message = mail(LEAD, html)
    message.make_mixed()
    for kind, text in (("plain", "Below the picture."), ("html", "<p>And below that.</p>")):
        part = EmailMessage(policy=policy.SMTP)
        part.set_content(text, subtype=kind)
        message.attach(part)
    found = parsed(message)
    assert texts(found.article) == [LEAD, "Below the picture.", "And below that."]
    assert found.warnings == ()


def test_a_forwarded_mail_is_that_of_who_wrote_it() -> None:
    head = "---------- Forwarded message ---------\nFrom: The Strait Gazette <n@gazette.example>\n"
    head += (
        "Date: Mon, 13 Mar 2023 at 08:00\nSubject: A vote on the pier\nTo: <me@haven.example>\n\n"
    )
    found = article(mail(f"Look at this.\n\n{head}\n{LEAD}", Subject="Fwd: A vote on the pier"))
    assert (found.authors, found.site) == ((), "The Strait Gazette")
    assert found.published is not None
    assert found.published.date == "2023-03-13"
    assert found.headline == "A vote on the pier"
    assert texts(found) == ["Look at this.", LEAD]


def test_a_forwarded_page_is_that_of_who_wrote_it() -> None:
    html = (
        "<div>---------- Forwarded message ---------<br>From: <b>Oona Birch</b> &lt;o@haven.example&gt;<br>"
        f"Date: Mon, Mar 13, 2023 at 8:00 AM<br>Subject: A vote<br>To: me<br></div><p>{LEAD}</p>"
    )
    found = article(mail("x", html, Subject="Fwd: A vote"))
    assert found.authors == (Author("Oona Birch"),)
    assert found.published is not None
    assert found.published.date == "2023-03-13"
    assert texts(found) == [LEAD]


def test_the_address_of_a_mail_is_taken_only_where_it_is_clear() -> None:
    found = article(mail(Archived_At="<https://www.gazette.example/2023/pier>"))
    assert (found.url, found.site) == ("https://www.gazette.example/2023/pier", "gazette.example")
    html = (
        '<p><a href="https://gazette.example/letters/pier">Read online</a></p>' + f"<p>{LEAD}</p>"
    )
    assert article(mail("x", html)).url == "https://gazette.example/letters/pier"
    assert article(mail("x", html.replace("pier", "pier?u=9"))).url is None


def test_a_date_that_cannot_be_read_is_said_so() -> None:
    found = parsed(mail(Date="").as_bytes().replace(b"From:", b"Date: some day\r\nFrom:", 1))
    assert found.article.published is None
    assert found.warnings == ("the date 'some day' could not be read",)


SECRET = "-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----"


def only_attached() -> EmailMessage:
    message = mail("")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="plan.pdf")
    return message


@pytest.mark.parametrize(
    ("data", "reason", "says"),
    [
        (b"", Reason.EMPTY, "empty"),
        (b"just words\n\nand more", Reason.MALFORMED, "no mail"),
        (mail(" "), Reason.EMPTY, "no text"),
        (only_attached(), Reason.EMPTY, "plan.pdf"),
        (mail(SECRET), Reason.ENCRYPTED, "decrypt"),
        (
            raw(b"MIIB", "application/pkcs7-mime; smime-type=enveloped-data"),
            Reason.ENCRYPTED,
            "decrypt",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__properties_version1.0".encode("utf-16-le"),
            Reason.UNKNOWN_FORMAT,
            "EML",
        ),
    ],
)
def test_what_cannot_be_read_says_why(
    data: bytes | EmailMessage, reason: Reason, says: str
) -> None:
    found = result(data)
    assert isinstance(found, Unread)
    assert found.reason is reason
    assert says in found.detail


@pytest.mark.parametrize(
    "data",
    [
        raw(b"--x\r\n\r\n", "multipart/alternative"),
        raw(b"words", "multipart/mixed; boundary=x"),
        raw(b"words", "text/plain; charset=\xff"[:30]),
        raw(b"words", "text", "Date: \r\nFrom: =?utf-8?b?//?=\r\nTo: :;,<>\r\n"),
        raw(b"words", "message/rfc822"),
        raw(b"=\xff=", "text/plain", "Content-Transfer-Encoding: quoted-printable\r\n"),
        raw(b"!!!", "text/plain", "Content-Transfer-Encoding: base64\r\n"),
    ],
)
def test_broken_mails_break_nothing(data: bytes) -> None:
    assert isinstance(result(data), Parsed | Unread)


def boxed(*mails: bytes) -> bytes:
    line = b"From lena@haven.example Tue Mar 14 23:30:00 2023\n"
    return b"".join(line + one.replace(b"\r\n", b"\n").rstrip() + b"\n\n" for one in mails)


def read_box(data: bytes) -> list[Parsed | Unread]:
    return list(mbox.parse(Given(data, "a.mbox")))


def test_a_mailbox_gives_a_mail_an_article_with_its_own_bytes() -> None:
    mails = [bytes(mail(Subject=subject)) for subject in ("One vote", "Two votes")]
    found = read_box(boxed(*mails))
    assert [one.item for one in found] == ["message 1", "message 2"]
    for one, data in zip(found, mails, strict=True):
        assert isinstance(one, Parsed)
        assert one.kind == "mbox"
        assert one.data == data.replace(b"\r\n", b"\n")
        assert one.article == article(data)


def test_a_line_that_begins_with_from_parts_no_mail() -> None:
    text = "It came late.\n\nFrom the hill one sees it.\n\n>From the town one does not."
    (only,) = read_box(boxed(bytes(mail(text))))
    assert isinstance(only, Parsed)
    assert texts(only.article) == [
        "It came late.",
        "From the hill one sees it.",
        "From the town one does not.",
    ]


def test_a_mail_that_cannot_be_read_costs_itself() -> None:
    first, second, third = read_box(boxed(bytes(mail()), b"no mail at all", bytes(mail())))
    assert isinstance(first, Parsed)
    assert isinstance(second, Unread)
    assert (second.reason, second.item) == (Reason.MALFORMED, "message 2")
    assert isinstance(third, Parsed)


@pytest.mark.parametrize(
    ("data", "reason"), [(b" \n", Reason.EMPTY), (bytes(mail()), Reason.MALFORMED)]
)
def test_what_is_no_mailbox_says_why(data: bytes, reason: Reason) -> None:
    (only,) = read_box(data)
    assert isinstance(only, Unread)
    assert only.reason is reason


def test_mails_and_mailboxes_are_known_by_how_they_begin() -> None:
    assert by_content(bytes(mail()), "") is registry.EML
    assert by_content(b"From: here to there\n\nA text: Subject: none", "") is registry.TEXT
    assert by_content(boxed(bytes(mail())), "") is registry.MBOX
    assert by_content(b"From the hill one saw 1914 ships\nand a town", "") is registry.TEXT


def test_headers_that_nest_without_end_cost_only_themselves() -> None:
    data = b"From: " + b"(" * 20_000 + b"\r\nSubject: A vote\r\n\r\nThe vote was narrow.\r\n"
    assert article(data).headline == "A vote"


def test_a_mailbox_whose_first_line_never_ends_is_read_at_once() -> None:
    for line in (b"From " + b"x" * 300_000, b"From " + b"00:00" * 60_000):
        (refused,) = mbox.parse(Given(line))
        assert isinstance(refused, Unread)


NEST = "x; y=" + "(" * 4_000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Content-Type", NEST),
        ("Content-Transfer-Encoding", NEST),
        ("Content-Disposition", NEST),
        ("To", '"' * 300_000),
        ("Content-Type", '"' * 300_000),
        ("Content-Transfer-Encoding", "a@" * 150_000),
    ],
)
def test_a_header_that_nobody_can_take_apart_costs_no_mail(name: str, value: str) -> None:
    bad = f"From: a@haven.example\nSubject: Another\n{name}: {value}\n\n{LEAD}\n".encode()
    found = read_box(boxed(bytes(mail()), bad, bytes(mail())))
    assert [texts(one.article) for one in found if isinstance(one, Parsed)] == [[LEAD]] * 3
