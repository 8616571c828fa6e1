/**
 * What a device tells its hub of itself with its sync: numbers, and codes out of closed lists. There is no field that could carry a text,
 * so no name, no message and no path of a clinic can get to the hub by this way, whatever a program writes into it.
 */
import { choice, type Decoded, decode, encode, fixed, list, struct, u8, u16, u32, u64 } from '../encoding/codec.ts';
import { EVIDENCE_KINDS } from '../ledger/evidence-kinds.ts';
import { Failure } from '../outcome/failure.ts';

/** The kinds of evidence as a device reports them; a kind that the hub's program does not know yet is `other`. */
export const ALARMS = [...EVIDENCE_KINDS, 'other'] as const;
type AlarmKind = (typeof ALARMS)[number];

/** Why the round before this one came to no end. */
export const PROBLEMS = [
  'none',
  'hub-unreachable',
  'hub-answer',
  'hub-busy',
  'hub-recovering',
  'quarantined',
  'refused-by-rules',
  'version',
  'epoch-retired',
  'disk',
  'caught',
  'other',
] as const;
type ProblemKind = (typeof PROBLEMS)[number];

const MOST_ALARMS = 32;
const FORM = 1;

const reportCodec = struct({
  form: u8,
  program: struct({ major: u16, minor: u16, patch: u16 }),
  /** The device's own clock, milliseconds since 1970. */
  clock: u64,
  /** Blocks of its replica, and of those the audited and the witnessed ones. */
  size: u64,
  audited: u64,
  witnessed: u64,
  /** When the newest witnessed checkpoint was cosigned, milliseconds; 0 for never. */
  witnessedAt: u64,
  /** What waits to be sent. */
  events: u32,
  documents: u32,
  /** Where its chain goes on. */
  epoch: fixed(8),
  height: u64,
  problem: choice(...PROBLEMS),
  alarms: list(choice(...ALARMS), MOST_ALARMS),
  /** The newest order to make its replica anew that it has carried out: the sequence of that act; 0 for none. */
  rebaselined: u64,
});
export type DeviceReport = Omit<Decoded<typeof reportCodec>, 'form'>;

/** Bytes of the longest report. */
export const MAX_REPORT_BYTES = 200;

export const encodeReport = (report: DeviceReport): Uint8Array =>
  encode(reportCodec, { form: FORM, ...report, alarms: report.alarms.slice(0, MOST_ALARMS) });

/** @throws {Failure} `encoding.malformed`, `sync.version-unknown`. */
export function decodeReport(bytes: Uint8Array): DeviceReport {
  const { form, ...report } = decode(reportCodec, bytes);
  if (form !== FORM)
    throw new Failure(
      'sync.version-unknown',
      `A device's report is of form ${form}, which this program does not know. Update it.`,
    );
  return report;
}

/** `1.4.0-beta` → 1, 4, 0: what a version says beyond numbers stays where it is. */
export function programNumbers(version: string): DeviceReport['program'] {
  const [major = 0, minor = 0, patch = 0] = (/^(\d{1,4})\.(\d{1,4})\.(\d{1,4})/.exec(version) ?? []).slice(1).map(Number);
  return { major, minor, patch };
}

const PROBLEM_OF: ReadonlyArray<readonly [RegExp, ProblemKind]> = [
  [/^(?:sync\.hub-unreachable|http\.body-cut-short)$/, 'hub-unreachable'],
  [/^sync\.(?:hub-answer|hub-error)$/, 'hub-answer'],
  [/^(?:hub\.(?:busy|store-away|ledger-moved|signer-ended|checkpoint-past|keys-changing)|relay\.store-[a-z]+)$/, 'hub-busy'],
  [/^(?:sync\.hub-|hub\.)recovering$/, 'hub-recovering'],
  [/^hub\.quarantined$/, 'quarantined'],
  [/^(?:storage\.|ledger\.(?:blocks-altered|block-missing))/, 'disk'],
  [/^ledger\./, 'refused-by-rules'],
  [/^sync\.(?:wire-version|version-unknown)$/, 'version'],
  [/^sync\.epoch-retired$/, 'epoch-retired'],
];

/** The kind of a failure's code; what is not in the list becomes `other`. */
export function problemKind(code: string | undefined): ProblemKind {
  if (code === undefined) return 'none';
  return PROBLEM_OF.find(([pattern]) => pattern.test(code))?.[1] ?? (alarmKind(code) === 'other' ? 'other' : 'caught');
}

/** The kind of a piece of evidence, by the code of the failure that noticed it. */
export const alarmKind = (code: string): AlarmKind => ALARMS.find((kind) => `sync.${kind}` === code) ?? 'other';
