def find_user(users, login):
    for user in users:
        if user["login"] == login:
            return user
    return None


def email_of(users, login):
    user = find_user(users, login)
    return user["email"]
# ---- test
from find_user import email_of
def test_email():
    assert email_of([{"login": "a", "email": "a@x"}], "a") == "a@x"
# ---- crash
email_of([], "a")
