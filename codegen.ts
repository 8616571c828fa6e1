import { globSync, readFileSync } from 'node:fs';
import type { CodegenConfig } from '@graphql-codegen/cli';
import { type DocumentNode, Kind, type OperationDefinitionNode, parse } from 'graphql';

/**
 * Schema-first: what the SDL in shared/ says becomes resolver types for the server and typed documents for the screens.
 * `npm run generate` writes them; `npm run generate -- --check` fails when the committed files are not what it would write.
 */

/** The page speaks to the first two, a workstation to the hub, and one that has no certificate yet to enrolment. */
const schemas = {
  vault: ['shared/*/*.graphql', '!shared/sync/*.graphql'],
  device: ['shared/sync/device.graphql'],
  hub: ['shared/sync/hub.graphql'],
  enrolment: ['shared/sync/enrolment.graphql'],
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

/** The names that device.graphql gives to queries, mutations and subscriptions. */
const deviceFields = new Set(
  globSync(schemas.device).flatMap((path) =>
    parse(readFileSync(path, 'utf8')).definitions.flatMap((definition) =>
      (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION) &&
      ['Query', 'Mutation', 'Subscription'].includes(definition.name.value)
        ? (definition.fields ?? []).map((field) => field.name.value)
        : [],
    ),
  ),
);

/**
 * Which of the page's two services answers a document; the renderer's link reads it from the document's `__meta__`.
 * A document that asks both at once has nobody to answer it and is refused here.
 */
function tierOf(document: DocumentNode): { tier: 'vault' | 'device' } | undefined {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION) as
    | OperationDefinitionNode
    | undefined;
  if (!operation) return undefined;
  const asked = operation.selectionSet.selections.map(
    (selection) => selection.kind === Kind.FIELD && deviceFields.has(selection.name.value),
  );
  if (new Set(asked).size > 1)
    throw new Error(`${operation.name?.value} asks the device service and the vault at once: split it in two.`);
  return { tier: asked[0] ? 'device' : 'vault' };
}

const resolvers = (schema: string[]) => ({ schema, plugins: ['typescript', 'typescript-resolvers'], config: types });

const config: CodegenConfig = {
  ignoreNoDocuments: true,
  generates: {
    'server/graphql/generated/vault.ts': resolvers(schemas.vault),
    'server/graphql/generated/device.ts': resolvers(schemas.device),
    'server/graphql/generated/hub.ts': resolvers(schemas.hub),
    'server/graphql/generated/enrolment.ts': resolvers(schemas.enrolment),
    'renderer/generated/': {
      schema: ['shared/*/*.graphql', '!shared/sync/hub.graphql', '!shared/sync/enrolment.graphql'],
      documents: ['renderer/**/*.{ts,tsx}', '!renderer/generated/**'],
      preset: 'client',
      presetConfig: { fragmentMasking: false, skipIndexFile: true, onExecutableDocumentNode: tierOf },
      config: types,
    },
  },
};

export default config;
