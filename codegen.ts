import { globSync, readFileSync } from 'node:fs';
import type { CodegenConfig } from '@graphql-codegen/cli';
import { type DocumentNode, Kind, type OperationDefinitionNode, parse } from 'graphql';

/**
 * Schema-first: what the SDL in shared/ says becomes resolver types for the server and typed documents for the screens.
 * `npm run generate` writes them; `npm run generate -- --check` fails when the committed files are not what it would write.
 */

/**
 * The staff's page speaks to the first two, a kiosk's page to the next two, a workstation to the hub and to its clinic's
 * host, and one that has no certificate yet to enrolment.
 */
export const schemas = {
  vault: ['shared/*/*.graphql', '!shared/sync/*.graphql', '!shared/kiosk/*.graphql'],
  device: ['shared/sync/device/*.graphql'],
  kiosk: ['shared/kiosk/kiosk.graphql'],
  patient: ['shared/kiosk/patient/*.graphql'],
  hub: ['shared/sync/hub*.graphql'],
  enrolment: ['shared/sync/enrolment.graphql'],
  clinicHost: ['shared/sync/hub*.graphql', 'shared/sync/clinic-host.graphql'],
};

const types = {
  scalars: { ID: 'string' },
  strictScalars: true,
  enumsAsTypes: true,
  useTypeImports: true,
  importExtension: '.ts',
  // Our `Record` would hide the one of TypeScript that the generated code itself needs.
  namingConvention: { typeNames: (name: string) => (name === 'Record' ? 'ChartRecord' : name), enumValues: 'keep' },
} as const;

type Tier = 'vault' | 'device' | 'kiosk' | 'patient';

/** The names that a schema gives to queries, mutations and subscriptions. */
const fieldsOf = (paths: string[]): ReadonlySet<string> =>
  new Set(
    globSync(paths).flatMap((path) =>
      parse(readFileSync(path, 'utf8')).definitions.flatMap((definition) =>
        (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION) &&
        ['Query', 'Mutation', 'Subscription'].includes(definition.name.value)
          ? (definition.fields ?? []).map((field) => field.name.value)
          : [],
      ),
    ),
  );

/**
 * Which of a page's two services answers a document; the renderer's link reads it from the document's `__meta__`.
 * A document that asks both at once has nobody to answer it and is refused here.
 */
function tierOf(first: Tier, other: Tier): (document: DocumentNode) => { tier: Tier } | undefined {
  const fields = fieldsOf(schemas[first]);
  return (document) => {
    const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION) as
      | OperationDefinitionNode
      | undefined;
    if (!operation) return undefined;
    const asked = operation.selectionSet.selections.map(
      (selection) => selection.kind === Kind.FIELD && fields.has(selection.name.value),
    );
    if (new Set(asked).size > 1)
      throw new Error(`${operation.name?.value} asks two services at once, ${first} and ${other}: split it in two.`);
    return { tier: asked[0] ? first : other };
  };
}

const resolvers = (schema: string[]) => ({ schema, plugins: ['typescript', 'typescript-resolvers'], config: types });

/** Typed documents of the screens in `documents`. */
const client = (schema: string[], documents: string[], onExecutableDocumentNode: ReturnType<typeof tierOf>) => ({
  schema,
  documents,
  preset: 'client' as const,
  presetConfig: { fragmentMasking: false, skipIndexFile: true, onExecutableDocumentNode },
  config: types,
});

/** The reference of one schema, for people who write programs and scripts. */
const reference = (schema: string[], title: string, about: string) => ({
  schema,
  plugins: ['./graphql-reference.ts'],
  config: { title, about },
});

const config: CodegenConfig = {
  ignoreNoDocuments: true,
  generates: {
    'server/graphql/generated/vault.ts': resolvers(schemas.vault),
    'server/graphql/generated/device.ts': resolvers(schemas.device),
    'server/graphql/generated/kiosk.ts': resolvers(schemas.kiosk),
    'server/graphql/generated/patient.ts': resolvers(schemas.patient),
    'server/graphql/generated/hub.ts': resolvers(schemas.hub),
    'server/graphql/generated/enrolment.ts': resolvers(schemas.enrolment),
    'server/graphql/generated/clinic-host.ts': resolvers(schemas.clinicHost),
    'docs/graphql/vault.md': reference(
      schemas.vault,
      'GraphQL: records, consent and everything that needs the keys',
      'Answered by the vault process while somebody is signed in, to the page and to `careledger query`. A field asks for the permission that is named beside it, and consent decides what it may show.',
    ),
    'docs/graphql/device.md': reference(
      schemas.device,
      'GraphQL: this computer, its sync and its backups',
      'Answered by the device service: no record passes here. While nobody is signed in it answers what the entrance needs (`server/workstation/device/device-fields.ts`).',
    ),
    'docs/graphql/hub.md': reference(
      schemas.clinicHost,
      'GraphQL: the hub',
      'Answered by a hub, and where it says so by the clinic’s host, over mutual TLS to enrolled devices, and only in the exact operations of [shared/sync/operations.ts](../../shared/sync/operations.ts). [protocol.md](../protocol.md) says what the bytes in them are.',
    ),
    'renderer/generated/': client(
      [...schemas.device, ...schemas.vault],
      ['renderer/**/*.{ts,tsx}', '!renderer/{generated,kiosk}/**'],
      tierOf('device', 'vault'),
    ),
    'renderer/generated/kiosk/': client(
      [...schemas.kiosk, ...schemas.patient],
      ['renderer/kiosk/**/*.{ts,tsx}'],
      tierOf('kiosk', 'patient'),
    ),
  },
};

export default config;
