/** Readers of what comes from other programs, other clinics, patients and administrators above the ledger. */
import { isDeepStrictEqual } from 'node:util';
import { settingsIn } from '../../server/hub/commands/hub-settings.ts';
import { manifestRequest } from '../../server/hub/line/link-server.ts';
import { decodeEnvelope, encodeEnvelope, newEnvelope } from '../../shared/care-card/card-envelope.ts';
import { decodeLetter, encodeLetter } from '../../shared/care-card/patient-letter.ts';
import { cdaResources } from '../../shared/cda/cda-resources.ts';
import { type CsvMapping, readCsvMapping } from '../../shared/csv/csv-mapping.ts';
import { csvResources } from '../../shared/csv/csv-resources.ts';
import { concat, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { type Codec, decode, encode } from '../../shared/encoding/codec.ts';
import { openAct, openAsk, signAct, signAsk } from '../../shared/fleet/administration.ts';
import { resourcesOf } from '../../shared/hl7/hl7-resources.ts';
import { messagesOf } from '../../shared/hl7/hl7-text.ts';
import { BENEFIT_SUITE, benefitWords } from '../../shared/marketplace/benefit-letter.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { piecesOf, readAttachment, writeAttachment } from '../../shared/records/attachment.ts';
import { decodeReport, encodeReport } from '../../shared/sync/device-report.ts';
import { clinicSignal, guestSignal, readCallLink } from '../../shared/telemedicine/call-signal.ts';
import { packUrl, readPackLink } from '../../shared/telemedicine/case-pack.ts';
import { answerLetter, CONSULT_SUITE, type ConsultCase, pieceBody, readCase } from '../../shared/telemedicine/consult.ts';
import { ALLERGIES, NOTES, sampleCcd, VITALS } from '../cda/sample-ccd.ts';
import { ADT, ORU } from '../hl7/example-messages.ts';
import { bytesFor, hash } from '../support/ledger-builder.ts';
import type { FuzzTarget } from './fuzz.ts';

const textOf = (input: Uint8Array): string => new TextDecoder('utf-8').decode(input);
const anySignature = (): boolean => true;
const sign = (): Uint8Array => new Uint8Array(64);

/** These readers answer nothing for what they do not take. */
function taken<T>(value: T | undefined): T {
  if (value === undefined) throw new Failure('test.not-taken', 'The reader does not take this.');
  return value;
}

function jsonOf(input: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(input));
  } catch {
    throw new Failure('test.no-json', 'This is no JSON.');
  }
}

const structure = <T>(name: string, codec: Codec<T>, valid: T): FuzzTarget => ({
  name,
  valid: [encode(codec, valid)],
  read: (input) => encode(codec, decode(codec, input)),
});

const TABLE: CsvMapping = {
  name: 'Laboratory',
  resource: 'Observation',
  delimiter: ';',
  dateFormat: 'DD.MM.YYYY',
  decimal: ',',
  system: 'https://harbour.example/patients',
  fields: {
    patient: { column: 'Nr' },
    family: { column: 'Name' },
    display: { text: 'Hb' },
    value: { column: 'Wert' },
    date: { column: 'Am' },
  },
};

/** What a message becomes is JSON: whatever is lost in writing it was never a value. */
function isJson(value: unknown): boolean {
  const written = JSON.stringify(value);
  return isDeepStrictEqual(JSON.parse(written), JSON.parse(JSON.stringify(value, (_, each) => (isLost(each) ? 'lost' : each))));
}
const isLost = (value: unknown): boolean => typeof value === 'function' || (typeof value === 'number' && !Number.isFinite(value));

const NAMING = {
  zone: () => '+01:00',
  name: (text: string) => toHex(hash(utf8(text))).slice(0, 40),
  knowsUnit: () => true,
};

/** Resources that a file makes are JSON; the first refusal is thrown. */
function allTaken(made: ReadonlyArray<{ resource: unknown } | { failure: Failure }>): void {
  for (const one of made) if ('resource' in one && !isJson(one.resource)) throw new Error('a resource that is no JSON');
  const [refused] = made.flatMap((one) => ('failure' in one ? [one.failure] : []));
  if (refused) throw refused;
}

