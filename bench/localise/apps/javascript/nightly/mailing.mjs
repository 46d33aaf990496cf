import he from '../packages/he/he.js';
import mustache from '../packages/mustache/mustache.mjs';
import { task } from './journal.mjs';

const LETTER =
  'Dear {{#title}}{{.}} {{/title}}{{name.last}},\n{{#items}}\n * {{text}}: {{{price}}} {{^stock}}(sold out){{/stock}}\n{{/items}}\n{{! remark }}{{> footer}}{{=<% %>=}}<% note %> {{kept}}';

task('letters to customers were not written', (log) => {
  const view = {
    title: 'Dr',
    name: { last: "O'Neil & <Co>" },
    items: [
      { text: 'tea', price: '<b>3</b>', stock: 2 },
      { text: 'oil', price: 9 },
    ],
    note: () => 'by hand',
  };
  log.compare(
    'letter to a customer differs',
    mustache.render(LETTER, view, { footer: '  -- {{name.last}}\n' }),
  );
  log.compare('parts of the letter were cut otherwise', mustache.parse('a {{#b}}{{c}} {{/b}}\n{{&d}}'));
  for (const broken of ['{{#a}}x', '{{/a}}', '{{a', '{{#a}}{{/b}}']) {
    try {
      mustache.render(broken, {});
    } catch (error) {
      log.compare('complaint about a letter reads otherwise', error.message);
    }
  }
  log.compare(
    'letter in bold differs',
    mustache.render('{{#bold}}Hi {{name}}.{{/bold}}{{^none}}!{{/none}}', {
      name: 'Bo',
      bold: () => (text, render) => `<b>${render(text)}</b>`,
    }),
  );
});

task('subject lines could not be encoded', (log) => {
  log.compare('encoded subject differs', [
    he.encode('foo © bar ≠ baz 𝌆 qux'),
    he.encode('<é>', { useNamedReferences: true }),
    he.encode('aé', { decimal: true }),
    he.encode('ab', { encodeEverything: true }),
  ]);
  log.compare('decoded subject differs', [
    he.decode('foo &copy; bar &ne; baz &#x1D306; &amp &notit; &#128; &#xD800;'),
    he.decode('a=&ampb', { isAttributeValue: true }),
    he.escape('<img src=\'x\' onerror="y">'),
  ]);
});
