def cities(customers):
    found = []
    for customer in customers:
        found.append(customer.address.city)
    return found
# ---- test
from addresses import cities
def test_none():
    assert cities([]) == []
# ---- crash
from types import SimpleNamespace
cities([SimpleNamespace(address=None)])