const fromPrograms: readonly FuzzTarget[] = [
  {
    name: 'csv',
    valid: [utf8('Nr;Name;Wert;Am\r\n17;"Frey; ""jun.""";<13,50;04.01.2026\r\n18;"a\nb";14;05.01.2026\r\n')],
    read: (input) => allTaken([...csvResources(input, TABLE, NAMING)]),
  },
  {
    name: 'csv mapping',
    valid: [utf8(JSON.stringify(TABLE))],
    read: (input) => void readCsvMapping(textOf(input)),
  },
  {
    name: 'hl7',
    valid: [ADT, ORU, `${ADT}\r${ORU}`].map(utf8),
    read: (input) => allTaken([...messagesOf(input)].flatMap((message) => resourcesOf(message, NAMING))),
  },
  {
    name: 'cda',
    valid: [utf8(sampleCcd({ sections: [ALLERGIES, NOTES] })), utf8(sampleCcd({ sections: [VITALS] }))],
    read: (input) => allTaken(cdaResources(input, NAMING)),
  },
  {
    name: 'hub-settings',
    valid: [utf8(JSON.stringify({ data: '/var/lib/hub', port: 7443, links: 'https://links.example', 'links-port': '8443' }))],
    read: (input) => void settingsIn(textOf(input), 'hub.json'),
  },
];

const letterOf = (subject: 'consent' | 'reading') =>
  encodeLetter({ suite: 1, card: bytesFor('card'), time: 1, subject, content: utf8('{}'), proof: new Uint8Array(64) });
const envelope = newEnvelope(bytesFor('salt', 16), bytesFor('pepper', 16));

const fromPatients: readonly FuzzTarget[] = [
  {
    name: 'health-link',
    valid: [utf8(JSON.stringify({ recipient: 'Dr. A', passcode: '123456', embeddedLengthMax: 4096 }))],
    read(input) {
      const { recipient, passcode, embeddedLengthMax } = taken(manifestRequest(textOf(input)));
      if (recipient === '' || typeof passcode !== 'string' || typeof embeddedLengthMax !== 'number')
        throw new Error('a request without what it needs');
    },
  },
  {
    name: 'page-link',
    valid: [utf8(new URL(packUrl('https://links.example', { link: bytesFor('link'), key: bytesFor('key') })).hash)],
    read(input) {
      const { link, key } = taken(readPackLink(textOf(input)));
      const { secret, clinicKey } = taken(readCallLink(textOf(input)));
      if ([link, key, secret, clinicKey].some(({ length }) => length !== 32)) throw new Error('a key of another length');
    },
  },
  {
    name: 'call-signal',
    valid: [
      utf8(JSON.stringify({ kind: 'answer', offer: 1, sdp: sdp() })),
      utf8(JSON.stringify({ kind: 'offer', number: 1, sdp: sdp(), signature: 'AA==', clinic: 'A', clinician: 'B' })),
      utf8('{"kind":"hello"}'),
    ],
    read(input) {
      const value = jsonOf(input);
      taken(guestSignal(value) ?? clinicSignal(value));
    },
  },
  {
    name: 'card-envelope',
    valid: [encodeEnvelope({ ...envelope, clinic: bytesFor('copy', 92), hub: bytesFor('other copy', 92) })],
    read: (input) => encodeEnvelope(decodeEnvelope(input)),
  },
  {
    name: 'patient-letter',
    valid: [letterOf('consent'), letterOf('reading')],
    read: (input) => encodeLetter(decodeLetter(input)),
  },
];

function sdp(): string {
  const print = Array.from({ length: 32 }, () => 'AB').join(':');
  return `v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=fingerprint:sha-256 ${print}\r\n`;
}

