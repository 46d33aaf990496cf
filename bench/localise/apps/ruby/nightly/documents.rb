# frozen_string_literal: true

require 'erb'
require 'pp'
require 'rdoc'
require 'rexml/document'
require 'cgi/util'

INVOICE = <<~TEXT
  <% items.each do |name, price| -%>
  * <%= name %>: <%= '%.2f' % price %>
  <% end -%>
  %% kept <%# remark %><%% raw %>
  <%== total if false %>
TEXT

Journal.task('invoice document was not made') do |log|
  items = { 'tea' => 3, 'oil & <x>' => 9.5 }
  log.compare('invoice document differs', ERB.new(INVOICE.sub("<%== total if false %>\n", ''), trim_mode: '-').result_with_hash(items: items))
  log.compare('source of the invoice template differs', ERB.new("% 2.times do\nx\n% end\n<%= 1 -%>\n", trim_mode: '%-').src)
  log.compare('trimmed invoice differs', [ERB.new("<% if true %>\n a\n<% end %>\nb <%= 1 %>\n", trim_mode: '<>').result, ERB.new("<% 1 %>\nx", trim_mode: '>').result])
  log.compare('escaped invoice differs', [ERB::Util.h('<a href="x">\'&'), ERB::Util.url_encode('a b/ü'), CGI.escape('a b&c=ü'), CGI.unescape('a+b%26%C3%BC'), CGI.unescapeHTML('&lt;&#65;&#x42;&quot;&amp;&nope;'), CGI.pretty('<a><b>x</b></a>'), CGI.unescapeElement('&lt;br&gt;&lt;a&gt;', 'br'), CGI.rfc1123_date(Time.at(0))])
end

Journal.task('order document is not readable') do |log|
  document = REXML::Document.new("<?xml version='1.0'?><order no='7'><line n=\"1\">tea &amp; cake</line><line n='2' t='x'/><!--late--><![CDATA[<raw>]]></order>")
  log.compare('lines of the order changed', [document.root.elements.map { |one| [one.name, one.attributes['n'], one.text] }, document.root.attributes['no']])
  log.compare('search in the order finds something else', ["//line[@t='x']", '/order/line[2]', 'order/line[position()=1]/text()', "count(//line)", "//line[contains(., 'tea')]", 'order/*[last()]'].map { |path| REXML::XPath.match(document, path).map(&:to_s) })
  document.root.add_element('line', 'n' => '3').text = '5 < 6'
  document.root.elements.delete('line[1]')
  out = +''
  REXML::Formatters::Pretty.new(2).write(document, out)
  log.compare('order document prints otherwise', [out, document.to_s])
  ['<a><b></a>', '<a', '<a b=1/>', '<a/><b/>'].each do |broken|
    REXML::Document.new(broken)
  rescue REXML::ParseException => e
    log.compare('a broken order is told otherwise', e.message.lines.first)
  end
end

MANUAL = <<~TEXT
  = Manual of the *shop*

  Some _text_ with +code+ and http://example.org, and
  a second line -- really...

  * first
  * second
    1. deep
    2. deeper

  [term] what it means
  note:: more

    verbatim  text
      deeper

  ---
  Last (c) line.
TEXT

Journal.task('manual could not be set') do |log|
  options = RDoc::Options.new
  log.compare('manual for the web differs', RDoc::Markup::ToHtml.new(options).convert(MANUAL))
  log.compare('manual as plain text differs', RDoc::Markup::ToRdoc.new.convert(MANUAL))
  log.compare('manual as markdown differs', RDoc::Markup::ToMarkdown.new.convert(MANUAL))
  log.compare('parts of the manual changed', RDoc::Markup::Parser.parse(MANUAL).parts.map(&:class))
  log.compare('contents of the manual changed', RDoc::Markup::Parser.parse("= A b\n\n== C <d>\n\ntext").accept(RDoc::Markup::ToTableOfContents.new).map { |one| [one.level, one.text] })
  log.compare('teaser of the manual differs', RDoc::Markup::ToHtmlSnippet.new(options, 60, 2).convert(MANUAL))
end

Journal.task('dump of the document index is not readable') do |log|
  index = { 'numbers' => (1..40).to_a, 'words' => ['alpha ' * 5] * 3, 'deep' => { 'k' => { 'x' => nil } } }
  log.compare('dump of the document index differs', index.pretty_inspect)
  log.compare('narrow dump of the document index differs', [PP.pp(index.values.last(2), +'', 20), PP.singleline_pp([1, { 'a' => :b }], +''), PP.pp(Struct.new(:a, :b).new(1, 'two' * 20), +'', 30)])
end
