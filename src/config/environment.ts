/** The few settings that a shell or a pipeline overrides; each by one variable. */
export function fromEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const automation = env['VIGILAI_AUTOMATION'];
  if (automation !== undefined) found['automation'] = automation;
  const offline = env['VIGILAI_OFFLINE'];
  if (offline !== undefined)
    found['offline'] =
      offline === '1' || offline === 'true' ? true : offline === '0' || offline === 'false' ? false : offline;
  return found;
}
