"""`make run`: everything that the site needs on one machine, started together and stopped together.

Makes the database and, when it is empty, the demonstration; then runs the server and the worker until Ctrl-C.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent


def main() -> int:
    """Prepare, start both processes, and wait. Return the exit status of whichever ended first."""
    port = os.environ.get("PORT", "8000")
    os.environ.setdefault("DEVELOPMENT", "1")
    os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    os.chdir(HERE)
    manage("migrate", "--verbosity=0")
    manage("createcachetable")
    manage("demonstrate", "--when-empty")
    print(f"\nThe site is at {os.environ['SITE_URL']}/ (Ctrl-C stops it).\n", flush=True)
    processes = [
        subprocess.Popen(["granian", *server(port)], executable=str(Path(sys.executable).with_name("granian"))),
        subprocess.Popen([sys.executable, "manage.py", "worker"]),
    ]
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop(processes))
    while all(process.poll() is None for process in processes):
        time.sleep(0.2)
    stop(processes)
    codes = [process.wait() for process in processes]
    return max(abs(code) for code in codes if code not in {-signal.SIGINT, -signal.SIGTERM}) if any(codes) else 0


def manage(*words: str) -> None:
    """Run one management command, and stop with its status if it fails."""
    status = subprocess.run([sys.executable, "manage.py", *words], check=False).returncode
    if status:
        raise SystemExit(status)


def server(port: str) -> list[str]:
    """Return the arguments for the application server: this machine only, one process, four threads."""
    return [
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        port,
        "--workers",
        "1",
        "--blocking-threads",
        "4",
        "--log-level",
        "warning",
        "wlg.wsgi:application",
    ]


def stop(processes: list[subprocess.Popen[bytes]]) -> None:
    """Ask every process to end, and make it if it doesn't within five seconds."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()


if __name__ == "__main__":
    raise SystemExit(main())
