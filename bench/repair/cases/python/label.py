def label(number):
    return "no. " + number
# ---- test
from label import label
def test_label():
    assert label("1") == "no. 1"
# ---- crash
label(4)
