import type { Program, Source } from '../../program.ts';
import { named, nodesIn } from '../../tree.ts';

/** Fields of a struct, or what a class or record is made of, in order: name and type as written. */
export type Fields = readonly (readonly [name: string, type: string])[];

/** What a test can make of the repository's own types. A class that is made of nothing has no fields. */
export type Types = ReadonlyMap<string, Fields>;

export function typesOf({ suspect, around }: Program): Types {
  return new Map([...around, suspect].flatMap((source) => [...declaredIn(source)]));
}

function declaredIn({ root, dialect }: Source): readonly (readonly [string, Fields])[] {
  return [...nodesIn(root)].flatMap((node): readonly (readonly [string, Fields])[] => {
    const name = node.field('name')?.text;
    if (name === undefined) return [];
    if (dialect.language === 'go')
      return node.type === 'type_spec' && node.field('type')?.type === 'struct_type'
        ? [[name, structFields(node)]]
        : [];
    if (node.type === 'record_declaration') return [[name, parameters(node)]];
    if (node.type !== 'class_declaration') return [];
    const made = named(node.field('body') ?? node).find(({ type }) => type === 'constructor_declaration');
    return [[name, made === undefined ? [] : parameters(made)]];
  });
}

type Node = Parameters<typeof named>[0];

function structFields(node: Node): Fields {
  return [...nodesIn(node)]
    .filter(({ type }) => type === 'field_declaration')
    .flatMap((one) =>
      one.children
        .filter(({ type }) => type === 'field_identifier')
        .map(({ text }) => [text, one.field('type')?.text ?? ''] as const),
    );
}

function parameters(node: Node): Fields {
  return named(node.field('parameters') ?? node).map(
    (one) => [one.field('name')?.text ?? '', one.field('type')?.text ?? ''] as const,
  );
}
