"""`make run`: everything that the site needs on one machine, started together and stopped together.

Makes the database and, when it is empty, the demonstration; then runs the server and the worker until Ctrl-C.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
ADDRESS = "127.0.0.1"  # This machine only
PATIENCE = 5  # Seconds in which a process has to end


def main() -> int:
    """Prepare, start both processes, and wait. Return 0 after Ctrl-C, and 1 where one of them ended by itself."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    require_packages()
    port = port_from(os.environ.get("PORT", "8000"))
    os.environ.setdefault("DEVELOPMENT", "1")
    os.environ.setdefault("SITE_URL", f"http://{ADDRESS}:{port}")
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    os.chdir(HERE)
    manage("migrate", "--verbosity=0")
    manage("createcachetable")
    manage("demonstrate", "--when-empty")
    processes: dict[str, subprocess.Popen[bytes]] = {}
    try:
        processes["server"] = subprocess.Popen(server(port), start_new_session=True)
        processes["worker"] = subprocess.Popen([sys.executable, "manage.py", "worker"], start_new_session=True)
        print(f"\nThe site is at {os.environ['SITE_URL']}/ (Ctrl-C stops it).\n", flush=True)
        while all(process.poll() is None for process in processes.values()):
            time.sleep(0.2)
    except KeyboardInterrupt:
        return 0
    else:
        ended = next(name for name, process in processes.items() if process.poll() is not None)
        print(f"The {ended} has ended by itself; what it said stands above.", file=sys.stderr)
        return 1
    finally:
        stop(list(processes.values()))


def port_from(text: str) -> int:
    """Return the port to listen on; stop with a sentence if it is none, or if something else listens there."""
    if not (text.isascii() and text.isdecimal()) or not 0 < int(text) < 2**16:
        raise SystemExit(f"PORT is {text!r}; write a number below {2**16}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, int(text)))
        except OSError as error:
            reason = f"Port {text} can’t be used: {error.strerror}."
            raise SystemExit(f"{reason} Stop what runs there, or take another: PORT=8001 make run") from error
    return int(text)


def require_packages() -> None:
    """Stop with a sentence if the environment lacks what the site is made of."""
    missing = [name for name in ("django", "allauth", "granian") if find_spec(name) is None]
    if missing:
        raise SystemExit(f"Missing here: {', '.join(missing)}. Start anew: make clean, then make run")


def manage(*words: str) -> None:
    """Run one management command, and stop with its status if it fails."""
    # In a session of its own, so that Ctrl-C reaches this process alone, which ends the command without a traceback
    command = [sys.executable, "manage.py", *words]
    status = subprocess.run(command, check=False, start_new_session=True).returncode
    if status:
        raise SystemExit(status)


def server(port: int) -> list[str]:
    """Return the command of the application server: one process, four threads."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", ADDRESS, "--port", str(port)),
        *("--workers", "1", "--blocking-threads", "4", "--log-level", "warning", "wlg.wsgi:application"),
    ]


def stop(processes: list[subprocess.Popen[bytes]]) -> None:
    """Ask every process to end, and make it if it doesn't. Another Ctrl-C meanwhile changes nothing."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=PATIENCE)
        # The server starts processes of its own; if it is made to end, or ended half-way, they would live on
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:  # While it was still preparing
        raise SystemExit(0) from None
