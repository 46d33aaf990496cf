def extension(path):
    return path.split(".")[1].lower()
# ---- test
from extension import extension
def test_extension():
    assert extension("a.TXT") == "txt"
# ---- crash
extension("README")
