def word_count(words):
    counts = {}
    for word in words:
        counts[word] += 1
    return counts
# ---- test
from word_count import word_count
def test_none():
    assert word_count([]) == {}
# ---- crash
word_count(["a", "b", "a"])
