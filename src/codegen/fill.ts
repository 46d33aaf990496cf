/**
 * Replaces `{{name}}` in a template. One pass: what a value contains is never expanded again, so telemetry cannot
 * smuggle a placeholder in. A name without a value stays as it is and is seen in review.
 */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{\{([a-z_]+)\}\}/g, (whole, name: string) => values[name] ?? whole);
}
