# frozen_string_literal: true

require 'base64'
require 'did_you_mean'
require 'logger'
require 'stringio'
require 'uri'

Journal.task('links of the support pages are not usable') do |log|
  link = URI.parse('https://ann:pw@shop.example.org:8443/a%20b/c;v=1?x=1&y=&x=3#top')
  log.compare('support link was taken apart otherwise', [link.host, link.port, link.userinfo, link.path, link.query, link.fragment, link.request_uri, link.default_port])
  log.compare('relative support links point elsewhere', ['../z', '/q?r', '//h/i', '?only', './././e', 'g;x=1/../y', 'http://other/'].map { |one| (link + one).to_s })
  log.compare('way between support links changed', [(URI('http://a.org/b/c/d') - URI('http://a.org/b/e')).to_s, URI.join('http://a.org/b/', 'c/', 'd').to_s, link.route_to('https://ann:pw@shop.example.org:8443/x').to_s, URI('HTTP://EX.org/%7efoo').normalize.to_s])
  log.compare('links found in a text changed', URI.extract('see http://a.org/x, mailto:b@c.de or ftp://f.g/h;type=a.', %w[http mailto ftp]))
  log.compare('forms of the support page changed', [URI.encode_www_form('q' => ['a b', 'ü'], 'n' => nil, 'e' => ''), URI.decode_www_form('a=1&b=%C3%BC+x&c'), URI.encode_www_form_component('a*b~ü'), URI.encode_uri_component('a b')]) if URI.respond_to?(:encode_uri_component)
  log.compare('forms of the support page changed', [URI.encode_www_form('q' => ['a b', 'ü'], 'n' => nil, 'e' => ''), URI.decode_www_form('a=1&b=%C3%BC+x&c'), URI.encode_www_form_component('a*b~ü')])
  ['http://a b', 'http://[::1', 'mailto:a b', 'ftp://f/%zz;type=x'].each do |broken|
    URI.parse(broken)
    log.compare('a broken link was accepted', broken)
  rescue URI::Error => e
    log.compare('a broken support link is told otherwise', e.message)
  end
  mail = URI.parse('mailto:ann@example.org?subject=hi%20there&cc=b@c.de')
  log.compare('mail link of the support changed', [mail.to, mail.headers, mail.to_mailtext, URI::HTTP.build(host: 'h.org', path: '/p', query: 'q=1').to_s, URI::FTP.build(['u', 'h', 21, 'p/q', 'a']).to_s, URI::MailTo.build(['x@y.org', ['subject=s']]).to_s])
  link.path = '/new'
  link.query = nil
  link.scheme = 'http'
  log.compare('changed support link differs', [link.to_s, link.hostname, link == URI('http://ann:pw@shop.example.org:8443/new#top'), link.absolute?, link.select(:host, :port), link.component])
end

Journal.task('protocol of the support could not be kept') do |log|
  out = StringIO.new
  logger = Logger.new(out, level: Logger::INFO, progname: 'desk')
  logger.formatter = proc { |severity, _, name, text| "#{severity}|#{name}|#{text}\n" }
  logger.info('open')
  logger.debug { raise 'never' }
  logger.warn(:caller) { 'slow' }
  logger.add(Logger::FATAL, nil, 'gone')
  logger << 'raw'
  logger.level = :error
  logger.unknown('?')
  log.compare('protocol of the support differs', [out.string, logger.info?, logger.level, Logger::Formatter.new.call('WARN', Time.utc(2026, 3, 2, 1, 2, 3), 'p', RuntimeError.new('x')).sub(/#\d+/, '#1')])
end

Journal.task('attachments of the support could not be packed') do |log|
  data = (0..40).to_a.pack('C*')
  log.compare('packed attachment differs', [Base64.encode64(data * 2), Base64.urlsafe_encode64("\xff\xfe\xfd", padding: false), Base64.strict_decode64('AAEC'), Base64.urlsafe_decode64('__79')])
  words = DidYouMean::SpellChecker.new(dictionary: %w[refund return receipt repair rebate])
  log.compare('suggested topic of the support changed', [words.correct('retrun'), words.correct('refnud'), words.correct('xyz'), DidYouMean::Levenshtein.distance('kitten', 'sitting'), DidYouMean::JaroWinkler.distance('martha', 'marhta').round(5), DidYouMean::Jaro.distance('dixon', 'dicksonx').round(5), DidYouMean::TreeSpellChecker.new(dictionary: %w[spec/models/a_spec.rb spec/models/b_spec.rb]).correct('spec/model/a_spec.rb')])
end
