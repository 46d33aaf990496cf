def group_by(rows):
    groups = {}
    for row in rows:
        groups[row["team"]].append(row["name"])
    return groups
# ---- test
from group_by import group_by
def test_none():
    assert group_by([]) == {}
# ---- crash
group_by([{"team": "a", "name": "x"}])
