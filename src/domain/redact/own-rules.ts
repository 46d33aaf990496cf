import { redactIps } from './addresses.ts';
import type { Rule } from './placeholder.ts';

/** What a configuration hides beyond the built-in rules. */
export interface RedactionSettings {
  readonly ips: boolean;
  /** Patterns in RE2's syntax. */
  readonly patterns: readonly string[];
}

let own: readonly Rule[] = [];

/**
 * Sets the rules of a configuration. Called once, by the composition, before any text passes the door: a door that had to
 * be handed to every place that keeps text would be forgotten at one of them.
 * @throws VigilError `bad_config` naming a pattern that is none.
 */
export async function hideAlso({ ips, patterns }: RedactionSettings): Promise<void> {
  own = [...(await compiled(patterns)), ...(ips ? [redactIps] : [])];
}

export function ownRules(): readonly Rule[] {
  return own;
}

async function compiled(patterns: readonly string[]): Promise<readonly Rule[]> {
  if (patterns.length === 0) return [];
  const { compileHidden } = await import('./compile-hidden.ts');
  return patterns.map(compileHidden);
}
