import { type DocumentNode, Kind, OperationTypeNode } from 'graphql';

export type Service = 'device' | 'vault';

/** The service that answers a document: the generator wrote it there from the two schemas. */
export function serviceOf(document: DocumentNode): Service {
  const service = (document as { __meta__?: { tier?: Service } }).__meta__?.tier;
  if (service === undefined) throw new Error('A document that names no service: run `npm run generate`.');
  return service;
}

export function operationType(document: DocumentNode): OperationTypeNode {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  return operation?.operation ?? OperationTypeNode.QUERY;
}
