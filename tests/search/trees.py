"""Random plans, of all kinds and in all shapes, those too that no query gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.patterns import Capitals, Edited, Globbed, Pattern, Spelled, Starts, Umlauts, Written
from search.plan import (
    All,
    AnyOf,
    Between,
    But,
    Everything,
    Following,
    Forms,
    Near,
    Often,
    Plan,
    Window,
    Within,
    Word,
)

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from search.document import Document, Run
    from search.query import Unit


class Trees:
    """Makes plans of the words that some documents hold.

    `whole`: with sentences, paragraphs and windows, which Whoosh knows nothing like.
    """

    def __init__(
        self, chance: random.Random, held: Sequence[Document], *, whole: bool = False
    ) -> None:
        self._chance = chance
        self._kinds = ["word", "following", "near", "near", "often", "within", "or"]
        self._kinds += ["beside", "beside", "window"] if whole else []
        self._runs = [run for one in held for run in one.text]

    def tree(self, depth: int = 0) -> Plan:
        """Make any plan."""
        kind = 1.0 if depth > 2 else self._chance.random()
        if kind < 0.35:
            count, run = self._chance.choice([1, 2, 2, 3, 4]), self._run()
            if kind < 0.1:  # words that a document holds, so that there is something to add up
                return All(tuple(self._word(run) for _ in range(count)))
            some = tuple(self.tree(depth + 1) for _ in range(count))
            return All(some) if kind < 0.2 else AnyOf(some)
        if kind < 0.45:
            return But(self.tree(depth + 1))
        return self.places() if kind < 0.75 else self._leaf()

    def places(self, depth: int = 0) -> Plan:  # noqa: PLR0911 - one for each kind
        """Make a plan that has places in the text."""
        kind = "word" if depth > 2 else self._chance.choice(self._kinds)
        if kind in {"word", "following"}:
            return self._word() if kind == "word" else self._following()
        inner = self.places(depth + 1)
        match kind:
            case "near":
                distance = self._chance.choice([1, 2, 3, 5, 20, 120])
                return self._near(inner, depth, "word", distance)
            case "beside":
                return self._near(inner, depth, self._chance.choice(["sentence", "paragraph"]))
            case "window":
                some = [self.places(depth + 1) for _ in range(self._chance.randint(1, 2))]
                return Window((inner, *some), self._chance.randint(1, 12))
            case "often":
                return Often(self._chance.randint(1, 3), inner)
            case "within":
                return Within(self._chance.choice(["headline", "caption", "quote", "body"]), inner)
        return AnyOf((inner, self._word()))

    def _near(self, inner: Plan, depth: int, unit: Unit, distance: int = 0) -> Plan:
        sides = [inner, self._word() if self._chance.random() < 0.7 else self.places(depth + 1)]
        self._chance.shuffle(sides)
        flags = {name: self._chance.random() < 0.3 for name in ("ordered", "lacking", "backward")}
        return Near(sides[0], sides[1], unit, distance, **flags)

    def _run(self) -> Run:
        return self._chance.choice(self._runs)

    def _word(self, run: Run | None = None) -> Plan:
        run = run or self._run()
        at = self._chance.randrange(len(run.terms))
        if self._chance.random() < 0.25:
            return Forms("exact", self._pattern(run.keys[at]))
        word = Word("text", run.terms[at], self._chance.choice([1.0, 1.0, 0.2]))
        return AnyOf((word, self._word())) if self._chance.random() < 0.2 else word

    def _pattern(self, key: str) -> Pattern:
        form, _, spelling = key.partition("\x1f")
        cut = self._chance.randint(1, len(form))
        return self._chance.choice([
            Spelled(form),
            Written(form, spelling or form),
            Umlauts(form, (spelling or form).casefold()),
            Capitals(form),
            Starts(form[:cut]),
            Globbed(f"{form[: cut - 1]}?{form[cut:]}"),
            Globbed(f"*{form[cut - 1 :]}"),
            Edited(form[:cut], self._chance.randint(1, 2)),
        ])  # fmt: skip

    def _following(self) -> Plan:
        """Let words follow one another as they do in some text, as a rule."""
        run = self._run()
        count = min(self._chance.choice([2, 2, 3]), len(run.terms))
        start = self._chance.randint(0, len(run.terms) - count)
        words: list[Plan] = [Word("text", term) for term in run.terms[start : start + count]]
        if self._chance.random() < 0.4:
            at = self._chance.randrange(len(words))
            words[at] = AnyOf((words[at], self._chance.choice([self._word, self._following])()))
        return Following(tuple(words)) if count > 1 else words[0]

    def _leaf(self) -> Plan:
        low, high = sorted(self._chance.choices([20200101, 20200228, 20210201, 20220312], k=2))
        added = self._chance.choice([1_640_000_000, 1_650_000_000])
        leaves: list[Plan] = [
            Word("author", "doe"), Word("tag", "change"), Word("section", "world"), Word("id", "7"),
            Word("lang", self._chance.choice(["de", "ru", "zh", "ar", "es"])), Word("has", "caption"),
            Word("site", "example.com"), Forms("site", Starts("ex")), Forms("author", Globbed("j*")),
            Forms("author", Starts("d")), Following((Word("tag", "climate"), Word("tag", "change"))),
            Near(Word("author", "jane"), Word("author", "doe"), "word", 2), Everything(), AnyOf(()),
            Between("date", low, high), Between("date", low, high, perhaps=True),
            Between("added", added, added + 10**7), Word("exact", self._chance.choice(self._run().keys)),
        ]  # fmt: skip
        return self._chance.choice([self._chance.choice(leaves), self._word()])
