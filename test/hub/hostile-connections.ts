/** What an attacker may write on a connection to a hub, byte by byte. Data only: `HOST` stands for the right name. */
import { HUB_OPERATIONS, HUB_PATHS } from '../../shared/sync/operations.ts';

interface HostileConnection {
  readonly name: string;
  readonly bytes: string;
}

const HOST = 'Host: HOST\r\n';
const JSON_TYPE = 'Content-Type: application/json\r\n';
const body = JSON.stringify({ query: HUB_OPERATIONS.Checkpoint });
const posted = (headers: string, rest: string, line = `POST ${HUB_PATHS.graphql} HTTP/1.1`): string =>
  `${line}\r\n${headers}\r\n${rest}`;
const chunked = (rest: string, encoding = 'Transfer-Encoding: chunked'): string =>
  posted(`${HOST}${JSON_TYPE}${encoding}\r\n`, rest);
const sized = (length: string): string => posted(`${HOST}${JSON_TYPE}${length}\r\n`, body);
const asked = (headers: string): string => posted(`${headers}${JSON_TYPE}Content-Length: ${body.length}\r\n`, body);
const hex = body.length.toString(16);
const connection = (name: string, bytes: string): HostileConnection => ({ name, bytes });

/** A right request, with the connection open behind it or not. */
export const rightRequest = (isLast: boolean): string => asked(isLast ? `${HOST}Connection: close\r\n` : HOST);

