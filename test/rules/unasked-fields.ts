import { type DocumentNode, type GraphQLSchema, isObjectType, TypeInfo, visit, visitWithTypeInfo } from 'graphql';

/** The fields of a schema, `Type.field`, that none of these documents asks. A document of another schema asks nothing here. */
export function unaskedFields(schema: GraphQLSchema, documents: readonly DocumentNode[]): string[] {
  const asked = new Set<string>();
  for (const document of documents) {
    const info = new TypeInfo(schema);
    const note = (): void => {
      asked.add(`${info.getParentType()?.name}.${info.getFieldDef()?.name}`);
    };
    visit(document, visitWithTypeInfo(info, { Field: note }));
  }
  const own = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !type.name.startsWith('__'));
  const fields = own.flatMap((type) =>
    isObjectType(type) ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`) : [],
  );
  return fields.filter((field) => !asked.has(field));
}
