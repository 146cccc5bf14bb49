"""The tables, as SQLAlchemy mappings; their `comment`s are the documentation `schema` prints.

Tables and views are a public interface: they change only through a migration and a changelog entry.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, MetaData, Text, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The registry of all mapped tables."""

    metadata = MetaData(naming_convention=CONVENTION)
    type_annotation_map = {str: Text, int: Integer, bytes: LargeBinary}  # noqa: RUF012


def _article_id(*, primary_key: bool = False) -> Mapped[int]:
    return mapped_column(
        ForeignKey("articles.id"), primary_key=primary_key, comment="the article it belongs to"
    )


class Described:
    """What an article and each of its earlier wordings have in common."""

    headline: Mapped[str | None] = mapped_column(comment="the headline")
    standfirst: Mapped[str | None] = mapped_column(comment="the summary under the headline")
    byline: Mapped[str | None] = mapped_column(comment="the byline as printed")
    dateline: Mapped[str | None] = mapped_column(comment="place and day that open a report")
    published: Mapped[str | None] = mapped_column(
        comment="the publisher's calendar date: YYYY, YYYY-MM or YYYY-MM-DD"
    )
    published_at: Mapped[str | None] = mapped_column(
        comment="the exact time, ISO 8601, with the publisher's offset where given"
    )
    published_precision: Mapped[str | None] = mapped_column(
        comment="how exactly it is known: year, month, day, time"
    )
    section: Mapped[str | None] = mapped_column(comment="the publisher's section or desk")
    language: Mapped[str | None] = mapped_column(comment="ISO 639 code, given or detected")
    site: Mapped[str | None] = mapped_column(comment="the site's host, without www.")
    url: Mapped[str | None] = mapped_column(comment="the canonical URL")
    word_count: Mapped[int] = mapped_column(comment="words in all paragraphs")
    content_hash: Mapped[str] = mapped_column(comment="SHA-256 of all a reader sees of it")
    origins: Mapped[str] = mapped_column(
        comment="JSON: where each value that was worked out was found"
    )


class ParagraphColumns:
    """What a current paragraph and an earlier one have in common."""

    kind: Mapped[str] = mapped_column(comment="body, caption, subheading, quote, list or related")
    text: Mapped[str] = mapped_column(comment="the paragraph's words")
    credit: Mapped[str | None] = mapped_column(comment="a caption's photographer or agency")
    url: Mapped[str | None] = mapped_column(comment="where a related link leads")
    hash: Mapped[str] = mapped_column(comment="first 16 hex digits of the text's SHA-256")


