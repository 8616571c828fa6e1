import { parseSync, Visitor } from 'vite';

/** One thing that a source file names, with the line it stands on. `name` is null where it is computed at run time. */
export interface Mention {
  readonly name: string | null;
  readonly line: number;
}

/** What the rules need to know of a file: the modules it names and the texts in it that are SQL. */
export interface Source {
  readonly imports: readonly Mention[];
  readonly sql: readonly Mention[];
}

/** Keywords in capitals, as all our SQL is written, so that a sentence on a screen is not taken for a statement. */
const sql =
  /\b(SELECT\s[\s\S]*\sFROM\s|INSERT\s+(OR\s+[A-Z]+\s+)?INTO\s|REPLACE\s+INTO\s|UPDATE\s+\S+\s+SET\s|DELETE\s+FROM\s|(CREATE|DROP|ALTER)\s+([A-Z]+\s+)*(TABLE|INDEX|VIEW|TRIGGER)\s|PRAGMA\s)/;

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
  const imports: Mention[] = [];
  const statements: Mention[] = [];
  const imported = (node: { start: number }, from: { type: string; value?: unknown }): void => {
    imports.push({ name: typeof from.value === 'string' ? from.value : null, line: lineAt(node.start) });
  };
  const said = (node: { start: number }, value: string): void => {
    if (sql.test(value)) statements.push({ name: value, line: lineAt(node.start) });
  };
  new Visitor({
    ImportDeclaration: (node) => imported(node, node.source),
    ExportAllDeclaration: (node) => imported(node, node.source),
    ExportNamedDeclaration: (node) => node.source && imported(node, node.source),
    ImportExpression: (node) => imported(node, node.source),
    TSImportType: (node) => imported(node, node.source),
    CallExpression: (node) => {
      const [first] = node.arguments;
      if (node.callee.type === 'Identifier' && node.callee.name === 'require' && first) imported(node, first);
    },
    Literal: (node) => typeof node.value === 'string' && said(node, node.value),
    TemplateLiteral: (node) => said(node, node.quasis.map((part) => part.value.raw).join(' x ')),
  }).visit(program);
  return { imports, sql: statements };
}
