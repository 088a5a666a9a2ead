"""A small client of Baken for an organisation's own system: signs in by key, sends, follows what was sent, checks webhooks.

It needs Python 3.11 and the package cryptography, and nothing else of Baken. It keeps nothing on disk and logs nothing.
"""

import base64
import hashlib
import hmac
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPMessage
from secrets import token_urlsafe
from typing import IO, Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

API = "/api/v1"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ATTEMPTS = 5
TRY_AGAIN = frozenset({429, 502, 503, 504})
LIFE_OF_ASSERTION = 60
LOCAL = ("localhost", "127.0.0.1", "::1")

Json = dict[str, Any]
PrivateKey = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


class BakenError(Exception):
    """Baken refused. status is the HTTP status; problem is its answer, which names members and rules and never a value."""

    def __init__(self, status: int, problem: Json) -> None:
        super().__init__(f"{status}: {problem.get('detail') or problem.get('error') or 'refused'}")
        self.status = status
        self.problem = problem


class NoAnswerError(Exception):
    """Nobody answered, after several attempts. The same call with the same key may be made again later."""


class NotSignedError(Exception):
    """A message at the webhook's address that Baken did not send, or that somebody sends again."""


@dataclass(frozen=True)
class Receipt:
    """reference is empty for an anonymous signal; status is the word of the interface, such as aanvaard."""

    reference: str
    status: str