/** None of these comes to an operation. */
export const hostileConnections: readonly HostileConnection[] = [
  connection('a chunk whose size is no number', chunked(`zz\r\n${body}\r\n0\r\n\r\n`)),
  connection('a chunk of more bytes than there are numbers for', chunked(`fffffffffffffffff\r\n${body}\r\n0\r\n\r\n`)),
  connection('a chunk of less than nothing', chunked(`-1\r\n${body}\r\n0\r\n\r\n`)),
  connection('a chunk with a sign', chunked(`+${hex}\r\n${body}\r\n0\r\n\r\n`)),
  connection('a chunk in another notation', chunked(`0x${hex}\r\n${body}\r\n0\r\n\r\n`)),
  connection('a chunk longer than its size says', chunked(`5\r\n${body}\r\n0\r\n\r\n`)),
  connection('a chunk with an extension of 40 KB', chunked(`${hex};x=${'y'.repeat(40_000)}\r\n${body}\r\n0\r\n\r\n`)),
  connection('chunks with bare line feeds', chunked(`${hex}\n${body}\n0\n\n`)),
  connection('trailers of 40 KB', chunked(`${hex}\r\n${body}\r\n0\r\nX-Filler: ${'x'.repeat(40_000)}\r\n\r\n`)),
  ...['xchunked', 'chunked, identity', 'gzip, x', 'chunked, chunked', '"chunked"'].map((encoding) =>
    connection(`the transfer encoding ${encoding}`, chunked(`${hex}\r\n${body}\r\n0\r\n\r\n`, `Transfer-Encoding: ${encoding}`)),
  ),
  connection('a transfer encoding before a space', chunked(`${hex}\r\n${body}\r\n0\r\n\r\n`, 'Transfer-Encoding : chunked')),
  connection(
    'a transfer encoding on a folded line',
    chunked(`${hex}\r\n${body}\r\n0\r\n\r\n`, 'X-Folded: a\r\n Transfer-Encoding: chunked'),
  ),
  ...['+5', '-1', '0x5', '5, 6', '5 5', '', 'five', '99999999999999999999999'].map((length) =>
    connection(`the length "${length}"`, sized(`Content-Length: ${length}`)),
  ),
  connection('two lengths', sized(`Content-Length: ${body.length}\r\nContent-Length: 5`)),
  connection('a length and chunks', sized('Content-Length: 5\r\nTransfer-Encoding: chunked')),
  connection('a length of 33 MB', sized('Content-Length: 34603008')),
  connection('no length', posted(`${HOST}${JSON_TYPE}`, body)),
  connection('a header with a zero byte', asked(`${HOST}X-Zero: a\0b\r\n`)),
  connection('a header without a name', asked(`${HOST}: nobody\r\n`)),
  connection('a header without a colon', asked(`${HOST}nobody\r\n`)),
  connection('headers without end', `POST ${HUB_PATHS.graphql} HTTP/1.1\r\n${HOST}${'X-Filler: x\r\n'.repeat(20_000)}`),
  connection('one header of 100 KB', asked(`${HOST}X-Filler: ${'x'.repeat(100_000)}\r\n`)),
  connection('no Host', asked('')),
  connection('a foreign Host in front', asked(`Host: evil.example\r\n${HOST}`)),
  connection('the target of a proxy', asked(HOST).replace(HUB_PATHS.graphql, `https://evil.example${HUB_PATHS.graphql}`)),
  connection('a target of 100 KB', asked(HOST).replace(HUB_PATHS.graphql, `/${'a'.repeat(100_000)}`)),
  connection('CONNECT', `CONNECT evil.example:443 HTTP/1.1\r\n${HOST}\r\n`),
  connection('a method of nobody', `BREW /coffee HTTP/1.1\r\n${HOST}\r\n`),
  connection('HTTP/0.9', 'GET /graphql\r\n\r\n'),
  connection('HTTP/2 without being asked', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  connection('HTTP/9.9', asked(HOST).replace('HTTP/1.1', 'HTTP/9.9')),
  connection('an expectation of nobody', asked(`${HOST}Expect: 200-ok\r\n`)),
  connection(
    'an upgrade to HTTP/2',
    asked(`${HOST}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n`),
  ),
  connection('bytes of another protocol', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'),
];

const upgrade = (headers: string, path: string = HUB_PATHS.subscriptions): string =>
  `GET ${path} HTTP/1.1\r\n${HOST}Connection: Upgrade\r\nUpgrade: websocket\r\n${headers}\r\n`;
const KEY = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
const VERSION = 'Sec-WebSocket-Version: 13\r\n';
const PROTOCOL = 'Sec-WebSocket-Protocol: graphql-transport-ws\r\n';

/** None of these becomes a WebSocket. */
export const hostileUpgrades: readonly HostileConnection[] = [
  connection('from a page of a browser', upgrade(`${KEY}${VERSION}${PROTOCOL}Origin: https://evil.example\r\n`)),
  connection('from a page without an origin', upgrade(`${KEY}${VERSION}${PROTOCOL}Origin: null\r\n`)),
  connection('where operations are asked', upgrade(`${KEY}${VERSION}${PROTOCOL}`, HUB_PATHS.graphql)),
  connection('where devices enrol', upgrade(`${KEY}${VERSION}${PROTOCOL}`, HUB_PATHS.enrolment)),
  connection('with something behind the path', upgrade(`${KEY}${VERSION}${PROTOCOL}`, `${HUB_PATHS.subscriptions}?a=1`)),
  connection('under a foreign name', upgrade(`${KEY}${VERSION}${PROTOCOL}`).replace('HOST', 'evil.example')),
  connection('without a key', upgrade(`${VERSION}${PROTOCOL}`)),
  connection('with a key that is none', upgrade(`Sec-WebSocket-Key: short\r\n${VERSION}${PROTOCOL}`)),
  connection('of another version', upgrade(`${KEY}Sec-WebSocket-Version: 12\r\n${PROTOCOL}`)),
  connection('with a protocol that is no word', upgrade(`${KEY}${VERSION}Sec-WebSocket-Protocol: ,,\r\n`)),
  connection('by POST', upgrade(`${KEY}${VERSION}${PROTOCOL}Content-Length: 0\r\n`).replace('GET', 'POST')),
  connection('to another protocol', upgrade(`${KEY}${VERSION}${PROTOCOL}`).replace('Upgrade: websocket', 'Upgrade: tls')),
];

interface HostileMessage {
  readonly name: string;
  /** In their order, each a message of its own. */
  readonly messages: readonly (Buffer | string)[];
  /** With which the hub closes, as graphql-transport-ws and RFC 6455 number it. */
  readonly code: number;
}

const init = '{"type":"connection_init"}';
const subscribe = (query: string, id = 'a'): string => JSON.stringify({ type: 'subscribe', id, payload: { query } });

/** After each of these the hub ends the line. */
export const hostileMessages: readonly HostileMessage[] = [
  { name: 'no JSON', messages: ['hello'], code: 4400 },
  { name: 'bytes', messages: [Buffer.from([0, 1, 2, 255])], code: 4400 },
  { name: 'a list of messages', messages: [`[${init},${init}]`], code: 4400 },
  { name: 'a type of nobody', messages: ['{"type":"connection_terminate"}'], code: 4400 },
  { name: 'the older protocol', messages: [init, '{"type":"start","id":"1","payload":{"query":"{ checkpoint }"}}'], code: 4400 },
  { name: 'a subscription without an id', messages: [init, subscribe(HUB_OPERATIONS.Head, '')], code: 4400 },
  { name: 'a subscription without a query', messages: [init, '{"type":"subscribe","id":"a","payload":{}}'], code: 4400 },
  { name: 'a subscription before the beginning', messages: [subscribe(HUB_OPERATIONS.Head)], code: 4401 },
  { name: 'two beginnings', messages: [init, init], code: 4429 },
  { name: 'one id twice', messages: [init, subscribe(HUB_OPERATIONS.Head), subscribe(HUB_OPERATIONS.Head)], code: 4409 },
  { name: 'a message of 100 KB', messages: [init, subscribe('x'.repeat(100_000))], code: 1009 },
  { name: 'JSON nested a hundred thousand deep', messages: ['['.repeat(60_000)], code: 4400 },
];
