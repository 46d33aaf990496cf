import type { Printed } from '../../../ports/syntax.ts';
import { lastName } from '../callee.ts';

/** Levels, and the verbs of fluent loggers: `log.Info().Msg`, `logger.atWarn().log`. */
const LOG_VERB =
  /^(?:log|trace|debug|info|information|notice|success|warn|warning|err|error|fatal|critical|crit|alert|emerg|emergency|severe|fine[rst]*|exception|verbose|silly|panic|print|puts|write|msg|add|report)(?:f|ln|w|_once|Context|Ctx)?$/i;

/** What a logger is called, anywhere in what the verb is called on. */
const LOGGER =
  /(?:^|[._$])(?:\w*log(?:ger|ging|s)?|logr|slog|zap|sugar|sugared\w*|console|winston|pino|bunyan|zerolog|warnings|stderr|stdout|out|err|fmt)\d?(?:\.|$)/i;

/** Functions that print by themselves. */
const PRINTER = /^(?:print|println|printf|puts|pp?|warn|warning|log|debug|printStackTrace|perror)$/;

/** Errors that are made or thrown, and checks that throw. */
const THROWER =
  /^(?:\w*(?:Error|Exception|Warning|Fault|Failure)|Errorf|Wrapf?|WithMessagef?|panic|raise|fail|abort|die|reject|throw\w*|invariant|assert\w*|requireNonNull\w*|check(?:Argument|State|NotNull|ElementIndex|PositionIndex)|orElseThrow|createError)$/;

/** What a call does with its texts: prints them, throws them, or neither (null). */
export function printsAs(callee: string): Exclude<Printed['by'], 'text'> | null {
  const name = lastName(callee);
  const on = callee.slice(0, Math.max(0, callee.lastIndexOf('.')));
  if (on === '' ? PRINTER.test(name) : LOGGER.test(on) && LOG_VERB.test(name) && !/^fmt$/.test(on))
    return 'log';
  if (/^fmt\.F?[Pp]rint/.test(callee)) return 'log';
  if (THROWER.test(name) || /(?:^|\.)errors\.New$/.test(callee)) return 'throw';
  return null;
}
