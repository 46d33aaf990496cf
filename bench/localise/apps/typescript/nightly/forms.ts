import * as z from '../packages/zod/src/v4/index';
import { task } from './journal';

const Order = z
  .object({
    id: z.int().positive(),
    email: z.email().toLowerCase(),
    name: z
      .string()
      .trim()
      .min(2)
      .max(12)
      .regex(/^[\p{L} ]+$/u),
    lines: z
      .array(
        z.object({
          sku: z.templateLiteral(['A-', z.number()]),
          count: z.coerce.number().int().gte(1).default(1),
          price: z.number().multipleOf(0.01),
        }),
      )
      .min(1)
      .max(3),
    pay: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('card'), last: z.string().length(4) }),
      z.object({ kind: z.literal('cash') }),
    ]),
    at: z.iso.datetime({ offset: true }).optional(),
    note: z.union([z.string(), z.number().nullable()]).optional(),
    extra: z.record(z.string(), z.boolean()).catch({}),
  })
  .strict();

const GOOD = {
  id: 4,
  email: 'Ann@Example.org',
  name: ' Ann Bo ',
  lines: [
    { sku: 'A-12', price: 3.25 },
    { sku: 'A-7', count: '4', price: 1 },
  ],
  pay: { kind: 'card', last: '4242' },
  at: '2026-03-02T04:05:06+01:00',
  note: null,
  extra: { gift: true },
};
const BAD = {
  id: -1.5,
  email: 'ann@',
  name: 'X',
  lines: [{ sku: 'B', count: 0, price: 0.001 }],
  pay: { kind: 'gold' },
  at: 'today',
  note: [],
  other: 1,
};

task('order form cannot be checked', (log) => {
  log.compare('accepted order differs', Order.parse(GOOD));
  const refused = Order.safeParse(BAD);
  log.compare(
    'faults of the order differ',
    refused.error?.issues.map(({ path, code, message }) => [path.join('.'), code, message]),
  );
  log.compare('faults of the order print otherwise', [
    z.prettifyError(refused.error as z.ZodError),
    z.treeifyError(refused.error as z.ZodError),
  ]);
  log.compare('faults by field differ', z.flattenError(refused.error as z.ZodError));
  log.compare('described order form differs', z.toJSONSchema(Order, { io: 'input', unrepresentable: 'any' }));
});

task('small forms cannot be checked', async (log) => {
  const Node: z.ZodType = z.lazy(() => z.object({ value: z.number(), next: Node.nullable() }));
  log.compare(
    'chained form differs',
    Node.safeParse({ value: 1, next: { value: 2, next: { value: 'x', next: null } } }).error?.issues,
  );
  const text = z
    .string()
    .transform((one) => one.length)
    .pipe(z.number().max(3))
    .refine((one) => one !== 2, 'two is too few');
  log.compare(
    'transformed answers differ',
    ['abc', 'ab', 'abcd']
      .map((one) => text.safeParse(one))
      .map(({ data, error }) => data ?? error?.issues[0]?.message),
  );
  log.compare('pair of answers differs', [
    z.tuple([z.string(), z.number()]).rest(z.boolean()).safeParse(['a', 1, true, 'x']).error?.issues,
    z
      .set(z.number())
      .max(1)
      .safeParse(new Set([1, 2])).error?.issues,
  ]);
  log.compare('choice of an answer differs', [
    z.enum(['a', 'b']).safeParse('c').error?.message,
    z.stringbool().parse('yes'),
    z.map(z.string(), z.date()).safeParse(new Map([['x', 1]])).error?.issues,
    z.literal([1, 'x']).safeParse(2).error?.issues,
  ]);
  log.compare(
    'kinds of texts are judged otherwise',
    [z.ipv4(), z.url(), z.uuid(), z.base64(), z.iso.date(), z.e164(), z.cidrv4(), z.jwt()].map((kind) =>
      [
        '1.2.3.4',
        'https://a.b',
        '0b1c2d3e-1111-4222-8333-444455556666',
        'YWI=',
        '2024-02-29',
        '+4915112345678',
        '10.0.0.0/8',
        'a.b.c',
      ].map((one) => kind.safeParse(one).success),
    ),
  );
  const later = z.string().refine(async (one) => one !== 'taken', { error: 'is taken' });
  log.compare('answers checked later differ', [
    await later.parseAsync('free'),
    (await later.safeParseAsync('taken')).error?.message,
  ]);
});

task('parts of a form cannot be derived', (log) => {
  const Person = z.object({ name: z.string(), age: z.number().optional(), mail: z.email().nullish() });
  log.compare(
    'derived form differs',
    [
      Person.pick({ name: true }),
      Person.partial().omit({ mail: true }),
      Person.extend({ id: z.bigint() }),
      Person.required().keyof(),
    ].map((form) => z.safeParse(form, { name: 'x', id: 5n }).success),
  );
  log.compare('joined form differs', [
    z.intersection(Person, z.object({ id: z.number() })).safeParse({ name: 'x', id: 'y' }).error?.issues,
    Person.loose().parse({ name: 'a', more: 1 }),
    Person.catchall(z.number()).safeParse({ name: 'a', more: 'x' }).error?.issues,
    z.xor([z.string(), z.number()]).safeParse(true).success,
  ]);
  const codec = z.codec(z.iso.datetime(), z.date(), {
    decode: (iso) => new Date(iso),
    encode: (date) => date.toISOString(),
  });
  log.compare('stored form differs', [
    z.decode(codec, '2026-03-02T00:00:00Z'),
    z.encode(codec, new Date(0)),
    z.globalRegistry.has(Person),
    Person.describe('who').meta()?.description,
    z.preprocess((one) => Number(one), z.number()).parse('7'),
    Person.readonly().parse({ name: 'z' }),
  ]);
});
