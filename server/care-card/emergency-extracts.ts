/**
 * Emergency extracts at the clinic that keeps the records: written when a card is issued with one, and again when the chart behind it has
 * changed. They are in a compartment that no screen reads.
 */
import type { Patient } from '@medplum/fhirtypes';
import {
  CARD_EMERGENCY_ROWS,
  type CardEmergencyRow,
  cardEmergencyBody,
  cardEmergencyRow,
  cardKey,
  cardRow,
} from '../../shared/care-card/card-rules.ts';
import { CARD_TAG } from '../../shared/care-card/card-tags.ts';
import {
  EMERGENCY_KIND,
  EMERGENCY_SECTIONS,
  type EmergencyExtract,
  type EmergencyLine,
  type EmergencySection,
  emergencyRecord,
} from '../../shared/care-card/emergency-extract.ts';
import { fromHex, fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import type { OutgoingEvent, VaultRow } from '../sync/gateway.ts';
import { beginKeyEpochs } from '../sync/vault-context/compartment-epochs.ts';
import { personalAct } from '../sync/vault-context/personal-act.ts';
import { NO_TAG } from '../sync/vault-context/sealed-rows.ts';
import type { ChartEntry, PatientEntry, RecordDraft } from '../sync/vault-context/vault-context.ts';
import { rowsOfKeys } from '../sync/vault-context/vault-rows.store.ts';
import { sha256, sha256Hex } from '../vault/primitives.ts';
import { emergencyKeyOf } from './card-secrets.ts';
import type { CareCardParts } from './care-cards.ts';
import { type MadeCard, sealBoxKey } from './make-card.ts';
import { type BoxKey, newestKey } from './patient-key-records.ts';

/** Kind of the rows with a card's public key of the extract: a new epoch is sealed to it without the card. */
const ROW = 'card-emergency-key';

/** Extracts that are looked at in one round: the others come in the next, so that no round holds up the desk. */
const AT_ONCE = 10;
const MOST_LINES = 40;
/** What a stranger may see who finds the card: nothing of the categories that a patient would think about. */
const OPEN_CATEGORIES: ReadonlySet<string> = new Set(['identity', 'clinical', 'medication', 'device']);
const ENDED: ReadonlySet<string> = new Set(['entered-in-error', 'inactive', 'resolved', 'stopped', 'completed', 'cancelled']);

export class EmergencyExtracts {
  readonly #parts: CareCardParts;
  /** Hash of the newest extract, by patient. */
  readonly #written = new Map<string, string>();
  #next = 0;

  constructor(parts: CareCardParts) {
    this.#parts = parts;
  }

  /** For a new card: in an epoch of its own, closed to the card before. Gives the compartment's newest key. */
  async write(patient: string): Promise<BoxKey> {
    const { context, directory } = this.#parts;
    const before = directory.known(patient).handles['card-emergency'];
    if (before) await beginKeyEpochs(context, [fromHex(before)]);
    await this.#put(directory.known(patient));
    return newestKey(context.keyStore, fromHex(directory.known(patient).handles['card-emergency'] as string));
  }

  /** The event by which the card of this secret opens the extract, and the row by which its later keys can be sealed to it. */
  opening({ secret, body: { card } }: Pick<MadeCard, 'secret' | 'body'>, box: BoxKey): { event: OutgoingEvent; row: VaultRow } {
    const { rows } = this.#parts.context;
    const recipient = emergencyKeyOf(secret).publicKey;
    return { event: this.#opened(card, box, recipient), row: rows.seal(ROW, rows.name(ROW, card), NO_TAG, recipient) };
  }

  #opened(card: Uint8Array, box: BoxKey, recipient: Uint8Array): OutgoingEvent {
    const boxKey = sealBoxKey({ recipient, info: CARD_TAG.emergencyKey }, card, box);
    const body = { card, boxEpoch: box.epoch, boxKey };
    return personalAct(this.#parts.context, { type: 'card.emergency', handle: box.handle, codec: cardEmergencyBody, body });
  }

  /** Brings the next ones of living cards up to date. */
  async settle(): Promise<void> {
    const { context, directory } = this.#parts;
    const rows = await context.gateway.stateList(CARD_EMERGENCY_ROWS);
    const open = new Map<string, CardEmergencyRow>(
      rows.map(({ key, value }) => [key.slice(CARD_EMERGENCY_ROWS.length), decode(cardEmergencyRow, value)]),
    );
    const cards = await context.gateway.state([...open.keys()].map(cardKey));
    const living = [...open].filter((_, at) => {
      const card = cards[at] && decode(cardRow, cards[at]);
      return card?.ended === 0 && toHex(card.custodian) === toHex(context.chain);
    });
    const byBox = new Map(living.map(([card, row]) => [toHex(row.box), { card: fromHex(card), row }]));
    const holders = directory.holding(new Set(byBox.keys()));
    for (let looked = 0; looked < Math.min(AT_ONCE, holders.length); looked++) {
      const entry = holders[this.#next++ % holders.length] as PatientEntry;
      await this.#bringUpToDate(entry, byBox.get(entry.handles['card-emergency'] as string));
    }
  }

  async #bringUpToDate(entry: PatientEntry, opens?: { card: Uint8Array; row: CardEmergencyRow }): Promise<void> {
    const content = await this.#content(entry);
    const rekeyed = opens ? await this.#rekeyed(opens.card, opens.row) : [];
    if (rekeyed.length > 0) return this.#put(entry, content, rekeyed);
    if (this.#written.get(entry.id) === sha256Hex(content)) return;
    const stands = await this.#standing(entry);
    const [newest] = stands ? await this.#parts.records.versions(entry, stands) : [];
    if (newest && sha256Hex(newest.content) === sha256Hex(content)) this.#written.set(entry.id, sha256Hex(content));
    else await this.#put(entry, content);
  }

  /** Where the compartment has begun an epoch since, the event that gives the card its key. */
  async #rekeyed(card: Uint8Array, { box, boxEpoch }: CardEmergencyRow): Promise<OutgoingEvent[]> {
    const { keyStore, reader, rows } = this.#parts.context;
    const newest = await newestKey(keyStore, box);
    if (newest.epoch <= boxEpoch) return [];
    const [row] = await rowsOfKeys(reader, ROW, [rows.name(ROW, card)]);
    return row ? [this.#opened(card, newest, rows.open(ROW, row))] : [];
  }

  async #put(entry: PatientEntry, made?: Uint8Array, events: readonly OutgoingEvent[] = []): Promise<void> {
    const content = made ?? (await this.#content(entry));
    const before = await this.#standing(entry);
    const draft: RecordDraft = {
      patient: entry.id,
      category: 'card-emergency',
      kind: EMERGENCY_KIND,
      content,
      summary: { resourceType: 'Binary', title: '', date: '', status: '', section: 'other' },
      fhirId: '',
      ...(before ? { record: before.record, basedOn: before.version } : { newId: recordOf(entry) }),
    };
    await this.#parts.records.put(draft, { events });
    this.#written.set(entry.id, sha256Hex(content));
  }

  async #standing(entry: PatientEntry): Promise<ChartEntry | undefined> {
    return (await this.#parts.records.entries(entry)).find(({ record }) => record === recordOf(entry));
  }

  /** `Patient.contact`: name and first telecom. */
  async #contacts(entry: PatientEntry): Promise<Array<{ text: string; date: string }>> {
    const identity = (await this.#parts.records.entries(entry)).find(({ record }) => record === entry.record);
    const [newest] = identity ? await this.#parts.records.versions(entry, identity) : [];
    if (!newest) return [];
    const { contact = [] } = JSON.parse(fromUtf8(newest.content)) as Patient;
    return contact.flatMap(({ name, telecom }) => {
      const who = name?.text ?? [...(name?.given ?? []), name?.family].filter(Boolean).join(' ');
      const text = [who, telecom?.[0]?.value].filter(Boolean).join(', ');
      return text ? [{ text, date: '' }] : [];
    });
  }

  async #content(entry: PatientEntry): Promise<Uint8Array> {
    const all = await this.#parts.records.entries(entry);
    const said = Map.groupBy(
      all.filter(({ about }) => about !== undefined),
      ({ about }) => about?.record,
    );
    const entries = all.filter(
      ({ category, kind, status }) => kind === 'fhir' && OPEN_CATEGORIES.has(category) && !ENDED.has(status),
    );
    const lines = Map.groupBy(
      entries.toSorted((one, other) => (one.date < other.date ? 1 : -1)),
      sectionOf,
    );
    const contacts = await this.#contacts(entry);
    const extract: EmergencyExtract = {
      format: 1,
      patient: entry.id,
      name: entry.summary.fullName,
      birthDate: entry.summary.birthDate,
      sections: EMERGENCY_SECTIONS.flatMap((name) => {
        const found = (lines.get(name) ?? []).slice(0, MOST_LINES).map(({ record, title, date }): EmergencyLine => {
          const disagreements = (said.get(record) ?? []).map(({ about }) => about?.words ?? '');
          return { text: title, date, ...(disagreements.length > 0 && { disagreements }) };
        });
        const shown = name === 'contacts' ? [...contacts, ...found] : found;
        return shown.length > 0 ? [{ name, lines: shown }] : [];
      }),
    };
    return utf8(JSON.stringify(extract));
  }
}

const recordOf = ({ handles }: PatientEntry): string => toHex(emergencyRecord(sha256, fromHex(handles.identity as string)));

function sectionOf({ section, resourceType }: ChartEntry): EmergencySection | undefined {
  if (resourceType === 'RelatedPerson') return 'contacts';
  return SECTIONS[section];
}

const SECTIONS: Readonly<Partial<Record<ChartEntry['section'], EmergencySection>>> = {
  allergy: 'allergies',
  medication: 'medications',
  problem: 'problems',
  device: 'implants',
  consent: 'directives',
};
