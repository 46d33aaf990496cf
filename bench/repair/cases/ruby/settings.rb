require "json"

module Settings
  def self.read(text)
    settings = JSON.parse(text)
    settings["theme"]
  end
end
# ---- test
class SettingsTest < Minitest::Test
  def test_reads
    assert_equal "dark", Settings.read('{"theme":"dark"}')
  end
end
# ---- crash
Settings.read("theme: dark")
