"""Run a command in a network of its own, in which a site on a public address redirects to a private one.

Run as ``unshare --net python public_site.py COMMAND…``: nothing leaves the machine, since the network holds
the loopback device only, which bears the public address as well.
"""

import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ADDRESS, PORT = "93.184.215.14", 8080
SITE = f"http://{ADDRESS}:{PORT}"
TEXT = "The lighthouse at Cape Merrow was sold to its keeper for one crown, the harbour board said on Friday."


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.startswith("/away/"):
            self.send_response(302)
            self.send_header("Location", f"http://{self.path.removeprefix('/away/')}:{PORT}/secret")
            self.end_headers()
            return
        body = (
            f"<html><head><title>Sold</title></head><body><article><h1>Sold</h1><p>{TEXT}</p></article></body></html>"
        )
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Standard error belongs to the command."""


def main() -> int:
    for words in ("link set lo up", f"address add {ADDRESS}/32 dev lo"):
        subprocess.run(["ip", *words.split()], check=True)
    threading.Thread(target=ThreadingHTTPServer(("0.0.0.0", PORT), Site).serve_forever, daemon=True).start()
    return subprocess.run(sys.argv[1:], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
