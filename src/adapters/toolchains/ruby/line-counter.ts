/**
 * Counts lines with Ruby's own `coverage`, which SimpleCov is built on, and leaves what it counted in the form of
 * SimpleCov's result set. No gem is needed; where the project starts SimpleCov itself, both get the same counts.
 */
export const LINE_COUNTER = `require 'coverage'
require 'json'

module LineCounter
  COUNTED = {}

  def start(*) = (super unless running?)
  def setup(*) = nil
  def resume(*) = nil

  def result(**) = super.tap { |counts| COUNTED.merge!(counts) }
end

Coverage.start(lines: true, branches: true)
Coverage.singleton_class.prepend(LineCounter)
at_exit do
  counts = LineCounter::COUNTED.merge(Coverage.running? ? Coverage.peek_result : {})
  root = File.realpath(Dir.pwd) + '/'
  lines = counts.select { |file, _| file.start_with?(root) }.transform_values { |one| { lines: one[:lines] } }
  File.write(ENV.fetch('VIGILAI_LINES'), JSON.generate({ vigilai: { coverage: lines } }))
end
`;
