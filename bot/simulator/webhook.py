"""Webhooks: setting one, and posting updates to it in order until each is taken."""

import asyncio
import ipaddress
import json
import re
from urllib.parse import urlsplit

from telegram.constants import WebhookLimit
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest

from bot.simulator.bell import Bell
from bot.simulator.errors import bad_request
from bot.simulator.params import Params
from bot.simulator.parties import Json
from bot.simulator.updates import Webhook
from bot.simulator.world import World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a name
# Telegram's own pauses are longer and unpublished; these keep a demo lively.
FIRST_PAUSE_S = 0.1
LONGEST_PAUSE_S = 10.0
_SECRET = re.compile(r"[A-Za-z0-9_-]*")


def set_webhook(world: World, params: Params) -> object:
    """True; an empty address removes the webhook."""
    address, secret = params.text("url"), params.text("secret_token")
    if not address:
        return delete_webhook(world, params)
    _check_address(address)
    if len(secret) > WebhookLimit.MAX_SECRET_TOKEN_LENGTH:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    world.updates.allow(params.array("allowed_updates"))
    if params.flag("drop_pending_updates"):
        world.updates.waiting.clear()
    world.webhook = Webhook(address, secret, params.integer("max_connections", 40))
    world.tell("webhook", 0)
    return True


def delete_webhook(world: World, params: Params) -> object:
    """True, whether there was one or not."""
    if params.flag("drop_pending_updates"):
        world.updates.waiting.clear()
    world.webhook = None
    world.tell("webhook", 0)
    return True


def get_webhook_info(world: World, params: Params) -> object:
    """A WebhookInfo; its url is empty when updates are polled."""
    info: Json = {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.waiting),
        "allowed_updates": sorted(world.updates.allowed),
    }
    if world.webhook is not None:
        info |= {"url": world.webhook.url, "max_connections": world.webhook.max_connections}
        if world.webhook.last_error:
            info["last_error_message"] = world.webhook.last_error
            info["last_error_date"] = world.webhook.last_error_date
    return info


def _check_address(address: str) -> None:
    parts = urlsplit(address)
    is_local = _is_loopback(parts.hostname or "")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_local):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not is_local:
        # Nothing here leaves the machine.
        raise bad_request("bad webhook: Failed to resolve host: Name or service not known")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class WebhookDelivery:
    """Posts waiting updates to the webhook one at a time; an update not taken is posted again."""

    def __init__(self, world: World, bell: Bell) -> None:
        self._world = world
        self._bell = bell
        self._client = AsyncHTTPClient(force_instance=True)

    async def run(self) -> None:
        """Deliver until cancelled."""
        pause_s = FIRST_PAUSE_S
        try:
            while True:
                webhook, waiting = self._world.webhook, self._world.updates.waiting
                if webhook is None or not waiting:
                    await self._bell.rung()
                    continue
                if await self._post(webhook, waiting[0]):
                    pause_s = FIRST_PAUSE_S
                else:
                    await asyncio.sleep(pause_s)
                    pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
        finally:
            self._client.close()

    async def _post(self, webhook: Webhook, update: Json) -> bool:
        headers = {"Content-Type": "application/json"}
        if webhook.secret:
            headers[SECRET_HEADER] = webhook.secret
        request = HTTPRequest(
            webhook.url,
            method="POST",
            headers=headers,
            body=json.dumps(update),
            validate_cert=False,
            follow_redirects=False,
        )
        try:
            response = await self._client.fetch(request, raise_error=False)
        except (OSError, HTTPClientError) as error:
            return self._failed(webhook, f"Connection failed: {error}")
        if not 200 <= response.code < 300:
            return self._failed(
                webhook, f"Wrong response from the webhook: {response.code} {response.reason}"
            )
        if update in self._world.updates.waiting:
            self._world.updates.waiting.remove(update)
        return True

    def _failed(self, webhook: Webhook, reason: str) -> bool:
        webhook.last_error, webhook.last_error_date = reason, self._world.now()
        self._world.tell("webhook", 0)
        return False
