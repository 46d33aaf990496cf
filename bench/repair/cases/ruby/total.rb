def total(items)
  sum = 0
  items.each { |item| sum += item[:price] * item[:count] }
  sum
end
# ---- test
class TotalTest < Minitest::Test
  def test_total
    assert_equal 6, total([{ price: 2, count: 3 }])
  end
end
# ---- crash
total([{ count: 3 }])
