"""Known items: what a person types who remembers some words of an article and wants it back.

The query is three words of one sentence of a document, all of which must match; the document is
the only answer. Azzopardi and others (2007) describe queries made so. The choice is the same in
every run.
"""

from __future__ import annotations

import random
import re

from bench.judged import Collection, Judged
from search.analysis import fold, sentences
from search.whoosh_stopwords import is_function_word

_MOST = 200  # documents of a collection
_WORDS = 3
_SHORTEST = 4  # letters
_HAN = re.compile("[\u4e00-\u9fff]{3}")


def known_items(collection: Collection) -> dict[str, str]:
    """Give a query for each of at most 200 documents, spread evenly; by the document's id."""
    documents = collection.documents
    step = max(1, len(documents) // _MOST)
    made = {one.id: _query(one, collection.language) for one in documents[::step][:_MOST]}
    return {id_: query for id_, query in made.items() if query}


def _query(one: Judged, language: str) -> str | None:
    choice = random.Random(one.id)
    candidates = [_candidates(one.text[start:end], language) for start, end in sentences(one.text)]
    candidates = [words for words in candidates if len(words) >= _WORDS]
    if not candidates:
        return None
    return " ".join(choice.sample(choice.choice(candidates), _WORDS))


def _candidates(sentence: str, language: str) -> list[str]:
    """Give the words that say something, each once; of Chinese, three characters in a row."""
    if language == "zh":
        return list(dict.fromkeys(_HAN.findall(sentence)))
    words = dict.fromkeys(re.findall(r"[^\W\d_]+", sentence))
    return [
        word
        for word in words
        if len(word) >= _SHORTEST and not is_function_word(fold(word), language)
    ]
