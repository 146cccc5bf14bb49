"""Part the article's own paragraphs from what stands among them: links, notices, signatures."""

from __future__ import annotations

import re
from dataclasses import replace

from article import Kind
from ingest.html.blocks import Block
from ingest.html.headline import key
from ingest.html.printed import read_printed

_RELATED = re.compile(
    r"^[\W_]*(?:related(?: (?:article|story|stories|news|content|coverage))?s?|more|read(?: more| also| next)?|also read|see also|see more"
    r"|don't miss|up next|watch|listen|more on this|you may also like|recommended|mehr zum thema|lesen sie (?:auch|mehr)|siehe auch"
    r"|mehr|lire aussi|à lire aussi|voir aussi|lea también|lee también|ver también|leggi anche|leia também|veja também|lees ook"
    r"|les også|läs också|læs også|читайте также|читать также|по теме|смотрите также|читайте також|czytaj także|zobacz też)"
    r"(?P<end>\s*[:>»|–—-]+\s*|$)",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"sign up (?:for|to|here|now)|subscribe (?:to|now|today|here)|click here (?:to|for)|newsletter|get the .{0,30}\bapp\b|download (?:the|our) .{0,20}app"
    r"|follow (?:us|him|her|me|them|@)|all rights reserved|terms (?:of (?:use|service)|and conditions)|privacy (?:policy|notice)"
    r"|log ?in\b|already a subscriber|create (?:an|a free) account|skip (?:past|advertisement|to)|supported by$|advertisement$|sponsored$"
    r"|something went wrong|your (?:email|e-mail)|recaptcha|have a (?:news )?tip\b|share this|join the conversation|leave a comment|comments?$"
    r"|tell us what you think|this (?:article|story) (?:is )?(?:for|only) subscribers|affiliate|gallery credit|order reprints|discuss this|cookies?\b"
    r"|personal,? (?:and )?non-?commercial use|an error has occurred|like this story|^write to .{3,40} at \S+@|thank(?:s| you) for (?:signing up|subscribing)"
    r"|subscription has been|straight to your inbox|check your inbox|this content can also be viewed|^originally published|^print article$|read the full (?:story|article)"
    r"|^(?:tags?|topics?|filed under|posted in|categories|schlagw[oö]rte?r?|mots-clés|etiquetas|теги)\s*:"
    r"|jetzt abonnieren|zum newsletter|anzeige$|werbung$|inscrivez-vous|abonnez-vous|publicité$|suscríb|publicidad$|iscriviti"
    r"|подпи(?:сывайтесь|шитесь)|реклама$|contact (?:reporter )?[\w.'’ -]{3,40} at \S+@|email [\w.'’ -]{3,40} at \S+@"
    r"|^load(?:ing)?\b|^read ?more$|^continue reading|^show (?:more|all)|^\d+ of \d+$|^\W*$|^(?:share|tweet|email|print|save|copy link|facebook|twitter|x|or)$",
    re.IGNORECASE,
)
_REST = re.compile(
    r"^(?:comments?(?: \(?\d+\)?)?|\d+ comments?|comments? from .*|show comments|view comments|join the (?:conversation|discussion)"
    r"|leave a (?:comment|reply)|what do you think\??|kommentare?|commentaires|comentarios|комментарии"
    r"|trending(?: now)?|most (?:popular|read|viewed)|you (?:might|may) (?:also )?like|recommended(?: for you| stories)?"
    r"|more from .{2,40}|explore more|read next|related (?:articles|stories|content|posts|topics|news)|about the author|about .{2,40} inc\.?"
    r"|mehr zum thema|meistgelesen|das könnte sie auch interessieren|sur le même sujet|читайте также|наиболее читаемое)\W*$",
    re.IGNORECASE,
)
"""A heading behind which nothing of the article comes."""

_BIO = re.compile(
    r"\b(?:is an?|is the|was an?|has been|has worked|covers|writes|reports|joined|works)\b",
    re.IGNORECASE,
)
_LINKED = 0.8
_SHORT = 250
_NOTICE_LONGEST = 400
_SIGNATURE = 120
_BEGUN = 0.3


