"""The names of months and weekdays, as newspapers of many languages print them."""

from __future__ import annotations

_MONTH_NAMES = (
    # one row a month: full names, genitives and the usual short forms, in no order of languages
    "january jan januar jänner jän janvier janv enero ene gennaio gen janeiro januari январь января "
    "янв січня січень stycznia styczeń sty ledna leden ocak oca ianuarie janúar tammikuuta sausio",
    "february feb febr februar feber février févr febrero febbraio fevereiro fev februari febbr "
    "февраль февраля фев лютого лютий lutego luty lut února únor şubat şub februarie febrúar "
    "helmikuuta vasario",
    "march mar märz mär mrz mars marzo março maart mrt март марта мар березня березень marca "
    "marzec března březen mart martie marts maaliskuuta maret kovo",
    "april apr avril avr abril abr aprile april апрель апреля апр квітня квітень kwietnia "
    "kwiecień kwi dubna duben nisan nis aprilie apríl huhtikuuta balandžio",
    "may mai mayo maggio mag maio mei maj май мая травня травень maja květen května mayıs maí "
    "toukokuuta gegužės",
    "june jun juni juin junio giugno giu junho июнь июня июн червня червень czerwca czerwiec cze "
    "června červen haziran haz iunie júní kesäkuuta birželio",
    "july jul juli juillet juil julio luglio lug julho июль июля июл липня липень lipca lipiec "
    "lip července červenec temmuz tem iulie júlí heinäkuuta liepos",
    "august aug août aout agosto ago augustus augusti август августа авг серпня серпень sierpnia "
    "sierpień sie srpna srpen ağustos ağu ágúst elokuuta agustus rugpjūčio",
    "september sep sept septembre septiembre setiembre settembre sett set setembro сентябрь "
    "сентября сен сент вересня вересень września wrzesień wrz září eylül eyl septembrie syyskuuta "
    "rugsėjo",
    "october oct oktober okt octobre octubre ottobre ott outubro out октябрь октября окт жовтня "
    "жовтень października październik paź října říjen ekim eki octombrie október lokakuuta spalio",
    "november nov novembre noviembre novembro ноябрь ноября ноя нояб листопада листопад listopada "
    "listopad lis listopadu kasım kas noiembrie nóvember marraskuuta lapkričio",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro декабрь декабря дек "
    "грудня грудень grudnia grudzień gru prosince prosinec aralık ara decembrie desember des "
    "joulukuuta gruodžio",
)

MONTHS = {name: number for number, row in enumerate(_MONTH_NAMES, 1) for name in row.split()}
"""Month by its lower-cased name without a point."""

WEEKDAYS = frozenset(
    "monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat "
    "sunday sun montag mo dienstag di mittwoch mi donnerstag do freitag fr samstag sonnabend sa "
    "sonntag so lundi mardi mercredi jeudi vendredi dimanche samedi lunes martes miércoles jueves "
    "viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica segunda terça "
    "quarta quinta sexta feira maandag dinsdag woensdag donderdag vrijdag zaterdag zondag mandag "
    "tirsdag onsdag torsdag fredag lørdag søndag måndag tisdag lördag söndag понедельник вторник "
    "среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс понеділок вівторок середа "
    "четвер пʼятниця субота неділя poniedziałek wtorek środa czwartek piątek sobota niedziela "
    "pondělí úterý středa čtvrtek pátek neděle pazartesi salı çarşamba perşembe cuma cumartesi "
    "pazar 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 星期一 星期二 星期三 星期四 星期五 "
    "星期六 星期日 월요일 화요일 수요일 목요일 금요일 토요일 일요일".split()
)
"""Weekdays and their short forms, lower-cased, without a point."""
