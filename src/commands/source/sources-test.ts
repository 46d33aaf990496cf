import type { Context } from '../context.ts';

export async function testSource(_context: Context, _name: string, _seconds: number): Promise<number> {
  return 0;
}