@dataclass
class Client:
    """address as in https://intake.baken.example; private_key is the PEM of a P-256 or Ed25519 key."""

    address: str
    client_id: str
    private_key: bytes
    kid: str = ""
    timeout: float = 30.0
    wait: Callable[[float], None] = time.sleep
    _token: str = field(default="", repr=False)
    _token_ends: float = 0.0

    def __post_init__(self) -> None:
        parts = urllib.parse.urlsplit(self.address)
        if parts.scheme != "https" and parts.hostname not in LOCAL:
            raise ValueError("The address must begin with https://.")
        self._key = _read(self.private_key)
        self.kid = self.kid or thumbprint(self._key)

    def send_report(self, report: Mapping[str, Any], *, key: str = "") -> Receipt:
        """The same key sends the same report once, however often this is called. Keep it until there is a receipt."""
        return _receipt(self._json("POST", "/meldingen", report, key=key))

    def report(self, reference: str) -> Json:
        return self._json("GET", f"/meldingen/{urllib.parse.quote(reference, safe='')}")

    def find_report(self, own_reference: str) -> Json:
        return self._json("POST", "/meldingen/zoekopdrachten", {"eigenKenmerk": own_reference})

    def correct_report(self, reference: str, report: Mapping[str, Any], *, key: str = "") -> Receipt:
        return _receipt(self._json("PUT", f"/meldingen/{urllib.parse.quote(reference, safe='')}", report, key=key))

    def send_batch(self, content: bytes, *, kind: str = "text/csv", trial: bool = False, key: str = "") -> str:
        """Gives the number of the batch. Nothing of it is stored before it is confirmed; with trial nothing ever is."""
        query = "?proef=true" if trial else ""
        headers = {"Content-Type": kind, "Idempotency-Key": key or new_key()}
        return str(self._call("POST", f"/aanleveringen{query}", content, headers)["aanlevering"])

    def batch(self, batch: str) -> Json:
        return self._json("GET", f"/aanleveringen/{batch}")

    def wait_for_batch(self, batch: str, *states: str, seconds: float = 600) -> Json:
        """Until it is in one of these states, such as gecontroleerd, afgewezen or verwerkt."""
        ends = time.monotonic() + seconds
        while (found := self.batch(batch))["status"] not in states:
            if time.monotonic() > ends:
                raise NoAnswerError(f"The batch is still {found['status']}.")
            self.wait(1.0)
        return found

    def errors_of_batch(self, batch: str) -> list[Json]:
        found: list[Json] = []
        page = 1
        while True:
            answer = self._json("GET", f"/aanleveringen/{batch}/regels?status=fout&page={page}")
            found += answer["results"]
            if not answer["next"]:
                return found
            page += 1

    def confirm_batch(self, batch: str, *, leave_out_errors: bool = False) -> Json:
        return self._json("POST", f"/aanleveringen/{batch}/bevestigingen", {"foutenWeglaten": leave_out_errors})

    def _json(self, method: str, path: str, document: Mapping[str, Any] | None = None, *, key: str = "") -> Json:
        headers = {"Idempotency-Key": key or new_key()} if method != "GET" else {}
        if document is None:
            return self._call(method, path, None, headers)
        body = json.dumps(document, ensure_ascii=False).encode()
        return self._call(method, path, body, headers | {"Content-Type": "application/json"})

    def _call(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Json:
        """A token that was withdrawn or has run out is asked for anew, once."""
        try:
            return self._again(method, f"{API}{path}", body, dict(headers) | {"Authorization": f"Bearer {self._access()}"})
        except BakenError as error:
            if error.status != 401:
                raise
        self._token = ""
        return self._again(method, f"{API}{path}", body, dict(headers) | {"Authorization": f"Bearer {self._access()}"})

    def _access(self) -> str:
        if self._token and time.monotonic() < self._token_ends:
            return self._token
        given = self._again("POST", f"{API}/oauth/token", self._form, {"Content-Type": "application/x-www-form-urlencoded"})
        self._token = str(given["access_token"])
        self._token_ends = time.monotonic() + 0.8 * float(given["expires_in"])
        return self._token

    def _form(self) -> bytes:
        """Signed anew for each attempt: one is good for one time."""
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": self._assertion(f"{self.address}{API}/oauth/token"),
        }
        return urllib.parse.urlencode(form).encode()

    def _assertion(self, audience: str) -> str:
        now = int(time.time())
        algorithm = "EdDSA" if isinstance(self._key, ed25519.Ed25519PrivateKey) else "ES256"
        claims = {"iss": self.client_id, "sub": self.client_id, "aud": audience, "iat": now, "exp": now + LIFE_OF_ASSERTION}
        header = {"alg": algorithm, "kid": self.kid, "typ": "JWT"}
        signed = f"{_part(_bytes(header))}.{_part(_bytes(claims | {'jti': token_urlsafe(16)}))}"
        return f"{signed}.{_part(_signature(self._key, signed.encode()))}"

    def _again(self, method: str, path: str, body: bytes | Callable[[], bytes] | None, headers: Mapping[str, str]) -> Json:
        for attempt in range(ATTEMPTS):
            try:
                return self._once(method, path, body() if callable(body) else body, headers)
            except BakenError as error:
                if error.status not in TRY_AGAIN or attempt == ATTEMPTS - 1:
                    raise
            except OSError:
                if attempt == ATTEMPTS - 1:
                    raise NoAnswerError("Baken does not answer; try again later with the same key.") from None
            self.wait(2.0**attempt)
        raise NoAnswerError

    def _once(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Json:
        request = urllib.request.Request(f"{self.address}{path}", data=body, headers=dict(headers), method=method)  # noqa: S310
        try:
            with _OPENER.open(request, timeout=self.timeout) as answer:
                return _object(answer.read())
        except urllib.error.HTTPError as refused:
            with refused:
                raise BakenError(refused.code, _object(refused.read())) from None


class _FollowNobody(urllib.request.HTTPRedirectHandler):
    """A token is for one address."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


_OPENER = urllib.request.build_opener(_FollowNobody)


def new_key() -> str:
    """For the Idempotency-Key of one report or one file."""
    return token_urlsafe(24)


def read_webhook(secret: str, headers: Mapping[str, str], body: bytes, *, tolerance: float = 300) -> Json:
    """What Baken told, after its signature and its moment were checked: id, onderwerp, kenmerk, status, tijd."""
    found = {name.lower(): value for name, value in headers.items()}.get("baken-signature", "")
    parts = dict(part.split("=", 1) for part in found.split(",") if "=" in part)
    moment, code = parts.get("t", ""), parts.get("v1", "")
    expected = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), code.encode()):
        raise NotSignedError("The signature is not Baken's.")
    if abs(time.time() - int(moment)) > tolerance:
        raise NotSignedError("The message is too old.")
    return _object(body)


def thumbprint(key: PrivateKey) -> str:
    """The name that Baken gives a key that came without one (RFC 7638)."""
    return _part(hashlib.sha256(_bytes(public_jwk(key))).digest())


def public_jwk(key: PrivateKey) -> Json:
    public = key.public_key()
    if isinstance(public, ed25519.Ed25519PublicKey):
        return {"crv": "Ed25519", "kty": "OKP", "x": _part(public.public_bytes_raw())}
    numbers = public.public_numbers()
    return {"crv": "P-256", "kty": "EC", "x": _part(numbers.x.to_bytes(32)), "y": _part(numbers.y.to_bytes(32))}


def _read(pem: bytes) -> PrivateKey:
    key = serialization.load_pem_private_key(pem, None)
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key
    if isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    raise ValueError("The key must be of kind P-256 or Ed25519.")


def _signature(key: PrivateKey, message: bytes) -> bytes:
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign(message)
    r, s = decode_dss_signature(key.sign(message, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32) + s.to_bytes(32)


def _receipt(answer: Json) -> Receipt:
    return Receipt(answer["kenmerk"] or "", answer["status"])


def _object(content: bytes) -> Json:
    try:
        found = json.loads(content)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _bytes(members: Json) -> bytes:
    return json.dumps(members, separators=(",", ":"), sort_keys=True).encode()


def _part(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
