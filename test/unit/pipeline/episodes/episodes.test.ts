import { describe, expect, it } from 'vitest';
import { type Episodes, episodes } from '../../../../src/pipeline/episodes/episodes.ts';
import { addedUp } from '../../../support/log-lines.ts';
import { factsFor } from '../../../support/nouns.ts';

const MINUTE = 60_000;

function see(ongoing: Episodes, minute: number, confidence: number, returns = false): number | null {
  const time = minute * MINUTE;
  const facts = (sure: number) =>
    factsFor('f', { id: `at ${minute}`, confidence: sure, firstSeen: time, lastSeen: time });
  const isAnomaly = confidence >= 0.997;
  return ongoing.observe({
    fingerprint: 'f',
    time,
    confidence,
    isAnomaly,
    value: null,
    gap: 0,
    returns,
    facts,
  });
}

describe('episodes', () => {
  it('opens at the bar, counts every further event, and opens no second', () => {
    const ongoing = episodes(15 * MINUTE);
    expect(see(ongoing, 0, 0.5)).toBeNull();
    expect([see(ongoing, 1, 0.998), see(ongoing, 2, 0.1), see(ongoing, 3, 0.999)]).toEqual([
      0.998, 0.998, 0.999,
    ]);
    expect(addedUp(ongoing.take())).toEqual([
      { id: 'at 1', fingerprint: 'f', occurrences: 3, lastSeen: 3 * MINUTE, confidence: 0.999 },
    ]);
  });

  it('says repeats of an episode that an earlier commit opened as counts', () => {
    const ongoing = episodes(15 * MINUTE);
    see(ongoing, 0, 0.998);
    ongoing.take();
    see(ongoing, 1, 0);
    see(ongoing, 2, 0);
    expect(ongoing.take()).toMatchObject([
      { kind: 'repeated', opening: 'at 0', count: 2, lastSeen: 2 * MINUTE, confidence: 0.998, worse: null },
    ]);
    expect(ongoing.take()).toEqual([]);
  });

  it('ends after the quiet period; then an ordinary event is ordinary', () => {
    const ongoing = episodes(15 * MINUTE);
    see(ongoing, 0, 0.998);
    expect([ongoing.isOpen('f', 15 * MINUTE), ongoing.isOpen('f', 16 * MINUTE)]).toEqual([true, false]);
    expect(see(ongoing, 16, 0.5)).toBeNull();
  });

  it('ends only after twenty usual gaps where events are rare', () => {
    const ongoing = episodes(MINUTE);
    see(ongoing, 0, 0.998);
    for (let minute = 0.5; minute < 40; minute += 0.5) see(ongoing, minute, 0);
    expect(ongoing.isOpen('f', 48 * MINUTE)).toBe(true);
    expect(ongoing.isOpen('f', 50 * MINUTE)).toBe(false);
  });

  it('does not end between two points of a series that comes seldom', () => {
    const ongoing = episodes(15 * MINUTE);
    const facts = () => factsFor('f');
    const sure = { confidence: 1, isAnomaly: true, returns: false, value: 5, gap: 30 * MINUTE, facts };
    ongoing.observe({ fingerprint: 'f', time: 0, ...sure });
    expect(ongoing.isOpen('f', 600 * MINUTE)).toBe(true);
    expect(ongoing.isOpen('f', 601 * MINUTE)).toBe(false);
  });

  it('says what it would be by itself once it is clearly worse, and again at the next step', () => {
    const ongoing = episodes(15 * MINUTE);
    const worse = (value: number, minute: number) => {
      const facts = () =>
        factsFor('f', { id: `at ${minute}`, worst: value, metricValue: value, expectedRange: [0, 10] });
      const sure = { confidence: 1, isAnomaly: true, returns: false, gap: 0, facts };
      ongoing.observe({ fingerprint: 'f', time: minute * MINUTE, value, ...sure });
      const [seen] = ongoing.take();
      return seen?.kind === 'repeated' ? (seen.worse?.id ?? null) : seen?.kind;
    };
    const values = [20, 22, 25, 26, 24, 33, 34];
    expect(values.map(worse)).toEqual(['opened', null, null, 'at 3', null, null, null]);
  });

  it('opens a new episode of a fault that returns, with the confidence it had', () => {
    const ongoing = episodes(15 * MINUTE);
    see(ongoing, 0, 0.998);
    expect(see(ongoing, 60, 0, true)).toBe(0.998);
    expect(addedUp(ongoing.take()).map(({ id }) => id)).toEqual(['at 0', 'at 60']);
  });

  it('remembers at most a thousand fingerprints', () => {
    const ongoing = episodes(MINUTE);
    for (let i = 0; i < 3000; i += 1) {
      const facts = () => factsFor(`f${i}`);
      ongoing.observe({
        fingerprint: `f${i}`,
        time: i,
        confidence: 1,
        isAnomaly: true,
        value: null,
        gap: 0,
        returns: false,
        facts,
      });
    }
    expect(ongoing.snapshot().length).toBe(1000);
  });
});
