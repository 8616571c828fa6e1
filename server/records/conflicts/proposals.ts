/**
 * Amendments between clinics. Who reads a record of another clinic may propose a version of it: sealed to that clinic, named on the
 * ledger by its hash. There it waits in the inbox; whoever takes it over writes it as the next version, who declines says why.
 */

import { isCategory } from '../../../shared/consent/category.ts';
import { grantHolds, grantKey, grantRow } from '../../../shared/consent/consent-rules.ts';
import { equalBytes, fromHex, fromUtf8, toHex } from '../../../shared/encoding/bytes.ts';
import { decode, encode } from '../../../shared/encoding/codec.ts';
import { deviceRow } from '../../../shared/ledger/rows.ts';
import { deviceKey } from '../../../shared/ledger/rules.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import {
  AMENDMENT_MESSAGE,
  ANSWER_MESSAGE,
  ANSWER_SUITE,
  type AnswerContext,
  amendmentContext,
  answerBody,
  answerContext,
  MOST_PROPOSED,
} from '../../../shared/records/amendment-message.ts';
import { amendmentDeclinedBody, amendmentProposedBody, isDeclined } from '../../../shared/records/amendment-rules.ts';
import { type ConflictRow, conflictIds, conflictKey, conflictRow } from '../../../shared/records/conflict-rows.ts';
import { encodeEnvelope, SALT_BYTES } from '../../../shared/vault/document.ts';
import { sealLetter } from '../../sync/clinic-mail/clinic-letters.ts';
import type { LocalWrite, OutgoingEvent } from '../../sync/gateway.ts';
import { everyCompartment } from '../../sync/vault-context/patient-compartments.ts';
import { personalAct } from '../../sync/vault-context/personal-act.ts';
import type { ChartEntry, CompartmentName, PatientEntry, VaultContext } from '../../sync/vault-context/vault-context.ts';
import { sha256, sha256Hex } from '../../vault/primitives.ts';
import { commitmentOf } from '../../vault/sealing.ts';
import type { OpenCharts } from '../open-charts.ts';
import type { Records } from '../records.ts';
import { checkedResource, isTreatment, type PutResource } from '../writing/put-resource.ts';
import { compartmentOf } from '../writing/record-compartment.ts';
import type { RecordMeta } from '../writing/seal-record.ts';
import { type ProposalRows, proposedEntry, type StoredAnswer, type StoredProposal } from './proposal-rows.ts';

type ProposalState = 'WAITING' | 'TAKEN' | 'DECLINED' | 'DISPUTED';

export interface StandingProposal {
  readonly proposal: StoredProposal;
  readonly state: ProposalState;
  /** Of one that was declined; undefined while the answer is on its way. */
  readonly answer: StoredAnswer | undefined;
}

/** A proposal as the ledger names it. Ids in hexadecimal. */
export interface NamedProposal {
  readonly document: string;
  readonly record: string;
  readonly handle: string;
  readonly row: ConflictRow;
  /** Chain of the clinic whose device proposed it. */
  readonly from: string;
}

const NOTHING = new Uint8Array(0);

export class Proposals {
  readonly #context: VaultContext;
  readonly #charts: OpenCharts;
  readonly #records: Records;
  readonly #rows: ProposalRows;

  constructor(context: VaultContext, charts: OpenCharts, records: Records) {
    this.#context = context;
    this.#charts = charts;
    this.#records = records;
    this.#rows = records.proposals;
  }

