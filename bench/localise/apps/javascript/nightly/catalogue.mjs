import chroma from '../packages/chroma-js/index.js';
import {
  applyPatch,
  createTwoFilesPatch,
  diffArrays,
  diffChars,
  diffJson,
  diffLines,
  diffSentences,
  diffWords,
  parsePatch,
  structuredPatch,
} from '../packages/diff/libesm/index.js';
import { task } from './journal.mjs';

task('colours of the catalogue are missing', (log) => {
  log.compare('colours of the catalogue changed', [
    chroma('#d4f').hex(),
    chroma('hotpink').hsl(),
    chroma.hsv(200, 0.6, 0.5).css(),
    chroma(0x336699)
      .lab()
      .map((one) => one.toFixed(3)),
  ]);
  log.compare('shades of a product changed', [
    chroma('teal').darken(2).hex(),
    chroma('teal').saturate().hex(),
    chroma.mix('red', 'blue', 0.25, 'lch').hex(),
    chroma('orange').alpha(0.5).css('hsl'),
  ]);
  log.compare('scale of the chart has other colours', [
    chroma.scale(['yellow', '008ae5']).mode('lab').colors(5),
    chroma.scale('OrRd').domain([0, 40, 100])(30).hex(),
    chroma.bezier(['yellow', 'red', 'black']).scale().colors(3),
  ]);
  log.compare('readable colours are judged otherwise', [
    chroma.contrast('pink', 'purple').toFixed(4),
    chroma('gold').luminance().toFixed(5),
    chroma.deltaE('#ededee', '#edeeed').toFixed(4),
    chroma.distance('fff', '000').toFixed(3),
  ]);
  log.compare('classes of prices changed', [
    chroma.limits([2, 5, 8, 20, 33, 34], 'q', 3),
    chroma.limits([1, 10, 100], 'l', 4),
    chroma.limits([1, 2, 30, 40], 'k', 2),
    chroma.average(['red', '0f0', 'rgba(0,0,255,0.5)']).hex(),
  ]);
  log.compare('warm colours changed', [
    chroma.temperature(3500).hex(),
    chroma('#ffe3cd').temperature(),
    chroma('lch(50% 30 120)').hex(),
    chroma('oklch(60% 0.1 200)').hex(),
    chroma.blend('4cbbfc', 'eeee22', 'screen').hex(),
  ]);
});

const OLD = 'mug 3.20\npen 0.99\ncap 7.00\nbag 5\n';
const NEW = 'mug 3.40\npen 0.99\nbag 5\nhat 9\n';

task('price changes cannot be listed', (log) => {
  log.compare(
    'list of price changes differs',
    createTwoFilesPatch('old', 'new', OLD, NEW, '', '', { context: 1 }),
  );
  log.compare(
    'changed words of a price differ',
    diffWords('a mug, blue', 'a cup, blue and green').map(({ value, added, removed }) => [
      value,
      added,
      removed,
    ]),
  );
  log.compare(
    'changed letters of a price differ',
    diffChars('kitten', 'sitting').map(({ value, count }) => [value, count]),
  );
  log.compare(
    'changed lines of the list differ',
    diffLines(OLD, NEW).map(({ value, added }) => [value, added]),
  );
  log.compare(
    'changed items differ',
    [
      diffArrays([1, 2, 3], [2, 4, 3]),
      diffJson({ a: 1, b: [2] }, { b: [2, 3], a: 1 }),
      diffSentences('One. Two! Three', 'One. Two? Three'),
    ].map((parts) => parts.map(({ value }) => value)),
  );
});

task('price changes could not be applied', (log) => {
  const patch = structuredPatch('f', 'f', OLD, NEW, 'v1', 'v2', { context: 2 });
  log.compare('parts of the price changes differ', patch.hunks);
  log.compare('prices after the changes differ', [
    applyPatch(OLD, patch),
    applyPatch(`top\n${OLD}`, patch),
    applyPatch('other\n', patch, { fuzzFactor: 1 }),
  ]);
  log.compare(
    'price changes were read otherwise',
    parsePatch(createTwoFilesPatch('a', 'b', OLD, NEW)).map(({ hunks }) => hunks[0].lines),
  );
});
