"""Where sentences end, and where a stop ends none."""

import pytest

from search.sentences import sentences


def parted(text: str) -> list[str]:
    return [text[start:end].rstrip() for start, end in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "On Monday Gov. Smith met Mr. Brown and Sen. Reid.",
        "“Mr. Brown”, said GEN. Smith.",
        "He was born on Nov. 4, on Sept. 11 and on dec. 5.",
        "The U.S. Senate, the U.S. And Canada and the U.N. Security Council met.",
        "J. K. Rowling met J.-P. Sartre and (E. Bell).",
        "Toshiba (U.K.) Ltd and the (U.S.) Congress.",
        "See p. 4, vol. 5, No. 6, pp. 7 and fig. 8.",
        "He left St. Louis for Ft. Worth and Mt. Everest.",
        "Das gilt z. B. Berlin, d. h. Preußen, u. a. Potsdam und Hamburg e. V. Nord.",
        "Am 4. November kamen 5 Mio. Euro bzw. Franken, vgl. Kapitel 2.",
        "Dr. Ö. Lind und Prof. Ä. Berg.",
        "M. Dupont, Mme. Curie et Mgr. Martin, le 3 janv. 2020.",
        "El Sr. Pérez y la Sra. Gómez de EE. UU., núm. 4.",
        "Он живёт в г. Москва, на ул. Ленина, т. е. там, с А. С. Пушкиным.",
        "Цена 500 руб. за штуку, см. рисунок.",
        "Alle kamen … äh, viele!",
    ],
)
def test_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert parted(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "It rose.|He left.|4 men stayed.",
        "He said no.|That was all.|I don't.|We do.",
        "They met in the U.S.|The price rose.|It was plan B.|But he won.",
        "It stands on Wall St.|The street is long.",
        "Martin Luther King Jr.|Georgia mourned.|He worked for Ford Motor Co.|Oil rose.",
        "It was years ago.|5 men sold art.|4 saw ING.|It came in May.|Four ran in march.|A third in sept.|Nobody came.",
        "Add 100 g.|Stir it.|Il y a.|Non.",
        "It fell to 84.96.|September was better.|Sie kam 1990.|November war kalt.|Er wog 5 t.|Hamburg schwieg.",
        "Das war 2021 usw.|Berlin schwieg.",
        "Он приехал в 2021 г.|Москва ждала.|Это был я.|Мы ушли.",
        "It was called “F.”|He asked “why?”|Nobody knew!|…|So it was.",
        "他来了。|我们走了！|好",
    ],
)
def test_a_stop_ends_a_sentence(text: str) -> None:
    expected = text.split("|")
    joint = "" if "。" in text else " "
    assert parted(joint.join(expected)) == expected
