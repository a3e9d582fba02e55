#!/usr/bin/python3
"""Load for a running HTTP interface of Cauce: many at once who ask, write, listen, come and go, and misbehave.

    http_load.py --port N [--tls] --pid PID --seconds S --people FILE

FILE is JSON: [{"person", "token", "password", "plans": [ids of plans that this person may write in]}]. In the middle the
process is sent SIGHUP again and again, and SIGTERM in the end, with everybody still asking: until then every request must
be answered, and as it must be. Prints what was done; ends with 1, and the first failures, if something was not.
"""

import argparse
import collections
import http.client
import json
import os
import random
import signal
import socket
import ssl
import struct
import sys
import threading
import time
import urllib.parse

API = "/api/v1"
PATIENCE = 120  # a sanitized program on a busy machine takes its time; an answer must come all the same


class Load:
    def __init__(self, options, people):
        self.options = options
        self.people = people
        self.counts = collections.Counter()
        self.failures = []
        self.lock = threading.Lock()
        self.ending = threading.Event()  # from here on the server may be gone
        self.tls = ssl._create_unverified_context() if options.tls else None

    def count(self, what):
        with self.lock:
            self.counts[what] += 1

    def fail(self, what):
        with self.lock:
            if not self.ending.is_set():
                self.failures.append(what)

    def socket(self, encrypted=True):
        # Several addresses of this machine, as of several machines.
        here = "127.0.0.%d" % random.randint(1, 40)
        made = socket.create_connection(("127.0.0.1", self.options.port), PATIENCE, (here, 0))
        return self.tls.wrap_socket(made) if self.tls and encrypted else made


class Client:
    """Somebody who asks over a connection that is kept while it lasts."""

    def __init__(self, load, headers):
        self.load = load
        self.headers = headers
        self.connection = None

    def _connect(self):
        here = ("127.0.0.%d" % random.randint(1, 40), 0)
        if self.load.tls:
            self.connection = http.client.HTTPSConnection("127.0.0.1", self.load.options.port, timeout=PATIENCE,
                                                          source_address=here, context=self.load.tls)
        else:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.load.options.port, timeout=PATIENCE,
                                                         source_address=here)

    def ask(self, method, path, allowed, body=None, headers=None):
        """The answer as (status, headers, body); nothing if there was none."""
        for attempt in (1, 2):
            fresh = self.connection is None
            if fresh:
                self._connect()
            try:
                self.connection.request(method, API + path, body, {**self.headers, **(headers or {})})
                answer = self.connection.getresponse()
                content = answer.read()
                if answer.getheader("Connection") == "close":
                    self.close()
                break
            except (OSError, http.client.HTTPException) as error:
                self.close()
                # A connection at rest may have ended meanwhile: then, and only then, one asks again.
                if fresh or attempt == 2:
                    self.load.fail("%s %s: sin respuesta (%r)" % (method, path, error))
                    return None
        self.load.count(answer.status)
        waits = answer.status in (429, 503) and answer.getheader("Retry-After")  # as it may tell anybody
        if answer.status not in allowed and not waits:
            self.load.fail("%s %s: %d %s" % (method, path, answer.status, content[:300].decode(errors="replace")))
        return answer.status, answer.headers, content

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None


def bearing(person):
    return {"Authorization": "Bearer " + person["token"]}


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def questions(person):
    plan = random.choice(person["plans"])
    return random.choice([
        ("/planes/" + plan, None),
        ("/planes/" + plan + "/historia", None),
        ("/planes/ACUERDO/99999/2025", None),
        ("/estado", None),
        ("/aportes", None),
        ("/vencidos", None),
        ("/vencidos/por/municipio", None),
        ("/alertas", None),
        ("/silencios", None),
        ("/planes?limite=3", None),
        ("/consultas?consulta=" + urllib.parse.quote("planes agrupa por fase muestra cuenta()"), None),
        ("/consultas?consulta=" + urllib.parse.quote("hitos donde vencido muestra plan.entidad, nombre"), "text/csv"),
        ("/consultas?consulta=" + urllib.parse.quote("reportes muestra plan.entidad, nombre, vence"), XLSX),
        ("/consultas?consulta=" + urllib.parse.quote("planes donde ("), None),
        ("/consultas?consulta=personas", None),
        ("/busqueda?texto=linea", None),
        ("/informes/mensual", "text/html"),
        ("/simulacion?hasta=2027-01-31", None),
        ("/buzon", None),
        ("/yo", None),
        ("/openapi.json", None),
    ])


