# frozen_string_literal: true

require_relative 'nightly/journal'
%w[accounts billing documents planning support].each { |part| require_relative "nightly/#{part}" }

Journal.run
