// Made from src/config/config.ts: every option, with its default. Copy what you want to change.
import type { Config } from 'vigilai';

export default {
  // What to read: a list of sources, each with a `type` and a `name` (docs/sources.md); null looks
  // for *.log in the workspace, log/ and logs/.
  sources: null,
  // How the abnormal is found.
  detection: {
    // How much to hear: a normal series alerts 0.01 (quiet), 0.05 (normal) or 0.5 (sensitive) times
    // a day; measured: 0.016, 0.047 and 0.54. A source may have its own. `vigilai replay --sweep`
    // tells what each would have brought.
    sensitivity: 'normal',
    // Numeric fields and rates of log lines are gathered into one point per this many seconds; at
    // most 120, since an anomaly is told within four minutes of its first event.
    bucketSeconds: 10,
    // An episode ends after this long without a further event (or 20 usual gaps, if longer).
    quietMinutes: 15,
    // Log fields whose values split a numeric series, such as duration_ms by path.
    dimensions: ['operation', 'route', 'path', 'endpoint'],
  },
  // How lines are read.
  formats: {
    // What times without a zone are in: a name such as Europe/Berlin, or +02:00; null guesses it
    // from lines that are read live, else UTC.
    timezone: null,
    // Your own line formats, tried first: regular expressions with the groups time, level, message;
    // others become fields.
    patterns: [],
  },
  // What is hidden beside secrets before anything is kept or sent (docs/privacy.md).
  redaction: {
    // Hide IP addresses too; a diagnosis of a network may need them.
    ips: false,
    // What else is a secret of yours: regular expressions (RE2); the first group is hidden, or the
    // whole match.
    patterns: [],
  },
  // How far an anomaly goes by itself: seen, diagnosed, fixed on a local branch, or proposed as a
  // pull request.
  automation: 'diagnose',
  // Nothing leaves this machine: no model is asked, nothing is pushed or proposed, agents have no
  // network.
  offline: false,
  // Which models may be asked for an explanation.
  diagnosis: {
    // Models in the order in which they are asked. Without any key, diagnosis is offline.
    providers: [
      {
        name: 'deepseek',
        baseUrl: 'https://api.deepseek.com',
        model: 'deepseek-flash',
        keyEnv: 'DEEPSEEK_API_KEY',
        structured: 'json_object',
        price: {
          inputPerMillion: 0.56,
          outputPerMillion: 1.68,
          peak: { factor: 2, hours: [[1, 4], [6, 10]] },
        },
        extra: { thinking: { type: 'disabled' } },
      },
      {
        name: 'openai',
        baseUrl: 'https://api.openai.com/v1',
        model: 'gpt-6-luna',
        keyEnv: 'OPENAI_API_KEY',
        structured: 'json_schema',
        price: {
          inputPerMillion: 2.5,
          outputPerMillion: 10,
          peak: null,
        },
        extra: { reasoning_effort: 'none' },
      },
    ],
    // Longest wait for one provider, with its further tries.
    timeoutSeconds: 60,
    // Longest wait for all providers together; then the offline diagnosis stands.
    totalSeconds: 100,
    // Let the last provider check an answer's claims; it can only lower how sure they are.
    verify: false,
    // Files with known failures of your own, from the workspace root: YAML as in templates/patterns
    // (docs/patterns.md). They come before the built-in ones.
    patterns: [],
    // What the evidence of a diagnosis may take of a prompt, about; `vigilai diagnose <id>
    // --show-context` shows what fits.
    contextTokens: 6000,
  },
  // What models may cost.
  budget: {
    // Most US dollars for one anomaly.
    perAnomaly: 0.25,
    // Most US dollars in a day (UTC).
    perDay: 2,
    // Most US dollars for all of a workspace, ever.
    perWorkspace: 50,
  },
  // Who writes the fix.
  agent: {
    // Who writes the fix: `auto` is Kiro where it is installed and signed in, else `repair`, which
    // needs no model; `acp` and `command` run `agent.command` (docs/agents.md).
    engine: 'auto',
    // The program and its arguments, such as ["qwen", "--acp"]; for `command`, {brief} is a file
    // with the task, and without it the task comes on stdin.
    command: [],
    // Names of environment variables that the agent may see beside the base list.
    env: [],
    // Folders below the home directory that the agent may read and write: its credentials and
    // sessions, such as [".qwen"].
    homeFolders: [],
    // May the agent reach the network (its model)?
    network: true,
    // Longest wait until a session stands.
    startSeconds: 60,
    // Longest silence within a run.
    idleSeconds: 300,
    // Longest run of one round.
    turnSeconds: 900,
    // Longest run of all rounds together.
    totalSeconds: 1200,
  },
  // What a fix may change.
  fix: {
    // `auto` confines agent and tests where a sandbox exists and refuses to push where none does.
    sandbox: 'auto',
    // Most files that a fix may change.
    maxFiles: 10,
    // Most lines that a fix may add and remove.
    maxLines: 400,
    // Globs that a fix must not touch.
    protectedPaths: [],
    // May a fix change lists of dependencies and lockfiles?
    allowDependencies: false,
    // `auto` adds to a fix a few lines that tell when its fault comes back, in the library that the
    // project uses or its log.
    monitoring: 'auto',
    // How often the new tests have to pass with the fix.
    proofRuns: 3,
    // Share of the changed lines that the new tests have to run; at least 0.8.
    minCoverage: 0.8,
    // A command that fails while the fault is there, such as ["node", "scripts/replay.js"]: it must
    // fail without the fix and succeed with it.
    reproduce: null,
    // Most tries of the agent: what was wrong with one is told to it for the next.
    rounds: 3,
    // Packages that the tests need and this machine lacks may be downloaded (npm, Go), before the
    // tests run.
    downloads: false,
    // How the tests are run, such as ["npx", "vitest", "run"]; null reads the project's own script.
    testCommand: null,
  },
  // Where pull requests go.
  github: {
    // Address of the API; null takes the one that belongs to the remote.
    apiUrl: null,
    // Environment variable (or line of the secrets file) that holds the token.
    tokenEnv: 'GITHUB_TOKEN',
    // Who is asked for a review.
    reviewers: [],
  },
  // What is kept, and how long.
  retention: {
    // How long anomalies that are closed, hours of series and stored events are kept; at least 90.
    days: 90,
    // `default` keeps anomalies with their context, hours of every series and message templates;
    // `all` keeps every event too, redacted.
    store: 'default',
    // A bound for the database. Near it `status` warns; a day later stored events may go before
    // their time.
    maxMegabytes: null,
  },
  // The background process of a workspace.
  daemon: {
    // The daemon leaves after this long without work.
    idleHours: 3,
    // Accepted events are on the disk before they are acknowledged; false survives a kill, but not
    // a power cut.
    syncWrites: true,
  },
} satisfies Config;
