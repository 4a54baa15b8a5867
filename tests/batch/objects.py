"""An object store of one bucket, as far as a reader of documents asks for it."""
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

BUCKET = "reports"
_SINCE = 1_700_000_000


@contextmanager
def serving(objects: Mapping[str, bytes]) -> Iterator[tuple[str, list[str]]]:
    """The options of a URL that lead there, and what has been asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self) -> None:
            self.do_GET()

        def do_GET(self) -> None:
            url = urlsplit(self.path)
            key = unquote(url.path).removeprefix(f"/{BUCKET}").lstrip("/")
            asked.append(f"{self.command} {key}")
            if not key:
                self._answer(200, _listing(objects, parse_qs(url.query)), "application/xml")
            elif key in objects and "denied" not in key:
                self._answer(200, objects[key], "text/plain")
            else:
                self._answer(403 if key in objects else 404, b"", "text/plain")

        def _answer(self, status: int, data: bytes, kind: str) -> None:
            asked_for = self.headers.get("Range")
            if status == 200 and asked_for and self.command == "GET":
                first, _, last = asked_for.removeprefix("bytes=").partition("-")
                status, data = 206, data[int(first):int(last or len(data)) + 1]
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Last-Modified", formatdate(_SINCE, usegmt=True))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"endpoint_override=127.0.0.1:{server.server_port}&scheme=http&region=cn-north-1", asked
    finally:
        server.shutdown()
        server.server_close()


def _listing(objects: Mapping[str, bytes], query: Mapping[str, list[str]]) -> bytes:
    prefix, delimiter = query.get("prefix", [""])[0], query.get("delimiter", [""])[0]
    keys = [key for key in sorted(objects) if key.startswith(prefix)]
    folders = sorted({prefix + key[len(prefix):].partition(delimiter)[0] + delimiter for key in keys
                      if delimiter and delimiter in key[len(prefix):]})
    plain = [key for key in keys if not any(key.startswith(folder) for folder in folders)]
    contents = "".join(f"<Contents><Key>{escape(key)}</Key><Size>{len(objects[key])}</Size>"
                       "<LastModified>2023-11-14T22:13:20.000Z</LastModified></Contents>" for key in plain)
    common = "".join(f"<CommonPrefixes><Prefix>{escape(folder)}</Prefix></CommonPrefixes>" for folder in folders)
    return (f'<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><Name>{BUCKET}</Name><Prefix>{escape(prefix)}'
            f"</Prefix><KeyCount>{len(plain) + len(folders)}</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false"
            f"</IsTruncated>{contents}{common}</ListBucketResult>").encode()
