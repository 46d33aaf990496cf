def ratio(won, lost):
    if won is None:
        return 0.0
    return won / (won + lost)
# ---- test
from ratio import ratio
def test_ratio():
    assert ratio(1, 1) == 0.5
# ---- crash
ratio(0, 0)
