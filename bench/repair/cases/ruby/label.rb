def label(number)
  "no. " + number
end
# ---- test
class LabelTest < Minitest::Test
  def test_label
    assert_equal "no. 1", label("1")
  end
end
# ---- crash
label(4)
