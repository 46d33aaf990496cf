def factorial(n)
  return 1 if n == 0

  n * factorial(n - 1)
end
# ---- test
class FactorialTest < Minitest::Test
  def test_factorial
    assert_equal 6, factorial(3)
  end
end
# ---- crash
factorial(-1)