const consultCase: ConsultCase = {
  version: 1,
  patient: { name: 'Ada', birthDate: '1980-01-02', gender: 'female' },
  question: 'Why?',
  parts: [{ section: 'problems', title: 'Cough', date: '2026-01-05', value: '', json: '{"resourceType":"Condition"}' }],
  pictures: [{ name: 'a.png', type: 'image/png', data: 'AAAA' }],
  askedBy: 'Dr. A',
  askedAt: 1,
};
const consult = { suite: CONSULT_SUITE, consult: bytesFor('consult', 16), hash: bytesFor('case'), author: bytesFor('author') };
const attached = writeAttachment(
  { id: toHex(bytesFor('file', 16)), name: 'a.pdf', type: 'application/pdf', size: 800_000, pieces: ['a', 'b'].map(nameOf) },
  'p1',
  'Letter',
  '2026-01-05T10:00:00Z',
);
function nameOf(piece: string): string {
  return toHex(bytesFor(piece));
}

const fromClinics: readonly FuzzTarget[] = [
  structure('consult-letter', pieceBody, {
    ...consult,
    signature: new Uint8Array(64),
    index: 0,
    count: 1,
    bytes: utf8(JSON.stringify(consultCase)),
  }),
  structure('consult-answer', answerLetter, {
    ...consult,
    authorName: 'Dr. B',
    signature: new Uint8Array(64),
    answer: 'Because.',
  }),
  structure('benefit-words', benefitWords, { suite: BENEFIT_SUITE, by: 'Dr. C', words: 'Twenty euros' }),
  {
    name: 'consult-case',
    valid: [utf8(JSON.stringify(consultCase))],
    read(input) {
      const { question, pictures, parts } = taken(readCase(textOf(input)));
      const texts = [
        question,
        ...pictures.flatMap(({ name, type, data }) => [name, type, data]),
        ...parts.map(({ json }) => json),
      ];
      if (texts.some((text) => typeof text !== 'string')) throw new Error('a page would show what is no text');
    },
  },
  {
    name: 'attachment',
    valid: [utf8(JSON.stringify(attached))],
    read(input) {
      const file = taken(readAttachment(jsonOf(input)));
      const isPlain = !/[/\\\p{Cc}]/u.test(file.name) && Number.isSafeInteger(file.size) && file.size > 0;
      if (!isPlain || file.pieces.length !== piecesOf(file.size)) throw new Error('a file that nobody could have attached');
    },
  },
];

const act = {
  region: bytesFor('region'),
  sequence: 1,
  previous: bytesFor('previous'),
  kind: 'quarantine',
  subject: bytesFor('subject'),
  before: 0,
  after: 1,
  reason: 'attack',
  time: 1,
  author: bytesFor('author'),
} as const;

const toTheHub: readonly FuzzTarget[] = [
  {
    name: 'hub-act',
    valid: [signAct(act, sign)],
    read: (input) => rewritten(input, signAct(openAct(anySignature, input), sign)),
  },
  {
    name: 'fleet-ask',
    valid: [signAsk({ region: act.region, time: 1, author: act.author }, sign)],
    read: (input) => rewritten(input, signAsk(openAsk(anySignature, input), sign)),
  },
  {
    name: 'device-report',
    valid: [
      encodeReport({
        program: { major: 1, minor: 4, patch: 0 },
        clock: 1,
        size: 5,
        audited: 5,
        witnessed: 4,
        witnessedAt: 1,
        events: 0,
        documents: 0,
        epoch: bytesFor('epoch', 8),
        height: 3,
        problem: 'none',
        alarms: ['frozen', 'rollback'],
        rebaselined: 0,
      }),
    ],
    read: (input) => encodeReport(decodeReport(input)),
  },
];

/** What is signed is written again but for the signature, the last 64 bytes, which is taken for good here. */
const rewritten = (input: Uint8Array, written: Uint8Array): Uint8Array => concat(written.subarray(0, -64), input.subarray(-64));

export const domainTargets: readonly FuzzTarget[] = [...fromPrograms, ...fromPatients, ...fromClinics, ...toTheHub];
