/** What is still to be paid. */
export function openAmount(invoice) {
  if (invoice.lines.length === 0) return 0;
  const due = invoice.lines.reduce((sum, line) => sum + line.amount, 0);
  return due - invoice.discount.amount;
}
// ---- test
import { openAmount } from '../src/invoice.js';
test('sums lines', () => assert.deepEqual(openAmount({ lines: [{ amount: 10 }], discount: { amount: 2 } }), 8));
test('nothing is nothing', () => assert.deepEqual(openAmount({ lines: [] }), 0));
// ---- crash
openAmount({ lines: [{ amount: 10 }], discount: null });
