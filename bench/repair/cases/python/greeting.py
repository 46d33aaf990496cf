def greeting(user):
    return "Hello " + user.get("name").title()
# ---- test
from greeting import greeting
def test_greets():
    assert greeting({"name": "ada"}) == "Hello Ada"
# ---- crash
greeting({})
