"""A small writer of PDFs for tests: text at its place, tags, links, pictures, passwords."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

PLAIN, BOLD, ANY, SIGNS = "F1", "F2", "F3", "F4"
"""Fonts: two of the standard ones, one that knows all of Unicode, one that tells no letters."""

WIDTH, HEIGHT = 595, 842


@dataclass
class Page:
    """A page; `tags` are the elements its marks belong to, in reading order."""

    content: list[bytes] = field(default_factory=list)
    links: list[tuple[tuple[float, float, float, float], str]] = field(default_factory=list)
    tags: list[tuple[str, ...]] = field(default_factory=list)
    turned: int = 0

    def text(
        self, x: float, y: float, text: str, size: float = 10, font: str = PLAIN, *, tag: str = ""
    ) -> Page:
        """Draw one line; `tag` (`P`, `L/LI`) marks it as a new element, `+` as more of the last,
        `P#2` as more of the file's second."""
        code = text.encode("utf-16-be") if font in (ANY, SIGNS) else text.encode("cp1252")
        drawn = b"BT /%s %g Tf %g %g Td <%s> Tj ET" % (
            font.encode(),
            size,
            x,
            y,
            code.hex().encode(),
        )
        if tag:
            self.tags.append(tuple(tag.split("/")))
            drawn = b"/X <</MCID %d>> BDC %s EMC" % (len(self.tags) - 1, drawn)
        self.content.append(drawn)
        return self

    def lines(self, x: float, y: float, lines: list[str], tag: str = "") -> float:
        """Draw lines one below the other; give where the next would stand."""
        for at, line in enumerate(lines):
            self.text(x, y, line, tag=(tag if at == 0 else "+") if tag else "")
            y -= 12
        return y

    def link(self, x: float, y: float, width: float, url: str) -> Page:
        """Make a place lead to an address."""
        self.links.append(((x, y - 3, x + width, y + 10), url))
        return self

    def picture(self) -> Page:
        """Fill the page with a picture, as a scan does."""
        self.content.append(b"q %d 0 0 %d 0 0 cm /Im Do Q" % (WIDTH, HEIGHT))
        return self


