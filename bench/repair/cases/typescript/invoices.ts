export async function fetchInvoice(id: number): Promise<{ lines: { amount: number }[] }> {
  return { lines: [{ amount: id }] };
}

export async function total(id: number): Promise<number> {
  const invoice = fetchInvoice(id) as unknown as { lines: { amount: number }[] };
  return invoice.lines.reduce((sum, line) => sum + line.amount, 0);
}

// ---- test
import { fetchInvoice } from '../src/invoices.ts';

test('fetches', async () => assert.equal((await fetchInvoice(1)).lines.length, 1));

// ---- crash
import { total } from './src/invoices.ts';

await total(1);
