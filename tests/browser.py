"""Debian's chromium without a window, driven over the Chrome DevTools Protocol."""

import asyncio
import contextlib
import itertools
import json
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tornado.httpclient import AsyncHTTPClient
from tornado.websocket import WebSocketClientConnection, websocket_connect

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--remote-debugging-port=0",
]

SIGHT_MS = 8000


def find_browser() -> str | None:
    """Where chromium is installed, if it is."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Page:
    """One open tab."""

    def __init__(self, socket: WebSocketClientConnection) -> None:
        self._socket = socket
        self._ids = itertools.count(1)
        self.problems: list[str] = []

    async def call(self, method: str, **params: object) -> dict:
        """One protocol command and its answer; what the page complains of meanwhile is kept."""
        call_id = next(self._ids)
        await self._socket.write_message(json.dumps({"id": call_id, "method": method, "params": params}))
        while True:
            heard = json.loads(await self._socket.read_message())
            if heard.get("id") == call_id:
                assert "error" not in heard, heard
                return heard["result"]
            self._note(heard)

    async def run(self, script: str) -> object:
        """The value of a JavaScript expression; a promise is awaited."""
        answer = await self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    async def see(self, claim: str) -> object:
        """Wait until a JavaScript expression holds, looking again at every change of the page."""
        return await self.run(
            f"""new Promise((seen, missed) => {{
              const look = () => {{
                const found = {claim};
                if (found) {{ watch.disconnect(); seen(found); }}
              }};
              const watch = new MutationObserver(look);
              const everything = {{subtree: true, childList: true, attributes: true, characterData: true}};
              watch.observe(document, everything);
              setTimeout(() => missed(new Error("not seen: " + document.body.innerText)), {SIGHT_MS});
              look();
            }})"""
        )

    async def click(self, selector: str) -> None:
        """Click in the middle of an element, as a hand would, once the page has been drawn."""
        await self.run("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
        x, y = await self.run(
            f"""(() => {{ const box = document.querySelector({json.dumps(selector)}).getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2]; }})()"""
        )
        for kind in ("mousePressed", "mouseReleased"):
            await self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    async def type(self, text: str) -> None:
        """Write into whatever has the focus."""
        await self.call("Input.insertText", text=text)

    def _note(self, heard: dict) -> None:
        if heard["method"] == "Runtime.exceptionThrown":
            self.problems.append(str(heard["params"]["exceptionDetails"]))
        elif heard["method"] == "Log.entryAdded" and heard["params"]["entry"]["level"] == "error":
            self.problems.append(heard["params"]["entry"]["text"])


@asynccontextmanager
async def open_page(browser: str, address: str, profile: Path) -> AsyncIterator[Page]:
    """A tab at an address, in a browser of its own that is closed afterwards."""
    process = await asyncio.create_subprocess_exec(
        browser,
        *FLAGS,
        f"--user-data-dir={profile}",
        stderr=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
    )
    try:
        endpoint = await _endpoint(process.stderr)
        client = AsyncHTTPClient(force_instance=True)
        tabs = json.loads((await client.fetch(f"http://{endpoint}/json/list")).body)
        client.close()
        tab = next(each for each in tabs if each["type"] == "page")
        with contextlib.closing(await websocket_connect(tab["webSocketDebuggerUrl"])) as socket:
            page = Page(socket)
            await page.call("Runtime.enable")
            await page.call("Log.enable")
            await page.call("Page.navigate", url=address)
            yield page
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.communicate()


async def _endpoint(stderr: asyncio.StreamReader) -> str:
    async with asyncio.timeout(20):
        while line := await stderr.readline():
            if found := re.search(rb"DevTools listening on ws://([^/]+)/", line):
                return found[1].decode()
    raise AssertionError("the browser ended before it listened")
