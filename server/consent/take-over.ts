/**
 * A desk of this clinic was revoked before all that it wrote had come to the ledger, while its mail, which goes first, came through: the
 * charts here show a patient whom nobody else can be shown, and a consent that ended here and stands everywhere else. One of the desks
 * that are left brings to the ledger what it lacks. The mail may be a liar's. So nothing of it gets anybody's signature but an end: a
 * consent that the ledger has no more than in part is over, and whoever wants it gives it again.
 */

import { consentWithdrawnBody } from '../../shared/consent/consent-rules.ts';
import { type ConsentRecord, readFhirConsent } from '../../shared/consent/fhir-consent.ts';
import { fromHex, fromUtf8, toHex } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { CLINIC_UPDATE } from '../../shared/sync/device-joining.ts';
import { waitingMessages } from '../sync/clinic.store.ts';
import { openSenders } from '../sync/clinic-mail/closed-senders.store.ts';
import { type UnknownDocument, unknownOfMail } from '../sync/clinic-mail/mail-documents.store.ts';
import { desksOf } from '../sync/vault-context/clinic-people.ts';
import { compartmentsOf } from '../sync/vault-context/patient-compartments.ts';
import { personalAct } from '../sync/vault-context/personal-act.ts';
import type { MissingVersion, PatientEntry, TakenOver } from '../sync/vault-context/vault-context.ts';
import type { ConsentParts } from './consent-parts.ts';
import { CONSENT_KIND, consentDraft } from './consent-records.ts';
import { grantsById } from './grant-rows.ts';
import { endLost } from './lost-consents.ts';
import { onceForRevoked } from './roll-keys.ts';

/** Of the row that remembers for which devices it was done. */
const KIND = 'revoked-taken-over';

export class TakeOver {
  readonly #parts: ConsentParts;
  /** For which devices it is under way, and how far their documents were gone through. */
  #going = '';
  #after = 0;

  constructor(parts: ConsentParts) {
    this.#parts = parts;
  }

  /**
   * Once for each revoked device, when all mail that counts of it has been taken in. Each look goes through one page, so that nothing
   * waits long behind it. Cut off, it begins anew: what has come to the ledger is left out.
   */
  look(): Promise<void> {
    return onceForRevoked(this.#parts, KIND, async (devices) => {
      if (!(await isDue(this.#parts, devices))) return false;
      if (this.#going !== devices.join()) this.#after = 0;
      this.#going = devices.join();
      const { unknown, next } = await unknownOfMail(this.#parts.context.reader, devices, this.#after);
      await takeOver(this.#parts, unknown);
      this.#after = next ?? 0;
      if (next !== undefined) return false;
      await endLost(this.#parts, devices);
      return true;
    });
  }
}

/** The first of the desks that are left does it for all of them: two would each bring the same version. */
async function isDue({ context }: ConsentParts, devices: readonly string[]): Promise<boolean> {
  const { gateway, chain, device, reader } = context;
  const [first] = (await desksOf(gateway, toHex(chain))).sort();
  if (first !== toHex(device) || (await openSenders(reader, devices.map(fromHex))).length > 0) return false;
  const waiting = await waitingMessages(reader);
  return !waiting.some(({ kind, senderDevice }) => kind === CLINIC_UPDATE && devices.includes(toHex(senderDevice)));
}

async function takeOver(parts: ConsentParts, unknown: readonly UnknownDocument[]): Promise<void> {
  if (unknown.length === 0) return;
  const { context, directory, records } = parts;
  const documents = new Set(unknown.map(({ name }) => name));
  const own = toHex(context.chain);
  for (const patient of directory.holding(new Set(unknown.map(({ handle }) => handle)))) {
    if (patient.custodian !== own) continue;
    try {
      await context.inTurn(() => records.takeOver(patient, documents, (missing) => ending(parts, patient, missing)));
    } catch (error) {
      // What a liar made up, and the rules refuse, does not keep the rest from coming.
      if (!(error instanceof Failure && error.code === 'ledger.refused')) throw error;
    }
  }
}

/** What ends the consents among these versions: their grants that stand, and in their records those that nobody had ended. */
async function ending({ context }: ConsentParts, patient: PatientEntry, missing: readonly MissingVersion[]): Promise<TakenOver> {
  const ended: TakenOver = { events: [], versions: [] };
  for (const { entry, handle, content } of missing) {
    if (entry.kind !== CONSENT_KIND) continue;
    const record = consentIn(content);
    if (!record) continue;
    const rows = await grantsById(
      context.gateway,
      record.grants.map(({ grant }) => grant),
    );
    if (record.withdrawnAt === undefined && rows.size === record.grants.length) continue;
    for (const [grant, row] of rows)
      if (!row.withdrawn && toHex(row.custodian) === toHex(context.chain))
        ended.events.push(
          personalAct(context, {
            type: 'consent.withdrawn',
            handle: row.handle,
            codec: consentWithdrawnBody,
            body: { grant: fromHex(grant) },
          }),
        );
    if (record.withdrawnAt === undefined && compartmentsOf(patient, 'consents').includes(handle))
      ended.versions.push({ draft: consentDraft({ ...record, withdrawnAt: context.clock() }, entry), before: entry });
  }
  return ended;
}

/** Undefined when it is none: mail can say anything. */
function consentIn(content: Uint8Array): ConsentRecord | undefined {
  try {
    return readFhirConsent(JSON.parse(fromUtf8(content)));
  } catch {
    return undefined;
  }
}
