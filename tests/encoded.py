"""Looks in raw bytes for values in every spelling and form that somebody would try who holds a dump and a list of names."""

import hashlib
import re
import unicodedata
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator

DIGESTS = ("md5", "sha1", "sha256", "sha512", "blake2b")


def spellings(value: str) -> set[str]:
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", value) if not unicodedata.combining(letter))
    forms = {value, bare, re.sub(r"\W", "", bare), value.strip()}
    return {made for form in forms for made in (form, form.lower(), form.upper(), form.title()) if made}


def forms(value: str) -> Iterator[tuple[str, bytes]]:
    """Each form by name. A text inside a longer one has other letters in base64 for each place it may begin at."""
    for spelling in spellings(value):
        for encoding in ("utf-8", "utf-16-le"):
            plain = spelling.encode(encoding)
            yield f"{encoding} of {spelling}", plain
            yield f"hex of {encoding} of {spelling}", plain.hex().encode()
            yield from ((f"base64 of {encoding} of {spelling}", one) for one in _in_base64(plain))
        for name in DIGESTS:
            digest = hashlib.new(name, spelling.encode()).digest()
            yield f"{name} of {spelling}", digest
            yield f"{name} of {spelling} in hex", digest.hex().encode()
            yield f"{name} of {spelling} in base64", b64encode(digest).rstrip(b"=")[:40]


def _in_base64(plain: bytes) -> Iterator[bytes]:
    for before in range(3):
        for encode in (b64encode, urlsafe_b64encode):
            padded = encode(bytes(before) + plain)
            # The letters at both ends depend on what stands beside.
            yield padded[(before * 8 + 5) // 6 : (before + len(plain)) * 8 // 6]


def told_by(content: bytes, values: Iterable[str]) -> set[str]:
    """What of the values the content tells, by the form in which; text in whatever case."""
    folded = content.lower()
    found = set()
    for value in values:
        for name, form in forms(value):
            if form in content or (form.isascii() and b"base64" not in name.encode() and form.lower() in folded):
                found.add(name)
    return found
