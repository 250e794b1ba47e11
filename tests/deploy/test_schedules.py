"""Files for systemd, cron and containers: what the tools themselves say of them."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scraper.__about__ import __version__
from scraper.deploy.schedules import Job, container, cron, systemd


def job(folder: Path, **other: object) -> Job:
    values: dict[str, object] = {
        "program": (sys.executable, "-m", "scraper"),
        "folder": str(folder),
        "config": str(folder / "config.yaml"),
        "user": "root",
        "max_runtime": 10800.0,
        "writable": (str(folder),),
        **other,
    }
    return Job(**values)  # type: ignore[arg-type]


def unit(text: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    return parser


def test_the_service_is_one_pass_in_a_cage(tmp_path: Path) -> None:
    files = systemd(job(tmp_path, at=(3, 30)))
    service = unit(files["public-radio-scraper.service"])["Service"]
    assert service["Type"] == "oneshot"
    assert service["ExecStart"] == f"{sys.executable} -m scraper run --config {tmp_path}/config.yaml"
    assert service["TimeoutStartSec"] == "11100"  # a run ends by itself after 10800 seconds
    for key in ("NoNewPrivileges", "PrivateTmp", "ProtectKernelModules", "RestrictNamespaces"):
        assert service[key] == "yes"
    assert (service["ProtectSystem"], service["ReadWritePaths"]) == ("strict", str(tmp_path))
    timer = unit(files["public-radio-scraper.timer"])["Timer"]
    assert timer["OnCalendar"] == "*-*-* 03:30:00"
    assert timer["Persistent"] == "true"
    assert timer["RandomizedDelaySec"] == "45min"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
@pytest.mark.parametrize("name", ["plain", 'with "50%" $HOME'])
def test_systemd_takes_the_units(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    for file, text in systemd(job(folder)).items():
        (tmp_path / file).write_text(text)
    units = [str(tmp_path / f"public-radio-scraper.{kind}") for kind in ("service", "timer")]
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if "public-radio-scraper" in line]
    assert (done.returncode, ours) == (0, [])
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=25", units[0]]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "unrecognized option" not in done.stderr:
        assert done.returncode == 0, done.stdout  # an exposure of at most 2.5 of 10


def test_the_line_for_cron_runs_in_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "50% of it"
    folder.mkdir()
    (lines,) = cron(job(folder, at=(3, 5), program=("/bin/echo",))).values()
    (line,) = [line for line in lines.splitlines() if not line.startswith("#")]
    minute, hour, day, month, weekday, command = line.split(maxsplit=5)
    assert (minute, hour, day, month, weekday) == ("5", "3", "*", "*", "*")
    assert not re.search(r"(?<!\\)%", command)  # cron would end the line there
    done = subprocess.run(["/bin/sh", "-c", command.replace(r"\%", "%")], capture_output=True, text=True, check=True)
    assert done.stdout == f"run --config {folder}/config.yaml\n"


def test_users_do_not_all_come_at_one_minute(tmp_path: Path) -> None:
    minutes = {job(tmp_path, user=f"user{number}").minute for number in range(200)}
    assert len(minutes) > 40
    assert minutes <= set(range(60))


INSTRUCTIONS = set("FROM ARG RUN COPY ENV USER VOLUME WORKDIR STOPSIGNAL ENTRYPOINT CMD".split())


def test_the_container_file(tmp_path: Path) -> None:
    (text,) = container().values()
    joined = re.sub(r"\\\n\s*", "", "".join(line for line in text.splitlines(True) if not line.startswith("#")))
    steps = [(line.partition(" ")[0], line.partition(" ")[2]) for line in joined.splitlines() if line.strip()]
    assert {name for name, _ in steps} <= INSTRUCTIONS
    last = dict(steps)  # of each instruction the last one, which is the final stage's
    assert last["FROM"] == "python:3.13-slim"
    assert last["USER"] == "10001:10001"
    assert last["ENTRYPOINT"] == '["scraper"]'
    assert last["CMD"] == '["run"]'
    assert last["VOLUME"] == last["WORKDIR"] == "/data"
    assert last["ARG"] == f"PACKAGE=public-radio-scraper=={__version__}"
    for name, rest in steps:
        if name == "RUN":
            shlex.split(rest)
            script = re.sub(r"^--mount=\S+ ", "", rest)
            subprocess.run(["/bin/sh", "-n", "-c", script], check=True)
