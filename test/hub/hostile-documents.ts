/** What an attacker may send to a hub: documents, variables, bodies and whole requests, each with a name. Data only. */
import { HUB_OPERATIONS, HUB_PATHS } from '../../shared/sync/operations.ts';

interface HostileDocument {
  readonly name: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

const repeat = (count: number, make: (at: number) => string, between = ' '): string =>
  Array.from({ length: count }, (_, at) => make(at)).join(between);
const document = (name: string, query: string, more: Partial<HostileDocument> = {}): HostileDocument => ({
  name,
  query,
  ...more,
});
const nested = (depth: number, open: string, close: string, inner: string): string =>
  open.repeat(depth) + inner + close.repeat(depth);
/** Each fragment spreads the next one twice: 2^count fields when written out. */
const doubling = (count: number): string =>
  `{ region { ...F0 } } ${repeat(count, (at) => `fragment F${at} on Region { ...F${at + 1} ...F${at + 1} }`)} fragment F${count} on Region { id }`;

const introspection: readonly HostileDocument[] = [
  '{ __schema { types { name } } }',
  '{ __schema { queryType { fields { name args { name type { name } } } } } }',
  '{ __type(name: "Query") { fields { name } } }',
  '{ a: __schema { directives { name } } }',
  'query IntrospectionQuery { __schema { mutationType { name } } }',
  '{ ...S } fragment S on Query { __schema { types { name } } }',
  '{ ... on Query { __type(name: "Fleet") { name } } }',
  '{ checkpoint __schema { types { name } } }',
  '{ __schema @include(if: true) { types { name } } }',
  '# comment\n{ __schema\n{ types { name } } }',
  '\ufeff{ __schema { types { name } } }',
  'mutation { __schema { types { name } } }',
].map((query, at) => document(`introspection ${at + 1}`, query));

const wide: readonly HostileDocument[] = [
  ...[5, 50, 300, 3000].map((count) => document(`${count} aliases`, `{ ${repeat(count, (at) => `a${at}: checkpoint`)} }`)),
  ...[5, 100].map((count) =>
    document(`${count} aliases of a mutation`, `mutation { ${repeat(count, (at) => `a${at}: submit(blocks: []) { block }`)} }`),
  ),
  document(
    'aliases hidden in fragments',
    `{ ...A } ${repeat(6, (at) => `fragment ${'ABCDEF'[at]} on Query { x${at}: checkpoint ${at < 5 ? `...${'ABCDEF'[at + 1]}` : ''} }`)}`,
  ),
  document('the same field a thousand times', `{ ${'checkpoint '.repeat(1000)} }`),
  document(
    'every list at once',
    `{ ${repeat(4, (at) => `l${at}: fleet(ask: "") { devices { device chain kind revoked cut copied report { version clock size audited witnessed epoch problem } } clinics { chain name kind } }`)} }`,
  ),
  document(
    'a list asked ten times',
    `{ ${repeat(10, (at) => `l${at}: messages(after: 0, limit: 1) { id kind body senderChain senderDevice sequence }`)} }`,
  ),
];

const deep: readonly HostileDocument[] = [
  ...[7, 50, 2000].map((depth) => document(`${depth} levels of a field`, nested(depth, '{ region ', '}', '{ id }'))),
  ...[10, 100].map((depth) =>
    document(
      `${depth} inline fragments in one another`,
      `{ ${nested(depth, '... on Query { ', ' }', 'checkpoint')} ${'x'.repeat(depth)} }`,
    ),
  ),
  ...[100, 4000].map((depth) => document(`a list in ${depth} lists`, `{ erased(handles: ${nested(depth, '[', ']', '')}) }`)),
  ...[100, 1000].map((depth) =>
    document(`an object in ${depth} objects`, `mutation { putHealthLink(link: ${nested(depth, '{ link: ', ' }', '1')}) }`),
  ),
  document('braces that never close', '{ region '.repeat(5000)),
  document('brackets that never close', `{ erased(handles: ${'['.repeat(100_000)}`),
  document('parentheses that never close', `{ a${'('.repeat(10_000)}`),
];

const fragments: readonly HostileDocument[] = [
  ...[10, 20, 90].map((count) => document(`a fragment doubled ${count} times`, doubling(count))),
  document('a fragment in itself', '{ region { ...A } } fragment A on Region { id ...A }'),
  document('two fragments in one another', '{ region { ...A } } fragment A on Region { ...B } fragment B on Region { ...A }'),
  document(
    'a ring of ten fragments',
    `{ region { ...R0 } } ${repeat(10, (at) => `fragment R${at} on Region { ...R${(at + 1) % 10} }`)}`,
  ),
  document('a fragment of nobody', '{ region { ...Nobody } }'),
  document('a fragment of a type of nobody', '{ ...A } fragment A on Nobody { id }'),
  document('a fragment on a text', '{ ...A } fragment A on String { id }'),
  document('a thousand fragments that nobody uses', `{ checkpoint } ${repeat(1000, (at) => `fragment U${at} on Region { id }`)}`),
  document('a fragment spread a thousand times', `{ region { ${'...A '.repeat(1000)} } } fragment A on Region { id }`),
  document('one name for two fragments', '{ region { ...A } } fragment A on Region { id } fragment A on Region { name }'),
  document('a fragment called on', '{ region { ...on } } fragment on on Region { id }'),
  document('variables of a fragment', '{ region { ...A } } fragment A($x: Int) on Region { id }'),
];

const operations: readonly HostileDocument[] = [
  document('nothing', ''),
  document('white space', ' \n\t,,, '),
  document('a comment', '# nothing'),
  document('fragments alone', 'fragment A on Region { id }'),
  document('two operations', `${HUB_OPERATIONS.Checkpoint} ${HUB_OPERATIONS.Region}`),
  document('an operation without a name beside another', `{ checkpoint } ${HUB_OPERATIONS.Region}`),
  document('one name twice', `${HUB_OPERATIONS.Checkpoint} ${HUB_OPERATIONS.Checkpoint}`),
  document(
    'a hundred operations',
    repeat(100, (at) => `query Q${at} { checkpoint }`),
  ),
  document('a subscription that is asked', 'subscription { head { checkpoint messages } }'),
  document('a subscription to two things', 'subscription { head { checkpoint } a: head { messages } }'),
  document('a subscription to what is none', 'subscription { checkpoint }'),
  document('a mutation asked as a query', 'query { submit(blocks: []) { block } }'),
  document('a query asked as a mutation', 'mutation { checkpoint }'),
  document('a name that is not there', 'query A { checkpoint }', { operationName: 'B' }),
  document('a schema', 'type Query { secrets: String }'),
  document('an extension of the schema', 'extend type Query { secrets: String }'),
  document('a schema beside an operation', '{ checkpoint } type A { b: Int }'),
  document('no operation but a word', 'checkpoint'),
  document('an operation of an unknown kind', 'delete { checkpoint }'),
  document('an empty selection', '{ }'),
  document('a selection of nothing inside', '{ region { } }'),
  document('fields of a text', '{ checkpoint { length } }'),
  document('no fields of an object', '{ region }'),
];

const directives: readonly HostileDocument[] = [
  document('a directive of nobody', '{ checkpoint @nobody }'),
  document('a thousand directives', `{ checkpoint ${'@skip(if: false) '.repeat(1000)} }`),
  document('a directive twice', '{ checkpoint @skip(if: false) @skip(if: true) }'),
  document('a directive without its argument', '{ checkpoint @include }'),
  document('a directive with a text', '{ checkpoint @include(if: "yes") }'),
  document('defer', '{ ... @defer { checkpoint } }'),
  document('stream', '{ policyActs(from: 0) @stream { type } }'),
  document('live', 'query @live { checkpoint }'),
  document('specifiedBy on a field', '{ checkpoint @specifiedBy(url: "http://evil.example") }'),
];

const values: readonly HostileDocument[] = [
  document('a text of half a megabyte', `{ newest(seen: "${'a'.repeat(500_000)}") }`),
  document('a comment of a megabyte', `{ nobody } #${'x'.repeat(1_000_000)}`),
  document('commas of a megabyte', `{ nobody${','.repeat(1_000_000)} }`),
  document('a block text that never ends', `{ newest(seen: """${'"'.repeat(100)} ${'a\n'.repeat(5000)}`),
  document('a text that never ends', '{ newest(seen: "abc) }'),
  document('a line break in a text', '{ newest(seen: "a\nb") }'),
  document('an escape of nobody', '{ newest(seen: "\\q") }'),
  document('an escape cut off', '{ newest(seen: "\\u12") }'),
  document('half a surrogate', '{ newest(seen: "\\uD800") }'),
  document('a code point beyond Unicode', '{ newest(seen: "\\u{110000}") }'),
  document('zero bytes', '{ check\u0000point }'),
  document('letters that look alike', '{ сheckpoint }'),
  document('right to left', '{ \u202echeckpoint }'),
  document('a number of 100,000 digits', `{ blocks(from: ${'9'.repeat(100_000)}, limit: 1) { from } }`),
  document('a number with a zero in front', '{ blocks(from: 01, limit: 1) { from } }'),
  document('a number that runs into a name', '{ blocks(from: 1a, limit: 1) { from } }'),
  document('too large an integer', '{ blocks(from: 0, limit: 99999999999) { from } }'),
  document('a fraction for an integer', '{ blocks(from: 0, limit: 1.5) { from } }'),
  document('a text for a number', '{ blocks(from: "0", limit: 1) { from } }'),
  document('an enumeration for a text', '{ newest(seen: SEEN) }'),
  document('null for what must be there', '{ newest(seen: null) }'),
  document('an argument of nobody', '{ checkpoint(force: true) }'),
  document('an argument twice', '{ newest(seen: "a", seen: "b") }'),
  document('an argument left out', '{ newest }'),
  document('a prototype as a field', '{ __proto__ { checkpoint } }'),
  document('a constructor as a field', '{ constructor { name } }'),
  document('a prototype in an object', 'mutation { putHealthLink(link: { __proto__: { a: 1 } }) }'),
  document('an object for a text', '{ newest(seen: { $ne: "" }) }'),
  document('SQL', `{ documents(handle: "' OR 1=1 --", after: 0, limit: 1, x: 1) { last } }`),
];

const blocksAsked = 'query Blocks($from: Float!, $limit: Int!) { blocks(from: $from, limit: $limit) { from extra } }';
const variables: readonly HostileDocument[] = [
  document('a variable of nobody', '{ newest(seen: $seen) }'),
  document('a variable that is not used', 'query A($x: Int) { nobody }'),
  document('a variable of a type of nobody', 'query A($x: Nobody) { newest(seen: $x) }'),
  document('a variable of an output type', 'query A($x: Region) { newest(seen: $x) }'),
  document('a variable twice', 'query A($x: Int, $x: Int) { nobody }'),
  document('a variable whose default is itself', 'query A($x: Int = $x) { nobody }'),
  document('a thousand variables', `query A(${repeat(1000, (at) => `$v${at}: Int`)}) { checkpoint }`),
  document('a variable in a list of lists', `query A($x: ${'['.repeat(300)}Int${']'.repeat(300)}) { nobody }`),
  document('a text for a number', blocksAsked, { variables: { from: 'x', limit: 5 } }),
  document('no variables', blocksAsked),
  document('null for a number', blocksAsked, { variables: { from: null, limit: 5 } }),
  document('a list for a number', blocksAsked, { variables: { from: [0], limit: 5 } }),
  document('an object for a number', blocksAsked, { variables: { from: { valueOf: 1 }, limit: 5 } }),
];

/** Nearly right names: an answer that suggests the right one would tell the schema. */
const misspelt: readonly HostileDocument[] = Object.entries(HUB_OPERATIONS).flatMap(([name, text]) => {
  const field = /{ ([a-zA-Z]+)/.exec(text)?.[1] ?? '';
  return [
    document(`${name} with a letter missing`, text.replace(`{ ${field}`, `{ ${field.slice(0, -1)}`)),
    document(`${name} with a comment behind it`, `${text} # x`),
  ];
});

export const hostileDocuments: readonly HostileDocument[] = [
  ...introspection,
  ...wide,
  ...deep,
  ...fragments,
  ...operations,
  ...directives,
  ...values,
  ...variables,
];

/** Refused because they are not word for word of the list, however harmless. */
export const nearlyAllowed: readonly HostileDocument[] = [
  document('two operations, one named', `${HUB_OPERATIONS.Checkpoint} ${HUB_OPERATIONS.Region}`, { operationName: 'Region' }),
  document('a number beyond numbers', '{ blocks(from: 1e999, limit: 1) { from } }'),
  ...misspelt,
];

interface HostileBody {
  readonly name: string;
  readonly body: Buffer | string;
}

const body = (name: string, text: Buffer | string): HostileBody => ({ name, body: text });
const asked = (rest: string): string => `{"query":${JSON.stringify(HUB_OPERATIONS.Checkpoint)},${rest}}`;

/** Nothing of these comes to an operation. */
export const hostileBodies: readonly HostileBody[] = [
  body('nothing', ''),
  body('white space', '   '),
  body('a text', '"query"'),
  body('a number', '1'),
  body('null', 'null'),
  body('a list', '[]'),
  body('a list of operations', `[${asked('"variables":{}')}]`),
  body('half of it', asked('"variables":{').slice(0, -1)),
  body('two of them', `${asked('"variables":{}')}${asked('"variables":{}')}`),
  body('a field of nobody', asked('"admin":true')),
  body('a prototype', '{"query":"","__proto__":{"admin":true}}'),
  body('a constructor', '{"query":"","constructor":{"prototype":{}}}'),
  body('no query', '{"variables":{}}'),
  body('a list for a query', '{"query":["{ checkpoint }"]}'),
  body('an object for a query', '{"query":{"toString":"x"}}'),
  body('a list for variables', asked('"variables":[]')),
  body('a text for variables', asked('"variables":"{}"')),
  body('a number for a name', asked('"operationName":1')),
  body('comments', `/* x */${asked('"variables":{}')}`),
  body('a comma too many', `${asked('"variables":{}').slice(0, -1)},}`),
  body('single quotes', "{'query':'{ checkpoint }'}"),
  body('a form', 'query=%7Bcheckpoint%7D'),
  body('an upload', '--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{}\r\n--x--'),
  body('bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])),
  body('overlong UTF-8', Buffer.from([0x22, 0xc0, 0xaf, 0x22])),
  body('UTF-16', Buffer.from(asked('"variables":{}'), 'utf16le')),
  body('packed bytes', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0])),
  body('a million brackets', '['.repeat(1_000_000)),
  body('brackets in variables', asked(`"variables":${'['.repeat(500_000)}`)),
  body('a million zeros', asked(`"variables":{"a":[${'0,'.repeat(1_000_000)}0]}`)),
  body('ten million objects', asked(`"variables":{"a":[${'{},'.repeat(3_000_000)}0]}`)),
  body('a hundred thousand names', asked(`"variables":{${repeat(100_000, (at) => `"k${at}":0`, ',')}}`)),
  body('escapes without end', asked(`"variables":{"a":"${'\\u0041'.repeat(100_000)}"}`)),
];

interface HostileRequest {
  readonly name: string;
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const good = JSON.stringify({ query: HUB_OPERATIONS.Checkpoint });
const request = (name: string, more: Omit<HostileRequest, 'name'>): HostileRequest => ({ name, body: good, ...more });

/** Right in everything but one thing. */
export const hostileRequests: readonly HostileRequest[] = [
  ...['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'].map((method) => request(`by ${method}`, { method })),
  ...[
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/graphql',
    'application/json; charset=utf-16',
    'application/json, text/plain',
    'text/json',
    'application/jsonp',
    '',
  ].map((type) => request(`as "${type}"`, { headers: { 'content-type': type } })),
  ...['evil.example', 'localhost', 'localhost:1', 'localhost:99999', '127.0.0.1.evil.example', 'xn--lcalhost-94a'].map((host) =>
    request(`under the name "${host}"`, { headers: { host } }),
  ),
  ...[
    '/',
    '/GRAPHQL',
    '/graphql/',
    '//graphql',
    '/graphql?query={checkpoint}',
    '/graphql%00',
    '/../graphql',
    '/enrolment/../graphql',
    '/tile/../../hub-keys.json',
    '/metrics',
    '/health',
    HUB_PATHS.subscriptions,
  ].map((path) => request(`at ${path}`, { path })),
  ...['gzip', 'br', 'deflate', 'identity'].map((encoding) =>
    request(`packed as ${encoding}`, { headers: { 'content-encoding': encoding } }),
  ),
  request('with headers of 20 KB', { headers: { 'x-filler': 'x'.repeat(20_000) } }),
  request('with two thousand headers', {
    headers: Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`x-${at}`, '1'])),
  }),
  request('of wire versions to come', { headers: { 'careledger-wire': '99-100' } }),
];
