/**
 * The record of a patient's keys in the patient's box: written when a card is issued, and again when a compartment of the patient has a
 * key that is not in it. The desk that made the key writes; at an unlock each desk looks over all of them, in case one was cut off.
 */

import { CARD_HOLDER_KIND, cardHolderRecord, encodeCardHolder } from '../../shared/care-card/card-holder.ts';
import {
  type CardRow,
  cardKey,
  cardRekeyedBody,
  cardRow,
  patientCardKey,
  patientCardRow,
} from '../../shared/care-card/card-rules.ts';
import { CARD_TAG } from '../../shared/care-card/card-tags.ts';
import {
  encodePatientKeys,
  PATIENT_KEYS_KIND,
  type PatientKeyList,
  patientKeysRecord,
} from '../../shared/care-card/patient-keys.ts';
import { concat, equalBytes, fromHex, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import type { OutgoingEvent } from '../sync/gateway.ts';
import { personalAct } from '../sync/vault-context/personal-act.ts';
import { NO_TAG } from '../sync/vault-context/sealed-rows.ts';
import type { PatientEntry, RecordDraft, VaultContext } from '../sync/vault-context/vault-context.ts';
import { everyRow, rowsOfKeys } from '../sync/vault-context/vault-rows.store.ts';
import { sha256 } from '../vault/primitives.ts';
import type { CareCardParts } from './care-cards.ts';
import { hasGuardian } from './guardian-rows.ts';
import { sealBoxKey } from './make-card.ts';

/** Kind of the rows that say of which patients there is such a record, and which keys are in it. */
const ROW = 'card-keys';

export interface BoxKey {
  readonly handle: Uint8Array;
  readonly epoch: number;
  readonly key: Uint8Array;
}

export class PatientKeyRecords {
  readonly #parts: CareCardParts;
  #isLookedOver = false;

  constructor(parts: CareCardParts) {
    this.#parts = parts;
  }

  /** Writes the record anew; the box is made with the first one. Gives the box's newest key. */
  async write(patient: string): Promise<BoxKey> {
    const { directory, context } = this.#parts;
    await this.#put(directory.known(patient));
    return newestKey(context.keyStore, fromHex(directory.known(patient).handles.card as string));
  }

  /** Brings up to date what has fallen behind. */
  async settle(): Promise<void> {
    const { context, directory } = this.#parts;
    const made = context.keyStore.takeMade();
    const behind = this.#isLookedOver ? directory.holding(made) : await this.#everybody();
    this.#isLookedOver = true;
    for (const entry of behind) {
      if (entry.custodian !== toHex(context.chain) || entry.handles.identity === undefined) continue;
      const [living] = await context.gateway.state([patientCardKey(entry.handles.identity)]);
      const [card] = living ? await context.gateway.state([cardKey(toHex(decode(patientCardRow, living).card))]) : [];
      if (!card && !(await hasGuardian(this.#parts, entry))) continue;
      if (!(await this.#isWhole(entry))) await this.#put(entry, card ? await this.#rekeyed(decode(cardRow, card)) : []);
    }
  }

  /** Where the box has begun an epoch since, the event that gives the living card its key: together with the list in which earlier ones are. */
  async #rekeyed({ card, handle, box, boxEpoch, encryptionKey }: CardRow): Promise<OutgoingEvent[]> {
    const { context } = this.#parts;
    const newest = await newestKey(context.keyStore, box);
    if (newest.epoch <= boxEpoch) return [];
    const boxKey = sealBoxKey({ recipient: encryptionKey, info: CARD_TAG.box }, card, newest);
    const body = { card, boxEpoch: newest.epoch, boxKey };
    return [personalAct(context, { type: 'card.rekeyed', handle, codec: cardRekeyedBody, body })];
  }

  async #everybody(): Promise<PatientEntry[]> {
    const { context, directory } = this.#parts;
    const found: PatientEntry[] = [];
    for await (const page of everyRow(context.reader, ROW)) {
      for (const row of page) {
        const entry = directory.get(toHex(context.rows.open(ROW, row).subarray(0, 16)));
        if (entry) found.push(entry);
      }
    }
    return found;
  }

  async #isWhole(entry: PatientEntry): Promise<boolean> {
    const { context } = this.#parts;
    const [row] = await rowsOfKeys(context.reader, ROW, [this.#rowName(entry.id)]);
    return row !== undefined && equalBytes(context.rows.open(ROW, row).subarray(16), digestOf(entry, await this.#list(entry)));
  }

  async #put(entry: PatientEntry, events: readonly OutgoingEvent[] = []): Promise<void> {
    const { context, records, directory } = this.#parts;
    const identity = fromHex(entry.handles.identity as string);
    const { fullName: name, birthDate } = entry.summary;
    const holder = encodeCardHolder({ patient: fromHex(entry.id), name, birthDate });
    const putHolder = async (into: PatientEntry) =>
      records.put(await this.#draft(into, CARD_HOLDER_KIND, cardHolderRecord(sha256, identity), holder));
    // The first record makes the box; in a box of a new epoch the list comes first, since it opens what is in the earlier ones.
    if (events.length === 0) await putHolder(entry);
    const list = await this.#list(entry);
    const draft = await this.#draft(entry, PATIENT_KEYS_KIND, patientKeysRecord(sha256, identity), encodePatientKeys(list));
    const value = concat(fromHex(entry.id), digestOf(entry, list));
    await records.put(draft, { events, rows: [context.rows.seal(ROW, this.#rowName(entry.id), NO_TAG, value)] });
    if (events.length > 0) await putHolder(directory.known(entry.id));
  }

  /** The next version of a record in the patient's box. */
  async #draft(entry: PatientEntry, kind: string, id: Uint8Array, content: Uint8Array): Promise<RecordDraft> {
    const record = toHex(id);
    const before = (await this.#parts.records.entries(entry)).find((known) => known.record === record);
    return {
      patient: entry.id,
      category: 'card',
      kind,
      content,
      summary: { resourceType: 'Binary', title: '', date: '', status: '', section: 'other' },
      fhirId: '',
      ...(before ? { record, basedOn: before.version } : { newId: record }),
    };
  }

  #rowName(patient: string): Uint8Array {
    return this.#parts.context.rows.name(ROW, fromHex(patient));
  }

  async #list({ handles }: PatientEntry): Promise<PatientKeyList> {
    const categories = new Map(Object.entries(handles).map(([category, handle]) => [handle, category]));
    const keys = await this.#parts.context.keyStore.getKeys('compartment', [...categories.keys()].map(fromHex));
    const list = keys.map(({ id, epoch, value }) => ({
      category: categories.get(toHex(id)) ?? '',
      handle: id,
      epoch,
      key: value,
    }));
    // The box's newest key is the one that the card opens.
    const newest = list.findLast(({ category }) => category === 'card');
    return list.filter((key) => key !== newest);
  }
}

/** The compartment's newest key; one that this desk has. */
export async function newestKey(keyStore: VaultContext['keyStore'], handle: Uint8Array): Promise<BoxKey> {
  const newest = (await keyStore.getKeys('compartment', [handle])).at(-1);
  if (!newest) throw new RangeError('a box without a key');
  return { handle, epoch: newest.epoch, key: newest.value };
}

/** Which keys are in a list, without what they are, and whose they are. */
function digestOf({ summary: { fullName, birthDate } }: PatientEntry, list: PatientKeyList): Uint8Array {
  const names = list.map(({ handle, epoch }) => `${toHex(handle)}/${epoch}`).sort();
  return sha256(utf8([fullName, birthDate, ...names].join('\n')));
}
