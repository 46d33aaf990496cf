def quantity(field):
    return int(field)
# ---- test
from quantity import quantity
def test_quantity():
    assert quantity("3") == 3
# ---- crash
quantity("three")
