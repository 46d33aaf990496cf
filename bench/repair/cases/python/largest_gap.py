def largest_gap(points):
    best = 0
    for i in range(len(points)):
        gap = points[i + 1] - points[i]
        if gap > best:
            best = gap
    return best
# ---- test
from largest_gap import largest_gap
def test_none():
    assert largest_gap([]) == 0
# ---- crash
largest_gap([1, 5, 7])
