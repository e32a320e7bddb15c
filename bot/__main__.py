"""The command ``dealwire``: hands over to ``bot.cli`` and turns failures into sentences."""

import os
import sys


def main() -> None:
    from bot.cli import app
    from index.errors import DealwireError

    try:
        app()
    except DealwireError as error:
        print(f"dealwire: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("dealwire: stopped; what was reported as stored is stored.", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    main()
