import { posix } from 'node:path';
import { parseSync, Visitor } from 'vite';

type Visits = ConstructorParameters<typeof Visitor>[0];
type NodeOf<Type extends keyof Visits> = Parameters<NonNullable<Visits[Type]>>[0];
type Template = NodeOf<'TemplateLiteral'>;
type Expression = NodeOf<'BinaryExpression'>['right'];

/** A text in a source file that is a GraphQL operation, with the line that it begins on. */
export interface OperationText {
  readonly path: string;
  readonly line: number;
  readonly text: string;
  /** Parts of it are made at run time; something that fits stands in their place. */
  readonly isPatched: boolean;
}

/** The texts of a file, the constants by which they take each other in, and the names that come from other files of the project. */
interface Texts {
  readonly literals: readonly Expression[];
  readonly constants: ReadonlyMap<string, Expression | null>;
  readonly imports: ReadonlyMap<string, { readonly path: string; readonly name: string }>;
  readonly lineAt: (offset: number) => number;
}

function readTexts(path: string, source: string): Texts {
  const { program } = parseSync(path, source);
  const literals: Expression[] = [];
  const constants = new Map<string, Expression | null>();
  const imports = new Map<string, { path: string; name: string }>();
  new Visitor({
    Literal: (node) => typeof node.value === 'string' && literals.push(node),
    TemplateLiteral: (node) => literals.push(node),
    VariableDeclarator: ({ id, init }) => {
      // Of a name that stands for two things in one file nothing is known.
      if (id.type === 'Identifier') constants.set(id.name, constants.has(id.name) ? null : init);
    },
    ImportDeclaration: ({ source: from, specifiers }) => {
      if (!from.value.startsWith('.')) return;
      const target = posix.join(posix.dirname(path), from.value);
      for (const part of specifiers)
        if (part.type === 'ImportSpecifier' && part.imported.type === 'Identifier')
          imports.set(part.local.name, { path: target, name: part.imported.name });
    },
  }).visit(program);
  return { literals, constants, imports, lineAt: (offset) => source.slice(0, offset).split('\n').length };
}

/** What fits where a part is made at run time: in quotes a word, for a value a variable, among fields one that every type has. */
function patchFor(before: string, after: string): string | null {
  if (before.split('"').length % 2 === 0) return 'x';
  if (/[:[]\s*$/.test(before)) return '$patch';
  return /[{}\w]\s*$/.test(before) && !/^\s*[({:\w]/.test(after) ? ' __typename ' : null;
}

const begins = /^\s*(?:(?:query|mutation|subscription)(?:\s+\w+)?\s*[({]|\{\s+\w)/;

/**
 * Every operation that stands as a text in the files of `sources` (by path, relative to the project): what begins as a query,
 * mutation or subscription, or as a set of fields that no other text in its file takes in. Constants of the project that a
 * template takes in are filled in. A template whose run-time parts cannot be told is passed over.
 */
export function operationsIn(sources: ReadonlyMap<string, string>): OperationText[] {
  const read = new Map([...sources].map(([path, source]) => [path, readTexts(path, source)]));

  const constantOf = (path: string, name: string): string | null => {
    const texts = read.get(path);
    const from = texts?.imports.get(name);
    if (from) return constantOf(from.path, from.name);
    const init = texts?.constants.get(name);
    return init ? (textOf(path, init)?.text ?? null) : null;
  };
  const filled = (path: string, { quasis, expressions }: Template): { text: string; isPatched: boolean } | null => {
    let text = quasis[0]?.value.cooked ?? '';
    let isPatched = false;
    for (const [at, part] of expressions.entries()) {
      const after = quasis[at + 1]?.value.cooked ?? '';
      const constant = part.type === 'Identifier' ? constantOf(path, part.name) : null;
      const fits = constant ?? patchFor(text, after);
      if (fits === null) return null;
      isPatched ||= constant === null;
      text += fits + after;
    }
    return { text, isPatched };
  };
  function textOf(path: string, node: Expression): { text: string; isPatched: boolean } | null {
    if (node.type === 'TemplateLiteral') return filled(path, node);
    return node.type === 'Literal' && typeof node.value === 'string' ? { text: node.value, isPatched: false } : null;
  }

  return [...read].flatMap(([path, { literals, constants, lineAt }]) => {
    const parts = new Set(
      literals.flatMap((node) =>
        node.type === 'TemplateLiteral'
          ? node.expressions.flatMap((part) => (part.type === 'Identifier' ? [constants.get(part.name)] : []))
          : [],
      ),
    );
    return literals.flatMap((node) => {
      const found = textOf(path, node);
      if (!found || !begins.test(found.text) || parts.has(node)) return [];
      return [{ path, line: lineAt(node.start), ...found }];
    });
  });
}
