"""Runs a command on a terminal of its own and types: JSON in by stdin, JSON out.

{"command": [...], "cwd": "...", "env": {...}, "columns": 80, "rows": 24, "steps": [{"wait": "text", "send": "keys"}]}
A step waits for its text in what was written since the step before, then sends. Further keys of a step: "signal" (to
the process), "columns" and "rows" (a new size). Answers with all that was written, the exit code (negative: the signal)
and the text that never came, if one did not.
"""
import fcntl, json, os, pty, select, signal, struct, sys, termios, time

PATIENCE = 20  # seconds for one text


def main():
    request = json.load(sys.stdin)
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(request["cwd"])
        os.execvpe(request["command"][0], request["command"], request["env"])
    resize(terminal, request["columns"], request["rows"])
    written, seen, missing = b"", 0, None
    for step in request["steps"]:
        wanted = step.get("wait", "").encode()
        end = time.monotonic() + PATIENCE
        while wanted not in written[seen:]:
            piece = read(terminal, end)
            if piece is None:
                missing = step["wait"]
                break
            written += piece
        if missing is not None:
            os.kill(pid, signal.SIGKILL)
            break
        seen = written.index(wanted, seen) + len(wanted)
        if "columns" in step:
            resize(terminal, step["columns"], step["rows"])
        if "send" in step:
            os.write(terminal, step["send"].encode())
        if "signal" in step:
            os.kill(pid, getattr(signal, step["signal"]))
    end = time.monotonic() + PATIENCE
    while (piece := read(terminal, end)) is not None:
        written += piece
    _, status = os.waitpid(pid, 0)
    json.dump({"written": written.decode(errors="replace"), "code": os.waitstatus_to_exitcode(status), "missing": missing}, sys.stdout)


def resize(terminal, columns, rows):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def read(terminal, end):
    """What was written, None at the end of the process or of patience."""
    ready, _, _ = select.select([terminal], [], [], max(0, end - time.monotonic()))
    if not ready:
        return None
    try:
        return os.read(terminal, 65536) or None
    except OSError:
        return None


main()
