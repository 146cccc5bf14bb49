"""How it is told when words came and went."""

from __future__ import annotations

import io

from article import Article, Paragraph, Stored
from db.history import Origin
from library.first_seen import Answer, Place, Seen, Stretch
from library.phrase import Phrase
from terminal.first_seen import write_answer

NOTE = Article((Paragraph("A crane."),), headline="Cranes")
TODAY = Stored(1, 3, NOTE, 2, "2023-05-01T10:00:00Z", "2023-05-03T10:00:00Z")


def test_what_a_better_reading_or_a_person_changed_is_not_told_as_the_publishers_doing() -> None:
    """The publisher neither added nor struck out what was only read or set right here."""
    came = [
        Origin(1, "2023-05-01T10:00:00Z", "source", 1),
        Origin(2, "2023-05-02T10:00:00Z", "reparse", 1),
        Origin(3, "2023-05-03T10:00:00Z", "edit", None),
    ]
    place = Place(TODAY, None, "headline", "Cranes", [(0, 6)])
    seen = Seen(TODAY, "2023-05-02", False, place, [Stretch(came[1], came[2])])
    out = io.StringIO()
    write_answer(Answer(Phrase("cranes"), 1, [seen], more=False), out)
    assert (
        out.getvalue()
        .splitlines()[-1]
        .endswith(
            "Cranes: since revision 2 (2023-05-02, read anew), gone since revision 3 (2023-05-03, edited)"
        )
    )
