def average(values)
  values.sum / values.size
end
# ---- test
class AverageTest < Minitest::Test
  def test_average
    assert_equal 3, average([2, 4])
  end
end
# ---- crash
average([])
