import type { Context } from '../context.ts';

/** `vigilai config show`: the settings that hold. */
export async function showConfig(context: Context): Promise<number> {
  const { settings } = await context.place();
  const origins = await originsOf(context);
  context.print.data({ settings, origins });
  for (const origin of origins) context.print.line(context.print.paint('dim', `# ${origin}`));
  context.print.line(JSON.stringify(settings, null, 2));
  return 0;
}

/** `vigilai config validate`. A wrong one ends as `bad_config`, exit 2. */
export async function validateConfig(context: Context): Promise<number> {
  const { settings } = await context.place();
  const [{ loadFormats }, { lineReader }] = await Promise.all([
    import('../../pipeline/formats/load-formats.ts'),
    import('../../pipeline/formats/reader.ts'),
  ]);
  lineReader(await loadFormats(settings.formats));
  if (settings.diagnosis.patterns.length > 0) await (await context.house()).templates.patterns();
  const origins = await originsOf(context);
  context.print.data({ valid: true, origins });
  for (const origin of origins) context.print.line(origin);
  context.print.line('The configuration is valid.');
  return 0;
}

async function originsOf({ program }: Context): Promise<readonly string[]> {
  const [{ loadConfig, workspaceRoot }, { pathsOf }] = await Promise.all([
    import('../../config/load.ts'),
    import('../../config/paths.ts'),
  ]);
  const root = workspaceRoot(program.cwd);
  const { userConfig } = pathsOf(root, program.around);
  const { origins } = await loadConfig({ root, userConfig, env: program.around.env });
  if (origins.length === 0) return ['defaults (no configuration file)'];
  return origins.map(({ from, file }) => file ?? from);
}

/** `vigilai config path`: works even when the configuration is broken. */
export async function configPath({ program, print }: Context): Promise<number> {
  const [{ workspaceRoot }, { pathsOf }] = await Promise.all([
    import('../../config/load.ts'),
    import('../../config/paths.ts'),
  ]);
  const { root, state, socket, database, log, userConfig, secrets } = pathsOf(
    workspaceRoot(program.cwd),
    program.around,
  );
  const shown = { workspace: root, state, database, log, socket, user_config: userConfig, secrets };
  print.data(shown);
  for (const [name, path] of Object.entries(shown)) print.line(`${name.padEnd(11)} ${path}`);
  return 0;
}