def sift(blocks: list[Block], headline: str | None, authors: list[str]) -> list[Block]:
    """Give the article's blocks; links to other articles among them are of the kind `related`."""
    names = [key(name) for name in authors]
    kept: list[Block] = []
    early = True
    for place, block in enumerate(_until_rest(blocks)):
        if block.key == key(headline) or not block.key or _is_notice(block):
            continue
        if (early and _is_signature(block, names)) or _is_bio(block, names, place, len(blocks)):
            continue
        if related := _as_related(block):
            kept += [related] if related.text else []
        else:
            kept.append(block)
            early = early and not _is_prose(block)
    return _without_labels(_unrepeated(kept))


def _until_rest(blocks: list[Block]) -> list[Block]:
    """Cut at a heading of comments or other articles, if a good part of the text stands before it."""
    whole = sum(len(block.text) for block in blocks)
    before = 0
    for place, block in enumerate(blocks):
        if before > _BEGUN * whole and len(block.text) < 80 and _REST.match(block.text):
            return blocks[:place]
        before += len(block.text)
    return blocks


def _is_prose(block: Block) -> bool:
    return block.kind is Kind.BODY and len(block.text) > _SIGNATURE


def _is_notice(block: Block) -> bool:
    """Whether a block asks for something: a short text, or a linked one, with a notice's words."""
    if block.kind is Kind.QUOTE or len(block.text) > _NOTICE_LONGEST:
        return False
    return bool(_NOTICE.search(block.text)) and (
        len(block.text) < _SIGNATURE or bool(block.links) or _asks(block)
    )


def _asks(block: Block) -> bool:
    return len(_NOTICE.findall(block.text)) > 1


def _is_signature(block: Block, names: list[str]) -> bool:
    """Whether a short block above the text names the authors or the date, or a section."""
    if len(block.text) > _SIGNATURE or block.text.endswith((".", "!", "?")):
        return False
    named = any(name and name in block.key for name in names) and len(block.key.split()) < 12
    return (
        named
        or read_printed(block.text) is not None
        or (block.linked > _LINKED and _is_label(block))
    )


def _is_label(block: Block) -> bool:
    return len(block.key.split()) <= 3


def _is_bio(block: Block, names: list[str], place: int, count: int) -> bool:
    """Whether a block above or below the text tells who its author is."""
    aside = place < 6 or place >= 0.6 * count
    if not aside or not any(name and block.key.startswith(name) for name in names):
        return False
    return bool(_BIO.search(block.text[:200])) and '"' not in block.text and "“" not in block.text


def _as_related(block: Block) -> Block | None:
    """Give a block that is a link to something else as a related one; empty if it is a mere button."""
    if len(block.text) > _SHORT or block.kind is Kind.QUOTE or not block.links:
        return None
    label = _RELATED.match(block.text)
    text = block.text[label.end() :] if label else block.text
    linked = sum(len(words) for _, words in block.links) / max(1, len(text))
    if linked < _LINKED:
        return None
    if _is_label(block) and not label:
        return None if block.kind in {Kind.LIST, Kind.SUBHEADING} else replace(block, text="")
    return replace(block, text=text, kind=Kind.RELATED)


def _unrepeated(blocks: list[Block]) -> list[Block]:
    """Keep one of two blocks that say the same in a row; further apart a repeat may be meant."""
    pairs = zip(blocks, [None, *blocks], strict=False)
    return [block for block, before in pairs if before is None or block.key != before.key]


def _without_labels(blocks: list[Block]) -> list[Block]:
    """Leave out labels and sub-headlines that nothing but related links or the end follow."""
    kept: list[Block] = []
    for block in reversed(blocks):
        followed = bool(kept) and kept[-1].kind is not Kind.RELATED
        heads = block.kind is Kind.SUBHEADING or (
            _RELATED.match(block.text) and len(block.text) < 40
        )
        if followed or not heads or block.kind is Kind.RELATED:
            kept.append(block)
    return kept[::-1]
