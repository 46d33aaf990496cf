def binary_search(items, wanted):
    low, high = 0, len(items)
    while low <= high:
        middle = (low + high) // 2
        if items[middle] == wanted:
            return middle
        if items[middle] < wanted:
            low = middle + 1
        else:
            high = middle - 1
    return -1
# ---- test
from binary_search import binary_search
def test_finds():
    assert binary_search([1, 3, 5], 3) == 1
# ---- crash
binary_search([1, 3, 5], 9)
