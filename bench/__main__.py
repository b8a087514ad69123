"""`make bench`: the whole measure on this machine, against a trial installation of its own in var/bench.

    python -m bench [--sizes 2000,20000] [--seconds 30] [--counters 4] [--portal-only | --citizen-only]

Prints a table and writes var/bench/result.json. The load client runs on the same machine and is counted.
"""

import argparse
import json
import os
import resource
import signal
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import citizen, portal
from bench.life_counter import exports, run

PORT = 8055
BASE = f"http://localhost:{PORT}"
MOTCUA = Path(sys.executable).with_name("motcua")
LINES = 200_000


def main() -> None:
    """Run all measures and print them."""
    options = _options()
    var = Path("var/bench").resolve()
    environment = os.environ | {"MOTCUA_VAR": str(var), "MOTCUA_PUBLIC_URL": BASE} | citizen.IDENTITY
    results: dict[str, object] = {"clock": clock_rate()}
    with citizen.provider(), serving(environment):
        if not (options.portal_only or options.citizen_only):
            at_the_counter(results, options, environment, var)
        if not options.portal_only:
            at_home(results, options)
        if not options.citizen_only:
            on_the_portal(results, environment, var)
    (var / "result.json").write_text(json.dumps(results, indent=1), encoding="utf-8")
    show(results)


def at_the_counter(
    results: dict[str, object], options: argparse.Namespace, environment: dict[str, str], var: Path
) -> None:
    """Lives of dossiers at each size, saturated and at 70 % of that load; then exports."""
    filled = 0
    for size in (int(n) for n in options.sizes.split(",")):
        began = time.monotonic()
        _motcua(environment, "bench", "fill", str(size - filled))
        fill_seconds = time.monotonic() - began
        filled = size
        results[f"life-counter at {size:,}"] = full = measure(var, options)
        full["fill_seconds"] = round(fill_seconds, 1)
        results[f"life-counter at {size:,}, 70 % of that load"] = measure(
            var, options, pace=0.7 * full["lives_per_second"]
        )
        files = exports(BASE, var / "trial" / "accounts.json", rounds=5)
        results[f"exports at {size:,}, one at a time"] = milliseconds(files)


def at_home(results: dict[str, object], options: argparse.Namespace) -> None:
    """Dossiers handed in by citizens, and what a large file costs in memory."""
    home = citizen.handed_in(BASE, dossiers=options.dossiers)
    results["a citizen's dossier, one request at a time"] = milliseconds(home)
    results["memory of a web worker while a file comes in"] = citizen.risen(BASE, web_workers(), files=6)


def on_the_portal(results: dict[str, object], environment: dict[str, str], var: Path) -> None:
    """A country's catalogue, taken in and asked."""
    results["catalogue of a country, taken in"] = portal.taken_in(MOTCUA, environment, var)
    results["portal over that catalogue, one request at a time"] = milliseconds(portal.asked(BASE))


def milliseconds(times: Mapping[str, Sequence[float]]) -> dict[str, Any]:
    """Percentiles by request."""
    return {"milliseconds": {name: percentiles(values) for name, values in sorted(times.items())}}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--sizes", default="2000,20000")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--counters", type=int, default=4)
    parser.add_argument(
        "--portal-only", action="store_true", help="the catalogue and the portal, no dossiers"
    )
    parser.add_argument("--citizen-only", action="store_true", help="the citizen's door alone")
    parser.add_argument("--dossiers", type=int, default=90, help="handed in from home")
    return parser.parse_args()


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[None]:
    """`motcua up` on its own port until the block ends."""
    command = [str(MOTCUA), "up", "--port", str(PORT)]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            _wait(process)
            yield
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)


