"""A web server on loopback that serves what a test says, well or badly."""

import gzip
import ssl
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# A certificate for news.example that only trusts itself, and its key, which opens nothing.
CERTIFICATE = Path(__file__).parent / "data" / "news.example.pem"


class Web:
    """Replies by path; what is not set is 404. `asked` holds every request, as path and headers.

    Each path has replies, given in turn; the last one is given for ever.
    """

    def __init__(self, port, scheme="http"):
        self.port = port
        self.url = f"{scheme}://127.0.0.1:{port}"
        self.asked = []
        self.closing = threading.Event()
        self._replies = {}

    def at(self, host):
        """The same server by another name."""
        return self.url.replace("127.0.0.1", host)

    def paths(self):
        """What was asked for, in order, robots.txt left out."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def page(self, path, body=b"<p>Words.</p>", *, status=200, **headers):
        """A reply; names of headers with _ for -."""
        named = {name.replace("_", "-").title(): value for name, value in headers.items()}
        named.setdefault("Content-Type", "text/html; charset=utf-8")
        return self.raw(path, lambda asked: _whole(status, named, body, asked))

    def forget(self, *paths):
        """What was set for these paths is not any more."""
        for path in paths:
            del self._replies[path]

    def gzipped(self, path, body):
        """A page that is compressed."""
        return self.page(path, gzip.compress(body), content_encoding="gzip")

    def redirect(self, path, to, status=301):
        """A reply that leads elsewhere."""
        return self.page(path, b"", status=status, location=to)

    def raw(self, path, pieces):
        """A reply byte for byte: ``pieces(asked_headers)`` gives them."""
        self._replies.setdefault(path, []).append(pieces)
        return self.url + path

    def drip(self, path, beginning, drop):
        """A reply that never ends: a drop now and then."""

        def pieces(_asked):
            yield beginning
            while not self.closing.wait(0.02):
                yield drop

        return self.raw(path, pieces)

    def reply_to(self, path, headers):
        """The bytes for one request."""
        self.asked.append((path, headers))
        replies = self._replies.get(path.partition("?")[0])
        if replies is None:
            return _whole(404, {}, b"", headers)
        pieces = replies.pop(0) if len(replies) > 1 else replies[0]
        return pieces(headers)


def _whole(status, headers, body, asked):
    """A well-formed reply; 304 where the page is as it was."""
    unchanged = ("Etag" in headers and asked.get("If-None-Match") == headers["Etag"]) or (
        "Last-Modified" in headers and asked.get("If-Modified-Since") == headers["Last-Modified"]
    )
    if status == 200 and unchanged:
        status, body = 304, b""
    lines = [f"HTTP/1.1 {status} Said", *(f"{name}: {value}" for name, value in headers.items())]
    if "Content-Length" not in headers:
        lines.append(f"Content-Length: {len(body)}")
    return ["\r\n".join(lines).encode() + b"\r\n\r\n" + body]


@contextmanager
def serving(certificate=None):
    """A server at work, with https where there is a certificate."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.close_connection = True
            with suppress(OSError):  # whoever asked has gone
                for piece in web.reply_to(self.path, dict(self.headers)):
                    self.wfile.write(piece)

        def log_message(self, *_arguments):
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = False

        def handle_error(self, *_arguments):
            pass  # a broken handshake is what some tests are about

    with Server(("127.0.0.1", 0), Handler) as server:
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(
                server.socket, server_side=True, do_handshake_on_connect=False
            )
        web = Web(server.server_port, "https" if certificate else "http")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield web
        finally:
            web.closing.set()
            server.shutdown()
            thread.join()
