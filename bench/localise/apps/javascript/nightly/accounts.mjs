import { parse } from '../packages/csv-parse/lib/sync.js';
import { stringify } from '../packages/csv-stringify/lib/sync.js';
import ini from '../packages/ini/lib/ini.js';
import yaml from '../packages/js-yaml/index.js';
import JSON5 from '../packages/json5/lib/index.js';
import isCreditCard from '../packages/validator/es/lib/isCreditCard.js';
import isEmail from '../packages/validator/es/lib/isEmail.js';
import isFQDN from '../packages/validator/es/lib/isFQDN.js';
import isIBAN from '../packages/validator/es/lib/isIBAN.js';
import isIP from '../packages/validator/es/lib/isIP.js';
import isISBN from '../packages/validator/es/lib/isISBN.js';
import isMobilePhone from '../packages/validator/es/lib/isMobilePhone.js';
import isStrongPassword from '../packages/validator/es/lib/isStrongPassword.js';
import isURL from '../packages/validator/es/lib/isURL.js';
import normalizeEmail from '../packages/validator/es/lib/normalizeEmail.js';
import { task } from './journal.mjs';

task('account statement could not be imported', (log) => {
  const text = 'id;name;sum\n1;"Mug; blue";3.20\n\n2; Pen ;0.99\n# a remark\n3;"say ""hi""";-7\n';
  log.compare(
    'lines of the statement changed',
    parse(text, {
      columns: true,
      delimiter: ';',
      trim: true,
      skip_empty_lines: true,
      comment: '#',
      cast: true,
    }),
  );
  log.compare(
    'columns of the statement changed',
    parse('a,b\n1\n2,3,4', { relax_column_count: true, info: true }).map(({ info, record }) => [
      info.lines,
      record,
    ]),
  );
  for (const broken of ['a,b\n"1,2', 'a,b\n1,2,3', 'x"y,2']) {
    try {
      log.compare('a broken statement was accepted', parse(broken));
    } catch (error) {
      log.compare('a broken statement is told otherwise', [error.code, error.message]);
    }
  }
  log.compare(
    'written statement differs',
    stringify(
      [
        { a: 1, b: 'x;y', c: null },
        { a: -2.5, b: 'say "hi"', c: true },
      ],
      {
        header: true,
        delimiter: ';',
        quoted_string: true,
        cast: { boolean: (value) => (value ? 'yes' : 'no') },
      },
    ),
  );
});

task('account settings cannot be loaded', (log) => {
  const text =
    '; limits\nroot=/srv\n[mail.out]\nhost = "smtp example"\nlist[]=a\nlist[]=b\ntls=true\nempty=\n[other]\nkey with space=1 ; note';
  log.compare('account settings changed', ini.parse(text));
  log.compare(
    'account settings were saved otherwise',
    ini.stringify(
      { top: 1, mail: { host: 'x;y', in: { port: 25 } }, list: ['p', 'q'] },
      { whitespace: true },
    ),
  );
  log.compare(
    'hand written settings changed',
    JSON5.parse('{a: +1.5, \'b\': [0x1F, .5, Infinity,], /* c */ c: "two\\\nlines", d: null, // e\n}'),
  );
  log.compare(
    'hand written settings were saved otherwise',
    JSON5.stringify({ a: [1, { 'b-c': "it's" }], d: undefined, e: Number.NaN }, null, 2),
  );
  for (const broken of ['{a: 1,, }', '[1 2]', '{"a"}', '"x\n"']) {
    try {
      JSON5.parse(broken);
    } catch (error) {
      log.compare('complaint about the settings reads otherwise', error.message);
    }
  }
});

task('rules of the bank cannot be loaded', (log) => {
  const text =
    'limits: &l {day: 1_000, hex: 0x1f, rate: 2.5e-1}\nbanks:\n  - name: "A\\u00e9"\n    since: 2021-05-27T07:32:00Z\n    rules: *l\n  - >\n    folded\n    text\n\n  - |-\n    kept\n    lines\nnone: ~\nset: !!set {x, y}\n';
  const rules = yaml.load(text);
  log.compare('rules of the bank changed', rules);
  log.compare(
    'rules of the bank were saved otherwise',
    yaml.dump(
      { ...rules, long: 'word '.repeat(30), odd: ['- x', 'true', '1', '', 'a: b', new Date(0)] },
      { lineWidth: 60, sortKeys: true },
    ),
  );
  log.compare('documents of the bank changed', yaml.loadAll('a: 1\n---\n- b\n- [c, {d: e}]\n...\n'));
  for (const broken of ['a: [1, 2', 'a: 1\n b: 2', 'x: *nobody', "'open"]) {
    try {
      yaml.load(broken);
    } catch (error) {
      log.compare('complaint about the rules reads otherwise', error.message);
    }
  }
});

task('account holders could not be checked', (log) => {
  const addresses = [
    'ann@example.org',
    'a.b+c@sub.example.co',
    '"q q"@example.org',
    'no at.example',
    'x@-bad.org',
    'Ann <ann@example.org>',
  ];
  log.compare(
    'addresses of account holders are judged otherwise',
    addresses.map((one) => isEmail(one)),
  );
  log.compare('normal form of an address changed', [
    normalizeEmail('Some.One+tag@GoogleMail.com'),
    normalizeEmail('UPPER@Example.ORG'),
  ]);
  log.compare(
    'account numbers are judged otherwise',
    ['GB29 NWBK 6016 1331 9268 19', 'DE89370400440532013000', 'DE88370400440532013000', 'XX12'].map((one) =>
      isIBAN(one),
    ),
  );
  log.compare(
    'cards are judged otherwise',
    ['4111 1111 1111 1111', '4111111111111112', '378282246310005'].map((one) => isCreditCard(one)),
  );
  log.compare(
    'sites of account holders are judged otherwise',
    [
      'https://a.example.org:8080/x?y',
      'ftp://x',
      'http://localhost',
      '//a.b',
      'http://1.2.3.4',
      'mailto:x@y.org',
    ].map((one) => isURL(one, { require_tld: true })),
  );
  log.compare(
    'hosts are judged otherwise',
    ['a.example.org', '-a.org', 'a_b.org', 'localhost', '1.2.3.4'].map((one) => isFQDN(one)),
  );
  log.compare(
    'machine addresses are judged otherwise',
    ['::1', '1.2.3.256', 'fe80::1%eth0', '10.0.0.1'].map((one) => isIP(one)),
  );
  log.compare(
    'book numbers are judged otherwise',
    ['978-3-16-148410-0', '3161484100', '123'].map((one) => isISBN(one)),
  );
  log.compare('phones and passwords are judged otherwise', [
    isMobilePhone('+4915123456789', 'de-DE'),
    isMobilePhone('123'),
    isStrongPassword('aB3$efgh'),
    isStrongPassword('aaaaaaaaB1!', { returnScore: true }),
  ]);
});
