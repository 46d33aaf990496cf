export class Clock {
  readonly zone: { readonly name: string } | undefined;

  constructor(zone?: { readonly name: string }) {
    this.zone = zone;
  }

  label(): string {
    return this.zone!.name.toUpperCase();
  }
}

// ---- test
import { Clock } from '../src/clock.ts';

test('label', () => assert.equal(new Clock({ name: 'utc' }).label(), 'UTC'));
// ---- crash
new Clock().label();
