# frozen_string_literal: true

require 'json'

# What the night tells: one line of JSON a result or failure. Whoever runs it makes log lines of them.
module Journal
  TASKS = []

  # A step of the night, with the words for its failure.
  def self.task(words, &step)
    TASKS << [words, step]
  end

  # A result that should be as it was the night before.
  def self.compare(words, value)
    write(kind: 'compared', words: words, value: value.inspect)
  end

  def self.run
    TASKS.each do |words, step|
      step.call(self)
    rescue StandardError, NotImplementedError, SystemStackError => e
      return write(kind: 'failed', words: words, error: "#{e.class}: #{e.message}",
                   trace: e.full_message(highlight: false, order: :top))
    end
  end

  def self.write(event)
    puts JSON.generate(event.transform_values { |text| text.encode('UTF-8', invalid: :replace, undef: :replace) })
  end
end
