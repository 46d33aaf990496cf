"""What the night tells: one line of JSON a result or failure. Whoever runs it makes log lines of them."""
import json
import sys
import traceback

TASKS = []


def task(words):
    """A step of the night, with the words for its failure."""

    def note(step):
        TASKS.append((words, step))
        return step

    return note


class Journal:
    def compare(self, words, value):
        """A result that should be as it was the night before."""
        self._write(kind="compared", words=words, value=repr(value))

    def failed(self, words, error):
        text = f"{type(error).__name__}: {error}"
        self._write(kind="failed", words=words, error=text, trace=traceback.format_exc())

    def _write(self, **event):
        sys.stdout.write(json.dumps(event) + "\n")


def run(log):
    for words, step in TASKS:
        try:
            step(log)
        except (Exception, SystemExit) as error:
            log.failed(words, error)
            return
