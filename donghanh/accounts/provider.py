"""
An organisation's own provider of OpenID Connect, held to more than the library asks for.

The identity token is believed only with a signature of the provider's keys, for us, in time, and
with the word (nonce) we sent along. Of what it says nothing is kept but who it is about.
"""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

import jwt
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse


class Exchange(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Asks the provider who somebody is, and checks the answer."""

    #: The word sent along, which the answer has to repeat.
    nonce = ""

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        config = self.openid_config
        try:
            said: dict[str, Any] = jwtkit.verify_and_decode(
                credential=id_token,
                keys_url=config["jwks_uri"],
                issuer=config["issuer"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("the identity token cannot be read") from error
        if not self.nonce or not secrets.compare_digest(str(said.get("nonce", "")), self.nonce):
            raise OAuth2Error("the identity token answers another question")
        if "exp" not in said or not said.get("sub"):
            raise OAuth2Error("the identity token is not complete")
        return said

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **options: Any) -> Any:
        """Return who came; an answer without an identity token is none."""
        if not options["response"].get("id_token"):
            raise OAuth2Error("there is no identity token")
        return super().complete_login(request, app, token, **options)


class Callback(OAuth2CallbackView):  # type: ignore[misc]
    """Where the provider sends somebody back to."""

    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[Any, HttpResponse | None]:
        state, response = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, response


class OwnProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """The provider of an organisation."""

    package: ClassVar[str] = "donghanh.accounts"
    oauth2_adapter_class = Exchange
    pkce_enabled_default = True

    def redirect(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """Send somebody to the provider, with a word the answer has to repeat."""
        nonce = secrets.token_urlsafe(24)
        sent = self.get_auth_params() | {"nonce": nonce}
        answer: HttpResponse = super().redirect(
            request, *args, auth_params=sent, nonce=nonce, **options
        )
        return answer

    def get_default_scope(self) -> list[str]:
        """Return what is asked for: who it is and the address, nothing else."""
        return ["openid", "email"]

    def extract_extra_data(self, data: Any) -> dict[str, Any]:
        """Keep nothing of what the provider says."""
        return {}

    def extract_common_fields(self, data: Any) -> dict[str, Any]:
        """Take nothing over into the account."""
        return {}
