export interface Order {
  readonly customer: { readonly email: string } | null;
}

export function recipients(orders: readonly Order[]): readonly string[] {
  return orders.map((order) => order.customer!.email.toLowerCase());
}

// ---- test
import { recipients } from '../src/orders.ts';

test('mails', () => assert.deepEqual(recipients([{ customer: { email: 'A@x' } }]), ['a@x']));
// ---- crash
recipients([{ customer: null }]);