  /**
   * Proposes a version of another clinic's record, or a new record. Durable when it resolves.
   * @throws {Failure} `records.ours`, `records.purpose-not-treatment`, `records.not-shared`, `records.note-not-amended`,
   * `records.reason-missing`, `records.proposal-too-large`, and what putting a record throws.
   */
  async propose(patient: PatientEntry, input: PutResource): Promise<StandingProposal> {
    const { purpose } = this.#charts.get(patient.id);
    if (this.#charts.keeps(patient)) throw ours();
    if (!isTreatment(purpose)) throw notTreating();
    const reason = input.reason?.trim() ?? '';
    if (reason === '') throw noReason();
    const { entry, content, before } = await checkedResource(
      { vault: this.#context, charts: this.#charts, records: this.#records },
      patient,
      input,
    );
    if (before && before.kind !== 'fhir') throw noteStays();
    if (before && input.basedOn !== undefined && input.basedOn !== before.version) throw moved();
    if (content.length > MOST_PROPOSED) throw tooLarge();
    const category = before?.category ?? entry.category;
    const place = await this.#openedBy(patient, before ?? { category }, purpose);
    const { resourceType } = entry.summary;
    const { write, proposal } = await this.#sealed(patient, { ...place, category, before, resourceType, content, reason });
    await this.#context.gateway.commit({ ...write, rows: [this.#rows.row(proposal)] });
    this.#context.notify({ patients: [patient.id], records: [proposal.record], topics: ['conflicts'] });
    return { proposal, state: 'WAITING', answer: undefined };
  }

  /** What waits, was taken over or declined, of a patient's records, the newest first; what is not open is left out. */
  async of(patient: PatientEntry): Promise<StandingProposal[]> {
    const stored = await this.#rows.of(patient.id);
    if (stored.length === 0) return [];
    const answers = await this.#rows.answers(patient.id);
    const open = await Promise.all(stored.map((each) => this.#charts.shows(patient, each.record, proposedEntry(each))));
    const shown = stored.filter((_, at) => open[at]);
    const rows = await this.#context.gateway.state(shown.map(keyOf));
    return shown.map((proposal, at) => {
      const state = stateOf(proposal.document, rows[at]);
      return { proposal, state, answer: state === 'DECLINED' ? answers.get(proposal.document) : undefined };
    });
  }

  /** Those of these that are here, by name. */
  find(documents: readonly string[]): Promise<Map<string, StoredProposal>> {
    return this.#rows.find(documents);
  }

  /** Everything that stands or stood in an inbox, of whichever clinic: late versions and proposals, as the ledger names them. */
  async named(): Promise<NamedProposal[]> {
    const rows = await this.#context.gateway.stateList('conflict/');
    const read = rows.map(({ key, value }) => ({ ...conflictIds(key), row: decode(conflictRow, value) }));
    const devices = [...new Set(read.map(({ row }) => toHex(row.device)))];
    const found = await this.#context.gateway.state(devices.map(deviceKey));
    const chains = new Map(
      devices.map((device, at) => [device, found[at] ? toHex(decode(deviceRow, found[at]).chain) : ''] as const),
    );
    return read.map((each) => ({ ...each, from: chains.get(toHex(each.row.device)) ?? '' }));
  }

  /** Declines what another clinic proposed, which is told why. @throws {Failure} `records.reason-missing`; storage failures. */
  async decline(named: NamedProposal, patient: PatientEntry, reason: string): Promise<void> {
    const why = reason.trim();
    if (why === '') throw noReason();
    const { staff, gateway, clock } = this.#context;
    const place = placeOf(named);
    const words = encode(answerBody, { suite: ANSWER_SUITE, by: staff.name, reason: why });
    const letter = await sealLetter(this.#context, ANSWER_MESSAGE, named.from, encode(answerContext, place), words);
    await gateway.commit({
      events: [this.#answered(place, named.row, sha256(letter.body), false)],
      messages: [letter],
      rows: [
        this.#rows.answerRow(patient.id, {
          document: named.document,
          category: categoryOf(patient, named.handle),
          by: staff.name,
          reason: why,
          at: clock(),
          message: sha256Hex(letter.body),
        }),
      ],
    });
  }

  /** What was declined waits again. */
  async reopen(named: NamedProposal): Promise<void> {
    await this.#context.gateway.commit({ events: [this.#answered(placeOf(named), named.row, NOTHING, true)] });
  }

  #answered(place: AnswerContext, { device }: ConflictRow, answer: Uint8Array, reopens: boolean): OutgoingEvent {
    const { handle, record, proposal } = place;
    const body = { record, proposal, device, answer, reopens };
    return personalAct(this.#context, { type: 'record.amendment.declined', handle, codec: amendmentDeclinedBody, body });
  }

  /**
   * The grant by which this clinic reads the compartment for this purpose now, and the compartment.
   * @param before the chart's entry of the version before; of a new record the category alone
   */
  async #openedBy(
    patient: PatientEntry,
    before: Parameters<typeof compartmentOf>[2],
    purpose: string,
  ): Promise<{ grant: Uint8Array; handle: Uint8Array }> {
    const { gateway, hooks, chain } = this.#context;
    const { category } = before;
    const { categories } = await hooks.reading(patient, purpose);
    if (patient.handles[category] === undefined || !isCategory(category) || !categories.has(category)) throw notShared();
    const handle = await compartmentOf(this.#context, patient, before);
    const [rows, time] = [await gateway.state(patient.shared.map(grantKey)), await gateway.time()];
    const grant = patient.shared.find((_, at) => {
      const row = rows[at] && decode(grantRow, rows[at]);
      const isIt = row && equalBytes(row.handle, handle) && equalBytes(row.recipient, chain) && row.purpose === purpose;
      return isIt && grantHolds(row, time);
    });
    if (grant === undefined) throw notShared();
    return { grant: fromHex(grant), handle };
  }

  async #sealed(
    patient: PatientEntry,
    { grant, handle, category, before, resourceType, content, reason }: Proposing,
  ): Promise<{ write: LocalWrite; proposal: StoredProposal }> {
    const context = this.#context;
    const { staff, chain } = context;
    const record = before ? fromHex(before.record) : context.random(16);
    const version = (before?.version ?? 0) + 1;
    const previous = before ? fromHex(before.document) : NOTHING;
    const meta: RecordMeta = { resourceType, authorName: staff.name, reason };
    const [kind, time] = ['fhir', context.clock()];
    const envelope = {
      salt: context.random(SALT_BYTES),
      kind,
      recordId: record,
      version,
      previous,
      author: staff.id,
      time,
      meta: JSON.stringify(meta),
      content,
    };
    const associated = encode(amendmentContext, { handle, record, version });
    const letter = await sealLetter(context, AMENDMENT_MESSAGE, patient.custodian, associated, encodeEnvelope(envelope));
    const proposal = sha256(letter.body);
    const event = personalAct(context, {
      type: 'record.amendment.proposed',
      handle,
      codec: amendmentProposedBody,
      body: { grant, record, version, previous, proposal },
      commitment: commitmentOf(envelope),
    });
    return {
      write: { events: [event], messages: [letter] },
      proposal: {
        document: toHex(proposal),
        patient: patient.id,
        record: toHex(record),
        category,
        handle: toHex(handle),
        clinic: toHex(chain),
        version,
        previous: before?.document,
        kind,
        author: toHex(staff.id),
        authorName: staff.name,
        time,
        reason,
        content: fromUtf8(content),
        destroyed: false,
      },
    };
  }
}

interface Proposing {
  readonly grant: Uint8Array;
  readonly handle: Uint8Array;
  readonly category: CompartmentName;
  readonly before: ChartEntry | undefined;
  readonly resourceType: string;
  readonly content: Uint8Array;
  readonly reason: string;
}

const keyOf = ({ handle, record, document }: StoredProposal): string => conflictKey(handle, record, document);

const placeOf = ({ handle, record, document }: NamedProposal): AnswerContext => {
  return { handle: fromHex(handle), record: fromHex(record), proposal: fromHex(document) };
};

/** The ledger disputes a proposal by not keeping it. */
function stateOf(document: string, row: Uint8Array | undefined): ProposalState {
  if (!row) return 'DISPUTED';
  const { settled } = decode(conflictRow, row);
  if (settled.length === 0) return 'WAITING';
  return isDeclined(fromHex(document), settled) ? 'DECLINED' : 'TAKEN';
}

/** The category whose compartment this is. */
export function categoryOf(patient: PatientEntry, handle: string): CompartmentName {
  const [category] = everyCompartment(patient).find(([, each]) => each === handle) ?? [];
  return category as CompartmentName;
}

function ours(): Failure {
  return new Failure('records.ours', 'This clinic keeps these records. Amend them directly; nothing has to be proposed.');
}

function notTreating(): Failure {
  return new Failure(
    'records.purpose-not-treatment',
    'Amendments are proposed by who treats the patient. Open the chart for treatment, if that is why you are here.',
  );
}

function noReason(): Failure {
  return new Failure('records.reason-missing', 'Say in a few words why. It stays with the record.');
}

function noteStays(): Failure {
  return new Failure(
    'records.note-not-amended',
    'A signed note is changed by nobody but its clinic. Add what is missing as a record of its own.',
  );
}

function moved(): Failure {
  return new Failure(
    'records.version-conflict',
    'The other clinic has changed this record since you opened it. Look at the new version and make your change again.',
  );
}

function tooLarge(): Failure {
  return new Failure(
    'records.proposal-too-large',
    `A proposal has at most ${MOST_PROPOSED / 1000} kilobytes. Leave out attachments, or ask the other clinic to add them.`,
  );
}

function notShared(): Failure {
  return new Failure(
    'records.not-shared',
    'This part of the chart is not shared with this clinic for treatment, so nothing can be proposed in it. Ask the clinic that keeps it.',
  );
}
