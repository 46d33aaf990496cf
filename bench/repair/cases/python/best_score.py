def best_score(players):
    return max(player["score"] for player in players)
# ---- test
from best_score import best_score
def test_best():
    assert best_score([{"score": 1}, {"score": 4}]) == 4
# ---- crash
best_score([])
