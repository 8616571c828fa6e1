/** Limits of one GraphQL operation, as a validation rule: depth, aliases, fields and an estimate of its cost. */
import {
  type ASTVisitor,
  type FieldNode,
  GraphQLError,
  type GraphQLNamedType,
  type GraphQLType,
  getNamedType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';

export interface OperationLimits {
  /** Characters of the document, counted before it is read. */
  readonly characters: number;
  /** Tokens of the document, counted while it is read. */
  readonly tokens: number;
  /** Fields inside fields. */
  readonly depth: number;
  readonly aliases: number;
  /** Each field counts one; whatever stands under a list counts `LIST_WEIGHT` times. */
  readonly cost: number;
}

const LIST_WEIGHT = 10;

interface Measure {
  readonly depth: number;
  readonly aliases: number;
  readonly cost: number;
}

const NOTHING: Measure = { depth: 0, aliases: 0, cost: 0 };

/** Refuses documents beyond `limits`. Each fragment is measured once however often it is spread; the sums stay exact. */
export function limitRule(limits: OperationLimits): ValidationRule {
  return (context: ValidationContext): ASTVisitor => {
    const measure = measurer(context);
    return {
      OperationDefinition(operation) {
        const root = context.getSchema().getRootType(operation.operation);
        const size = measure(operation.selectionSet, root ?? undefined);
        for (const name of ['depth', 'aliases', 'cost'] as const) {
          if (size[name] <= limits[name]) continue;
          context.reportError(
            new GraphQLError(`The operation is over the limit of ${limits[name]} (${name}).`, { nodes: operation }),
          );
        }
        return false;
      },
    };
  };
}

function measurer(context: ValidationContext): (selections: SelectionSetNode, parent: GraphQLNamedType | undefined) => Measure {
  const schema = context.getSchema();
  const fragments = new Map<string, Measure>();

  const ofField = (field: FieldNode, parent: GraphQLNamedType | undefined): Measure => {
    const type = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[field.name.value]?.type : undefined;
    const inner = field.selectionSet ? ofSelections(field.selectionSet, type && getNamedType(type)) : NOTHING;
    return {
      depth: 1 + inner.depth,
      aliases: (field.alias ? 1 : 0) + inner.aliases,
      cost: 1 + inner.cost * (holdsList(type) ? LIST_WEIGHT : 1),
    };
  };

  const ofFragment = (name: string): Measure => {
    const known = fragments.get(name);
    if (known) return known;
    // A fragment that contains itself is refused by another rule; here it only must not go round for ever.
    fragments.set(name, NOTHING);
    const fragment = context.getFragment(name);
    const size = fragment ? ofSelections(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value)) : NOTHING;
    fragments.set(name, size);
    return size;
  };

  const ofSelections = (selections: SelectionSetNode, parent: GraphQLNamedType | undefined): Measure => {
    let depth = 0;
    let aliases = 0;
    let cost = 0;
    for (const selection of selections.selections) {
      const part =
        selection.kind === Kind.FIELD
          ? ofField(selection, parent)
          : selection.kind === Kind.FRAGMENT_SPREAD
            ? ofFragment(selection.name.value)
            : ofSelections(
                selection.selectionSet,
                selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : parent,
              );
      depth = Math.max(depth, part.depth);
      aliases += part.aliases;
      cost += part.cost;
    }
    return { depth, aliases, cost };
  };
  return ofSelections;
}

function holdsList(type: GraphQLType | undefined): boolean {
  if (type === undefined) return false;
  return isNonNullType(type) ? holdsList(type.ofType) : isListType(type);
}
