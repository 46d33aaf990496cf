def sum_list(items):
    total = 0
    for i in range(len(items) + 1):
        total += items[i]
    return total
# ---- test
from sum_to import sum_list
def test_exists():
    assert callable(sum_list)
# ---- crash
sum_list([1, 2])
