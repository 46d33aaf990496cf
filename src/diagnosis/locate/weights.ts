/**
 * How much each sign of a fault counts. Set by hand on the demo service and on small cases of test/unit/diagnosis, from what
 * the literature and practice agree on: a trace tells more than words, and its innermost frame most. They are the same for
 * every repository and language. `REACH`, `RECENT` and `HINT` were set on the development cases of `bench/localise`, all
 * languages together, in a few steps of round numbers; it measures all of them on cases that they were not set on.
 */

/** Tests, documents and generated code: seldom where a fault of the running service lies. */
export const ASIDE = 0.15;

/** Frames of a trace. */
export const TRACE = {
  /** Each frame further out weighs this much of the one before. */
  fade: 0.55,
  /** A function that only throws what its caller found: the caller comes first. */
  thrower: 0.4,
  /** A test's frame is there because the test failed. */
  aside: 0.3,
} as const;

/** The statement that printed a message. */
export const MESSAGE = {
  /** What kind of statement holds the text. */
  log: 1,
  throw: 1,
  text: 0.8,
  /** A line of a file that is no source and holds the words literally. */
  line: 0.5,
  /** A word that no text of the program holds was put in at run time; it counts as much as a common word. */
  unknownWord: 2,
  /** Texts that fit equally well in more places than that say little about any of them. */
  telling: 5,
  /**
   * A text that fits less did not print the message. `node bench/messages.ts`: of messages with values put in, behind usual
   * heads, 91% fit their own statement that well, and 4% a statement of another project (at 0.5: 96% and 11%).
   */
  fits: 0.6,
  /** A text that fits less does not even resemble it. */
  resembles: 0.4,
  /** A place below it leads nowhere: its words stand everywhere, or in tests alone. */
  least: 0.3,
  /** Statements that fit less than that, measured by the best one, are others that share a word. */
  kin: 0.5,
  /** What the words around add where statements fit equally well. */
  tie: 0.02,
} as const;

/** What a function counts that is called where an error was thrown or a message printed; that made a value used there, or the missing one. */
export const AROUND = { called: 0.3, feeds: 0.4, missing: 0.7 } as const;

/** A function that a test calls and is named after: its file or class, or the function itself. */
export const TESTED = {
  file: 3,
  name: 1.5,
  /** The test itself, measured by the best function that it calls. */
  own: 0.1,
} as const;

/** Functions that a place leads to, call by call. */
export const REACH = {
  /** Each call further counts this much of the one before, and no way has more. */
  step: 0.8,
  steps: 8,
  /** A way that counts less is not gone. */
  least: 0.002,
  /**
   * How surely a definition is meant: of what it is called on, in the same file, in an imported one, in the same folder, the
   * only function of that name that a test calls, or any elsewhere.
   */
  ways: { on: 1, file: 0.9, imported: 0.8, folder: 0.5, only: 0.5, anywhere: 0.2 },
  /** Lines of a statement; a call outside of it counts less a line, down to `far`, and less after it. */
  statement: 2,
  fade: 0.05,
  far: 0.3,
  after: 0.7,
} as const;

/** What changed lately. */
export const RECENT = {
  /** Days in which a change comes to count half. */
  halfLife: 45,
  /** So many commits as fresh as the newest; where there are more, each says less, by this power of how many more. */
  usual: 8,
  crowd: 1.5,
  /** After the fault was first seen. */
  tooLate: 0.1,
  /**
   * A function of the newest commit, measured by the best place that the evidence names, and how slowly it fades with the way
   * there. What threw tells more of itself than what printed a message: only what is near comes before it.
   */
  threw: { reached: 4, distance: 0.7 },
  printed: { reached: 5, distance: 0.4 },
} as const;

/** Functions that no call leads to by name: named where something is reached, there or in a file imported, or in its file. */
export const HINT = { namedNear: 0.4, named: 0.15, beside: 0.05, most: 0.95 } as const;

/** Where a metric is registered. */
export const METRIC = { registered: 1, begins: 0.6, line: 0.4 } as const;

/** The work behind a route. */
export const ROUTE = {
  /** A function that handles it, less each call away from it. */
  handler: 0.5,
  step: 0.06,
  /** More for each thing that speaks against it. */
  slow: 0.3,
  newest: 0.3,
  /** The line that routes. */
  router: 0.3,
} as const;

/** Okapi BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009), with its usual constants. */
export const BM25 = { k1: 1.2, b: 0.75 } as const;

/** Words of a message in functions, where nothing printed it literally. */
export const WORDS = {
  /** A word of a function's name or path counts as often as that many in its body. */
  name: 3,
  path: 2,
  /** The best function, measured by a statement that printed the message. */
  best: 0.4,
  /** Share of the message's words, by their rarity, that the best function must hold. */
  least: 0.25,
} as const;

/** How a commit is tied to a suspect: it wrote the line, changed the function, touched the file. */
export const COMMIT = {
  /** It is among the newest commits and the newest of the function. */
  lately: 1,
  /** The line that threw is known: who wrote it comes first. */
  byLine: { line: 0.95, scope: 0.75, file: 0.4 },
  /** What changed is known, not which line of it: the newest change of the function comes first. */
  byScope: { line: 0.8, scope: 0.95, file: 0.4 },
  /** Less for each newer commit of the same kind. */
  older: 0.2,
  /** A commit after the fault was last seen can hardly have caused it. */
  tooLate: 0.5,
} as const;
