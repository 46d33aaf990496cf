# frozen_string_literal: true

require 'optparse'
require 'optparse/time'
require 'getoptlong'
require 'shellwords'
require 'abbrev'
require 'time'

Journal.task('command line of the planner was refused') do |log|
  found = {}
  parser = OptionParser.new do |one|
    one.banner = 'Usage: plan [options]'
    one.separator 'Options:'
    one.on('-n', '--count=N', Integer, 'how many') { |value| found[:count] = value }
    one.on('--[no-]dry', 'change nothing') { |value| found[:dry] = value }
    one.on('-m', '--mode MODE', %i[fast safe], 'fast or safe') { |value| found[:mode] = value }
    one.on('--at [TIME]', Time) { |value| found[:at] = value&.utc }
    one.on('--list a,b', Array) { |value| found[:list] = value }
    one.on('-v', '--verbose') { |value| found[:verbose] = (found[:verbose] || 0) + 1 }
    one.on('--size=FLOAT', Float, 'a', 'b')
  end
  rest = parser.parse(%w[-vv in.txt --count 7 --no-dry --mode=fa --list x,y --at 2026-03-02T01:02:03Z --size 2.5 -- -z])
  log.compare('planner would start with other options', [found, rest])
  log.compare('help of the planner reads otherwise', parser.help)
  [%w[--count x], %w[--mode slow], %w[--unknown], %w[--count], %w[--verbos=1]].each do |wrong|
    parser.parse(wrong)
  rescue OptionParser::ParseError => e
    log.compare('refusal of the planner reads otherwise', e.message)
  end
  log.compare('options put into a hash differ', [{}.tap { |into| parser.parse(%w[-n3 --dry a], into: into) }, parser.summarize.length, parser.to_a.last, parser.getopts(%w[-a -b 1], 'ab:', 'long')])
end

Journal.task('start command of the planner could not be taken apart') do |log|
  log.compare('start command has other words', [Shellwords.split("run --name 'two words' a\\ b \"x\\\"y\" z"), "it's; $x".shellescape, ['echo', '', "a b", "q\n"].shelljoin])
  log.compare('short names of commands changed', %w[start stop status].abbrev.select { |short| short.length < 5 })
  ARGV.replace(%w[--size=3 -v file --flag])
  options = GetoptLong.new(['--size', '-s', GetoptLong::REQUIRED_ARGUMENT], ['--verbose', '-v', GetoptLong::NO_ARGUMENT], ['--flag', GetoptLong::OPTIONAL_ARGUMENT])
  options.quiet = true
  log.compare('old options of the planner changed', [options.to_enum(:each).to_a, ARGV.dup])
end

Journal.task('times of the plan cannot be read') do |log|
  times = ['2026-03-02T04:05:06.789+05:30', '2026-03-02T04:05:06Z', '2026-03-02T24:00:00-03:30']
  log.compare('times of the plan were read otherwise', times.map { |text| Time.xmlschema(text).utc })
  log.compare('times of the post were read otherwise', [Time.rfc2822('Mon, 02 Mar 2026 10:00:05 +0130').utc, Time.httpdate('Sun, 06 Nov 1994 08:49:37 GMT'), Time.httpdate('Sunday, 06-Nov-94 08:49:37 GMT'), Time.strptime('03/Feb/26 11:07 PM', '%d/%b/%y %I:%M %p'), Time.parse('12:30', Time.utc(2026, 5, 6)), Time.parse('2026-01-05 EST').utc])
  log.compare('times of the plan were written otherwise', [Time.utc(2026, 3, 2, 1, 2, 3.5r).xmlschema(3), Time.new(2026, 7, 2, 1, 2, 3, '+02:00').rfc2822, Time.at(1772438400).httpdate, Time.new(2026, 7, 2).xmlschema, Time.at(0).getlocal.rfc2822])
  ['2026-13-01T00:00:00Z', 'someday', '2026-03-02'].each do |text|
    Time.xmlschema(text)
  rescue ArgumentError => e
    log.compare('refused time of the plan is told otherwise', e.message)
  end
end
