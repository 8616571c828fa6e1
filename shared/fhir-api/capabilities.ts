/** What the façade can do, as FHIR says it (R4 capabilitystatement.html). */
import { linksOf } from './search-links.ts';
import { isDirectoryType, parametersOf, servedTypes } from './search-parameters.ts';

const DEFINITION = 'http://hl7.org/fhir/SearchParameter';
const BULK_DATA = 'http://hl7.org/fhir/uv/bulkdata';

/** @param date ISO, of this program's start */
export function capabilityStatement(base: string, version: string, date: string): object {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date,
    kind: 'instance',
    software: { name: 'Careledger', version },
    implementation: { description: 'FHIR façade of one desk of a clinic', url: base },
    instantiates: [`${BULK_DATA}/CapabilityStatement/bulk-data`],
    fhirVersion: '4.0.1',
    format: ['application/fhir+json'],
    patchFormat: ['application/json-patch+json'],
    rest: [
      {
        mode: 'server',
        documentation:
          'Every call is decided by consent and by what the person behind the token may read, and is in the patients’ access log before it is answered. Records are never deleted. Searches of clinical types name a patient. Chains have one step (encounter.class=AMB), and _has looks into the chart of what is searched, in one step; chains of more steps, and _has of Patient and of the clinic’s directory, are refused by name.',
        security: {
          cors: false,
          description:
            'A bearer token that a person of the clinic made for one program, with SMART v2 scopes and a purpose of use.',
        },
        interaction: [{ code: 'transaction' }, { code: 'batch' }],
        resource: servedTypes.map(resourceOf),
        searchParam: [
          { name: '_id', type: 'token', definition: `${DEFINITION}/Resource-id` },
          { name: '_lastUpdated', type: 'date', definition: `${DEFINITION}/Resource-lastUpdated` },
        ],
        operation: [{ name: 'export', definition: `${BULK_DATA}/OperationDefinition/export` }],
      },
    ],
  };
}

/**
 * SMART App Launch 2.2, `.well-known/smart-configuration`, as far as it is true here: scopes of version 2 are kept, and there is no
 * authorization server. Its `token_endpoint` would be required, and is left out because there is none.
 */
export const smartConfiguration = (): object => ({
  capabilities: ['permission-patient', 'permission-user', 'permission-v1', 'permission-v2'],
  scopes_supported: ['patient', 'user', 'system'].flatMap((level) => [
    `${level}/*.cruds`,
    ...servedTypes.map((type) => `${level}/${type}.${isDirectoryType(type) ? 'rs' : 'crus'}`),
  ]),
  grant_types_supported: [],
  response_types_supported: [],
  code_challenge_methods_supported: [],
  documentation:
    'No launch, no authorization and no token endpoint: a person of the clinic makes a token for one program on the desk’s screen Programs.',
});

function resourceOf(type: string): object {
  const chooses = type === 'Patient' || isDirectoryType(type) ? [] : ['patient', 'subject'];
  return {
    type,
    interaction: [
      'read',
      'vread',
      'history-instance',
      'search-type',
      ...(isDirectoryType(type) ? [] : ['create', 'update', 'patch']),
    ].map((code) => ({ code })),
    versioning: 'versioned',
    readHistory: true,
    updateCreate: false,
    conditionalCreate: !isDirectoryType(type),
    conditionalUpdate: !isDirectoryType(type),
    ...listed(
      'searchInclude',
      linksOf(type).map(({ name }) => `${type}:${name}`),
    ),
    ...listed('searchRevInclude', isDirectoryType(type) ? [] : leadingTo(type)),
    searchParam: [
      ...chooses.map((name) => ({ name, type: 'reference' })),
      ...parametersOf(type).map(({ name, kind }) => ({ name, type: kind })),
    ],
    operation: [
      { name: 'validate', definition: 'http://hl7.org/fhir/OperationDefinition/Resource-validate' },
      ...(type === 'Patient'
        ? [
            { name: 'everything', definition: 'http://hl7.org/fhir/OperationDefinition/Patient-everything' },
            { name: 'summary', definition: 'http://hl7.org/fhir/uv/ips/OperationDefinition/summary' },
            { name: 'export', definition: `${BULK_DATA}/OperationDefinition/patient-export` },
          ]
        : []),
    ],
  };
}

/** FHIR knows no empty lists. */
const listed = (name: string, values: readonly string[]): object => (values.length > 0 ? { [name]: values } : {});

const leadingTo = (type: string): string[] =>
  servedTypes.flatMap((source) =>
    linksOf(source).flatMap(({ name, targets }) => (targets.includes(type) ? [`${source}:${name}`] : [])),
  );
