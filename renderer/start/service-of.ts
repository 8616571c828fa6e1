import { type DocumentNode, Kind, OperationTypeNode } from 'graphql';

/** The staff's page asks the first two, a kiosk's page the others. */
export const SERVICES = ['device', 'vault', 'kiosk', 'patient'] as const;
export type Service = (typeof SERVICES)[number];

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
