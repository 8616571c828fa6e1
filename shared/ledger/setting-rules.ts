/**
 * Settings that a clinic's administrators and privacy officers change: that one was changed, by whom and when, stands on the ledger.
 * Which one, with its old and its new value, is in the clinic's vault; the ledger keeps those words from being lost or exchanged.
 */
import { concat, fromHex, toHex } from '../encoding/bytes.ts';
import { type Decoded, fixed, list, struct, text, u64 } from '../encoding/codec.ts';
import type { Hash } from './merkle.ts';
import { type Role, staffRow } from './rows.ts';
import { accepted, type EventRule, putRow, readRow, refused, staffKey } from './rules.ts';
import { TAG } from './tags.ts';

const MAY_CHANGE: ReadonlySet<Role> = new Set(['administrator', 'privacy-officer']);

const SETTINGS = [
  'retention',
  'hold',
  'reading-gateway',
  'reading-folder',
  'form-template',
  'program-token',
  'backups',
  'clinic-host',
  'waiting-acts',
] as const;
export type Setting = (typeof SETTINGS)[number];

/** Undefined for one that a later program named. */
export const settingOf = (named: string): Setting | undefined => SETTINGS.find((known) => known === named);

const VALUE = text(2_000);
/** `subject`: which of several it is, in words or as an id; '' where there is one. Values in words; '' is no value. */
export const settingText = struct({
  salt: fixed(32),
  setting: text(40),
  subject: VALUE,
  before: list(VALUE, 20),
  after: list(VALUE, 20),
});

/** `change`: H(tag('setting') ‖ the text, which begins with its salt). */
export const settingChangedBody = struct({ change: fixed(32) });
type SettingChanged = Decoded<typeof settingChangedBody>;
export const settingHash = (hash: Hash, written: Uint8Array): Uint8Array => hash(concat(TAG.setting, written));

/** Key `setting/<change>`. `changed` is the event's time. */
const settingRow = struct({ clinic: fixed(32), changed: u64 });
const settingKey = (change: string): string => `setting/${change}`;

const settingChanged: EventRule<SettingChanged> = {
  type: 'setting.changed',
  kind: 'right',
  body: settingChangedBody,
  personal: 'required',
  handle: 'none',
  reads: ({ body, author }) => [settingKey(toHex(body.change)), staffKey(author)],
  judge: (view, { body, event, author }, writer) => {
    const staff = readRow(view, staffKey(author), staffRow);
    if (!staff || !MAY_CHANGE.has(staff.role)) return refused('not-theirs-to-set');
    const key = settingKey(toHex(body.change));
    if (view.get(key)) return refused('change-said-before');
    return accepted(putRow(key, settingRow, { clinic: fromHex(writer.chain), changed: event.time }));
  },
};

export const settingRules: ReadonlyArray<EventRule<unknown>> = [settingChanged];