class ArticleRow(Described, Base):
    """One row an article, as it reads now; removed ones keep their row."""

    __tablename__ = "articles"
    __table_args__ = (
        Index(None, "published"),
        Index(None, "site"),
        Index(None, "language"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[int] = mapped_column(primary_key=True, comment="never used again")
    revision: Mapped[int] = mapped_column(comment="number of the current wording, from 1")
    added_at: Mapped[str] = mapped_column(comment="when it was first stored, UTC")
    changed_at: Mapped[str] = mapped_column(comment="when this row last changed, UTC")
    removed_at: Mapped[str | None] = mapped_column(comment="when it was removed, UTC; else NULL")


class ParagraphRow(ParagraphColumns, Base):
    """The current paragraphs, numbered from 1 in reading order."""

    __tablename__ = "paragraphs"
    __table_args__ = (Index(None, "article_id", "ordinal", unique=True),)
    id: Mapped[int] = mapped_column(primary_key=True, comment="the rowid of paragraphs_fts")
    article_id: Mapped[int] = _article_id()
    ordinal: Mapped[int] = mapped_column(comment="place in the article, from 1")


class AuthorRow(Base):
    """Persons and agencies that sign articles."""

    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True, comment="the author's number")
    name: Mapped[str] = mapped_column(unique=True, comment="the name, without 'By'")


class ArticleAuthorRow(Base):
    """Who signs which article, in the order of the byline."""

    __tablename__ = "article_authors"
    __table_args__ = (Index(None, "author_id"),)
    article_id: Mapped[int] = _article_id(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, comment="place in the byline, from 1")
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"), comment="the author")
    url: Mapped[str | None] = mapped_column(comment="the author's page, where the article links it")


class LinkRow(Base):
    """Addresses an article names."""

    __tablename__ = "links"
    article_id: Mapped[int] = _article_id(primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True, comment="place among the links, from 1")
    rel: Mapped[str] = mapped_column(comment="related, author, canonical or outgoing")
    url: Mapped[str] = mapped_column(comment="the address")
    text: Mapped[str | None] = mapped_column(comment="the words of the link")


class TagRow(Base):
    """Tags on articles: yours and the source's topics."""

    __tablename__ = "tags"
    __table_args__ = (Index(None, "tag"),)
    article_id: Mapped[int] = _article_id(primary_key=True)
    tag: Mapped[str] = mapped_column(primary_key=True, comment="the tag")


class UntaggedRow(Base):
    """Tags that a person took off an article: no source brings them back."""

    __tablename__ = "untagged"
    article_id: Mapped[int] = _article_id(primary_key=True)
    tag: Mapped[str] = mapped_column(primary_key=True, comment="the tag")


class IdentityRow(Base):
    """The keys an article is known by: canonical URL, source's id, hashes of its name and its words."""

    __tablename__ = "identities"
    __table_args__ = (Index(None, "article_id"), {"sqlite_with_rowid": False})
    key: Mapped[str] = mapped_column(
        primary_key=True,
        comment="url:..., source:...#id, name:SHA-256 of headline and day, text:... of both and text",
    )
    article_id: Mapped[int] = _article_id(primary_key=True)


class RevisionRow(Described, Base):
    """Every earlier wording of an article, whole."""

    __tablename__ = "revisions"
    article_id: Mapped[int] = _article_id(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, comment="the earlier wording's number")
    authors: Mapped[str] = mapped_column(comment="JSON: its authors, in order")
    cause: Mapped[str] = mapped_column(comment="what replaced it: source, reparse or edit")
    replaced_at: Mapped[str] = mapped_column(comment="when it was replaced, UTC")


class RevisionParagraphRow(ParagraphColumns, Base):
    """The paragraphs of earlier wordings."""

    __tablename__ = "revision_paragraphs"
    article_id: Mapped[int] = _article_id(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, comment="the earlier wording's number")
    ordinal: Mapped[int] = mapped_column(primary_key=True, comment="place in it, from 1")


class CopyRow(Base):
    """Every input that gave an article."""

    __tablename__ = "copies"
    __table_args__ = (Index(None, "article_id"), Index(None, "sha256"))
    id: Mapped[int] = mapped_column(primary_key=True, comment="grows with time")
    article_id: Mapped[int] = _article_id()
    location: Mapped[str] = mapped_column(comment="path or URL it came from")
    item: Mapped[str | None] = mapped_column(comment="its place in a file of many")
    kind: Mapped[str] = mapped_column(comment="the form it had: text/wrapped-blocks, jsonl, ...")
    sha256: Mapped[str] = mapped_column(comment="SHA-256 of its bytes: the row in originals")
    content_hash: Mapped[str] = mapped_column(comment="SHA-256 of what a reader sees of this copy")
    ingested_at: Mapped[str] = mapped_column(comment="when it was read, UTC")


class OriginalRow(Base):
    """The bytes as they came, so that a better parser can read them again."""

    __tablename__ = "originals"
    sha256: Mapped[str] = mapped_column(primary_key=True, comment="SHA-256 of the bytes")
    size: Mapped[int] = mapped_column(comment="length in bytes before compression")
    compression: Mapped[str] = mapped_column(comment="zlib, or none where that is shorter")
    data: Mapped[bytes] = mapped_column(comment="the bytes")


class IngestRow(Base):
    """The log: one row for every input ever tried."""

    __tablename__ = "ingests"
    __table_args__ = (Index(None, "outcome"), Index(None, "article_id"))
    id: Mapped[int] = mapped_column(primary_key=True, comment="grows with time")
    at: Mapped[str] = mapped_column(comment="when, UTC")
    location: Mapped[str] = mapped_column(comment="path or URL")
    item: Mapped[str | None] = mapped_column(comment="its place in a file of many")
    sha256: Mapped[str | None] = mapped_column(comment="SHA-256 of the bytes, where they were read")
    outcome: Mapped[str] = mapped_column(
        comment="added, revised, unchanged, duplicate, skipped or failed"
    )
    reason: Mapped[str | None] = mapped_column(comment="why it was skipped or failed")
    detail: Mapped[str | None] = mapped_column(comment="the same for people")
    warnings: Mapped[str] = mapped_column(comment="JSON: what to know of a stored article")
    article_id: Mapped[int | None] = mapped_column(
        ForeignKey("articles.id"), comment="the article it gave"
    )


class FileRow(Base):
    """Files that were read to their end: they are read again when they have changed."""

    __tablename__ = "files"
    __table_args__ = ({"sqlite_with_rowid": False},)
    location: Mapped[str] = mapped_column(primary_key=True, comment="its path")
    size: Mapped[int] = mapped_column(comment="bytes it had")
    modified: Mapped[int] = mapped_column(comment="when it was last changed, ns since 1970")
    articles: Mapped[int] = mapped_column(comment="how many articles it gave")
    skipped: Mapped[int] = mapped_column(comment="how many things in it were skipped")
    said: Mapped[str] = mapped_column(comment="JSON: what was said of it by options of ingest")
    program: Mapped[str] = mapped_column(comment="the version of the program that read it")
    read_at: Mapped[str] = mapped_column(comment="when, UTC")


class FailureRow(Base):
    """What could not be read when it was last tried; see also ingests, which keeps every try."""

    __tablename__ = "failures"
    __table_args__ = ({"sqlite_with_rowid": False},)
    location: Mapped[str] = mapped_column(primary_key=True, comment="path or URL")
    item: Mapped[str] = mapped_column(
        primary_key=True, comment="its place in a file of many; else empty"
    )
    reason: Mapped[str] = mapped_column(comment="why it failed")
    detail: Mapped[str] = mapped_column(comment="the same for people")
    failed_at: Mapped[str] = mapped_column(comment="when it was last tried, UTC")


class BookmarkRow(Base):
    """Saved links, from exports without the articles' words; each address once."""

    __tablename__ = "bookmarks"
    __table_args__ = (Index(None, "article_id"),)
    id: Mapped[int] = mapped_column(primary_key=True, comment="grows with time")
    url: Mapped[str] = mapped_column(comment="the address as it was saved")
    normal_url: Mapped[str] = mapped_column(
        unique=True, comment="the address as it is compared: a key in identities, without its url:"
    )
    headline: Mapped[str | None] = mapped_column(comment="what the link was called")
    tags: Mapped[str] = mapped_column(comment="JSON: its tags and folders")
    saved_at: Mapped[str | None] = mapped_column(
        comment="when a person saved it, ISO 8601, UTC where the offset is known"
    )
    note: Mapped[str | None] = mapped_column(comment="what was written of it")
    source: Mapped[str] = mapped_column(comment="path of the export it came from")
    added_at: Mapped[str] = mapped_column(comment="when it was first stored, UTC")
    article_id: Mapped[int | None] = mapped_column(
        ForeignKey("articles.id"), comment="the article with this address, once there is one"
    )


class FeedRow(Base):
    """Feeds that are followed."""

    __tablename__ = "feeds"
    id: Mapped[int] = mapped_column(primary_key=True, comment="grows with time")
    url: Mapped[str] = mapped_column(comment="its address, as it is asked for")
    normal_url: Mapped[str] = mapped_column(unique=True, comment="the address as it is compared")
    title: Mapped[str | None] = mapped_column(comment="what it calls itself")
    added_at: Mapped[str] = mapped_column(comment="since when it is followed, UTC")
    etag: Mapped[str | None] = mapped_column(comment="its server's mark of the last state read")
    last_modified: Mapped[str | None] = mapped_column(
        comment="its server's time of the last state read, as it wrote it"
    )
    tried_at: Mapped[str | None] = mapped_column(comment="when it was last asked for, UTC")
    outcome: Mapped[str | None] = mapped_column(
        comment="how that ended: read, nothing-new, failed or gone"
    )
    detail: Mapped[str | None] = mapped_column(comment="why it failed, for people")
    failures: Mapped[int] = mapped_column(comment="how often in a row it failed")


class FingerprintRow(Base):
    """What families are found by, for every article that is not removed (view: families)."""

    __tablename__ = "fingerprints"
    __table_args__ = (Index(None, "family", sqlite_where=text("family IS NOT NULL")),)
    article_id: Mapped[int] = _article_id(primary_key=True)
    family: Mapped[int | None] = mapped_column(
        comment="the first stored article of its family; NULL where it is in none"
    )
    words: Mapped[bytes] = mapped_column(comment="its words as numbers of two bytes, in order")


class FingerprintKeyRow(Base):
    """A sample of the articles' runs of four words, to find those that share some."""

    __tablename__ = "fingerprint_keys"
    __table_args__ = ({"sqlite_with_rowid": False},)
    key: Mapped[int] = mapped_column(primary_key=True, comment="hash of the words")
    article_id: Mapped[int] = mapped_column(primary_key=True, comment="the article that has them")


class FamilyQueueRow(Base):
    """Articles stored before there were families, which the next ingest looks at."""

    __tablename__ = "family_queue"
    article_id: Mapped[int] = _article_id(primary_key=True)


class RemovalRow(Base):
    """The log of what was taken out of the library and brought back; a purged article leaves no more."""

    __tablename__ = "removals"
    __table_args__ = (Index(None, "article_id"),)
    id: Mapped[int] = mapped_column(primary_key=True, comment="grows with time")
    article_id: Mapped[int] = mapped_column(comment="the article; a purged one is gone")
    at: Mapped[str] = mapped_column(comment="when, UTC")
    action: Mapped[str] = mapped_column(comment="removed, restored or purged")


class QueueRow(Base):
    """What the index still owes: articles changed since they were last indexed."""

    __tablename__ = "index_queue"
    __table_args__ = ({"sqlite_autoincrement": True},)
    seq: Mapped[int] = mapped_column(primary_key=True, comment="grows with each change")
    article_id: Mapped[int] = _article_id()


class SettingRow(Base):
    """What is set for this library: its id, when it was made."""

    __tablename__ = "settings"
    key: Mapped[str] = mapped_column(
        primary_key=True, comment="library_id, created_at, keys, engine, engine_hint"
    )
    value: Mapped[str] = mapped_column(comment="the value")