class Writer:
    """Puts the objects of a file together."""

    def __init__(self, pages: list[Page], info: dict[str, str] | None = None) -> None:
        self._objects: list[tuple[bytes, bytes | None]] = [(b"", None)] * 2
        self._info = info or {}
        kids = [self._page(page, number) for number, page in enumerate(pages)]
        root = b"<</Type/Catalog/Pages 2 0 R>>"
        if any(page.tags for page in pages):
            root = b"<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>/StructTreeRoot %s>>"
            root %= self._tree(pages, kids)
        self._objects[0] = (root, None)
        self._objects[1] = (
            b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids)),
            None,
        )

    def write(self, user: str | None = None, owner: str = "owner") -> bytes:
        """Give the file, encrypted (RC4, 40 bits) where there is a `user` password, even an empty one."""
        info = b"".join(b"/%s %s" % (k.encode(), _string(v)) for k, v in self._info.items())
        lock = _Lock(user, owner) if user is not None else None
        number = self._add(b"<<%s>>" % (info if not lock else b""))
        out, places = bytearray(b"%PDF-1.4\n"), []
        for at, (head, data) in enumerate(self._objects, 1):
            places.append(len(out))
            body = head
            if data is not None:
                sealed = lock.apply(at, data) if lock else data
                body = b"%s/Length %d>>\nstream\n%s\nendstream" % (head[:-2], len(sealed), sealed)
            out += b"%d 0 obj\n%s\nendobj\n" % (at, body)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        more = b"/Encrypt<<%s>>/ID[<00><00>]" % lock.entry if lock else b""
        out += b"trailer\n<</Size %d/Root 1 0 R/Info %s%s>>\n" % (len(places) + 1, number, more)
        return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)

    def _add(self, head: bytes, data: bytes | None = None) -> bytes:
        self._objects.append((head, data))
        return b"%d 0 R" % len(self._objects)

    def _page(self, page: Page, number: int) -> bytes:
        content = self._add(b"<<>>", b"\n".join(page.content))
        notes = [
            self._add(
                b"<</Type/Annot/Subtype/Link/Border[0 0 0]/Rect[%g %g %g %g]/A<</S/URI/URI<%s>>>>>"
                % (*box, url.encode().hex().encode())
            )
            for box, url in page.links
        ]
        image = b""
        if any(b"/Im Do" in part for part in page.content):
            dots = b"<</Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8>>"
            image = b"/XObject<</Im %s>>" % self._add(dots, bytes(range(64)))
        return self._add(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Rotate %d/Contents %s/StructParents %d/Annots[%s]"
            b"/Resources<</Font<<%s>>%s>>>>"
            % (WIDTH, HEIGHT, page.turned, content, number, b" ".join(notes), self._fonts(), image)
        )

    def _fonts(self) -> bytes:
        if not hasattr(self, "_known"):
            standard = b"<</Type/Font/Subtype/Type1/Encoding/WinAnsiEncoding/BaseFont/%s>>"
            ranges = b"".join(b"<%02X00> <%02XFF> <%02X00>\n" % (n, n, n) for n in range(256))
            blocks = ranges.splitlines()
            maps = b"".join(
                b"%d beginbfrange\n%s\nendbfrange\n" % (len(some), b"\n".join(some))
                for some in (blocks[at : at + 64] for at in range(0, 256, 64))
            )
            cmap = (
                b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> "
                b"endcodespacerange\n%sendcmap end" % maps
            )
            self._known = b"/F1 %s/F2 %s/F3 %s/F4 %s" % (
                self._add(standard % b"Helvetica"),
                self._add(standard % b"Helvetica-Bold"),
                self._wide(b"/ToUnicode %s" % self._add(b"<<>>", cmap)),
                self._wide(b""),
            )
        return self._known

    def _wide(self, to_unicode: bytes) -> bytes:
        flags = self._add(
            b"<</Type/FontDescriptor/FontName/Any/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800"
            b"/Descent -200/CapHeight 700/StemV 80>>"
        )
        inner = self._add(
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Any/CIDToGIDMap/Identity/DW 500/FontDescriptor %s"
            b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>" % flags
        )
        head = (
            b"<</Type/Font/Subtype/Type0/BaseFont/Any/Encoding/Identity-H/DescendantFonts[%s]%s>>"
        )
        return self._add(head % (inner, to_unicode))

    def _tree(self, pages: list[Page], kids: list[bytes]) -> bytes:
        """Write the elements below one `Document`; a `+` is one more piece of the element before."""
        first = len(self._objects) + 1
        root, document = b"%d 0 R" % first, b"%d 0 R" % (first + 1)
        self._objects += [(b"", None), (b"", None)]
        elements: list[tuple[bytes, bytes, bytes, list[bytes]]] = []
        children: list[bytes] = []
        parents: list[list[bytes]] = []
        for page, kid in zip(pages, kids, strict=True):
            owners = []
            for mark, tags in enumerate(page.tags):
                piece = b"<</Type/MCR/Pg %s/MCID %d>>" % (kid, mark)
                if tags == ("+",):
                    elements[-1][3].append(piece)
                elif "#" in tags[0]:
                    place = int(tags[0].split("#")[1]) - 1
                    elements[place][3].append(piece)
                    owners.append(elements[place][0])
                    continue
                else:
                    above = document
                    for tag in tags:
                        name = self._add(b"")
                        elements.append((name, tag.encode(), above, []))
                        owner = children if above == document else elements[-2][3]
                        owner.append(name)
                        above = name
                    elements[-1][3].append(piece)
                owners.append(elements[-1][0])
            parents.append(owners)
        for name, kind, above, parts in elements:
            entry = b"<</Type/StructElem/S/%s/P %s/K[%s]>>" % (kind, above, b" ".join(parts))
            self._objects[int(name.split()[0]) - 1] = (entry, None)
        numbers = b" ".join(
            b"%d [%s]" % (at, b" ".join(owners)) for at, owners in enumerate(parents)
        )
        self._objects[first - 1] = (
            b"<</Type/StructTreeRoot/K %s/ParentTree<</Nums[%s]>>>>" % (document, numbers),
            None,
        )
        self._objects[first] = (
            b"<</Type/StructElem/S/Document/P %s/K[%s]>>" % (root, b" ".join(children)),
            None,
        )
        return root


class _Lock:
    """The standard security handler in its oldest form."""

    _PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")

    def __init__(self, user: str, owner: str) -> None:
        padded = [(word.encode() + self._PAD)[:32] for word in (owner, user)]
        stored = _rc4(hashlib.md5(padded[0]).digest()[:5], padded[1])
        rights = (-64).to_bytes(4, "little", signed=True)
        self._key = hashlib.md5(padded[1] + stored + rights + b"\0").digest()[:5]
        proof = _rc4(self._key, self._PAD)
        self.entry = b"/Filter/Standard/V 1/R 2/P -64/O<%s>/U<%s>" % (
            stored.hex().encode(),
            proof.hex().encode(),
        )

    def apply(self, number: int, data: bytes) -> bytes:
        key = hashlib.md5(self._key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
        return _rc4(key, data)


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def _string(text: str) -> bytes:
    return b"<%s>" % (b"\xfe\xff" + text.encode("utf-16-be")).hex().encode()


def pdf(*pages: Page, **info: str) -> bytes:
    """Give a PDF of these pages."""
    return Writer(list(pages), info).write()
