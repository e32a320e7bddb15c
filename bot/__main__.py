"""The command ``dealwire``: hands over to ``bot.cli`` and turns every failure into one sentence.

Exit status: 0 done, 1 the work failed, 2 wrong usage, 130 stopped by Ctrl-C.
"""

import os
import sys
import traceback
from io import TextIOWrapper
from typing import NoReturn

DEBUG = "DEALWIRE_DEBUG"  # not a setting of the product: it only shows the details of a bug
STOPPED = 130


def main() -> None:
    for stream in (sys.stdout, sys.stderr):  # a terminal that cannot show “ gets \u201c instead of a failure
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        from bot.cli import app

        status = int(app(prog_name="dealwire", standalone_mode=False) or 0)
    except KeyboardInterrupt:
        status = STOPPED
    except BrokenPipeError:
        _unheard()
    except Exception as error:
        if os.environ.get(DEBUG):
            traceback.print_exc()
        status, sentence = _told(error)
        if sentence:
            print(f"dealwire: {sentence}", file=sys.stderr)
    if status == STOPPED:
        _stopped()
    sys.exit(status)


def _told(error: Exception) -> tuple[int, str]:
    """Exit status and sentence."""
    from index.errors import DealwireError

    if isinstance(error, DealwireError):
        return error.exit_code, str(error)
    if type(error).__name__ == "Abort":  # what some releases of typer make of Ctrl-C
        return STOPPED, ""
    if type(error).__name__ == "NoArgsIsHelpError":
        print(str(error), file=sys.stderr)
        return 2, ""
    if hasattr(error, "format_message"):  # how typer tells of wrong usage; its classes moved between releases
        asked = getattr(getattr(error, "ctx", None), "command_path", "dealwire")
        return 2, f"{error.format_message().strip().rstrip('.')}; see: {asked} --help"
    kind = f"{type(error).__name__}: {str(error).strip().splitlines()[0] if str(error).strip() else 'no message'}"
    return 1, f"This is a bug in Dealwire ({kind[:200]}); run it again with {DEBUG}=1 for the details."


def _stopped() -> NoReturn:
    print("dealwire: stopped; what was reported as stored is stored, and the same command goes on.", file=sys.stderr)
    sys.stderr.flush()
    os._exit(STOPPED)  # threads that still embed would keep the process for seconds; the database needs no farewell


def _unheard() -> NoReturn:
    """The reader of our output, such as head, has seen enough."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(1)


if __name__ == "__main__":
    main()
