import { parseSync, Visitor } from 'vite';

type Visits = ConstructorParameters<typeof Visitor>[0];
type NodeOf<Type extends keyof Visits> = Parameters<NonNullable<Visits[Type]>>[0];
type ModuleName = NodeOf<'ImportSpecifier'>['imported'];

/** One thing that a source file names, with the line it stands on. `name` is null where it is computed at run time. */
interface Mention {
  readonly name: string | null;
  readonly line: number;
}

/** A module that a file names, and what it takes from it: the names, or undefined where that may be anything. */
interface Import extends Mention {
  readonly takes: readonly string[] | undefined;
}

/** What the rules need to know of a file: the modules it names, what it hands out, and the texts in it that are SQL. */
export interface Source {
  readonly imports: readonly Import[];
  readonly exports: readonly { readonly name: string; readonly line: number }[];
  readonly sql: readonly Mention[];
}

/** Keywords in capitals, as all our SQL is written, so that a sentence on a screen is not taken for a statement. */
const sql =
  /\b(SELECT\s[\s\S]*\sFROM\s|INSERT\s+(OR\s+[A-Z]+\s+)?INTO\s|REPLACE\s+INTO\s|UPDATE\s+\S+\s+SET\s|DELETE\s+FROM\s|(CREATE|DROP|ALTER)\s+([A-Z]+\s+)*(TABLE|INDEX|VIEW|TRIGGER)\s|PRAGMA\s)/;

const nameOf = (node: ModuleName): string => (node.type === 'Literal' ? node.value : node.name);

/** What an import statement takes; undefined for all of a module. */
function taken({ specifiers }: NodeOf<'ImportDeclaration'>): string[] | undefined {
  if (specifiers.some(({ type }) => type === 'ImportNamespaceSpecifier')) return undefined;
  return specifiers.map((part) => (part.type === 'ImportSpecifier' ? nameOf(part.imported) : 'default'));
}

/** The names that an export statement hands out; those of a pattern (`export const { a } = …`) are not looked at. */
function handedOut({ declaration, specifiers }: NodeOf<'ExportNamedDeclaration'>): string[] {
  if (!declaration) return specifiers.map(({ exported }) => nameOf(exported));
  const declared = declaration.type === 'VariableDeclaration' ? declaration.declarations : [declaration];
  return declared.flatMap(({ id }) => (id?.type === 'Identifier' ? [id.name] : []));
}

/**
 * Reads a TypeScript or TSX file with the parser that also builds the program, so comments, texts and JSX cannot be
 * mistaken for imports. Counted are static, type-only, dynamic and re-exporting imports, `import('…')` types and `require`.
 * Throws a SyntaxError for a file that does not parse.
 */
export function readSource(path: string, text: string): Source {
  const { program, errors } = parseSync(path, text);
  const [fault] = errors;
  if (fault) throw new SyntaxError(`${path}: ${fault.message}`);
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length;
  const imports: Import[] = [];
  const exports: { name: string; line: number }[] = [];
  const statements: Mention[] = [];
  const imported = (node: { start: number }, from: { type: string; value?: unknown }, takes?: string[]): void => {
    imports.push({ name: typeof from.value === 'string' ? from.value : null, line: lineAt(node.start), takes });
  };
  const said = (node: { start: number }, value: string): void => {
    if (sql.test(value)) statements.push({ name: value, line: lineAt(node.start) });
  };
  new Visitor({
    ImportDeclaration: (node) => imported(node, node.source, taken(node)),
    ExportAllDeclaration: (node) => imported(node, node.source),
    ExportNamedDeclaration: (node) => {
      if (node.source)
        imported(
          node,
          node.source,
          node.specifiers.map(({ local }) => nameOf(local)),
        );
      if (program.body.includes(node)) exports.push(...handedOut(node).map((name) => ({ name, line: lineAt(node.start) })));
    },
    ImportExpression: (node) => imported(node, node.source),
    TSImportType: (node) => imported(node, node.source),
    CallExpression: (node) => {
      const [first] = node.arguments;
      if (node.callee.type === 'Identifier' && node.callee.name === 'require' && first) imported(node, first);
    },
    Literal: (node) => typeof node.value === 'string' && said(node, node.value),
    TemplateLiteral: (node) => said(node, node.quasis.map((part) => part.value.raw).join(' x ')),
  }).visit(program);
  return { imports, exports, sql: statements };
}
