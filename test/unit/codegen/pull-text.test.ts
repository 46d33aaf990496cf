import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fenced, inlineText } from '../../../src/codegen/escape.ts';
import { planFix } from '../../../src/codegen/plan.ts';
import { pullText } from '../../../src/codegen/pull-text.ts';
import { reportText } from '../../../src/codegen/report.ts';
import { aDiagnosis, aFix, anAnomaly, rules } from '../../support/fix-samples.ts';

const template = readFileSync('templates/pull-request.md', 'utf8');
const pull = (title: string, cause = 'no guard', fix = aFix()) =>
  pullText({ anomaly: anAnomaly(title), diagnosis: aDiagnosis(cause), fix, template });

describe('the text of a pull request', () => {
  it('says what was noticed, why, how it was proven and how to run it again', () => {
    const { title, body } = pull('TypeError: it broke');
    expect(title).toBe('fix: TypeError: it broke (total.js)');
    expect(body).not.toMatch(/\{\{\w+\}\}/);
    const parts = [
      '1b2c3d4e-0000-5000-8000-000000000001',
      'Seen: 7 times',
      'no guard',
      'rests on: E1 stack',
      'src/cart/total.js:2',
    ];
    const proof = ['| The new test fails without the fix | yes | fails &lt;b&gt; |', '1 test \\| passing'];
    const rerun = ["node --test 'test/a b.test.js'", 'git fetch origin vigilai/typeerror-1b2c3d4e'];
    for (const text of [...parts, ...proof, ...rerun]) expect(body).toContain(text);
    expect(body).not.toContain('Recorded agent');
  });

  it('says plainly when the agent is a recorded one', () => {
    const fix = aFix({ recorded: true, engine: 'demo' });
    expect(pull('x', 'y', fix).body).toContain('**Recorded agent.**');
    const plan = planFix({
      anomaly: anAnomaly('x'),
      diagnosis: aDiagnosis('y'),
      base: { commit: 'a', branch: 'main' },
      rules,
      briefTemplate: '',
    });
    expect(reportText(plan, fix, readFileSync('templates/fix-report.md', 'utf8'))).toContain(
      'recorded agent',
    );
  });

  it('lets no telemetry mention, link, close an issue, draw HTML or end its fence', () => {
    const attack =
      '@octocat fixes #12 GH-7 <img src=x onerror=y> [a](https://evil.example) ![p](http://e.example/p.png)\n```\n# big\n````';
    const { title, body } = pull(attack, attack);
    expect(title).not.toMatch(/@octocat|#12/);
    const open = /^(`{3,})text$/m.exec(body)?.[1] ?? '';
    expect(open.length).toBeGreaterThan(4);
    const outside = body.replace(new RegExp(`^${open}text[\\s\\S]*?^${open}$`, 'm'), '');
    expect(outside).not.toMatch(/@octocat|#12|GH-7|<img|https?:\/\/e|[^\\]\]\(|^# big/m);
  });

  it('escapes one line and fences many', () => {
    expect(inlineText('a\u202eb *c* `d` _e_\u0000f')).toBe('ab \\*c\\* \\`d\\` \\_e\\_ f');
    expect(fenced('a ``` b')).toBe('````text\na ``` b\n````');
  });
});
