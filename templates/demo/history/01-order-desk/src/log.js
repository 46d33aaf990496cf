import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** One JSON object a line. */
export function createLog(file) {
  mkdirSync(dirname(file), { recursive: true });
  const write = (level, message, fields) => {
    const { err, ...rest } = fields;
    const error = err === undefined ? {} : { err: { type: err.name, message: err.message, stack: err.stack } };
    const line = { time: new Date().toISOString(), level, service: 'orderdesk', message, ...rest, ...error };
    appendFileSync(file, `${JSON.stringify(line)}\n`);
  };
  return {
    info: (message, fields = {}) => write('info', message, fields),
    error: (message, fields = {}) => write('error', message, fields),
  };
}
