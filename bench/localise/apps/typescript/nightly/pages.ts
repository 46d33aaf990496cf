import { isTraversal, parse, stringify } from '../packages/css-what/src/index';
import {
  decodeHTML,
  decodeHTMLAttribute,
  decodeHTMLStrict,
  decodeXML,
  encodeHTML,
  encodeNonAsciiHTML,
  encodeXML,
  escapeAttribute,
  escapeText,
  escapeUTF8,
} from '../packages/entities/src/index';
import { task } from './journal';

const SELECTORS = [
  'a > b.c#d',
  'ul li:nth-child(2n+1):not(.x, [href^="/a b"])',
  '*|p::before, ns|q ~ r + s',
  'input[type="text" i][data-x|=y]:is(h1, h2)',
  'a\\:b .\\31 0',
  ':has(img)',
  'p em',
];

task('styles of the page cannot be read', (log) => {
  for (const selector of SELECTORS) log.compare('style rule was read otherwise', parse(selector));
  log.compare(
    'style rules were written otherwise',
    SELECTORS.map((one) => stringify(parse(one))),
  );
  log.compare(
    'steps of a style rule are counted otherwise',
    parse('a > b c').flat().filter(isTraversal).length,
  );
  for (const broken of ['a >', 'a[b', ':not(', 'a > > b', '', '#', 'p::', '[a=b x]']) {
    try {
      parse(broken);
      log.compare('a broken rule was accepted', broken);
    } catch (error) {
      log.compare('a broken style rule is told otherwise', (error as Error).message);
    }
  }
});

task('texts of the page cannot be decoded', (log) => {
  const text =
    'a &amp; b &ampc &notit; &notin; &#169;&#xA9; &#128; &lt;p&gt &eacute; &CounterClockwiseContourIntegral; &#0; &unknown; &#x110000;';
  log.compare('decoded page text differs', [decodeHTML(text), decodeHTMLStrict(text), decodeXML(text)]);
  log.compare('decoded attribute of the page differs', decodeHTMLAttribute('?a=1&copy=2&lt;&ampx &not=3'));
});

task('texts of the page cannot be encoded', (log) => {
  const text = '<a href="x">5 ≠ 6 & Größe 𝌆 \u00a0 ⊐̸</a>';
  log.compare('encoded page text differs', [encodeHTML(text), encodeNonAsciiHTML(text), encodeXML(text)]);
  log.compare('escaped page text differs', [escapeText(text), escapeAttribute(text), escapeUTF8(text)]);
});
