/** A literal that a GraphQL argument takes, for questions whose values do not matter. */
import { type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql';

/** @param given literals for input fields of these names */
export function someValue(type: GraphQLInputType, given: Readonly<Record<string, string>> = {}): string {
  if (isNonNullType(type)) return someValue(type.ofType, given);
  if (isListType(type)) return '[]';
  if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
  if (isInputObjectType(type)) {
    const needed = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
    return `{ ${needed.map((field) => `${field.name}: ${given[field.name] ?? someValue(field.type, given)}`).join(', ')} }`;
  }
  return type.name === 'String' || type.name === 'ID' ? '"x"' : type.name === 'Boolean' ? 'true' : '1';
}
