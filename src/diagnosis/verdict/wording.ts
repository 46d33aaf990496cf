import type { Anomaly } from '../../domain/anomaly.ts';
import type { CodeLocation } from '../../domain/diagnosis.ts';
import { explain } from '../../domain/explain.ts';
import { innermost } from '../../domain/trace.ts';
import { isSamePlace, type Located, type Trail } from '../locate/locate.ts';
import { codeAt, placeText } from './weighing.ts';

/** The error or the number, in one sentence. */
export function whatHappened(anomaly: Anomaly): string {
  const { trace } = anomaly.sample;
  if (trace !== null) {
    const cause = innermost(trace);
    return sentence(`${cause.errorType}: ${shortly(cause.message)}`);
  }
  const reading =
    anomaly.readings.find(({ evidence }) => evidence.kind === 'deviation') ?? anomaly.readings[0];
  if (reading === undefined || anomaly.kind === 'log') return sentence(anomaly.title);
  return sentence(`${anomaly.metricName ?? anomaly.title}: ${explain(reading.evidence)}`);
}

/** The place that the evidence names, and the best suspect where that is another: it is reached from there, no more. */
export function whereToLook(suspect: CodeLocation, { origin, by }: Located): readonly string[] {
  if (origin === null || isSamePlace(suspect, origin)) return [whereIs(suspect, by)];
  return [whereIs(origin, by), `The best suspect is ${placeText(suspect)}, which ${suspect.why}.`];
}

function whereIs(location: CodeLocation, by: Trail): string {
  const place = placeText(location);
  const code = codeAt(location);
  const shown = code === null ? '' : `: \`${code}\``;
  switch (by) {
    case 'trace':
      return `It was thrown at ${place}${shown}.`;
    case 'message':
      return `The message comes from ${place}${shown}. The cause lies there, or in what led there.`;
    case 'route':
    case 'metric':
    case 'words':
    case 'nothing':
      return `The best suspect is ${place}, which ${location.why}${shown}.`;
  }
}

export function whoChanged({ commits }: Located): readonly string[] {
  const [commit] = commits;
  if (commit === undefined) return [];
  const day = new Date(commit.date).toISOString().slice(0, 10);
  return [`Commit ${commit.sha.slice(0, 10)} "${commit.subject}" (${commit.author}, ${day}) ${commit.why}.`];
}

/** A suspect that the evidence does not name itself has to be looked at, before anything is changed there. */
export function nextStep(anomaly: Anomaly, suspect: CodeLocation, origin: CodeLocation | null): string {
  if (origin === null || isSamePlace(suspect, origin)) return fixOf(anomaly, suspect);
  return `Check ${placeText(suspect)} first: it ${suspect.why}. Then add a test with the input that led here.`;
}

function fixOf(anomaly: Anomaly, { file, line, symbol }: CodeLocation): string {
  const place = symbol === null ? `${file}:${line}` : `${symbol} in ${file}`;
  return anomaly.kind === 'metric'
    ? `Bring the work in ${place} back to its former cost, and add a test that holds it there.`
    : `Handle this case in ${place}, and add a test with the input that led here.`;
}

/** Its first line, at most 200 characters. */
export function shortly(text: string): string {
  return (text.trim().split('\n')[0] ?? '').slice(0, 200);
}

export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
