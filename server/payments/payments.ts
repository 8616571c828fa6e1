/**
 * What patients paid at the desk: each receipt is a FHIR Invoice in the patient's chart, put there as every record is. Nothing of a
 * chart is read here but those. A receipt is never changed; one that is wrong is made void, with its reason, and written anew.
 */
import { fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { encode, struct, u64 } from '../../shared/encoding/codec.ts';
import { localInstant } from '../../shared/encoding/wall-clock.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { Turns } from '../../shared/outcome/turns.ts';
import { checkedPayment, checkedReason, type Payment } from '../../shared/payments/payment.ts';
import { type PaymentFacts, readReceipt, voidReceipt, writeReceipt } from '../../shared/payments/payment-receipt.ts';
import type { LocalWrite } from '../sync/gateway.ts';
import {
  type AccessGate,
  type ChartEntry,
  type PatientDirectory,
  type PatientEntry,
  type RecordStore,
  staffId,
  type VaultContext,
} from '../sync/vault-context/vault-context.ts';
import { rowsOfTag } from '../sync/vault-context/vault-rows.store.ts';
import { paymentsResolvers } from './payments.resolvers.ts';

/** A receipt as it stands. */
export interface PaymentReceipt {
  /** Record of the Invoice. */
  readonly id: string;
  readonly patient: PatientEntry;
  readonly facts: PaymentFacts;
  readonly entry: ChartEntry;
  /** The exact text of the Invoice. */
  readonly text: string;
}

/** Numbers that were given: rows that name nobody, so they outlive an erasure and none is given twice. */
const NUMBERS = 'receipt-number';
const numberCodec = struct({ given: u64 });

/** HL7's code for payment: why anybody looks here, whatever their role. */
const PURPOSE = 'HPAYMT';

export class Payments {
  readonly #context: VaultContext;
  readonly #directory: PatientDirectory;
  readonly #records: RecordStore;
  readonly #access: AccessGate;
  /** One receipt after the other on this desk, so that each has a number of its own. */
  readonly #turns = new Turns();

  constructor(context: VaultContext, directory: PatientDirectory, records: RecordStore, access: AccessGate) {
    this.#context = context;
    this.#directory = directory;
    this.#records = records;
    this.#access = access;
  }

  /** The newest first. @throws {Failure} `patients.unknown`. */
  async of(id: string): Promise<PaymentReceipt[]> {
    const found: PaymentReceipt[] = [];
    for (const patient of this.#directory.union(id))
      for (const entry of await this.#records.entries(patient)) {
        const receipt = entry.resourceType === 'Invoice' ? await this.#read(patient, entry) : undefined;
        if (receipt) found.push(receipt);
      }
    return found.sort((one, other) => Date.parse(other.facts.paidAt) - Date.parse(one.facts.paidAt));
  }

  /** Durable when it resolves. @throws {Failure} `patients.unknown`, `payments.not-ours`, `payments.receipt`; what `RecordStore.put` throws. */
  write(id: string, payment: Payment): Promise<PaymentReceipt> {
    return this.#turns.take(async () => {
      const patient = this.#directory.known(id);
      if (patient.custodian !== toHex(this.#context.chain))
        throw new Failure('payments.not-ours', 'Another clinic keeps this patient’s records. Register the person here first.');
      const checked = checkedPayment(payment);
      const at = localInstant(this.#context.clock());
      const { number, row } = await this.#nextNumber(at.slice(0, 10));
      const record = toHex(this.#context.random(16));
      const by = { id: staffId(this.#context), name: this.#context.staff.name };
      const text = writeReceipt({ id: record, patient: patient.id, number, by, at }, checked);
      await this.#put(patient, text, { newId: record, fhirId: record }, { rows: [row] });
      return this.find(patient.id, record);
    });
  }

  /**
   * @param revision of the receipt as it was shown
   * @throws {Failure} `payments.unknown`, `payments.moved`, `payments.receipt` without a reason; what `RecordStore.put` throws.
   */
  async void(patientId: string, id: string, revision: string, reason: string): Promise<PaymentReceipt> {
    const words = checkedReason(reason);
    const { patient, entry, text, facts } = await this.find(patientId, id);
    if (entry.document !== revision || facts.voided !== undefined)
      throw new Failure('payments.moved', 'Somebody else has changed this receipt meanwhile. Nothing was done; look at it now.');
    const place = { record: entry.record, basedOn: entry.version, fhirId: entry.fhirId, reason: words };
    await this.#put(patient, voidReceipt(text, words), place);
    return this.find(patient.id, id);
  }

  /** The line of what is printed, durable. @throws {Failure} `payments.unknown`, `access.line-not-durable`. */
  async notePrint(patientId: string, id: string): Promise<void> {
    const { patient, facts } = await this.find(patientId, id);
    await this.#access.note(patient, 'print', PURPOSE, { detail: facts.number });
  }

  /** @throws {Failure} `patients.unknown`; `payments.unknown`, whether it is not there or not for who is signed in. */
  async find(patientId: string, id: string): Promise<PaymentReceipt> {
    const found = (await this.of(patientId)).find((receipt) => receipt.id === id);
    if (found) return found;
    throw new Failure('payments.unknown', 'There is no such receipt here any more. Load the list again.');
  }

  /** Judged as what was paid, wherever it lies: receipts of earlier versions lie among the clinical records. */
  async #read(patient: PatientEntry, entry: ChartEntry): Promise<PaymentReceipt | undefined> {
    const { opens } = await this.#context.hooks.reading(patient, PURPOSE);
    if (!opens({ ...entry, category: 'payment' })) return undefined;
    const [newest] = await this.#records.versions(patient, entry);
    const text = newest && fromUtf8(newest.content);
    const facts = text === undefined ? undefined : readReceipt(text);
    return facts && text ? { id: entry.record, patient, facts, entry, text } : undefined;
  }

  /** Day, desk, and how many this desk has written on that day: desks that do not hear of each other never give the same one. */
  async #nextNumber(day: string) {
    const { rows, reader, device } = this.#context;
    const tag = rows.name('receipt-numbers-of', device, utf8(day));
    const given = (await rowsOfTag(reader, NUMBERS, tag)).length + 1;
    const desk = toHex(device).slice(0, 6).toUpperCase();
    const number = `${day.replaceAll('-', '')}-${desk}-${given}`;
    const row = rows.sealExact(NUMBERS, rows.name(NUMBERS, utf8(number)), tag, encode(numberCodec, { given }));
    return { number, row };
  }

  async #put(
    patient: PatientEntry,
    text: string,
    place: { newId?: string; record?: string; basedOn?: number; fhirId: string; reason?: string },
    along?: LocalWrite,
  ): Promise<void> {
    const { entry, content } = await this.#context.fhir.check(text);
    const { categories } = await this.#context.hooks.reading(patient, PURPOSE, false, 'correct');
    if (!categories.has('payment'))
      throw new Failure('access.read-only', 'This may be read here and no more. Ask an administrator of the clinic to write it.');
    await this.#records.put(
      { patient: patient.id, category: 'payment', ...place, kind: 'fhir', content, summary: entry.summary },
      along,
    );
  }
}

/** What the registry of domains needs of this one. */
export const paymentsDomain = { name: 'payments', sdl: 'shared/payments/payments.graphql', resolvers: paymentsResolvers };