def read(load):
    person = random.choice(load.people)
    client = Client(load, bearing(person))
    for _ in range(30):
        if load.ending.is_set():
            break
        path, form = questions(person)
        answer = client.ask("GET", path, {200, 304, 403, 404, 422}, headers={"Accept": form} if form else None)
        tag = answer and answer[0] == 200 and answer[1].get("ETag")
        if tag and random.random() < 0.3:
            client.ask("GET", path, {200, 304}, headers={"If-None-Match": tag})
    client.close()


def version(answer):
    return answer[1]["ETag"].strip('"').split("-")[0]


def write(load):
    person = random.choice(load.people)
    client = Client(load, {**bearing(person), "Content-Type": "application/json"})
    for turn in range(10):
        if load.ending.is_set():
            break
        plan = "/planes/" + random.choice(person["plans"])
        answer = client.ask("GET", plan, {200})
        if not answer or answer[0] != 200:
            continue
        content = json.dumps({"campo": {"fortalezas": "Vez %d de %d" % (turn, random.getrandbits(30)),
                                        "brechas": "<b>'--\u00f1", "funcionarios": turn}})
        sent = {"If-Match": answer[1]["ETag"], "Idempotency-Key": "%x" % random.getrandbits(64)}
        path = plan + "/componentes/" + urllib.parse.quote("línea_base")
        done = client.ask("POST", path, {200, 412}, content, sent)
        load.count("escritos" if done and done[0] == 200 else "ya cambió")
        if done and done[0] == 200:
            again = client.ask("POST", path, {200}, content, sent)
            # Where others have written since, the tag has the version only: what they wrote was not told here.
            same = again and again[2] == done[2] and version(again) == version(done)
            if again and again[0] == 200 and (again[1].get("Idempotency-Replayed") != "true" or not same):
                load.fail("POST %s: la misma clave se contestó de otro modo" % path)
        client.ask("POST", plan + "/suspender", {403, 409, 412, 422, 428}, "{}")
        client.ask("POST", "/politicas", {403}, json.dumps({"archivos": {"x": "programa"}}))
    client.close()


def listen(load):
    person = random.choice(load.people)
    try:
        line = load.socket()
        line.sendall(("GET %s/cambios HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nLast-Event-ID: %d\r\n\r\n" %
                      (API, person["token"], random.choice([0, 10, 10**9]))).encode())
        line.settimeout(PATIENCE)
        first = line.recv(4096)
        status = first.split(b" ")[1:2]
        load.count("escuchan" if status == [b"200"] else "sin lugar para escuchar")
        if status not in ([b"200"], [b"503"]):
            load.fail("GET /cambios: %r" % first[:200])
        line.settimeout(0.5)
        until = time.monotonic() + random.uniform(0.2, 4)
        while time.monotonic() < until and not load.ending.is_set():
            try:
                if not line.recv(65536):
                    break
            except TimeoutError:
                pass
        # Some hang up, some are just gone.
        if random.random() < 0.5:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        line.close()
    except OSError as error:
        load.fail("GET /cambios: sin respuesta (%r)" % error)


def come_and_go(load):
    person = random.choice(load.people)
    client = Client(load, {"Content-Type": "application/json"})
    right = random.random() < 0.6
    password = person["password"] if right else "otra frase bien larga"
    body = json.dumps({"persona": person["person"] if random.random() < 0.9 else "nadie.conocido", "clave": password,
                       "modo": "galleta"})
    answer = client.ask("POST", "/sesiones", {200, 401, 429}, body)
    if answer and answer[0] == 200:
        inside = {"Cookie": answer[1]["Set-Cookie"].split(";")[0]}
        guard = {**inside, "X-Cauce-Guarda": json.loads(answer[2])["guard"]}
        client.ask("GET", "/yo", {200}, headers=inside)
        client.ask("DELETE", "/sesiones", {403}, headers=inside)
        left = client.ask("DELETE", "/sesiones", {204}, headers=guard)
        if left and left[0] == 204:
            client.ask("GET", "/yo", {401}, headers=inside)
    client.close()
    time.sleep(random.uniform(0.1, 0.5))


