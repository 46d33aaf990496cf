# frozen_string_literal: true

require 'matrix'
require 'ostruct'
require 'tsort'
require 'prime'
require 'delegate'
require 'forwardable'
require 'observer'

Journal.task('bills could not be summed up') do |log|
  shares = Matrix[[2, 1, 1], [1, 3, 2], [1, 0, 0]]
  log.compare('shares of a bill changed', [shares.determinant, shares.inverse, shares.rank, shares.transpose, shares * Vector[1, 2, 3], shares**3])
  log.compare('parts of a bill changed', [shares.minor(0, 2, 1, 2), shares.row(1), shares.trace, shares.each_with_index.select { |value, row, column| row == column && value }.length, shares.lup.solve(Vector[7, 13, 1]), Vector[3, 4].norm, Vector[1, 0, 2].cross_product(Vector[0, 1, 1]), shares.first_minor(0, 0), shares.cofactor(0, 1), Matrix.identity(2).hstack(Matrix[[1], [2]])])
  log.compare('tested bill differs', [shares.symmetric?, Matrix.diagonal(1, 2).diagonal?, shares.square?, Matrix.build(2) { |row, column| row - column }.antisymmetric?, shares.round.to_a, Matrix[[1, 2], [3, 4]].eigensystem.eigenvalues.map { |one| one.round(5) }])
  log.compare('numbers of the bills changed', [Prime.first(8), 360.prime_division, 97.prime?, Prime.each(30).to_a.last, Prime.int_from_prime_division([[2, 3], [5, 1]])])
end

Positions = Struct.new(:items) do
  extend Forwardable
  def_delegators :items, :size, :<<, :first
  def_delegator :items, :join, :text
end

class Till
  include Observable

  def ring(sum)
    changed
    notify_observers(sum)
  end
end

Journal.task('positions of a bill got lost') do |log|
  bill = OpenStruct.new(no: 7, who: { name: 'Ann' })
  bill.total = 12.5
  bill[:paid] = true
  log.compare('head of a bill changed', [bill, bill.dig(:who, :name), bill.to_h.keys, bill.respond_to?(:paid), bill == OpenStruct.new(no: 7), bill.delete_field(:paid), bill.missing, bill.each_pair.to_a.length])
  positions = Positions.new([])
  positions << 'tea'
  positions << 'oil'
  log.compare('positions of a bill changed', [positions.size, positions.first, positions.text('+')])
  wrapped = SimpleDelegator.new([3, 1, 2])
  wrapped.__setobj__(wrapped.sort)
  log.compare('sorted positions changed', [wrapped.first, wrapped == [1, 2, 3], wrapped.respond_to?(:push), wrapped.methods.include?(:each), wrapped.eql?(wrapped), !wrapped])
  seen = []
  till = Till.new
  till.add_observer(Class.new { define_method(:update) { |sum| seen << sum } }.new)
  till.ring(5)
  log.compare('till rang for something else', [seen, till.count_observers, till.changed?])
end

class Steps
  include TSort

  def initialize(steps)
    @steps = steps
  end

  def tsort_each_node(&block)
    @steps.each_key(&block)
  end

  def tsort_each_child(node, &block)
    @steps.fetch(node, []).each(&block)
  end
end

Journal.task('order of billing steps is circular') do |log|
  steps = Steps.new('send' => %w[print check], 'print' => %w[sum], 'check' => %w[sum], 'sum' => [])
  log.compare('order of billing steps changed', [steps.tsort, steps.strongly_connected_components])
  begin
    Steps.new('a' => ['b'], 'b' => ['a']).tsort
  rescue TSort::Cyclic => e
    log.compare('circle of billing steps is told otherwise', e.message)
  end
end
