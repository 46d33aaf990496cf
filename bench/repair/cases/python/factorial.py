def factorial(n):
    if n == 0:
        return 1
    return n * factorial(n - 1)
# ---- test
from factorial import factorial
def test_factorial():
    assert factorial(4) == 24
# ---- crash
factorial(-2)