def misbehave(load):
    token = random.choice(load.people)["token"]
    asks = "GET %s/yo HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n" % (API, token)
    posts = "POST %s/sesiones HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" % API
    what, expected = random.choice([
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + os.urandom(200), None),
        (os.urandom(400), None),
        (b"GET / HTTP/9.9\r\nHost: x\r\n\r\n", b"505"),
        ((posts + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + asks + "\r\n").encode(), b"411"),
        ((posts + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}").encode(), b"400"),
        ((posts + "Content-Length: 99999999\r\n\r\n{").encode(), b"413"),
        ((posts + "Content-Length: 4000\r\n\r\n" + "{" * 500).encode(), None),  # and goes away
        (asks.encode(), None),                                                   # in the middle of the head
        ((asks + "\r\n" + asks + "\r\n").encode(), b"200"),
        ((asks + "Cookie: cauce_sesion=" + "x" * 7000 + "\r\n\r\n").encode(), b"200"),
        ((asks + "Cookie: cauce_sesion=" + "x" * 9000 + "\r\n\r\n").encode(), b"431"),
        (("GET /" + "a" * 20000).encode(), b"431"),
        ((posts + "Content-Length: 4002\r\n\r\n" + "[" * 4002).encode(), b"422"),
        ((posts + "Content-Length: 20000\r\n\r\n" + "[" * 20000).encode(), b"413"),
        (("GET %s/%s HTTP/1.1\r\nHost: x\r\n\r\n" % (API, "a" * 4000)).encode(), b"404"),
        (("GET %s/planes/%%00/%%ff/1 HTTP/1.1\r\nHost: x\r\n\r\n" % API).encode(), b"404"),
        (("PATCH %s/planes HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n" % API).encode(), b"405"),
    ])
    load.count("torcidas")
    try:
        line = load.socket(encrypted=expected is not None or random.random() < 0.5)
        line.sendall(what)
        if expected is not None:
            first = line.recv(4096)
            if first[9:12] not in (expected, b"429", b"503"):
                load.fail("%r: %r" % (what[:80], first[:200]))
        else:
            time.sleep(random.uniform(0, 0.3))
        line.close()
    except OSError as error:
        # Who says what nobody understands may find the door shut.
        if expected is not None:
            load.fail("%r: sin respuesta (%r)" % (what[:80], error))


def keep_doing(load, act):
    while not load.ending.is_set():
        try:
            act(load)
        except Exception as error:  # a fault of this program is one too
            load.fail("%s: %r" % (act.__name__, error))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--tls", action="store_true")
    parser.add_argument("--pid", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--people", required=True)
    options = parser.parse_args()
    with open(options.people, encoding="utf-8") as file:
        load = Load(options, json.load(file))
    crowd = [read] * 6 + [write] * 4 + [listen] * 3 + [come_and_go] * 2 + [misbehave] * 3
    threads = [threading.Thread(target=keep_doing, args=(load, act), daemon=True) for act in crowd]
    begin = time.monotonic()
    for thread in threads:
        thread.start()
    until = begin + options.seconds
    while time.monotonic() < until and not load.failures:
        time.sleep(min(5, options.seconds / 4))
        os.kill(options.pid, signal.SIGHUP)
    load.ending.set()  # what was asked a moment ago may not be answered any more
    os.kill(options.pid, signal.SIGTERM)
    for thread in threads:
        thread.join(PATIENCE)
    statuses = {what: count for what, count in load.counts.items() if isinstance(what, int)}
    done = ", ".join("%d de %s" % (count, what) for what, count in sorted(statuses.items()))
    others = ", ".join("%d %s" % (count, what) for what, count in load.counts.items() if isinstance(what, str))
    print("  %d respuestas en %d s (%s); %s" % (sum(statuses.values()), time.monotonic() - begin, done, others))
    for failure in load.failures[:10]:
        print("  ✗ " + failure, file=sys.stderr)
    if not statuses.get(200):
        load.failures.append("nadie recibió lo que pidió")
        print("  ✗ nadie recibió lo que pidió", file=sys.stderr)
    return 1 if load.failures else 0


if __name__ == "__main__":
    sys.exit(main())