def _wait(process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 300
    while time.monotonic() < until:
        if process.poll() is not None:
            raise SystemExit(f"motcua up ended with {process.returncode}")
        try:
            with urllib.request.urlopen(f"{BASE}/sign-in", timeout=2):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise SystemExit("motcua up did not answer within 300 s")


def _motcua(environment: dict[str, str], *words: str) -> None:
    subprocess.run([str(MOTCUA), *words], env=environment, check=True, stdout=subprocess.DEVNULL)


def measure(var: Path, options: argparse.Namespace, *, pace: float = 0.0) -> dict[str, Any]:
    """One run of life-counter: rate, percentiles by request, CPU by part, memory of the web workers."""
    before, own_before = cpu_by_part(), _own_cpu()
    lives, seconds, times = run(
        BASE, var / "trial" / "accounts.json", counters=options.counters, seconds=options.seconds, pace=pace
    )
    after, own = cpu_by_part(), _own_cpu() - own_before
    used = {part: after[part] - before.get(part, 0.0) for part in after} | {"client": own}
    return {
        "lives": lives,
        "lives_per_second": round(lives / seconds, 2),
        "counters": options.counters,
        "milliseconds": {name: percentiles(values) for name, values in sorted(times.items())},
        "core_seconds_per_life": {part: round(used[part] / max(lives, 1), 4) for part in sorted(used)},
        "web_worker_pss_mib": web_memory(),
    }


def _own_cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def percentiles(values: Sequence[float]) -> dict[str, float]:
    """p50, p95, p99 in milliseconds, and how many."""
    ordered = sorted(values)
    cut = statistics.quantiles(ordered, n=100, method="inclusive") if len(ordered) > 1 else ordered * 99
    return {"n": len(ordered), **{f"p{p}": round(cut[p - 1] * 1000, 1) for p in (50, 95, 99)}}


def _processes() -> Iterator[tuple[int, str]]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                yield (
                    int(entry.name),
                    (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace"),
                )
            except OSError:
                continue


def _part(command: str) -> str | None:
    if "postgres" in command.split(" ")[0] or command.startswith("postgres:"):
        return "database"
    if "granian" in command or "motcua.config.wsgi" in command:
        return "web"
    return "worker" if "motcua" in command and " work" in command else None


def cpu_by_part() -> dict[str, float]:
    """CPU seconds so far of database, web server and worker, children that ended included."""
    tick = os.sysconf("SC_CLK_TCK")
    used: dict[str, float] = {}
    for pid, command in _processes():
        part = _part(command)
        if part is not None:
            try:
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            used[part] = used.get(part, 0.0) + sum(int(fields[n]) for n in (11, 12, 13, 14)) / tick
    return used


def web_workers() -> list[int]:
    """The web processes."""
    return [pid for pid, command in _processes() if _part(command) == "web"]


def web_memory() -> list[float]:
    """PSS of each web process in MiB."""
    found = []
    for pid in web_workers():
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        found += [int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")]
    return sorted((round(value, 1) for value in found), reverse=True)


def clock_rate() -> dict[str, float]:
    """`motcua clock` on 200,000 lines, process start included."""
    units = ("working_day", "calendar_day", "working_hour", "month")
    lines = "".join(
        json.dumps(
            {
                "id": n,
                "received_at": f"2026-{n % 12 + 1:02}-{n % 28 + 1:02}T{n % 24:02}:{n % 60:02}:00+07:00",
                "limit": {"value": n % 20 + 1, "unit": units[n % 4]},
                "pauses": [["2026-11-02T09:00:00+07:00", "2026-11-04T10:00:00+07:00", "supplement"]]
                if n % 5 == 0
                else [],
                "extensions": [],
            }
        )
        + "\n"
        for n in range(LINES)
    )
    began = time.monotonic()
    done = subprocess.run([str(MOTCUA), "clock"], input=lines.encode(), capture_output=True, check=False)
    seconds = time.monotonic() - began
    answered = done.stdout.count(b"\n")
    return {"lines": answered, "seconds": round(seconds, 2), "per_second": round(answered / seconds)}


def show(results: dict[str, object]) -> None:
    """The result as a table of text."""
    for title, result in results.items():
        print(f"\n{title}")
        if not isinstance(result, dict):
            continue
        for key, value in result.items():
            if key == "milliseconds":
                for name, figures in value.items():
                    print(f"  {name:20} " + "  ".join(f"{k} {v:>8}" for k, v in figures.items()))
            else:
                print(f"  {key:24} {value}")


main()
