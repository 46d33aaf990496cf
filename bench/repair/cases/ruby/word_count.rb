def word_count(words)
  counts = {}
  words.each do |word|
    counts[word] += 1
  end
  counts
end
# ---- test
class WordCountTest < Minitest::Test
  def test_none
    assert_equal({}, word_count([]))
  end
end
# ---- crash
word_count(["a"])
