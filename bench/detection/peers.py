"""Usual ways of scoring a series and rows of metrics, for bench/detection/peers.ts and vector-peers.ts.

Says "ready", then reads one series a line, {"values": [...]}, or the rows of one host, {"rows": [[...], ...]}, and answers
one line: by name the scores, larger is stranger, and the CPU seconds that they took.
"""

import json
import sys
import time

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from sklearn.ensemble import IsolationForest

LAGS = 10
WINDOWS = (30, 120, 480)
# Rows a time: a window of 480 over 35,000 points would be 130 MB at once.
ROWS = 4096


def isolation_forest(values):
    """scikit-learn's forest with its defaults, fitted on the first third; a point is seen with the nine before it."""
    padded = np.concatenate([np.full(LAGS - 1, values[0]), values])
    embedded = sliding_window_view(padded, LAGS)
    forest = IsolationForest(random_state=1).fit(embedded[: len(values) // 3])
    return -forest.score_samples(embedded)


def robust_z_scores(values):
    """Mean over windows of the distance from the median of the points before, in robust standard deviations."""
    return np.mean([rolling_z(values, window) for window in WINDOWS], axis=0)


def rolling_z(values, window):
    scores = np.zeros(len(values))
    before = sliding_window_view(values[:-1], window)
    for at in range(0, len(before), ROWS):
        rows = before[at : at + ROWS]
        points = slice(window + at, window + at + len(rows))
        median = np.median(rows, axis=1)
        spread = 1.4826 * np.median(np.abs(rows - median[:, None]), axis=1)
        # More than half of the window is one value.
        spread = np.where(spread > 0, spread, rows.std(axis=1))
        spread = np.maximum(spread, 0.01 * np.abs(median) + 1e-9)
        scores[points] = np.abs(values[points] - median) / spread
    return scores


def forest_of_rows(rows):
    """scikit-learn's forest with its defaults, fitted on the first third."""
    forest = IsolationForest(random_state=1).fit(rows[: len(rows) // 3])
    return -forest.score_samples(rows)


def forest_of_changes(rows):
    """The same, a row being seen with its change from the one before."""
    return forest_of_rows(np.hstack([rows, np.diff(rows, axis=0, prepend=rows[:1])]))


OF_SERIES = {"isolation forest": isolation_forest, "rolling robust z": robust_z_scores}
OF_ROWS = {"isolation forest": forest_of_rows, "isolation forest, with changes": forest_of_changes}


def timed(method, given):
    start = time.process_time()
    scores = method(given)
    return {"scores": scores.tolist(), "seconds": time.process_time() - start}


print("ready", flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    methods = OF_ROWS if "rows" in asked else OF_SERIES
    given = np.array(asked["rows"] if "rows" in asked else asked["values"])
    print(json.dumps({name: timed(method, given) for name, method in methods.items()}), flush=True)
