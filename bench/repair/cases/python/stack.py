class Stack:
    def __init__(self, items):
        self.items = items

    def take(self):
        return self.items.pop()
# ---- test
from stack import Stack
def test_take():
    assert Stack([1, 2]).take() == 2
# ---- crash
Stack([]).take()
