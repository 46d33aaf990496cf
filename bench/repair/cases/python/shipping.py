RATES = {"fr": 5, "de": 6}


def shipping(order):
    rate = RATES[order["country"]]
    return rate * order["weight"]
# ---- test
from shipping import shipping
def test_shipping():
    assert shipping({"country": "fr", "weight": 2}) == 10
# ---- crash
shipping({"country": "uk", "weight": 2})
