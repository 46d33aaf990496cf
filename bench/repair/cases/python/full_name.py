def full_name(person):
    if person.title is None:
        return ""
    return person.title + " " + person.name.strip()
# ---- test
from types import SimpleNamespace
from full_name import full_name
def test_title():
    assert full_name(SimpleNamespace(title="Dr", name=" X ")) == "Dr X"
# ---- crash
from types import SimpleNamespace
full_name(SimpleNamespace(title="Dr", name=None))
