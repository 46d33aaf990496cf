def skip_spaces(text, start):
    i = start
    while text[i] == " " and i < len(text):
        i += 1
    return i
# ---- test
from skip_spaces import skip_spaces
def test_skips():
    assert skip_spaces("  a", 0) == 2
# ---- crash
skip_spaces("  ", 0)
