const SECONDS = 10;

/** Events a second over the last ten whole seconds. */
export interface EventRate {
  count(events: number, now: number): void;
  perSecond(now: number): number;
}

export function createEventRate(): EventRate {
  const bySecond = new Map<number, number>();
  const forget = (second: number) => {
    for (const old of bySecond.keys()) if (old < second - SECONDS) bySecond.delete(old);
  };
  return {
    count(events, now) {
      const second = Math.floor(now / 1000);
      bySecond.set(second, (bySecond.get(second) ?? 0) + events);
      forget(second);
    },
    perSecond(now) {
      const second = Math.floor(now / 1000);
      forget(second);
      const past = [...bySecond].filter(([at]) => at < second).map(([, events]) => events);
      return past.reduce((sum, events) => sum + events, 0) / SECONDS;
    },
  };
}
