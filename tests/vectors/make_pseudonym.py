"""Writes pseudonym.json: a pseudonym for Statistics Netherlands and its key, built from the description, not from the code.

Run once (python -m tests.vectors.make_pseudonym); a person keeps theirs, so what stands in the file is never changed.
"""

import hashlib
import json
from pathlib import Path
from uuid import UUID

from tests.vectors.make_sealing import some_bytes

FILE = Path(__file__).with_name("pseudonym.json")
KEY = some_bytes("statistics")
PERSON = UUID("0b9f2f5e-59b5-4c39-8a6c-0c2a4a1f3d10")


if __name__ == "__main__":
    if FILE.exists():
        raise SystemExit(f"{FILE.name} is there: a pseudonym never changes.")
    made = hashlib.blake2b(PERSON.bytes, digest_size=16, key=KEY, person=b"statistics").hexdigest()
    members = {"keys": {"statistics-1.secret": KEY.hex()}, "of": str(PERSON), "pseudonym": made}
    FILE.write_text(json.dumps(members, indent=1) + "\n")
