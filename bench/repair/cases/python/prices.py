def cheapest(prices):
    if not prices:
        return None
    best = prices[0]
    for price in prices:
        best = mn(best, price)
    return best
# ---- test
from prices import cheapest
def test_none():
    assert cheapest([]) is None
# ---- crash
cheapest([3, 2])
