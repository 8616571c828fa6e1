/** Questions made out of the desk's schema: each field of a kind that a role may ask, with every field of its answer. */
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { deskResolvers, mergeChanges } from '../../server/graphql/desk.resolvers.ts';
import { vaultDomains } from '../../server/graphql/domains.ts';
import { vaultSchema } from '../../server/graphql/vault-schema.ts';
import { Topic } from '../../server/sync/vault-context/topic.ts';
import type { VaultChange } from '../../server/sync/vault-context/vault-context.ts';
import { mayDo } from '../../shared/access/permissions.ts';
import { someValue } from '../access/some-value.ts';

const DEPTH = 5;
const desk = {
  name: 'desk',
  sdl: 'shared/ledger/ledger.graphql',
  resolvers: deskResolvers(new Topic<VaultChange>(mergeChanges)),
};
export const deskSchema = vaultSchema([...vaultDomains, desk]);

type AnyField = GraphQLField<unknown, unknown>;

/** Arguments that a question cannot do without. */
const needed = ({ args }: AnyField): readonly GraphQLArgument[] =>
  args.filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined);

/** Everything below a type; of a field that asks for one word out of several, the answer to each. */
function everything(type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return '';
  const parts = Object.values(named.getFields()).flatMap((field) => {
    const isLeaf = !isObjectType(getNamedType(field.type));
    if (!isLeaf && depth === 0) return [];
    const below = isLeaf ? '' : everything(field.type, depth - 1);
    if (below === '{ }') return [];
    const [arg, ...more] = needed(field);
    if (!arg) return [`${field.name} ${below}`];
    const choice = getNamedType(arg.type);
    if (more.length > 0 || !isEnumType(choice)) return [`${field.name}(${arg.name}: "8310-5") ${below}`];
    return choice.getValues().map(({ name }) => `${field.name}_${name}: ${field.name}(${arg.name}: ${name}) ${below}`);
  });
  return `{ ${parts.join(' ')} }`;
}

/** Every query. @param record one that is kept from who asks */
export function questionsFor(
  whole: GraphQLSchema,
  role: string,
  patient: string,
  record: string,
): ReadonlyArray<readonly string[]> {
  const given = { patient: `"${patient}"` };
  return deskSchema.fields
    .filter(({ root, permission }) => root === 'Query' && mayDo(role, permission))
    .map(({ name }) => {
      const field = whole.getQueryType()?.getFields()[name] as AnyField;
      const args = field.args
        .filter((arg) => needed(field).includes(arg) || arg.name === 'patient')
        .map((arg) => {
          if (arg.name === 'patient') return `patient: "${patient}"`;
          if (arg.name === 'id') return `id: "${name === 'patient' ? patient : record}"`;
          return `${arg.name}: ${arg.name === 'record' ? `"${record}"` : someValue(arg.type, given)}`;
        });
      const asked = `${name}${args.length > 0 ? `(${args.join(', ')})` : ''}`;
      // Field by field below it: one question would be over the limits of a page.
      const named = getNamedType(field.type);
      const below = isObjectType(named) ? everything(field.type, DEPTH).slice(2, -2) : '';
      const single = below === '' ? [''] : topOf(below).map((part) => `{ ${part} }`);
      return single.map((part) => `query { ${asked} ${part} }`);
    });
}

/** The fields of a selection, each with what is below it. */
function topOf(selection: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  for (const word of selection.split(' ')) {
    const isBelow = depth > 0 || word === '{';
    if (isBelow || (parts.at(-1)?.endsWith(':') ?? false) || /^[("]/.test(word) || (parts.at(-1)?.match(/\([^)]*$/) ?? false))
      parts.push(`${parts.pop() ?? ''} ${word}`);
    else if (word !== '') parts.push(word);
    if (word === '{') depth += 1;
    if (word === '}') depth -= 1;
  }
  return parts;
}

/** What names a record, a file or a patient in an argument. */
type Given = Readonly<Record<string, string>>;

/** As `someValue`, with what may be left out as well. */
function fullValue(type: GraphQLInputType, given: Given): string {
  if (isNonNullType(type)) return fullValue(type.ofType, given);
  if (isListType(type)) return `[${fullValue(type.ofType, given)}]`;
  if (!isInputObjectType(type)) return someValue(type);
  const fields = Object.values(type.getFields()).map(({ name, type: of }) => `${name}: ${given[name] ?? fullValue(of, given)}`);
  return `{ ${fields.join(', ')} }`;
}

/** Every mutation, with as little as it takes and with all that it takes; each alone. */
export function changesFor(whole: GraphQLSchema, role: string, given: Given): string[] {
  return deskSchema.fields
    .filter(({ root, permission }) => root === 'Mutation' && mayDo(role, permission))
    .flatMap(({ name }) => {
      const field = whole.getMutationType()?.getFields()[name] as AnyField;
      const below = everything(field.type, 1);
      const asked = (args: readonly GraphQLArgument[], value: typeof fullValue) => {
        const said = args.map((arg) => `${arg.name}: ${given[arg.name] ?? value(arg.type, given)}`);
        return `mutation { ${name}${said.length > 0 ? `(${said.join(', ')})` : ''} ${below} }`;
      };
      return [...new Set([asked(needed(field), someValue), asked(field.args, fullValue)])];
    });
}
