#!/usr/bin/python3
"""A mail server on the loopback for tests (aiosmtpd), which misbehaves when told to. Says its port in one line, writes
down each message that it got as a line of JSON, and ends with its standard input."""
import argparse
import asyncio
import json
import os
import ssl
import sys
import threading

from aiosmtpd.smtp import SMTP, AuthResult

parser = argparse.ArgumentParser()
parser.add_argument("--log", required=True)
parser.add_argument("--behave", default="well", choices=[
    "well", "greylist", "refuse-sender", "refuse-recipient", "refuse-contents", "contents-later", "drop-after-contents",
    "slow", "unhurried", "refuse-all"])
parser.add_argument("--certificate")
parser.add_argument("--key")
parser.add_argument("--from-the-start", action="store_true", help="TLS from the first byte")
parser.add_argument("--login", help="user:password, without which nothing is taken")
options = parser.parse_args()


class Handler:
    def __init__(self):
        self.seen = set()

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        if options.behave == "refuse-sender":
            return "550 5.7.1 no se admite ese remitente"
        envelope.mail_from = address
        envelope.mail_options.extend(mail_options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if options.behave == "refuse-recipient":
            return f"550 5.1.1 <{address}>: no existe ese buzón"
        if options.behave == "greylist" and address not in self.seen:
            self.seen.add(address)
            return "451 4.7.1 lista gris: vuelva más tarde"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if options.behave == "slow":
            await asyncio.sleep(30)
        if options.behave == "unhurried":
            await asyncio.sleep(2)
        if options.behave == "refuse-contents":
            return "554 5.7.1 contenido rechazado"
        if options.behave == "contents-later":
            return "452 4.2.2 buzón lleno"
        with open(options.log, "a", encoding="utf-8") as log:
            log.write(json.dumps({
                "from": envelope.mail_from,
                "to": envelope.rcpt_tos,
                "encrypted": session.ssl is not None or options.from_the_start,
                "authenticated": bool(session.authenticated),
                "mime": envelope.content.decode("utf-8", "replace"),
            }) + "\n")
        if options.behave == "drop-after-contents":
            server.transport.abort()
        return "250 2.0.0 recibido como 4XYZ"


def authenticate(server, session, envelope, mechanism, data):
    genuine = f"{data.login.decode()}:{data.password.decode()}" == options.login
    return AuthResult(success=genuine, handled=False)  # the library answers


async def refuse_all(reader, writer):
    writer.write(b"554 5.3.2 fuera de servicio\r\n")
    await writer.drain()
    writer.close()


async def serve():
    context = None
    if options.certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(options.certificate, options.key)
    starttls = context if not options.from_the_start else None
    handler = Handler()
    loop = asyncio.get_running_loop()
    if options.behave == "refuse-all":
        server = await asyncio.start_server(refuse_all, "127.0.0.1", 0)
    else:
        server = await loop.create_server(
            lambda: SMTP(handler, hostname="localhost", tls_context=starttls, loop=loop,
                         enable_SMTPUTF8=True,  # or it could answer in ASCII only
                         require_starttls=starttls is not None,
                         auth_required=options.login is not None, auth_require_tls=False,
                         authenticator=authenticate if options.login else None),
            "127.0.0.1", 0, ssl=context if options.from_the_start else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


def end_with_standard_input():
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end_with_standard_input, daemon=True).start()
asyncio.run(serve())
