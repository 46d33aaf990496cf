def first_line(text):
    lines = text.splitlines()
    return lines[0]
# ---- test
from first_line import first_line
def test_first():
    assert first_line("a\nb") == "a"
# ---- crash
first_line("")
