"""Calls the simulator by plain HTTP, as any client could."""

import json

from tornado.httpclient import AsyncHTTPClient, HTTPRequest

from bot.simulator import GROUP


class Caller:
    """Calls methods of one simulator, parameters as JSON."""

    def __init__(self, simulator):
        self.simulator = simulator

    async def __call__(self, method, **params):
        """The whole answer to a call."""
        request = HTTPRequest(
            f"{self.simulator.url}/bot{self.simulator.token}/{method}",
            method="POST",
            headers={"Content-Type": "application/json"},
            body=json.dumps(params),
        )
        response = await AsyncHTTPClient().fetch(request, raise_error=False)
        body = json.loads(response.body)
        assert response.code == body.get("error_code", 200)
        return body

    async def refused(self, method, **params):
        """The description of a refusal."""
        answer = await self(method, **params)
        assert not answer["ok"], answer
        return answer["description"]

    async def sent(self, text="hello", **params):
        """The message that sendMessage made in the group."""
        answer = await self("sendMessage", **{"chat_id": GROUP.id, "text": text} | params)
        assert answer["ok"], answer
        return answer["result"]


def buttons(*rows):
    """An inline keyboard whose buttons say "b" unless told."""
    return {"inline_keyboard": [[{"text": "b", **button} for button in row] for row in rows]}
