#!/usr/bin/python3
"""The other side of a webhook on the loopback, for tests: verifies the signature as docs/operación.md tells people to.
Says its port in one line, writes down each request that it took as a line of JSON, and ends with its standard input."""
import argparse
import hashlib
import hmac
import http.server
import json
import os
import sys
import threading
import time

parser = argparse.ArgumentParser()
parser.add_argument("--log", required=True)
parser.add_argument("--secret", required=True)
parser.add_argument("--answer", type=int, default=204)
parser.add_argument("--retry-after", help="in how many seconds, or when, it may be tried again")
parser.add_argument("--drop", action="store_true", help="take the request and hang up")
options = parser.parse_args()


def is_genuine(headers, body):
    timestamp = headers["X-Cauce-Timestamp"]
    expected = hmac.new(options.secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    recent = abs(time.time() - int(timestamp)) < 300
    return recent and hmac.compare_digest("sha256=" + expected, headers["X-Cauce-Signature"])


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        genuine = is_genuine(self.headers, body)
        if genuine and options.answer < 300:
            with open(options.log, "a", encoding="utf-8") as log:
                log.write(json.dumps({"key": self.headers["Idempotency-Key"],
                                      "type": self.headers["Content-Type"],
                                      "body": json.loads(body)}) + "\n")
        if options.drop:
            self.close_connection = True
            return
        words = b"" if options.answer == 204 else "así respondo\nen dos renglones".encode()
        self.send_response(options.answer if genuine else 401)
        self.send_header("Content-Length", str(len(words)))
        if options.retry_after:
            self.send_header("Retry-After", options.retry_after)
        if 300 <= options.answer < 400:
            self.send_header("Location", "/otra")
        self.end_headers()
        self.wfile.write(words)

    def log_message(self, *args):
        pass


def end_with_standard_input():
    sys.stdin.read()
    os._exit(0)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
threading.Thread(target=end_with_standard_input, daemon=True).start()
server.serve_forever()
