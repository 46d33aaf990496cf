# frozen_string_literal: true

require 'csv'
require 'ipaddr'
require 'psych'
require 'pstore'
require 'set'
require 'tmpdir'

TABLE = "id;name;sum\n1;\"Mug; blue\";3.20\n\n2; Pen ;0.99\n3;\"say \"\"hi\"\"\";-7\n"

Journal.task('account table could not be imported') do |log|
  table = CSV.parse(TABLE, col_sep: ';', headers: true, converters: :numeric, skip_blanks: true)
  log.compare('rows of the account table changed', table.map(&:to_h))
  log.compare('columns of the account table changed', [table['sum'], table.headers, table.by_col[1], table[0].fields('sum', 'id')])
  table << [4, 'Cap', 1]
  table.delete('name')
  log.compare('account table was written otherwise', table.to_csv(col_sep: ','))
  log.compare('line of the account table differs', [['a,b', nil, "x\ny", 'say "hi"'].to_csv, CSV.generate_line(['é', ''], force_quotes: true), 'p|q'.parse_csv(col_sep: '|')])
  ["a,\"b", "a,b\"c", "\"a\"b"].each do |broken|
    CSV.parse(broken)
  rescue CSV::MalformedCSVError => e
    log.compare('a broken account table is told otherwise', [e.message, e.line_number])
  end
  log.compare('headings of the account table changed', CSV.new("Full Name, AGE\nann,3", headers: true, header_converters: :symbol, strip: true).read.map(&:to_h))
  log.compare('liberal reading of the table changed', CSV.parse_line('a "b" c,d', liberal_parsing: true))
end

Journal.task('rules for accounts cannot be loaded') do |log|
  text = "limits: &l {day: 1_000, hex: 0x1f, rate: 2.5e-1}\nrules:\n  - name: \"A\\u00e9\"\n    since: 2021-05-27\n    use: *l\n  - |\n    kept\n    lines\nnone: ~\nsym: :word\nspan: 1:30:00\n"
  rules = Psych.load(text, aliases: true, permitted_classes: [Symbol, Date])
  log.compare('rules for accounts changed', rules.reject { |key| key == 'rules' })
  log.compare('rules for accounts were saved otherwise', Psych.dump({ 'a' => [1, 2.5, nil, 'true', "two\nlines", 'x: y'], 'b' => { 'sym' => :s, 'set' => (1..3) }, 'long' => 'word ' * 30 }))
  ["a: [1, 2", "a: 1\n b: 2"].each do |broken|
    Psych.load(broken)
  rescue Psych::SyntaxError => e
    log.compare('complaint about the rules reads otherwise', e.message)
  end
  log.compare('tree of the rules differs', Psych.parse("- a\n- {b: c}").children.map { |one| one.children.map(&:tag) })
end

Journal.task('account store is damaged') do |log|
  Dir.mktmpdir do |folder|
    store = PStore.new(File.join(folder, 'accounts'))
    store.transaction { store['ann'] = { sum: 3 }; store['bob'] = [1] }
    store.transaction { store.delete('bob'); store.abort }
    store.transaction { |one| one['cy'] = one.fetch('ann').merge(sum: 9); one.commit }
    log.compare('stored accounts differ', store.transaction(true) { |one| [one.roots, one['cy'], one.root?('dan')] })
    message = begin
      store.transaction(true) { |one| one['x'] = 1 }
    rescue PStore::Error => e
      e.message
    end
    log.compare('refusal of the account store reads otherwise', message)
  end
end

Journal.task('allowed networks of an account are wrong') do |log|
  net = IPAddr.new('10.20.0.0/22')
  log.compare('allowed networks changed', [net.include?(IPAddr.new('10.20.3.9')), net.to_range.last.to_s, net.to_s, net.prefix, net.inspect])
  log.compare('addresses of an account changed', [IPAddr.new('2001:db8::1').to_string, IPAddr.new('fe80::1:0:0').to_s, IPAddr.new('1.2.3.4').ipv4_mapped.to_s, IPAddr.new('192.168.1.7').reverse, (IPAddr.new('10.0.0.255') | 256).to_s, IPAddr.new('10.0.0.1').succ.to_s, IPAddr.new('172.16.3.1').private?])
  %w[1.2.3 1.2.3.4/33 ::g 300.1.1.1].each do |text|
    IPAddr.new(text)
  rescue IPAddr::Error => e
    log.compare('refused address is told otherwise', e.message)
  end
  groups = Set[3, 1, 2]
  log.compare('groups of an account changed', [groups | [9], groups & [1, 7], groups ^ [1, 4], groups.subset?(Set[1, 2, 3, 4]), groups.classify(&:odd?), groups.divide { |a, b| (a - b).abs == 2 }.size, groups.add?(3), groups.to_a.sort, Set[1, [2]].flatten, groups.disjoint?([5])])
end
