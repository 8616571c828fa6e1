/** Changes of a clinic's settings: signed acts on the ledger, whose words are sealed rows that each desk of the clinic has. */
import { toHex } from '../../../shared/encoding/bytes.ts';
import { type Decoded, decode, encode } from '../../../shared/encoding/codec.ts';
import { type Setting, settingChangedBody, settingHash, settingText } from '../../../shared/ledger/setting-rules.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import type { OutgoingEvent, VaultRow } from '../gateway.ts';
import { personalAct } from './personal-act.ts';
import { NO_TAG } from './sealed-rows.ts';
import type { VaultContext } from './vault-context.ts';
import { everyRow } from './vault-rows.store.ts';

const KIND = 'setting-change';
/** A value that is longer ends so. */
const LONGEST = 400;

/** As `settingText`, before it is written. */
interface SettingChange {
  readonly setting: Setting;
  readonly subject?: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What goes along with the write that changes a setting, in the same commit: its act, signed by who is signed in, and its words. */
export function settingChange(
  context: VaultContext,
  { setting, subject = '', before, after }: SettingChange,
): { readonly events: readonly OutgoingEvent[]; readonly rows: readonly VaultRow[] } {
  const [old, next] = [before, after].map((values) => values.slice(0, 20).map(cut)) as [string[], string[]];
  const written = encode(settingText, { salt: context.random(32), setting, subject: cut(subject), before: old, after: next });
  const change = settingHash(hashParts, written);
  const key = context.rows.name(KIND, change);
  return {
    events: [personalAct(context, { type: 'setting.changed', codec: settingChangedBody, body: { change } })],
    rows: [context.rows.seal(KIND, key, NO_TAG, written)],
  };
}

const cut = (value: string): string => (value.length > LONGEST ? `${value.slice(0, LONGEST).toWellFormed()}…` : value);

/** The words of all changes that this desk knows, each under its hash on the ledger: whatever was exchanged is under no hash that is there. */
export async function settingChanges({ reader, rows }: VaultContext): Promise<Map<string, Decoded<typeof settingText>>> {
  const found = new Map<string, Decoded<typeof settingText>>();
  for await (const page of everyRow(reader, KIND)) {
    for (const row of page) {
      const written = rows.open(KIND, row);
      found.set(toHex(settingHash(hashParts, written)), decode(settingText, written));
    }
  }
  return found;
}
