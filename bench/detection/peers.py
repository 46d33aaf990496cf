"""Two usual ways of scoring a series, for bench/detection/peers.ts.

Reads one series a line, {"values": [...]}, and answers one line: by name the scores, larger is stranger, and the CPU
seconds that they took.
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


METHODS = {"isolation forest": isolation_forest, "rolling robust z": robust_z_scores}


def timed(method, values):
    start = time.process_time()
    scores = method(values)
    return {"scores": scores.tolist(), "seconds": time.process_time() - start}


for line in sys.stdin:
    series = np.array(json.loads(line)["values"])
    print(json.dumps({name: timed(method, series) for name, method in METHODS.items()}), flush=True)
