/**
 * Environment: where the report goes, and the one test to run (or ''). argv: test files. Minitest 5 and newer. An error
 * while a file is loaded or a test is set up is `errored`.
 */
export const MINITEST_PROGRAM = `require 'json'
require 'minitest'

module VigilaiReport
  OUT = File.open(ENV.fetch('VIGILAI_REPORT'), 'w')
  ROOT = File.realpath(Dir.pwd) + '/'

  def self.say(file, name, outcome, message = '')
    OUT.puts(JSON.generate({ file: file.delete_prefix(ROOT), name: name, outcome: outcome, message: message.scrub }))
    OUT.flush
  end

  class Reporter < Minitest::AbstractReporter
    def record(result)
      failure = result.failures.find { |one| !one.is_a?(Minitest::Skip) }
      file = File.realpath(result.source_location.first)
      message = failure.nil? ? '' : text(failure)
      VigilaiReport.say(file, "#{result.class_name}##{result.name}", outcome(result, failure), message)
    end

    def text(failure)
      failure.is_a?(Minitest::UnexpectedError) ? failure.message : "#{failure.error.class}: #{failure.message}"
    end

    def outcome(result, failure)
      return result.skipped? ? 'skipped' : 'passed' if failure.nil?

      error = failure.is_a?(Minitest::UnexpectedError) ? failure.error : failure
      names = (error.backtrace || []).map { |line| line[/[\`'](?:.*[#.])?([^'#.]+)'$/, 1] }
      own = names.include?(result.name)
      !own && (names & %w[setup teardown]).any? ? 'errored' : 'failed'
    end
  end
end

module Minitest
  # The tests are run below, once.
  def self.autorun = nil

  def self.plugin_vigilai_init(_options) = (reporter << VigilaiReport::Reporter.new)
end

broken = false
ARGV.each do |file|
  require File.expand_path(file)
rescue ScriptError, StandardError => error
  broken = true
  VigilaiReport.say(file, file, 'errored', error.full_message(highlight: false, order: :top))
end

Minitest.extensions << 'vigilai'
only = ENV.fetch('VIGILAI_ONLY')
exit(Minitest.run(only.empty? ? [] : ['--name', only]) && !broken)
`;
