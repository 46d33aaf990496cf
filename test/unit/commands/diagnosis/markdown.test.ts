import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnosisMarkdown } from '../../../../src/commands/diagnosis/markdown.ts';
import type { DiagnosisView } from '../../../../src/contract/views.ts';
import { diagnosisView } from '../../../support/views.ts';

/** A diagnosis in which every text that telemetry, code, history or a model may have written is this one. */
function allOf(text: string): DiagnosisView {
  const claim = { text, rests_on: ['E1'], sure: 'likely' as const };
  const view = diagnosisView('a');
  return {
    ...view,
    root_cause: text,
    suggested_fix: text,
    claims: [claim],
    hypotheses: [
      { text, standing: 'favoured', for: [claim], against: [claim] },
      { text, standing: 'ruled_out', for: [], against: [claim] },
    ],
    suspects: view.suspects.map((one) => ({ ...one, symbol: text, why: text, excerpt: text })),
    suspect_commits: view.suspect_commits.map((one) => ({ ...one, subject: text, author: text })),
    context: [{ id: 'E1', kind: 'error', title: text, text }],
    ai_note: text,
  };
}

/** What is left when fences and code spans are taken out, as a reader of CommonMark takes them out. */
function outsideCode(markdown: string): string {
  const unfenced = markdown.replaceAll(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '');
  return unfenced.replaceAll(/\\[\s\S]|`[^`\n]+`/g, (part) => (part.startsWith('`') ? ' ' : part));
}

const HOSTILE = [
  '@everyone',
  'fixes #1 and GH-2',
  '![x](https://evil.example/a.png)',
  '<img src=x onerror=alert(1)>',
  '| a | b |',
  '**bold** _it_ ~~no~~',
  '```\n# heading\n@ada',
  'a`b@ada`c@ada`',
  '<!channel> <@U123>',
  'www.evil.example',
];

describe('a diagnosis as Markdown', () => {
  it('holds all of it', () => {
    const claim = { text: '`x` is unset at @ada', rests_on: ['E1', 'S1'], sure: 'likely' as const };
    const hypotheses: DiagnosisView['hypotheses'] = [
      { text: 'f uses `x`.', standing: 'favoured', for: [claim], against: [] },
      {
        text: 'A service failed.',
        standing: 'ruled_out',
        for: [],
        against: [{ ...claim, text: 'None is told.' }],
      },
    ];
    const excerpt = '> 4 |   pay();';
    const suspects = diagnosisView('a').suspects.map((one) => ({ ...one, excerpt }));
    const context = [{ id: 'E1', kind: 'error' as const, title: 'TypeError: x', text: 'TypeError: x' }];
    const view = diagnosisView('a', { hypotheses, suspects, context });
    expect(`${diagnosisMarkdown(view, 'vigilai fix aaaaaaaa')}\n`).toMatchInlineSnapshot(`
      "### Cause (confirmed, 90%)

      pay is called before the cart is loaded

      **Hypotheses**

      1. f uses \`x\`. **favoured**
         - for: \`x\` is unset at @‍ada (E1, S1, likely)

      **Ruled out**

      - A service failed. None is told. (E1, S1, likely)

      **Suspects**

      - S1 \`src/pay.js:4\` pay: TypeError was thrown here

      \`\`\`text
      > 4 |   pay();
      \`\`\`

      **Commits**

      - C1 \`0123456789\` 2026-11-23 pay faster (Ada; changed it)

      **Evidence**

      - E1 error: \`TypeError: x\`

      **Next**

      load the cart first

      \`vigilai fix aaaaaaaa\`

      _Diagnosed offline, without a model._
      "
    `);
  });

  it.each(HOSTILE)('mentions nobody, links nowhere and draws nothing for %j', (text) => {
    const shown = outsideCode(diagnosisMarkdown(allOf(text), null));
    expect(shown).not.toMatch(/[@#](?=[\w-])|https?:\/\/|\bwww\.|<[a-z!@/]|!\[[^\\]|GH-\d/i);
    expect(shown.match(/^#+ /gm)).toEqual(['### ']);
  });

  it('never does, whatever the text is made of', () => {
    const piece = fc.constantFrom('`', '``', '```', '\n', ' ', '\\', '@ada', '#12', '<b>', 'http://a.b', 'x');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const shown = outsideCode(diagnosisMarkdown(allOf(pieces.join('')), null));
        expect(shown).not.toMatch(/[@#](?=[\w-])|https?:\/\/|<b>/i);
      }),
      { numRuns: 300 },
    );
  });
});
