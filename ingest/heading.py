"""Read what stands above an article's body: caption and credit, headline, standfirst, byline, date."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.byline import Signature, parse_signature
from ingest.captions import has_label, split_credit
from ingest.lines import blocks_of, fold, indent_of
from ingest.sentences import ends_sentence
from ingest.slug import fold as fold_word
from ingest.slug import slug_words
from ingest.wrapped import join

LOOKED_AT = 8
"""A headline and a byline stand within the first blocks, or nowhere."""

LONGEST_HEADLINE = 250


@dataclass(frozen=True, slots=True)
class Heading:
    """What was read above the body, and the body's lines."""

    body: list[str]
    captions: tuple[tuple[str, str | None], ...] = ()
    headline: str | None = None
    standfirst: str | None = None
    signature: Signature = Signature()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of the headline from elsewhere: the address, the pages' running head."""

    url: str | None = None
    running_head: str | None = None

    def speaks_for(self, text: str) -> bool:
        """Whether a text is the running head, or shares most words with the slug."""
        if self.running_head and _alike(text, self.running_head):
            return True
        slug = {fold_word(word) for word in slug_words(self.url)} if self.url else set()
        return len(slug) > 2 and 2 * len(slug & _words(text)) >= len(slug)

    def knows(self) -> bool:
        """Whether there is anything to hold a headline against."""
        return bool(self.running_head) or (self.url is not None and len(slug_words(self.url)) > 2)


def read_heading(lines: list[str], evidence: Evidence, indented: bool) -> Heading:
    """Read the blocks above the body; what is not recognised stays in the body."""
    first = _first_written(lines)
    texts, ends = _top(lines, first)
    signed = _find_signature(texts)
    if signed:
        at, after, signature = signed
        return _signed_heading(texts[:at], lines[ends[after - 1] :], signature, evidence)
    if indented and first is not None and indent_of(lines[first]):
        return Heading(lines)
    return _unsigned_heading(texts, ends, lines, evidence)
