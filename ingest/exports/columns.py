"""Which column of a table is which value of an article: guessed by its name, or said by the person."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.slug import fold

FIELDS: Final[dict[str, str]] = {
    "headline": "headline, title, article title, heading, titel, überschrift, titre, título, titolo, rubrik"
    ", overskrift, заголовок, название, 标题, 見出し",
    "text": "text, body, content, full text, fulltext, article text, article body, articlebody, main text, maintext"
    ", article, inhalt, volltext, texte, contenu, texto, contenido, conteúdo, testo, contenuto, tekst, innehåll"
    ", текст, содержание, 正文, 内容, 本文",
    "url": "url, link, address, web address, article url, source url, canonical url, permalink, href, uri, adresse"
    ", lien, enlace, indirizzo, ссылка, адрес, 链接",
    "published": "published, date, published at, published date, publish date, publication date, date published"
    ", pubdate, pub date, datum, erscheinungsdatum, date de publication, fecha"
    ", fecha de publicación, data, data di pubblicazione, data de publicação, dato, дата, дата публикации, 日期",
    "authors": "authors, author, byline, by, writer, creator, autor, autoren, verfasser, auteur, auteurs"
    ", autores, autore, autori, forfatter, författare, автор, авторы, 作者",
    "site": "site, source, publication, outlet, publisher, newspaper, publication title, newspaper name, journal"
    ", domain, website, quelle, zeitung, medium, fuente, medio, periódico, fonte, kilde, källa"
    ", источник, издание, 来源, 媒体",
    "section": "section, category, desk, ressort, rubrique, sección, seção, sezione, раздел, рубрика",
    "language": "language, lang, sprache, langue, idioma, lingua, språk, язык, 语言",
    "tags": "tags, tag, keywords, keyword, topics, labels, folder, collection, manual tags, automatic tags"
    ", schlagwörter, stichwörter, mots clés, palabras clave, parole chiave, теги, 标签",
    "standfirst": "standfirst, summary, description, abstract, abstract note, excerpt, subtitle, subheadline, lead"
    ", teaser, vorspann, zusammenfassung, chapeau, résumé, resumen, resumo, sommario, аннотация, 摘要",
    "saved_at": "saved at, saved, time added, date added, timestamp, created, created at, creation date, added",
    "note": "note, notes, comment, comments, annotation, selection, highlight, notiz, notizen, заметки",
    "source_id": "source id, id, guid, uuid, key, article id, doc id",
}  # fmt: skip
"""The values a column can be, and the names of columns that are taken for each, the surest first."""

SEVERAL: Final = frozenset({"tags", "note"})
"""Values that are put together from all columns of theirs."""

DELIMITERS = ",;\t|"
_LONGEST_NAME = 60
_BREAK = re.compile(r"[\W_]+")


class ColumnMissing(ValueError):
    """A table without a column that is needed, or that a person named."""


def _key(name: str) -> str:
    return _BREAK.sub(" ", fold(name)).strip()


_KNOWN: Final = {
    field: {_key(name): rank for rank, name in enumerate(names.split(", "))}
    for field, names in FIELDS.items()
}
_FIELD_OF: Final = {name: field for field, known in _KNOWN.items() for name in known}


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of a table's columns, and the places of those that are used, by value."""

    names: tuple[str, ...]
    places: Mapping[str, tuple[int, ...]]

    def told(self) -> str:
        """Say what each column is taken for: `headline=Title, text=Body; not used: Page`."""
        used = [f"{field}={self.names[at]}" for field, all_ in self.places.items() for at in all_]
        taken = {at for places in self.places.values() for at in places}
        unused = [name for at, name in enumerate(self.names) if at not in taken and name]
        return ", ".join(used) + (f"; not used: {', '.join(unused)}" if unused else "")

    def cells(self, row: Sequence[str], field: str) -> list[str]:
        """Give the cells of a row that hold a value, those with something in them."""
        cells = (row[at].strip() for at in self.places.get(field, ()) if at < len(row))
        return [cell for cell in cells if cell]


def field_of(name: str) -> str | None:
    """Give the value that a name stands for: `title` is headline; None for no value."""
    return _FIELD_OF.get(_key(name))


def columns_of(header: Sequence[str], said: Mapping[str, str]) -> Columns:
    """Tell the columns by their names; `said` is what the person says of some, by value.

    Raises `ColumnMissing` where a column that was said is not there, or none has text or address.
    """
    names = tuple(" ".join(name.split()) for name in header)
    places: dict[str, tuple[int, ...]] = {
        field: (_place(names, column),) for field, column in said.items()
    }
    taken = {at for at, *_ in places.values()}
    for field, known in _KNOWN.items():
        free = (at for at, name in enumerate(names) if at not in taken and _key(name) in known)
        found = sorted(free, key=lambda at: known[_key(names[at])])
        if found and field not in places:
            places[field] = tuple(sorted(found)) if field in SEVERAL else (found[0],)
            taken |= set(places[field])
    if not {"text", "url"} & places.keys():
        raise ColumnMissing(
            f"no column for a text or an address; its columns are: {_listed(names)}."
            " Say which: --map text=COLUMN"
        )
    return Columns(names, {field: places[field] for field in FIELDS if field in places})


def _place(names: Sequence[str], wanted: str) -> int:
    """Give the place of the column with a name: as it is written, else whatever its case."""
    for same in (str.__eq__, lambda one, other: _key(one) == _key(other)):
        for at, name in enumerate(names):
            if same(name, wanted):
                return at
    raise ColumnMissing(f"no column {wanted!r}; its columns are: {_listed(names)}")


def _listed(names: Sequence[str]) -> str:
    shown = [name[:_LONGEST_NAME] for name in names[:30]]
    return ", ".join(shown) + (f" and {len(names) - 30} more" if len(names) > 30 else "")


def delimiter_of(opening: str) -> str:
    """Tell what parts the cells of a table: the sign that gives most columns with names that are known."""
    return max(DELIMITERS, key=lambda sign: _worth(opening, sign))


def _worth(opening: str, delimiter: str) -> tuple[int, int]:
    header = next(iter(_records(opening, delimiter)), [])
    return sum(field_of(name) is not None for name in header), len(header)


def is_table(opening: str) -> bool:
    """Whether a text whose name says nothing of it is a table of articles or links.

    Its first line is names, half of them and two at least known ones, text or address among them;
    the next has as many cells.
    """
    line = opening.lstrip("\ufeff\r\n").partition("\n")[0]
    delimiter = max(DELIMITERS, key=line.count)
    if sum(field_of(part.strip(' "')) is not None for part in line.split(delimiter)) < 2:
        return False  # as nearly every text, which is soon said
    delimiter = delimiter_of(opening)
    first, second = ([*_records(opening, delimiter), [], []])[:2]
    fields = [field_of(name) for name in first if len(name) <= _LONGEST_NAME]
    known = {field for field in fields if field}
    named = len(fields) == len(first) and 2 * len(known) >= len(first)
    return named and len(known) > 1 and bool({"text", "url"} & known) and len(second) == len(first)


def _records(opening: str, delimiter: str) -> list[list[str]]:
    """Give the first two records of a table that may be cut at its end."""
    lines = opening.lstrip("\ufeff\r\n").splitlines(keepends=True)[:50]
    try:
        return [
            row for row, _ in zip(csv.reader(lines, delimiter=delimiter), range(2), strict=False)
        ]
    except csv.Error:
        return []
