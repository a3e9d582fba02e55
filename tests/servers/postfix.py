#!/usr/bin/python3
"""A Postfix of a test's own on the loopback: another configuration, queue and port than the machine's, which is left
alone. Takes mail only encrypted and from who logs in, for those who have a mailbox; says its port in one line, writes
down each message that it delivered as a line of JSON, and ends with its standard input. Needs root, as Postfix does."""
import argparse
import base64
import json
import os
import pathlib
import pwd
import shutil
import signal
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
import time

parser = argparse.ArgumentParser()
parser.add_argument("--log", required=True)
parser.add_argument("--certificate", required=True)
parser.add_argument("--key", required=True)
parser.add_argument("--login", required=True, help="user:password, who alone may send, and only as user@example.org")
parser.add_argument("--mailbox", action="append", default=[], help="the name before @example.org; once or several times")
parser.add_argument("--set", action="append", default=[], help="more of main.cf, as name=value")
options = parser.parse_args()

home = pathlib.Path(tempfile.mkdtemp(prefix="cauce_postfix_"))
home.chmod(0o755)
etc, spool, data, mail = (home / name for name in ("etc", "spool", "data", "mail"))
for folder in (etc, spool, data, mail):
    folder.mkdir()
nobody = pwd.getpwnam("nobody")
postfix = pwd.getpwnam("postfix")
os.chown(data, postfix.pw_uid, postfix.pw_gid)
os.chown(mail, nobody.pw_uid, nobody.pw_gid)

with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]

user, password = options.login.split(":", 1)


class Passwords(socketserver.StreamRequestHandler):
    """Whom Postfix asks about a login: a Dovecot, as far as it needs one."""

    def handle(self):
        self.wfile.write(b"VERSION\t1\t1\nMECH\tPLAIN\tplaintext\nSPID\t1\nCUID\t1\nCOOKIE\t0\nDONE\n")
        for line in self.rfile:
            kind, *fields = line.decode().rstrip("\n").split("\t")
            if kind == "AUTH":  # says who it is at once, or when it is asked to go on
                given = next((field[5:] for field in fields if field.startswith("resp=")), None)
            elif kind == "CONT":
                given = fields[1]
            else:
                continue
            if given is None:
                self.wfile.write(f"CONT\t{fields[0]}\t\n".encode())
                continue
            genuine = base64.b64decode(given).split(b"\0")[1:] == [user.encode(), password.encode()]
            self.wfile.write(f"{'OK' if genuine else 'FAIL'}\t{fields[0]}\tuser={user}\n".encode())


passwords = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Passwords)
passwords.daemon_threads = True
threading.Thread(target=passwords.serve_forever, daemon=True).start()

for source, name in ((options.certificate, "cert.pem"), (options.key, "key.pem")):
    shutil.copy(source, etc / name)

mailboxes = " ".join(f"{{ {name}@example.org = {name}/ }}" for name in options.mailbox)
settings = {
    "compatibility_level": "3.6", "queue_directory": spool, "data_directory": data,
    "maillog_file": home / "log", "maillog_file_prefixes": home,
    "inet_interfaces": "127.0.0.1", "inet_protocols": "ipv4", "mynetworks": "127.0.0.2/32",
    "myhostname": "correo.example.org", "mydestination": "", "alias_maps": "", "local_recipient_maps": "",
    "virtual_mailbox_domains": "example.org", "virtual_mailbox_base": mail,
    "virtual_mailbox_maps": f"inline:{{ {mailboxes} }}",
    "virtual_uid_maps": f"static:{nobody.pw_uid}", "virtual_gid_maps": f"static:{nobody.pw_gid}",
    "smtpd_tls_security_level": "encrypt", "smtpd_tls_cert_file": etc / "cert.pem", "smtpd_tls_key_file": etc / "key.pem",
    "smtpd_sasl_auth_enable": "yes", "smtpd_sasl_type": "dovecot",
    "smtpd_sasl_path": f"inet:127.0.0.1:{passwords.server_address[1]}",
    "smtpd_relay_restrictions": "permit_sasl_authenticated, reject",
    "smtpd_sender_login_maps": f"inline:{{ {{ {user}@example.org = {user} }} }}",
    "smtpd_sender_restrictions": "reject_sender_login_mismatch",
    "smtpd_delay_reject": "no",
}
settings.update(one.split("=", 1) for one in options.set)
(etc / "main.cf").write_text("".join(f"{name} = {value}\n" for name, value in settings.items()))
(etc / "master.cf").write_text(f"127.0.0.1:{port} inet n - n - - smtpd\n" + "".join(
    f"{line}\n" for line in """
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
""".strip().splitlines()))

master = subprocess.Popen(["postfix", "-c", str(etc), "start-fg"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          start_new_session=True)


def end(code):
    os.killpg(master.pid, signal.SIGTERM)
    try:
        master.wait(5)
    except subprocess.TimeoutExpired:
        os.killpg(master.pid, signal.SIGKILL)
    shutil.rmtree(home, ignore_errors=True)
    os._exit(code)


def listens():
    with socket.socket() as trial:
        trial.settimeout(1)
        try:
            trial.connect(("127.0.0.1", port))
            return trial.recv(3) == b"220"
        except OSError:
            return False


def end_with_standard_input():
    sys.stdin.read()
    end(0)


for _ in range(100):
    if listens():
        break
    if master.poll() is not None:
        sys.stderr.write((home / "log").read_text() if (home / "log").exists() else "postfix does not start\n")
        end(1)
    time.sleep(0.1)
else:
    end(1)
print(port, flush=True)
threading.Thread(target=end_with_standard_input, daemon=True).start()
written = set()
while True:
    for file in sorted(mail.glob("*/new/*")):
        if file in written:
            continue
        written.add(file)
        with open(options.log, "a", encoding="utf-8") as log:
            log.write(json.dumps({"to": file.parts[-3], "mime": file.read_text()}) + "\n")
    time.sleep(0.05)
