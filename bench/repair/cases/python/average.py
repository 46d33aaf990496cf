def average(values):
    return sum(values) / len(values)
# ---- test
from average import average
def test_average():
    assert average([2, 4]) == 3
# ---- crash
average([])
