import { VigilError } from '../../domain/errors.ts';
import type { Finding } from '../../ports/house.ts';
import { count } from '../../tui/words.ts';
import type { Context } from '../context.ts';
import { projectFindings } from './project-findings.ts';

const EXIT_MISSING = 3;

/** `vigilai doctor`: one line a finding, the next step below it. Exit 3 when something required is missing. */
export async function doctor(context: Context): Promise<number> {
  const { print } = context;
  const findings = [nodeFinding(context), ...(await configFindings(context))];
  print.data({ findings });
  const width = Math.max(...findings.map((finding) => finding.name.length));
  for (const finding of findings) {
    print.line(`${markOf(finding, print.paint)} ${finding.name.padEnd(width)}  ${finding.detail}`);
    if (finding.next !== null) print.line(`  ${' '.repeat(width)}  next: ${finding.next}`);
  }
  const missing = findings.filter((finding) => finding.state === 'missing').length;
  const warnings = findings.filter((finding) => finding.state === 'warning').length;
  print.line();
  print.line(summary(missing, warnings));
  return missing > 0 ? EXIT_MISSING : 0;
}

function nodeFinding({ program }: Context): Finding {
  return {
    name: 'vigilai',
    state: 'ok',
    detail: `${program.version} on Node ${process.versions.node}`,
    next: null,
  };
}

/** A broken configuration is a finding, not the end of the examination. */
async function configFindings(context: Context): Promise<readonly Finding[]> {
  try {
    const { paths } = await context.place();
    const found = await (await context.house()).inspect();
    const workspace: Finding = { name: 'workspace', state: 'ok', detail: paths.root, next: null };
    return [workspace, ...(await projectFindings(context, paths.root)), ...found];
  } catch (error) {
    if (!(error instanceof VigilError) || error.code !== 'bad_config') throw error;
    return [{ name: 'configuration', state: 'missing', detail: error.message, next: error.hint }];
  }
}

function markOf({ state }: Finding, paint: Context['print']['paint']): string {
  switch (state) {
    case 'ok':
      return paint('green', '✔');
    case 'warning':
      return paint('yellow', '!');
    case 'missing':
      return paint('red', '✘');
  }
}

function summary(missing: number, warnings: number): string {
  if (missing === 0 && warnings === 0) return 'All is well.';
  return `${count(missing, 'thing is missing', 'things are missing')}, ${count(warnings, 'warning', 'warnings')}.`;
}
