import type { Act, Sample } from '../../contract/toolchain.ts';

const SOURCE = `# Sums.
def total(order)
  order.lines.sum
end

=begin
Half of it, for friends.
=end
def discounted(order)
  total(order) / 2 # :nocov:
end
`;

const ACTS: Readonly<Record<Act, (port: number) => string>> = {
  hang: () => "spawn('sleep', '300')\n    loop {}",
  shout: () => "1000.times { puts 'x' * 20_000 }",
  call: (port) => `TCPSocket.new('127.0.0.1', ${port})`,
};

export const minitestSample: Sample = {
  name: 'minitest',
  framework: 'minitest',
  files: {
    'lib/shop.rb': SOURCE,
    'test/shop_test.rb': `require 'minitest/autorun'
require 'shop'

Order = Struct.new(:lines)

class TotalTest < Minitest::Test
  def test_adds
    assert_equal 2, total(Order.new([1, 1]))
  end

  def test_expects_too_little
    assert_equal 1, total(Order.new([1, 1]))
  end

  def test_needs_an_order
    assert_equal 0, total(nil)
  end

  def test_waits
    skip 'later'
  end
end
`,
  },
  source: 'lib/shop.rb',
  suite: 'test/shop_test.rb',
  alone: 'TotalTest#test_adds',
  bug: /NoMethodError/,
  lines: { covered: [2, 3, 9], uncovered: [10] },
  broken: ['test/broken_test.rb', "require 'nowhere'\n"],
  act: (act, port) => [
    'test/act_test.rb',
    `require 'minitest/autorun'\nrequire 'socket'\n\nclass ActTest < Minitest::Test\n  def test_acts\n    ${ACTS[act](port)}\n  end\nend\n`,
  ],
  timeoutMs: 60_000,
  soonMs: 4_000,
  rerun: 'test/shop_test.rb',
  packages: null,
};

export const rspecSample: Sample = {
  ...minitestSample,
  name: 'rspec',
  framework: 'rspec',
  files: {
    'lib/shop.rb': SOURCE,
    'spec/shop_spec.rb': `require 'shop'

Order = Struct.new(:lines)

RSpec.describe 'total' do
  it('adds') { expect(total(Order.new([1, 1]))).to eq(2) }
  it('expects too little') { expect(total(Order.new([1, 1]))).to eq(1) }
  it('needs an order') { expect(total(nil)).to eq(0) }
  xit('waits') {}
end
`,
  },
  suite: 'spec/shop_spec.rb',
  alone: 'total adds',
  broken: ['spec/broken_spec.rb', "require 'nowhere'\n"],
  act: (act, port) => [
    'spec/act_spec.rb',
    `require 'socket'\n\nRSpec.describe 'act' do\n  it 'acts' do\n    ${ACTS[act](port)}\n  end\nend\n`,
  ],
  rerun: 'spec/shop_spec.rb',
};
