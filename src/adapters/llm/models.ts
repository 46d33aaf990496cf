import { z } from 'zod';
import type { Clock } from '../../ports/clock.ts';
import type { Finding } from '../../ports/house.ts';
import type { Secrets } from '../../ports/secrets.ts';
import { within } from './deadline.ts';
import { failureOf } from './failure.ts';
import type { Provider } from './options.ts';

interface ModelsDeps {
  readonly clock: Clock;
  readonly secrets: Secrets;
}

/** A provider that hangs is as good as away, ms. */
const PROBE_MS = 5_000;
const DAY_MS = 86_400_000;
/** Ids that are named as a choice. */
const NAMED = 5;

/** `GET /models`. OpenAI tells when a model is shut down: a date, or seconds since 1970. */
const listSchema = z.object({
  data: z.array(z.object({ id: z.string(), shutdown_date: z.union([z.string(), z.number()]).nullish() })),
});

type Listed = z.output<typeof listSchema>['data'][number];

/** For `doctor`: is each configured model there, and for how long? Free of cost. Providers without a key are left out. */
export async function inspectModels(
  providers: readonly Provider[],
  deps: ModelsDeps,
): Promise<readonly Finding[]> {
  const found = await Promise.all(providers.map((provider) => findingOf(provider, deps)));
  return found.flat();
}

async function findingOf(provider: Provider, { clock, secrets }: ModelsDeps): Promise<readonly Finding[]> {
  const { name, keyEnv } = provider;
  // A file of secrets that cannot be read is a finding of its own.
  const key = keyEnv === null ? 'none' : await secrets.get(keyEnv).catch(() => null);
  if (key === null) return [];
  try {
    const listed = await listOf(provider, key, clock);
    return [{ name: `model ${name}`, ...judged(provider, listed, clock.now()) }];
  } catch (error) {
    const detail = `${name} ${failureOf(error, clock.now()).why}`;
    const next = `Check baseUrl and key of ${name} in \`diagnosis.providers\`.`;
    return [{ name: `model ${name}`, state: 'warning', detail, next }];
  }
}

/** Null when what answers does not list models. */
async function listOf(provider: Provider, key: string, clock: Clock): Promise<readonly Listed[] | null> {
  const limits = { clock, ms: PROBE_MS, signal: new AbortController().signal };
  return within(limits, async (signal) => {
    const response = await fetch(`${provider.baseUrl.replace(/\/$/, '')}/models`, {
      headers: { authorization: `Bearer ${key}` },
      signal,
    });
    if (!response.ok) throw Object.assign(new Error(response.statusText), { status: response.status });
    const body: unknown = await response.json().catch(() => null); // a web page, say
    return listSchema.safeParse(body).data?.data ?? null;
  });
}

function judged(
  { name, model }: Provider,
  listed: readonly Listed[] | null,
  now: number,
): Omit<Finding, 'name'> {
  if (listed === null) {
    const next = `Check baseUrl of ${name} in \`diagnosis.providers\`.`;
    return { state: 'warning', detail: `${name} answers, but lists no models`, next };
  }
  const found = listed.find(({ id }) => id === model || id === `${model}:latest`);
  const choice = listed.slice(0, NAMED).map(({ id }) => id);
  const next = `Set \`model\` of ${name} to another, such as ${choice.join(', ')}.`;
  if (found === undefined) return { state: 'warning', detail: `${name} does not list ${model}`, next };
  const end = endOf(found);
  if (end === null) return { state: 'ok', detail: `${model} is there`, next: null };
  const date = new Date(end).toISOString().slice(0, 10);
  const days = Math.ceil((end - now) / DAY_MS);
  const detail =
    days > 0 ? `${model} is shut down on ${date}, in ${days} days` : `${model} was shut down on ${date}`;
  return { state: 'warning', detail, next };
}

/** Epoch ms; null where the provider names no date. */
function endOf({ shutdown_date: told }: Listed): number | null {
  if (told == null) return null;
  const at = typeof told === 'number' ? told * 1000 : Date.parse(told);
  return Number.isFinite(at) ? at : null;
}
