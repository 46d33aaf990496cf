import type { Context } from '../context.ts';
import { statusText } from './status-text.ts';

/** `vigilai status`: tells, and starts nothing. */
export async function status(context: Context): Promise<number> {
  const { print } = context;
  const client = await context.connected();
  if (client === null) {
    print.data({ running: false });
    print.line(
      'No daemon runs for this workspace. It starts with `vigilai watch`, or `vigilai daemon start`.',
    );
    return 0;
  }
  const view = await client.status();
  print.data({ running: true, ...view });
  for (const line of statusText(view, print)) print.line(line);
  return 0;
}
