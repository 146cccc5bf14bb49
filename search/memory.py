"""The in-memory twin: the engine's contract in as few lines as it takes, for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search import held_answers
from search.engine import DocumentsRejected, Hit, ParagraphResult, Result, Sort
from search.held import FIELDS, VALUES, Held, runs
from search.plan import All, AnyOf, Between, But, Everything, Plan, in_text
from search.scoring import Weigher, weight
from search.spans import spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from search.document import Document
    from search.matches import Matches
    from search.patterns import Pattern


class MemoryEngine:
    """Documents in a dictionary, searched one after the other."""

    def __init__(self) -> None:
        self._held: dict[int, Held] = {}
        self._waiting: dict[int, Document | None] = {}

    def replace(self, documents: Iterable[Document]) -> None:
        """Take documents in; see Engine."""
        self._waiting.update({document.id: document for document in documents})

    def delete(self, ids: Iterable[int]) -> None:
        """Take documents out."""
        self._waiting.update(dict.fromkeys(ids))

    def commit(self) -> None:
        """Make it visible."""
        waiting, self._waiting = self._waiting, {}
        rejected = {}
        for id_, document in waiting.items():
            try:
                held = _held(document) if document else None
            except UnicodeEncodeError as error:
                rejected[id_] = str(error)
                continue
            self._held.pop(id_, None)
            if held:
                self._held[id_] = held
        if rejected:
            raise DocumentsRejected(rejected)

    def search(
        self, plan: Plan, *, limit: int, offset: int = 0, sort: Sort = "relevance"
    ) -> Result:
        """Find documents."""
        weigher = self.weigher()
        scores = {id_: self._score(plan, self._held[id_], weigher) for id_ in self.ids(plan)}
        if sort == "date":
            order = sorted(scores, key=lambda id_: (-(self._document(id_).first_day or 0), id_))
        else:
            order = sorted(scores, key=lambda id_: (-scores[id_], id_))
        page = order[offset : offset + limit]
        hits = tuple(Hit(id_, self._document(id_).revision, scores[id_]) for id_ in page)
        return Result(len(order), hits)

    def ids(self, plan: Plan) -> set[int]:
        """Find all ids."""
        return {id_ for id_, held in self._held.items() if held.holds(plan)}

    def paragraphs(
        self, plan: Plan, *, limit: int | None = None, offset: int = 0
    ) -> ParagraphResult:
        """Find paragraphs."""
        return held_answers.paragraphs(plan, self._matching(plan), self.weigher(), limit, offset)

    def matches(self, plan: Plan) -> dict[int, Matches]:
        """Find matches."""
        return held_answers.matches(plan, self._matching(plan))

    def forms(self, field: str, pattern: Pattern) -> dict[str, int]:
        """Count the documents that hold each key a pattern stands for."""
        keys = [key for held in self._held.values() for key in held.fields[field]]
        chosen = pattern.chosen(dict.fromkeys(keys))
        return {key: keys.count(key) for key in chosen}

    def weigher(self) -> Weigher:
        """Give what weighs plans by the documents held."""
        lengths = [held.words for held in self._held.values()]
        mean = sum(lengths) / len(lengths) if lengths else 1.0
        return Weigher(len(lengths), mean or 1.0, lambda word: len(self.ids(word)))

    def revisions(self) -> Iterator[tuple[int, int]]:
        """Give what is held."""
        return iter([(id_, held.document.revision) for id_, held in self._held.items()])

    def count(self) -> int:
        """Count what is held."""
        return len(self._held)

    def verify(self) -> None:
        """Find nothing wrong: there are no files."""

    def close(self) -> None:
        """Forget what was not committed."""
        self._waiting.clear()

    def _matching(self, plan: Plan) -> Iterator[Held]:
        return (held for held in self._held.values() if held.holds(plan))

    def _document(self, id_: int) -> Document:
        return self._held[id_].document

    def _score(self, plan: Plan, held: Held, weigher: Weigher) -> float:
        if not held.holds(plan):
            return 0.0
        match plan:
            case All(plans) | AnyOf(plans):
                return sum(self._score(part, held, weigher) for part in plans)
            case But() | Between() | Everything():
                return 0.0
            case _ if not in_text(plan):
                return 0.0
            case _:
                found = weight(spans(plan, held), held.layout)
                return weigher.score(plan, found, weigher.norm(held.words))


def _held(document: Document) -> Held:
    """Raise UnicodeEncodeError for what cannot be written down, as other engines do."""
    for field in ("text", "exact", *FIELDS, *VALUES):
        for _, keys in runs(document, field):
            "".join(keys).encode()
    return Held(document)
