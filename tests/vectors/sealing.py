"""The known answers of every stored format, and a key folder that holds their keys. The files themselves are never changed."""

import base64
import json
from pathlib import Path
from typing import Any
from uuid import UUID

from safeguards.models import DataKey
from safeguards.places import Place

VECTORS: dict[str, Any] = json.loads(Path(__file__).with_name("sealing.json").read_text(encoding="utf-8"))
PARCEL: dict[str, Any] = json.loads(Path(__file__).with_name("parcel.json").read_text(encoding="utf-8"))
WEBHOOK: dict[str, Any] = json.loads(Path(__file__).with_name("webhook.json").read_text(encoding="utf-8"))
PSEUDONYM: dict[str, Any] = json.loads(Path(__file__).with_name("pseudonym.json").read_text(encoding="utf-8"))
EDITION: dict[str, Any] = json.loads(Path(__file__).with_name("edition.json").read_text(encoding="utf-8"))
CONTENT = bytes.fromhex(VECTORS["content"])
PLACE = Place(
    table=VECTORS["place"]["table"],
    row=UUID(VECTORS["place"]["row"]),
    group=VECTORS["place"]["group"],
    organisation=UUID(VECTORS["place"]["organisation"]),
)


def write_keys(folder: Path) -> Path:
    keys = (VECTORS, PARCEL, WEBHOOK, EDITION, PSEUDONYM)
    for name, material in (item for vector in keys for item in vector["keys"].items()):
        path = folder / name
        path.write_text(base64.b64encode(bytes.fromhex(material)).decode())
        path.chmod(0o444 if name.endswith(".public") else 0o400)
    return folder


def data_key(purpose: DataKey.Purpose) -> DataKey:
    vector = VECTORS["draft" if purpose == DataKey.Purpose.DRAFT else "data"]
    return DataKey(
        id=UUID(vector["id"]),
        owner=PLACE.row,
        purpose=purpose,
        wrapping_key=vector["wrapping_key"],
        wrapped=bytes.fromhex(vector["wrapped"]),
    )


def blob(of: str, name: str = "blob") -> bytes:
    return bytes.fromhex(VECTORS[of][name])
