/** Values for the arguments of a question that mean nothing, or that must be found nowhere afterwards. */
import { type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql';

/** How an argument is filled; what is `real` gets past the first checks. */
export interface Nonsense {
  readonly real: Readonly<Record<string, unknown>>;
  readonly word: string;
  readonly number: number;
  readonly lists: 'empty' | 'full';
  readonly optional: 'left out' | 'given';
}

/** A value of this type, for an argument or input field of this name. */
export function nonsenseFor(type: GraphQLInputType, name: string, how: Nonsense): unknown {
  if (name in how.real) return how.real[name];
  if (!isNonNullType(type) && how.optional === 'left out') return null;
  const inner = isNonNullType(type) ? type.ofType : type;
  if (isListType(inner)) return how.lists === 'empty' ? [] : [nonsenseFor(inner.ofType, name, how)];
  if (isEnumType(inner)) return inner.getValues()[0]?.name;
  if (isInputObjectType(inner))
    return Object.fromEntries(
      Object.values(inner.getFields()).map((field) => [field.name, nonsenseFor(field.type, field.name, how)]),
    );
  if (inner.name === 'Boolean') return false;
  return inner.name === 'Int' || inner.name === 'Float' ? how.number : how.word;
}
