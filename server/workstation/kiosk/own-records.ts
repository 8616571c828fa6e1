/** What one patient's keys open on this kiosk: the file in their box, and beside it what the ledger says of their consents and offers now. */

import { type CardRow, cardKey, cardRow } from '../../../shared/care-card/card-rules.ts';
import { toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import type { PatientFile } from '../../../shared/kiosk/patient-file.ts';
import { chainRow } from '../../../shared/ledger/rows.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { keysOfBox } from '../../care-card/open-box.ts';
import type { OpenedCard } from '../../care-card/open-card.ts';
import { loadState } from '../../ledger/state-rows.store.ts';
import type { ReadConnection } from '../../storage/database.ts';
import type { OutgoingDocument } from '../../sync/gateway.ts';
import { listOverlaid, loadOverlaid } from '../../sync/own-acts/pending.ts';
import type { CompartmentKeys } from '../../vault/sealing.ts';
import { OwnCalls } from './own-calls.ts';
import { OwnConsents } from './own-consents.ts';
import { type OpenedFile, OwnFile } from './own-file.ts';
import { OwnGiving } from './own-giving.ts';
import { OwnLetters } from './own-letters.ts';
import { OwnLinks } from './own-links.ts';
import { OwnOffers } from './own-offers.ts';
import { type OwnPossibleReaders, possibleReadersOf } from './own-openings.ts';
import { OwnReadings } from './own-readings.ts';
import { OwnRequests } from './own-requests.ts';
import type { KioskVerbs, PatientAct } from './session-verbs.ts';

export interface OwnRecordsParts {
  readonly opened: OpenedCard;
  readonly row: CardRow;
  /** clinic.db, read only. */
  readonly reader: ReadConnection;
  /** Left out: it is the patient. Otherwise who acts for them, with the guardian's card as `row.card`, and in what. */
  readonly guardian?: ActingGuardian;
  time(): Promise<number>;
  /** Durable when it resolves. */
  record(acts: readonly PatientAct[], documents?: readonly OutgoingDocument[]): Promise<void>;
  askLinks: KioskVerbs['askLinks'];
  askCalls: KioskVerbs['askCalls'];
  receipts: KioskVerbs['receipts'];
  anchorReceipts: KioskVerbs['anchorReceipts'];
}

/** Whom a consent can name. */
export interface Recipient {
  /** Hexadecimal. */
  readonly chain: string;
  readonly name: string;
  readonly research: boolean;
}

interface ActingGuardian {
  readonly name: string;
  /** Their own compartment of identity, hexadecimal. */
  readonly handle: string;
  /** Milliseconds; `ends` 0: until somebody ends it. */
  readonly starts: number;
  readonly ends: number;
  readonly mayConsent: boolean;
  readonly mayComplain: boolean;
}

export class OwnRecords {
  readonly #parts: OwnRecordsParts;
  readonly #file: OwnFile;
  /** Who has opened them. */
  readonly log: OwnReadings;
  readonly letters: OwnLetters;
  readonly offers: OwnOffers;
  readonly links: OwnLinks;
  readonly calls: OwnCalls;
  /** To the clinic's privacy officer. */
  readonly requests: OwnRequests;
  readonly consents: OwnConsents;
  /** New consents. */
  readonly giving: OwnGiving;

  constructor(parts: OwnRecordsParts) {
    const { reader, row } = parts;
    this.#parts = parts;
    this.#file = new OwnFile({ reader, row, keys: () => this.#keys() });
    this.letters = new OwnLetters({ ...parts, keys: () => this.#keys() });
    this.giving = new OwnGiving({
      ...parts,
      letters: this.letters,
      time: () => parts.time(),
      record: (acts, documents) => parts.record(acts, documents),
      me: async () => (await this.file()).file,
      home: () => this.home(),
      recipients: () => this.recipients(),
    });
    this.consents = new OwnConsents({
      ...parts,
      letters: this.letters,
      giving: this.giving,
      file: async () => (await this.file()).file,
      recipients: () => this.recipients(),
    });
    this.offers = new OwnOffers({
      ...parts,
      time: () => parts.time(),
      record: (acts) => parts.record(acts),
      consents: () => this.consents.list(),
      recipients: () => this.recipients(),
      benefits: async () => (await this.file()).file.benefits ?? [],
      receipts: (wanted) => parts.receipts(wanted),
    });
    this.log = new OwnReadings({
      reader,
      row,
      keys: () => this.#keys(),
      filed: async () => (await this.file()).file.readings,
      receipts: (wanted) => parts.anchorReceipts(wanted),
    });
    const { guardian } = parts;
    this.links = new OwnLinks({
      letters: this.letters,
      patient: toHex(row.handle),
      ...(guardian ? { office: { guardian: guardian.handle, since: guardian.starts, ends: guardian.ends } } : {}),
      guardians: () => this.#guardiansByHandle(),
      file: async () => (await this.file()).file,
      time: () => parts.time(),
      record: (acts, documents) => parts.record(acts, documents),
      askLinks: (asked) => parts.askLinks(asked),
    });
    this.calls = new OwnCalls({ box: row.box, keys: () => this.#keys(), askCalls: (asked) => parts.askCalls(asked) });
    this.requests = new OwnRequests({
      letters: this.letters,
      reader,
      file: async () => (await this.file()).file,
      line: (entry) => this.log.line(entry),
      by: parts.guardian?.name ?? '',
      time: () => parts.time(),
      record: (acts, documents) => parts.record(acts, documents),
    });
  }

  /** Before an act that not everybody who acts for a patient may do. @throws {Failure} `guardian.not-allowed`. */
  require(act: 'consent' | 'complain' | 'research' | 'own-wishes'): this {
    const { guardian } = this.#parts;
    const may = !guardian || (act === 'consent' && guardian.mayConsent) || (act === 'complain' && guardian.mayComplain);
    if (may) return this;
    throw new Failure('guardian.not-allowed', 'You may read for this person, but not do this for them. Ask at the desk who may.');
  }

  get guardian(): ActingGuardian | undefined {
    return this.#parts.guardian;
  }

  /** Their papers, the newest that have arrived here. @throws {Failure} `patient.no-file` before the clinic's first file has. */
  async file(): Promise<OpenedFile> {
    const opened = await this.#file.read();
    return this.#parts.guardian ? { ...opened, file: forGuardian(opened.file) } : opened;
  }

  #keys(): Promise<CompartmentKeys> {
    const { reader, row, opened } = this.#parts;
    return keysOfBox(reader, row, opened.boxKey);
  }

  /** Who acts for them, as the clinic names them, whichever card they have had; nobody while it has not: nothing else waits for names. */
  async #guardiansByHandle(): Promise<Map<string, string>> {
    const guardians = await this.file().then(
      ({ file }) => file.guardians,
      (error: unknown) => {
        if (asFailure(error).code !== 'patient.no-file') throw error;
        return [];
      },
    );
    const rows = await loadOverlaid(
      this.#parts.reader,
      guardians.map(({ card }) => cardKey(card)),
    );
    return new Map(
      guardians.flatMap(({ card, name }): [string, string][] => {
        const row = rows.get(cardKey(card));
        return row ? [[toHex(decode(cardRow, row).handle), name]] : [];
      }),
    );
  }

  /** The custodian's name, as the ledger has it. */
  async clinicName(chain: Uint8Array): Promise<string> {
    const key = `chain/${toHex(chain)}`;
    const value = (await loadState(this.#parts.reader, [key])).get(key);
    return value ? decode(chainRow, value).name : '';
  }

  home(): Promise<string> {
    return this.clinicName(this.#parts.row.custodian);
  }

  /** Who could open this patient's records now. @throws {Failure} `patient.no-file`. */
  async possibleReaders(): Promise<OwnPossibleReaders[]> {
    const { reader, row, time } = this.#parts;
    return possibleReadersOf({ reader, keeper: row.custodian }, (await this.file()).file, await time());
  }

  /** Clinics and research organisations of the region but the patient's own. */
  async recipients(): Promise<Recipient[]> {
    const { reader, row } = this.#parts;
    const own = toHex(row.custodian);
    return (await listOverlaid(reader, 'chain/'))
      .map(({ key, value }) => {
        const { name, kind } = decode(chainRow, value);
        return { chain: key.slice('chain/'.length), name, research: kind === 'research' };
      })
      .filter(({ chain }) => chain !== own)
      .sort((one, other) => one.name.localeCompare(other.name));
  }
}

/** What the patient keeps from people of the clinic is nobody's to read but their own. */
const forGuardian = ({ reach: _, ...file }: PatientFile): PatientFile => ({ ...file, ...file.forGuardians });
