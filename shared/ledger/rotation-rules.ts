/** New keys in the place of old ones: of a clinic and of a person. What the old key signed before stays signed. */
import { concat, equalBytes, fromHex, toHex } from '../encoding/bytes.ts';
import { type Decoded, fixed, struct } from '../encoding/codec.ts';
import { isAdministrator } from './enrolment-rules.ts';
import { chainRow, type StaffRow, staffRow } from './rows.ts';
import { accepted, chainKey, type EventRule, putRow, readRow, refused, staffKey } from './rules.ts';
import { TAG } from './tags.ts';

const clinicRotated = struct({
  previousClinicKey: fixed(32),
  previousEncryptionKey: fixed(32),
  clinicKey: fixed(32),
  encryptionKey: fixed(32),
  clinicSignature: fixed(64),
  proof: fixed(64),
});
/** The key that does not change is named twice. `clinicSignature` is the old clinic key's, `proof` the new one's. */
export type ClinicRotated = Decoded<typeof clinicRotated>;
export const clinicRotatedBody = clinicRotated;

/** What a clinic's old and new clinic key sign. */
export function clinicKeysMessage(chain: Uint8Array, keys: Omit<ClinicRotated, 'clinicSignature' | 'proof'>): Uint8Array {
  return concat(TAG.clinicKeys, chain, keys.previousClinicKey, keys.previousEncryptionKey, keys.clinicKey, keys.encryptionKey);
}

export const staffRotatedBody = struct({ staff: fixed(32), proof: fixed(64) });
type StaffRotated = Decoded<typeof staffRotatedBody>;

/** What a person's new key signs; the old one signs the event. */
export const staffKeyMessage = (chain: Uint8Array, previous: Uint8Array, staff: Uint8Array): Uint8Array =>
  concat(TAG.staffKey, chain, previous, staff);

const clinic: EventRule<ClinicRotated> = {
  type: 'clinic.rotated',
  kind: 'right',
  body: clinicRotated,
  personal: 'required',
  handle: 'none',
  reads: (_, writer) => [chainKey(writer.chain)],
  signatures: (view, { body }, writer) => {
    const row = readRow(view, chainKey(writer.chain), chainRow);
    // Two desks may roll at once: the later is refused whatever it carries, and holds nobody up.
    if (!row || !equalBytes(row.clinicKey, body.previousClinicKey)) return [];
    const message = clinicKeysMessage(fromHex(writer.chain), body);
    return [
      { key: body.previousClinicKey, message, signature: body.clinicSignature },
      { key: body.clinicKey, message, signature: body.proof },
    ];
  },
  judge: (view, { body, author }, writer) => {
    const row = readRow(view, chainKey(writer.chain), chainRow);
    const { previousClinicKey, previousEncryptionKey, clinicKey, encryptionKey } = body;
    if (!row || !equalBytes(row.clinicKey, previousClinicKey) || !equalBytes(row.encryptionKey, previousEncryptionKey))
      return refused('keys-stale');
    const isNewClinicKey = !equalBytes(clinicKey, previousClinicKey);
    if (!isNewClinicKey && equalBytes(encryptionKey, previousEncryptionKey)) return refused('keys-unchanged');
    if (isNewClinicKey && !isAdministrator(view, author, writer)) return refused('not-an-administrator');
    return accepted(putRow(chainKey(writer.chain), chainRow, { ...row, clinicKey, encryptionKey }));
  },
};

const staff: EventRule<StaffRotated> = {
  type: 'staff.rotated',
  kind: 'right',
  body: staffRotatedBody,
  personal: 'required',
  handle: 'none',
  reads: ({ body }) => [staffKey(toHex(body.staff))],
  signatures: (_, { body, event }, writer) => [
    {
      key: body.staff,
      message: staffKeyMessage(fromHex(writer.chain), event.author, body.staff),
      signature: body.proof,
    },
  ],
  judge: (view, { body, author }) => {
    // Who acts is an active member of the writing clinic: checked before every rule.
    const old = readRow(view, staffKey(author), staffRow) as StaffRow;
    if (view.get(staffKey(toHex(body.staff)))) return refused('staff-key-used-before');
    return accepted(
      putRow(staffKey(author), staffRow, { ...old, revoked: true }),
      putRow(staffKey(toHex(body.staff)), staffRow, old),
    );
  },
};

export const rotationRules: ReadonlyArray<EventRule<unknown>> = [clinic, staff];
