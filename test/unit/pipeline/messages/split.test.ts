import { describe, expect, it } from 'vitest';
import { maskText } from '../../../../src/domain/mask.ts';
import { splitWords, textOfWords } from '../../../../src/pipeline/messages/split.ts';

const split = (message: string) => splitWords(maskText(message));

describe('split', () => {
  it.each([
    ['paths', 'failed to open /etc/app/main.conf: denied', 'failed to open <*>: denied'],
    ['paths of Windows', String.raw`copy C:\Users\bob\x to \\host\share done`, 'copy <*> to <*> done'],
    ['relative paths', 'loading ./lib/a and ../b, then ~/c', 'loading <*> and <*>, then <*>'],
    ['URLs', 'GET of https://a.example/b?c=d#e failed', 'GET of <*> failed'],
    ['hosts and ports', 'connect to db.internal:5432 refused', 'connect to <*> refused'],
    ['a host beside its address', 'lookup of ns.example.org [10.0.0.7] failed', 'lookup of <*> failed'],
    ['people', 'mail to ann@example.org and user@host sent', 'mail to <*> and <*> sent'],
    ['hex without digits', 'checksum deadbeef at fe:ed:0a:1b', 'checksum <*> at <*>'],
    ['files', 'reloaded app.yaml', 'reloaded <*>'],
    ['quantities', 'sent 12 KB in 3.5 ms; left: 4 MB', 'sent <*> in <*>; left: <*>'],
    ['dates', 'since Sat Jul  1 10:00:00 UTC 2026 (ok)', 'since <*> (ok)'],
    ['lists', 'moved blk_1, blk_2 (3) [4, 5] to host', 'moved <*> to host'],
    ['secrets', 'token <REDACTED:token> expired', 'token <*> expired'],
    ['names of users', 'session opened for user root by cron', 'session opened for user <*> by cron'],
  ])('takes %s for values', (_, message, text) => {
    expect(textOfWords(split(message))).toBe(text);
  });

  it.each([
    ['words around marks', 'read/write of seq/ack done', 'read/write of seq/ack done'],
    ['the route of a request', 'GET /cart/7/items?page=2 done', 'GET /cart/<*>/items done'],
    ['what is quoted', `key "View Lock" and 'b c', isn't it`, `key "View Lock" and 'b c', isn't it`],
    ['marks that stand like words', 'state up -> down ****', 'state up -> down ****'],
    ['booleans and states', 'enabled=true state=READY', 'enabled=true state=READY'],
    ['text of any alphabet', '処理 123 件完了 für Größe', '処理 <*> 件完了 für Größe'],
    ['what has no words', '-----', '-----'],
    ['nothing', '', ''],
  ])('leaves %s', (_, message, text) => {
    expect(textOfWords(split(message))).toBe(text);
  });

  it.each([
    ['how many values there are', 'delete 1 2 3', 'delete 1, 2'],
    ['how they are written', 'size (10) of [2]', 'size 7 of 9 KB'],
    ['marks and blanks', 'done: ok', 'done  ok'],
    ['how long a quotation is', 'tag="7 8", x', 'tag="9", x'],
  ])('does not look at %s', (_, a, b) => {
    expect(split(a).words).toEqual(split(b).words);
  });

  it.each([
    ['words', 'link up', 'link down'],
    ['a value that is missing', 'stopped', 'stopped 5'],
    ['the state in a switch', 'overlap:true', 'overlap:false'],
    ['a method', 'POST /a', 'GET /a'],
  ])('tells apart %s', (_, a, b) => {
    expect(split(a).words).not.toEqual(split(b).words);
  });

  it.each(['[', '/a[1:', '[a,', '"', "'a", 'a.b/', '/', 'a@', '-> ', 'a-', '<1', 'C:\\', 'fe:', 'for user '])(
    'is done in time with a message of nothing but %j',
    (part) => {
      const message = part.repeat(2000 / part.length);
      const from = process.cpuUsage();
      for (let i = 0; i < 20; i += 1) split(message);
      expect(process.cpuUsage(from).user / 20).toBeLessThan(20_000);
    },
  );
});
