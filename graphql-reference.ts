/**
 * What the codegen writes into docs/graphql: every question, change and subscription of a schema in one table a file, with the permission
 * that it needs and what its SDL says of it. The types are read in the SDL itself, to which each table links.
 */
import {
  type ConstDirectiveNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  print,
} from 'graphql';

interface Row {
  readonly file: string;
  readonly root: string;
  readonly field: GraphQLField<unknown, unknown>;
}

const titles: Readonly<Record<string, string>> = { Query: 'query', Mutation: 'mutation', Subscription: 'subscription' };

function rowsOf(type: GraphQLObjectType): Row[] {
  return Object.values(type.getFields()).map((field) => {
    const path = field.astNode?.loc?.source.name ?? '';
    return { file: path.slice(path.lastIndexOf('shared/')), root: titles[type.name] ?? type.name, field };
  });
}

function permissionOf(directives: readonly ConstDirectiveNode[] | undefined): string {
  const value = directives?.find(({ name }) => name.value === 'needs')?.arguments?.[0]?.value;
  return value?.kind === Kind.STRING ? `\`${value.value}\`` : '';
}

const inCell = (text: string): string =>
  text
    .replaceAll('|', '\\|')
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim();

function given({ name, type, astNode }: GraphQLArgument): string {
  return `${name}: ${type}${astNode?.defaultValue ? ` = ${print(astNode.defaultValue)}` : ''}`;
}

function line({ root, field }: Row): string {
  const args = field.args.length === 0 ? '' : `(${field.args.map(given).join(', ')})`;
  const signature = `${field.name}${args}: ${field.type}`;
  return `| ${root} | \`${inCell(signature)}\` | ${permissionOf(field.astNode?.directives)} | ${inCell(field.description ?? '')} |`;
}

interface Reference {
  readonly title: string;
  /** Who answers, and how it is asked. */
  readonly about: string;
}

/** One table for each file of SDL, in their order. @param schema a schema whose fields know where they were written */
export function plugin(schema: GraphQLSchema, _documents: unknown, { title, about }: Reference): string {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const rows = roots.flatMap((type) => (type ? rowsOf(type) : []));
  const tables = [...new Set(rows.map(({ file }) => file))].sort().map((file) => {
    const lines = rows.filter((row) => row.file === file).map(line);
    return `## [${file}](../../${file})\n\n| | | needs | |\n|---|---|---|---|\n${lines.join('\n')}\n`;
  });
  return `# ${title}\n\n${about} Types, and what their fields mean, stand in the files that the headings link. Written by \`npm run generate\`.\n\n${tables.join('\n')}`;
}
