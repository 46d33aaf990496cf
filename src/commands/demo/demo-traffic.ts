import type { Clock } from '../../ports/clock.ts';
import type { DemoApp } from '../../ports/house.ts';

/** What the sample is asked for. The bugs are in the shop's code; traffic only finds them. */
export interface Traffic {
  /** From now on people also print labels of orders that are picked up. */
  readonly orderPickUps: () => void;
  /** From now on the accountant asks for the whole year. */
  readonly askForTheYear: () => void;
  readonly ended: Promise<void>;
}

const PAUSE_MS = 40;
/** Every so many rounds, so that neither drowns the ordinary requests. */
const EVERY = 6;

/** Sends requests one after another until `signal` aborts. */
export function sendTraffic(app: DemoApp, clock: Clock, signal: AbortSignal): Traffic {
  const wanted = { pickUps: false, year: false };
  const send = async (): Promise<void> => {
    for (let round = 0; !signal.aborted; round += 1) {
      await app.request(ordinary(round));
      if (wanted.pickUps && round % EVERY === 1) await app.request(`/label?id=${50 * (1 + (round % 100))}`);
      if (wanted.year && round % EVERY === 4) await app.request('/report?days=365');
      await clock.sleep(PAUSE_MS, signal);
    }
  };
  return {
    orderPickUps: () => {
      wanted.pickUps = true;
    },
    askForTheYear: () => {
      wanted.year = true;
    },
    ended: send(),
  };
}

/** A usual day: lists, orders, labels of orders that are delivered, the week's report. */
function ordinary(round: number): string {
  switch (round % 4) {
    case 0:
      return `/orders?page=${round % 30}`;
    case 1:
      return `/order?id=${1 + ((round * 31) % 8000)}`;
    case 2:
      return `/label?id=${1 + 50 * (round % 150) + (round % 49)}`;
    default:
      return '/report?days=7';
  }
}
