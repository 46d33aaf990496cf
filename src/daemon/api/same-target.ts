import { VigilError } from '../../domain/errors.ts';
import type { WorkflowPorts } from '../../workflow/ports.ts';

/** A daemon serves one workspace: a request that names another repository is told so. */
export async function requireSameRepository(wanted: string | undefined, work: WorkflowPorts): Promise<void> {
  if (wanted === undefined) return;
  const forge = await work.forge();
  if (forge === null || forge.repository.toLowerCase() === wanted.toLowerCase()) return;
  throw new VigilError('bad_request', {
    what: `the field \`repository\`: this workspace belongs to ${forge.repository}`,
  });
}

export async function requireSameBase(
  field: string,
  wanted: string | undefined,
  work: WorkflowPorts,
): Promise<void> {
  if (wanted === undefined) return;
  const base = await (await work.repository())?.defaultBranch();
  if (base === undefined || base === null || base === wanted) return;
  throw new VigilError('bad_request', {
    what: `the field \`${field}\`: changes of this workspace go to ${base}`,
  });
}
