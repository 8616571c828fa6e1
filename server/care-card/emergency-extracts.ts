/**
 * Emergency extracts at the clinic that keeps the records: written when a card is issued with one, and again when the chart behind it has
 * changed. They are in a compartment that no screen reads.
 */
import type { Patient } from '@medplum/fhirtypes';
import {
  CARD_EMERGENCY_ROWS,
  type CardEmergencyRow,
  cardEmergencyRow,
  cardKey,
  cardRow,
} from '../../shared/care-card/card-rules.ts';
import {
  EMERGENCY_KIND,
  EMERGENCY_SECTIONS,
  type EmergencyExtract,
  type EmergencySection,
  emergencyRecord,
} from '../../shared/care-card/emergency-extract.ts';
import { fromHex, fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { beginKeyEpochs } from '../sync/compartment-epochs.ts';
import type { ChartEntry, PatientEntry } from '../sync/vault-context.ts';
import { sha256, sha256Hex } from '../vault/primitives.ts';
import type { CareCardParts } from './care-cards.ts';
import type { BoxKey } from './patient-key-records.ts';

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
    const handle = fromHex(directory.known(patient).handles['card-emergency'] as string);
    const newest = (await context.keyStore.getKeys('compartment', [handle])).at(-1);
    if (!newest) throw new RangeError('a compartment without a key');
    return { handle, epoch: newest.epoch, key: newest.value };
  }

  /** Brings the next ones of living cards up to date. */
  async settle(): Promise<void> {
    const { context, directory } = this.#parts;
    const rows = await context.gateway.stateList(CARD_EMERGENCY_ROWS);
    const open = new Map<string, CardEmergencyRow>(
      rows.map(({ key, value }) => [key.slice(CARD_EMERGENCY_ROWS.length), decode(cardEmergencyRow, value)]),
    );
    const cards = await context.gateway.state([...open.keys()].map(cardKey));
    const living = [...open.values()].filter((_, at) => {
      const card = cards[at] && decode(cardRow, cards[at]);
      return card?.ended === 0 && toHex(card.custodian) === toHex(context.chain);
    });
    const holders = directory.holding(new Set(living.map(({ box }) => toHex(box))));
    for (let looked = 0; looked < Math.min(AT_ONCE, holders.length); looked++)
      await this.#bringUpToDate(holders[this.#next++ % holders.length] as PatientEntry);
  }

  async #bringUpToDate(entry: PatientEntry): Promise<void> {
    const content = await this.#content(entry);
    if (this.#written.get(entry.id) === sha256Hex(content)) return;
    const stands = await this.#standing(entry);
    const [newest] = stands ? await this.#parts.records.versions(entry, stands) : [];
    if (newest && sha256Hex(newest.content) === sha256Hex(content)) this.#written.set(entry.id, sha256Hex(content));
    else await this.#put(entry, content);
  }

  async #put(entry: PatientEntry, made?: Uint8Array): Promise<void> {
    const content = made ?? (await this.#content(entry));
    const before = await this.#standing(entry);
    await this.#parts.records.put({
      patient: entry.id,
      category: 'card-emergency',
      kind: EMERGENCY_KIND,
      content,
      summary: { resourceType: 'Binary', title: '', date: '', status: '', section: 'other' },
      fhirId: '',
      ...(before ? { record: before.record, basedOn: before.version } : { newId: recordOf(entry) }),
    });
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
    const entries = (await this.#parts.records.entries(entry)).filter(
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
        const found = (lines.get(name) ?? []).slice(0, MOST_LINES).map(({ title, date }) => ({ text: title, date }));
        const all = name === 'contacts' ? [...contacts, ...found] : found;
        return all.length > 0 ? [{ name, lines: all }] : [];
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
