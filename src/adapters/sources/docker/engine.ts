import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { EngineAddress } from './engine-address.ts';
import type { Instant } from './instant.ts';
import { parseStamp } from './stamp.ts';

const listSchema = z.array(
  z.object({
    Id: z.string(),
    Names: z.array(z.string()).nullish(),
    Image: z.string().nullish(),
    State: z.string().nullish(),
    Labels: z.record(z.string(), z.string()).nullish(),
  }),
);
const inspectSchema = z.object({ Config: z.object({ Tty: z.boolean().nullish() }) });
const infoSchema = z.object({ SystemTime: z.string() });
const eventSchema = z.object({
  id: z.string().optional(),
  Actor: z.object({ ID: z.string().optional() }).optional(),
});

export interface Container {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly running: boolean;
}

/** What is asked of a Docker Engine, or of Podman's likeness of it. All of them throw what `failureOf` tells apart. */
export interface Engine {
  /** All containers, stopped ones too. */
  containers(): Promise<readonly Container[]>;
  /** What the engine's own clock says, by which it stamps lines; null when it does not tell. */
  now(): Promise<Instant | null>;
  /** Whether the container has a terminal: its log is not framed then. */
  hasTerminal(id: string): Promise<boolean>;
  /** The log from `since` on, in seconds since the epoch, each line with its stamp; goes on while the container runs. */
  log(id: string, since: number): Promise<Readable>;
  /** Tells of containers that come, go, start and stop: JSON, one a line. */
  events(): Promise<Readable>;
}

/** What the engine is not asked for longer than. */
const TIMEOUT_MS = 30_000;
/** Docker's words, then Podman's where they differ. */
const EVENTS = ['create', 'start', 'die', 'destroy', 'rename', 'died', 'remove'];

/** Loads dockerode, which is large, when it is first needed. */
export async function connect(address: EngineAddress, signal: AbortSignal): Promise<Engine> {
  const { default: Docker } = await import('dockerode');
  const docker = new Docker(address);
  const soon = () => AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  return {
    async containers() {
      const listed: unknown = await docker.listContainers({ all: true, abortSignal: soon() });
      return listSchema.parse(listed).map((one) => ({
        id: one.Id,
        name: (one.Names?.[0] ?? one.Id.slice(0, 12)).replace(/^\//, ''),
        image: one.Image ?? '',
        labels: one.Labels ?? {},
        running: one.State === 'running',
      }));
    },
    async now() {
      const info = await (docker as unknown as Abortable).info({ abortSignal: soon() });
      const told = infoSchema.safeParse(info);
      return told.success ? parseStamp(told.data.SystemTime) : null;
    },
    async hasTerminal(id) {
      const inspected: unknown = await docker.getContainer(id).inspect({ abortSignal: soon() });
      return inspectSchema.parse(inspected).Config.Tty ?? false;
    },
    async log(id, since) {
      const asked = { follow: true, stdout: true, stderr: true, timestamps: true, since } as const;
      return readable(await docker.getContainer(id).logs({ ...asked, abortSignal: signal }));
    },
    async events() {
      const filters = { type: ['container' as const], event: EVENTS };
      return readable(await docker.getEvents({ filters, abortSignal: signal }));
    },
  };
}

/** dockerode takes options here, whatever its types say. */
interface Abortable {
  info(options: { readonly abortSignal: AbortSignal }): Promise<unknown>;
}

/** dockerode answers the response itself, whatever its types say. */
function readable(stream: NodeJS.ReadableStream): Readable {
  return stream as Readable;
}

/** The container that an event tells of; null when it cannot be read. */
export function containerOfEvent(line: string): string | null {
  try {
    const event = eventSchema.parse(JSON.parse(line));
    return event.Actor?.ID ?? event.id ?? null;
  } catch {
    return null; // not one of ours, or cut off
  }
}

/**
 * What went wrong with one container: `gone` (there is no such container), `refused` (the engine is there and does not
 * give it); or with the engine: `away`.
 */
export function failureOf(error: unknown): {
  readonly kind: 'gone' | 'refused' | 'away';
  readonly why: string;
} {
  const why = error instanceof Error ? error.message.trim() : String(error);
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : null;
  if (status === 404) return { kind: 'gone', why };
  return { kind: typeof status === 'number' ? 'refused' : 'away', why };
}
