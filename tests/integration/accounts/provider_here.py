"""
A provider of OpenID Connect on this machine: a real server with discovery, keys, PKCE and tokens.

It signs with a real key, and says whatever a test wants it to say.
"""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "dong-hanh", "mot-bi-mat"


class Provider:
    """
    What the server knows, and what it says of who comes.

    ``claims`` change what the identity token says; ``None`` leaves a claim out. ``key`` signs it,
    which need not be the one that is published.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.published = RSAKey.generate_key(2048, {"kid": "mot", "alg": "RS256", "use": "sig"})
        self.key = self.published
        self.claims: dict[str, Any] = {}
        self.without_token = False
        self.asked: dict[str, dict[str, str]] = {}
        self.exchanged = 0

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def authorise(self, asked: dict[str, str]) -> str:
        """Return where somebody is sent back to, with a code."""
        code = f"code{len(self.asked)}"
        self.asked[code] = asked
        return asked["redirect_uri"] + "?" + urlencode({"code": code, "state": asked["state"]})

    def exchange(self, sent: dict[str, str]) -> dict[str, Any] | None:
        """Return the tokens for a code, or nothing where client or verifier are not right."""
        asked = self.asked.pop(sent.get("code", ""), None)
        if asked is None or (sent.get("client_id"), sent.get("client_secret")) != (CLIENT, SECRET):
            return None
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if asked.get("code_challenge") != challenge or asked["code_challenge_method"] != "S256":
            return None
        self.exchanged += 1
        now = int(time.time())
        said = {"iss": self.url, "aud": CLIENT, "sub": "so-1", "iat": now, "exp": now + 300}
        said |= {"nonce": asked.get("nonce"), "email": "bich@so.vn", "email_verified": True}
        said |= self.claims
        kept = {name: value for name, value in said.items() if value is not None}
        token = jwt.encode({"alg": "RS256", "kid": "mot"}, kept, self.key)
        answer = {"access_token": "x", "token_type": "Bearer", "expires_in": 300}
        return answer if self.without_token else answer | {"id_token": token}


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/.well-known/openid-configuration":
            self._json(self.provider.discovery())
        elif parts.path == "/keys":
            self._json({"keys": [self.provider.published.as_dict(private=False)]})
        elif parts.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", self.provider.authorise(_flat(parts.query)))
            self.end_headers()
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        answer = self.provider.exchange(_flat(sent))
        self._json(answer or {"error": "invalid_grant"}, 200 if answer else 400)

    def _json(self, said: object, status: int = 200) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def _flat(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}


@contextmanager
def running() -> Iterator[Provider]:
    """Serve a provider on a free port of this machine."""
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    provider = Provider(f"http://127.0.0.1:{server.server_port}")
    handler.provider = provider  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
