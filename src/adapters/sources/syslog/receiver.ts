import type { CarriedLine } from '../../../domain/event.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Log } from '../../../ports/log.ts';
import type { Listen, Listening } from '../../../ports/source.ts';
import { type Deliver, delivery } from './deliver.ts';
import { syslogLines } from './message.ts';
import type { SyslogOptions } from './options.ts';
import { listenTcp } from './tcp.ts';
import { listenUdp } from './udp.ts';

export interface SyslogDeps {
  readonly clock: Clock;
  readonly log: Log;
}

/** What a transport does with the messages it has cut out. */
export interface Receiving extends SyslogDeps {
  read(message: string, peer: string): readonly CarriedLine[];
  readonly deliver: Deliver;
  drop(count: number): void;
}

/** Syslog over UDP (RFC 5426) and TCP (RFC 6587), both on one port. */
export function syslogReceiver(options: SyslogOptions, deps: SyslogDeps): Listen {
  const { name: source, host, protocols, zone } = options;
  return async (intake) => {
    const receiving: Receiving = {
      ...deps,
      read(message, peer) {
        const now = deps.clock.now();
        const utcOffsetMinutes = zone === 'utc' ? 0 : -new Date(now).getTimezoneOffset();
        return syslogLines(message, { now, utcOffsetMinutes, peer });
      },
      deliver: delivery(intake, { source, ...deps }),
      drop: (count) => intake.drop(count),
    };
    const open: Listening[] = [];
    const close = async () => {
      await Promise.all(open.splice(0).map((one) => one.close()));
    };
    try {
      let { port } = options;
      for (const protocol of ['tcp', 'udp'] as const) {
        if (!protocols.includes(protocol)) continue;
        const listen = protocol === 'tcp' ? listenTcp : listenUdp;
        const one = await listen({ host, port, source }, receiving);
        open.push(one);
        port = Number(new URL(one.address).port); // 0 became a free one: the same for both
      }
    } catch (error) {
      await close();
      throw error;
    }
    return { address: open.map((one) => one.address).join(' '), close };
  };
}
