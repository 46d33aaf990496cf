RATES = { fr: 5, de: 6 }.freeze

def shipping(country, weight)
  RATES.fetch(country) * weight
end
# ---- test
class ShippingTest < Minitest::Test
  def test_rates
    assert_equal 10, shipping(:fr, 2)
  end
end
# ---- crash
shipping(:uk, 2)
