import type { AnomalyFacts } from '../../domain/anomaly.ts';
import type { Sighting } from '../../domain/sighting.ts';
import { parseLine } from '../../pipeline/formats/detect.ts';
import {
  createPipeline,
  type PipelineOptions,
  type PipelineTotals,
  type Pushed,
} from '../../pipeline/pipeline.ts';
import type { House } from '../../ports/house.ts';

export interface ReplayOptions extends Omit<PipelineOptions, 'source' | 'keepAll'> {
  readonly json: boolean;
}

/** What the pipeline made of one recorded file. */
export interface FileReplay extends PipelineTotals {
  readonly file: string;
  readonly lines: number;
  readonly events: number;
  readonly anomalies: readonly AnomalyFacts[];
}

/**
 * Runs the production pipeline over recorded files at full speed and prints what it would have noticed. Each file is a
 * source of its own. Answers the exit code.
 * @throws VigilError `bad_input` for what cannot be read.
 */
export async function runReplay(
  paths: readonly string[],
  house: Pick<House, 'readToEnd' | 'filesBelow' | 'clock'>,
  options: ReplayOptions,
  out: (text: string) => void,
): Promise<number> {
  const start = house.clock.now();
  const files: FileReplay[] = [];
  for (const path of paths) {
    for (const file of await house.filesBelow(path)) {
      const replay = await replayFile(file, house, options, start);
      files.push(replay);
      if (!options.json) out(textOf(replay));
    }
  }
  const seconds = (house.clock.now() - start) / 1000;
  out(options.json ? `${JSON.stringify(jsonOf(files, seconds), null, 2)}\n` : summary(files, seconds));
  return 0;
}

/** Lines without any timestamp are taken to be so far apart, ms. */
const LINE_MS = 10;

async function replayFile(
  file: string,
  house: Pick<House, 'readToEnd'>,
  options: ReplayOptions,
  /** Completes dates without a year; nothing else depends on it. */
  start: number,
): Promise<FileReplay> {
  const pipeline = createPipeline({ source: sourceOf(file), ...options, keepAll: false });
  const anomalies = new Map<string, AnomalyFacts>();
  let lines = 0;
  let events = 0;
  let lastTime = 0;
  const keep = (pushed: Pushed) => {
    events += pushed.events;
    for (const sighting of pushed.sightings) fold(anomalies, sighting);
  };
  let timed: boolean | null = null;
  for await (const { stream, records, offsets, marks } of house.readToEnd(file)) {
    timed ??= records.some((one) => parseLine(one, start).timestamp !== null);
    lastTime = timed ? start : (lines + 1) * LINE_MS;
    lines += records.length;
    keep(pipeline.push({ stream, records, offsets, marks, receivedAt: lastTime }));
  }
  keep(pipeline.advance(lastTime + END_MS));
  return { file, lines, events, ...pipeline.totals(), anomalies: [...anomalies.values()] };
}

/** After so long a silence everything that was held has been said. */
const END_MS = 86_400_000;

/** Name of the file without folders and endings. */
function sourceOf(file: string): string {
  const name = file.split(/[\\/]/).at(-1) ?? file;
  return name.replace(/\.(?:log|txt|json|jsonl|ndjson)$/, '') || name;
}

/** Later episodes of a fingerprint count up its anomaly, as in the store. */
function fold(anomalies: Map<string, AnomalyFacts>, sighting: Sighting): void {
  const fingerprint = sighting.kind === 'opened' ? sighting.facts.fingerprint : sighting.fingerprint;
  const before = anomalies.get(fingerprint);
  if (before === undefined) {
    if (sighting.kind === 'opened') anomalies.set(fingerprint, sighting.facts);
    return;
  }
  const seen = sighting.kind === 'opened' ? sighting.facts : { ...sighting, occurrences: sighting.count };
  anomalies.set(fingerprint, {
    ...before,
    occurrences: before.occurrences + seen.occurrences,
    lastSeen: Math.max(before.lastSeen, seen.lastSeen),
    confidence: Math.max(before.confidence, seen.confidence),
  });
}

function textOf({ file, lines, events, errors, templates, series, anomalies }: FileReplay): string {
  const counts = [
    plural(lines, 'line'),
    plural(events, 'event'),
    plural(errors, 'error'),
    plural(templates, 'template'),
    `${series} series`,
  ];
  const rows = anomalies.map(
    (one) =>
      `  ${one.confidence.toFixed(4)}  ${iso(one.firstSeen)}  ${String(one.occurrences).padStart(5)}x  ${one.severity.padEnd(8)}  ${one.title}\n`,
  );
  const verdict = anomalies.length === 0 ? '  nothing abnormal\n' : rows.join('');
  return `${file}\n  ${counts.join(', ')}\n${verdict}\n`;
}

function summary(files: readonly FileReplay[], seconds: number): string {
  const lines = files.reduce((sum, file) => sum + file.lines, 0);
  const found = files.reduce((sum, file) => sum + file.anomalies.length, 0);
  const noun = found === 1 ? 'anomaly' : 'anomalies';
  return `${found} ${noun} in ${plural(lines, 'line')} of ${plural(files.length, 'file')}, ${seconds.toFixed(1)} s\n`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

/** The `--json` document: snake_case, times as ISO 8601. */
function jsonOf(files: readonly FileReplay[], seconds: number) {
  return {
    files: files.map(({ anomalies, ...counts }) => ({ ...counts, anomalies: anomalies.map(anomalyJson) })),
    seconds,
  };
}

function anomalyJson(facts: AnomalyFacts) {
  return {
    anomaly_id: facts.id,
    kind: facts.kind,
    fingerprint: facts.fingerprint,
    title: facts.title,
    source: facts.source,
    metric_name: facts.metricName,
    metric_value: facts.metricValue,
    expected_range: facts.expectedRange,
    confidence: facts.confidence,
    detection_algorithms: facts.detectionAlgorithms,
    severity: facts.severity,
    occurrences: facts.occurrences,
    first_seen: iso(facts.firstSeen),
    last_seen: iso(facts.lastSeen),
    sample: facts.sample.text,
  };
}
