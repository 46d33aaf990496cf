import { createHash, timingSafeEqual } from 'node:crypto';
import { VigilError } from '../../../domain/errors.ts';
import type { Intake, Listen } from '../../../ports/source.ts';
import { type HttpListenerDeps, httpListener, type PostHead, Refusal } from '../http-listener.ts';
import type { AlertmanagerOptions } from './options.ts';
import { alertRecord, type Webhook, webhookSchema } from './webhook.ts';

export interface AlertmanagerDeps extends HttpListenerDeps {
  readonly env: Readonly<Record<string, string | undefined>>;
}

const MAX_BODY_BYTES = 8 * 1024 * 1024;
const RETRY_SECONDS = '5';

/** `POST /alerts`: the webhook of Alertmanager and of Grafana. @throws VigilError `bad_config` for a token that is not set. */
export function alertmanagerReceiver(options: AlertmanagerOptions, deps: AlertmanagerDeps): Listen {
  const { name: source, host, port } = options;
  return async (intake) => {
    const token = tokenOf(options, deps.env);
    const admit = ({ headers }: PostHead) => {
      if (token !== null && !shows(headers.authorization, token))
        throw new Refusal(401, 'a bearer token is needed', { 'www-authenticate': 'Bearer' });
    };
    const route = {
      path: /^\/alerts\/?$/,
      admit,
      answer: async ({ body }: { readonly body: Buffer }) => {
        await keepAlerts(intake, webhookOf(body), deps.clock.now());
        return { status: 200, body: {} };
      },
    };
    return httpListener({ host, port, source, origins: [], maxBodyBytes: MAX_BODY_BYTES }, [route], deps);
  };
}

function tokenOf({ name, tokenEnv }: AlertmanagerOptions, env: AlertmanagerDeps['env']): string | null {
  if (tokenEnv === null) return null;
  const token = env[tokenEnv] ?? '';
  if (token !== '') return token;
  throw new VigilError('bad_config', {
    what: `the source ${name} asks for the token in ${tokenEnv}`,
    why: 'this variable is not set',
    hint: `Set ${tokenEnv}, or take \`tokenEnv\` out of the source \`${name}\`.`,
  });
}

/** Compares digests, so that the time it takes tells nothing. */
function shows(authorization: string | undefined, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${token}`));
}

/** @throws Refusal 400 that names the field */
function webhookOf(body: Buffer): Webhook {
  const read = webhookSchema.safeParse(jsonOf(body));
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new Refusal(
    400,
    `the field \`${issue?.path.join('.').slice(0, 100) ?? ''}\`: ${issue?.message ?? 'not as expected'}`,
  );
}

/** @throws Refusal 400 */
function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new Refusal(400, 'the body is not JSON');
  }
}

/** Alertmanager sends again after a 5xx, and after nothing else: so it is told 503 where others are told 429. */
async function keepAlerts(intake: Intake, { alerts, truncatedAlerts }: Webhook, now: number): Promise<void> {
  if (alerts.length > 0 && (await intake.accept(alerts.map((alert) => alertRecord(alert, now)))) === 'full')
    throw new Refusal(503, 'too many events wait to be read', { 'retry-after': RETRY_SECONDS });
  if ((truncatedAlerts ?? 0) > 0) intake.drop(truncatedAlerts ?? 0);
}
