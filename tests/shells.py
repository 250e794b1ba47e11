"""The command line as a real process, and servers on loopback that it can be sent to."""

from __future__ import annotations

import contextlib
import os
import pty
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "fixtures" / "pages"
STORY = PAGES / "grove" / "kxlr-typography-trap.html"
LIST = PAGES / "grove" / "kxlr-tag-list.html"
PATIENCE = 60.0
"""Seconds after which a process is taken to hang. Nothing here depends on how fast it is."""

COMMAND = [sys.executable, "-m", "scraper"]


@dataclass
class Ended:
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """What was said on stderr."""
        return self.err.splitlines()


class Shell:
    """Starts the command in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._started: list[subprocess.Popen[str]] = []
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PYTHONPATH": str(ROOT),
            "LANG": "C.UTF-8",
            "TMPDIR": str(folder),
        }

    def start(self, *args: str | Path, **options: object) -> subprocess.Popen[str]:
        values: dict[str, object] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        values |= {"cwd": self.folder, "env": self.env, "stdin": subprocess.DEVNULL} | options
        process: subprocess.Popen[str] = subprocess.Popen([*COMMAND, *map(str, args)], **values)  # type: ignore[call-overload]
        self._started.append(process)
        return process

    def __call__(self, *args: str | Path, **options: object) -> Ended:
        return end(self.start(*args, **options))

    def close(self) -> None:
        """Ends what still runs. What a failed test leaves behind would be a warning in the midst of another one."""
        for process in self._started:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout, process.stderr):
                if stream:
                    stream.close()

    def files(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())

    def patch(self, code: str) -> None:
        """Code that every Python process runs when it starts."""
        (self.folder / "sitecustomize.py").write_text(code, "utf-8")
        self.env["PYTHONPATH"] = f"{self.folder}{os.pathsep}{ROOT}"

    def query(self, sql: str, store: str = "stories.db") -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.folder / store)) as connection:
            return connection.execute(sql).fetchall()

    def change(self, sql: str, store: str = "stories.db") -> None:
        """Statements, parted by semicolons, in one transaction."""
        with closing(sqlite3.connect(self.folder / store)) as connection, connection:
            for statement in sql.split(";"):
                connection.execute(statement)

    def count(self, store: str = "stories.db") -> int:
        """The stories in the store; 0 while there is none yet."""
        if not (self.folder / store).exists():
            return 0
        try:
            return int(self.query("SELECT count(*) FROM stories", store)[0][0])  # type: ignore[call-overload]
        except sqlite3.OperationalError:  # the table is not there yet
            return 0


def end(process: subprocess.Popen[str]) -> Ended:
    out, err = process.communicate(timeout=PATIENCE)
    return Ended(process.returncode, out, err)


def family(pid: int) -> list[int]:
    """A process and all that come from it, as /proc tells."""
    found = [pid]
    for parent in found:
        with contextlib.suppress(OSError):  # it has ended
            for children in Path(f"/proc/{parent}/task").glob("*/children"):
                found += map(int, children.read_text().split())
    return found


def until(told: Callable[[], bool], process: subprocess.Popen[str], *, may_end: bool = False) -> None:
    """Waits for something to come true while a process runs."""
    ends = time.monotonic() + PATIENCE
    while not told():
        if may_end and process.poll() is not None:
            return
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < ends
        time.sleep(0.01)


@dataclass
class Reply:
    """`wait` holds the answer back until it is set."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    wait: threading.Event | None = None


class Server:
    """Answers what it is told to; 404 for all else. `asked` are the paths in their order."""

    def __init__(self) -> None:
        self.replies: dict[str, Reply] = {}
        self.asked: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                outer.asked.append(self.path)
                reply = outer.replies.get(self.path, Reply(404))
                if reply.wait:
                    reply.wait.wait(PATIENCE)
                self.send_response(reply.status)
                headers = {"content-type": "text/html", **reply.headers, "content-length": str(len(reply.body))}
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda request, client_address: None  # type: ignore[method-assign]
        self.host = f"127.0.0.1:{self._server.server_address[1]}"
        self.address = f"http://{self.host}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        for reply in self.replies.values():
            if reply.wait:
                reply.wait.set()
        self._server.shutdown()
        self._server.server_close()


def configure(shell: Shell, host: str, *, delay: float = 0.0, **more: str) -> None:
    """A config.yaml with one station at a loopback address."""
    lines = {"contact": "tests@example.org", **more}
    text = "".join(f"{key}: {value}\n" for key, value in lines.items() if value)
    (shell.folder / "config.yaml").write_text(
        f"""{text}stations:
  - host: wrvl.example
    url: http://{host}
    feeds: [/news.rss]
    sitemaps: [/sitemap.xml]
    sections: [/]
fetch: {{delay: {delay}, group_delay: 0, timeout: 5, attempts: 2, allow_hosts: ["{host}"]}}
""",
        "utf-8",
    )


SIGNALS = {130: signal.SIGINT, 143: signal.SIGTERM}


def on_terminal(shell: Shell, *args: str | Path) -> tuple[int, str]:
    """Exit code, and what is seen on a terminal that is stdout and stderr, with its control sequences."""
    ours, theirs = pty.openpty()
    seen: list[bytes] = []

    def read() -> None:
        with contextlib.suppress(OSError):  # the last writer is gone
            while data := os.read(ours, 65536):
                seen.append(data)

    process = shell.start(*args, stdout=theirs, stderr=theirs)
    os.close(theirs)
    reader = threading.Thread(target=read)
    reader.start()
    code = process.wait(PATIENCE)
    reader.join()
    os.close(ours)
    return code, b"".join(seen).decode().replace("\r\n", "\n")
