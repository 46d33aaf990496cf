import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { run } from './nightly/journal.mjs';

// Some packages leave the ending of a file to their bundler.
registerHooks({
  resolve(name, context, next) {
    if (!name.startsWith('.') || /\.\w{2,4}$/.test(name)) return next(name, context);
    const ending = ['.js', '/index.js'].find((one) => existsSync(new URL(name + one, context.parentURL)));
    return next(ending === undefined ? name : name + ending, context);
  },
});

for (const part of ['accounts', 'bookings', 'catalogue', 'mailing', 'releases']) {
  await import(`./nightly/${part}.mjs`);
}
await run();
