// Apart from where it is used: loading the engine costs 50 to 110 ms, and most people have no patterns.
import { RE2JS } from 're2js';
import { VigilError } from '../errors.ts';
import { ANY_MARK, type Rule } from './placeholder.ts';

const MARKED = new RegExp(ANY_MARK);

/**
 * A rule of a configuration: what the pattern matches is hidden, or its first group where it has one. RE2's syntax, linear
 * in the length of the text. A match that holds a mark already is left, so that redacting twice changes nothing.
 * @throws VigilError `bad_config` naming the pattern.
 */
export function compileHidden(pattern: string): Rule {
  const compiled = compile(pattern);
  const group = compiled.groupCount() > 0 ? 1 : 0;
  return (text, mark) => {
    const found = compiled.matcher(text);
    let out = '';
    let from = 0;
    while (found.find()) {
      const [begin, end] = [found.start(group), found.end(group)];
      const secret = text.slice(begin, end);
      if (begin < from || secret === '' || MARKED.test(secret)) continue;
      out += text.slice(from, begin) + mark('own_rule', secret);
      from = end;
    }
    return out + text.slice(from);
  };
}

function compile(pattern: string): RE2JS {
  const what = `the pattern \`${pattern}\` of redaction.patterns cannot be used`;
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(pattern);
  } catch (cause) {
    throw new VigilError('bad_config', {
      what,
      why: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
  if (compiled.matcher('').find())
    throw new VigilError('bad_config', { what, why: 'it matches the empty text' });
  return compiled;
}
