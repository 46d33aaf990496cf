def greeting(user)
  "Hello " + user[:name].strip
end
# ---- test
class GreetingTest < Minitest::Test
  def test_greets
    assert_equal "Hello Ada", greeting({ name: " Ada " })
  end
end
# ---- crash
greeting({})
