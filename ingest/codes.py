"""Language codes: one spelling for a language, whoever wrote its code."""

from __future__ import annotations

import re

_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
"""What a language tag of BCP 47 looks like: language, then script, region and variants."""

# ISO 639-1 with the codes of ISO 639-2 and 639-3 that mean the same.
_LANGUAGES = """
aa aar, ab abk, ae ave, af afr, ak aka, am amh, an arg, ar ara arb, as asm, av ava, ay aym, az aze,
ba bak, be bel, bg bul, bi bis, bm bam, bn ben, bo bod tib, br bre, bs bos, ca cat, ce che, ch cha,
co cos, cr cre, cs ces cze, cu chu, cv chv, cy cym wel, da dan, de deu ger, dv div, dz dzo, ee ewe,
el ell gre, en eng, eo epo, es spa, et est ekk, eu eus baq, fa fas per pes, ff ful, fi fin, fj fij,
fo fao, fr fra fre, fy fry, ga gle, gd gla, gl glg, gn grn, gu guj, gv glv, ha hau, he heb, hi hin,
ho hmo, hr hrv, ht hat, hu hun, hy hye arm, hz her, ia ina, id ind, ie ile, ig ibo, ii iii, ik ipk,
io ido, is isl ice, it ita, iu iku, ja jpn, jv jav, ka kat geo, kg kon, ki kik, kj kua, kk kaz,
kl kal, km khm, kn kan, ko kor, kr kau, ks kas, ku kur, kv kom, kw cor, ky kir, la lat, lb ltz,
lg lug, li lim, ln lin, lo lao, lt lit, lu lub, lv lav lvs, mg mlg, mh mah, mi mri mao, mk mkd mac,
ml mal, mn mon, mr mar, ms msa may zsm, mt mlt, my mya bur, na nau, nb nob, nd nde, ne nep npi,
ng ndo, nl nld dut, nn nno, no nor, nr nbl, nv nav, ny nya, oc oci, oj oji, om orm, or ori, os oss,
pa pan, pi pli, pl pol, ps pus, pt por, qu que, rm roh, rn run, ro ron rum, ru rus, rw kin, sa san,
sc srd, sd snd, se sme, sg sag, sh hbs, si sin, sk slk slo, sl slv, sm smo, sn sna, so som,
sq sqi alb, sr srp, ss ssw, st sot, su sun, sv swe, sw swa, ta tam, te tel, tg tgk, th tha, ti tir,
tk tuk, tl tgl, tn tsn, to ton, tr tur, ts tso, tt tat, tw twi, ty tah, ug uig, uk ukr, ur urd,
uz uzb, ve ven, vi vie, vo vol, wa wln, wo wol, xh xho, yi yid ydd, yo yor, za zha, zh zho chi cmn,
zu zul
"""
_SHORT = {long: line.split()[0] for line in _LANGUAGES.split(",") for long in line.split()}
_SHORT |= {"iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro"}  # what they were called once
_NO_LANGUAGE = {"mis", "mul", "und", "zxx"}  # uncoded, several, undetermined, none


def canonical(tag: str) -> str | None:
    """Give a language tag in its one spelling, None where it names no language.

    Lower case, parts joined by `-`, the shortest code of the language: `eng_GB` is `en-gb`. Codes
    of three letters that have no shorter one are taken as they are; of two letters, only known ones.
    """
    tag = tag.strip().lower().replace("_", "-")
    if not _TAG.fullmatch(tag):
        return None
    language, dash, rest = tag.partition("-")
    if language in _NO_LANGUAGE or (len(language) == 2 and language not in _SHORT):
        return None
    return f"{_SHORT.get(language, language)}{dash}{rest}"
