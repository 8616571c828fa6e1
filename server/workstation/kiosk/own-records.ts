/** What one patient's keys open on this kiosk: the file in their box, and beside it what the ledger says of their consents and offers now. */

import type { CardRow } from '../../../shared/care-card/card-rules.ts';
import { confirmedKey, type GrantRow, grantKey, grantRow } from '../../../shared/consent/consent-rules.ts';
import { equalBytes, fromHex, fromUtf8, toHex, utf8 } from '../../../shared/encoding/bytes.ts';
import { decode, encode } from '../../../shared/encoding/codec.ts';
import {
  confirmationMessage,
  consentConfirmedBody,
  consentEndedBody,
  endingMessage,
} from '../../../shared/kiosk/patient-act-rules.ts';
import type { FiledConsent, PatientFile } from '../../../shared/kiosk/patient-file.ts';
import { PATIENT_FILE_KIND } from '../../../shared/kiosk/patient-file.ts';
import { chainRow } from '../../../shared/ledger/rows.ts';
import { offerRow, participationKey, participationRow } from '../../../shared/marketplace/offer-rules.ts';
import { offerState, takesPart } from '../../../shared/marketplace/offer-state.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { recordKey, recordRow } from '../../../shared/records/record-rules.ts';
import type { OpenedCard } from '../../care-card/open-card.ts';
import { listState, loadState } from '../../ledger/ledger.store.ts';
import type { ReadConnection } from '../../storage/database.ts';
import { readDocument } from '../../sync/clinic.store.ts';
import { listOverlaid, loadOverlaid } from '../../sync/pending.ts';
import { sealingKey, sha256, sha256Hex, sign } from '../../vault/primitives.ts';
import { openDocument } from '../../vault/sealing.ts';
import { OwnReadings } from './own-readings.ts';
import type { PatientAct } from './session-verbs.ts';

export interface OwnRecordsParts {
  readonly opened: OpenedCard;
  readonly row: CardRow;
  /** clinic.db, read only. */
  readonly reader: ReadConnection;
  time(): Promise<number>;
  /** Durable when it resolves. */
  record(acts: readonly PatientAct[]): Promise<void>;
}

interface OpenedFile {
  readonly file: PatientFile;
  /** When the clinic wrote it, milliseconds. */
  readonly time: number;
}

/** A consent in its own words, and how it stands on the ledger. */
export interface StandingOwnConsent {
  readonly consent: FiledConsent;
  readonly state: 'FUTURE' | 'IN_FORCE' | 'EXPIRED' | 'WITHDRAWN';
  /** The region's ledger says the same as this device. */
  readonly inRegion: boolean;
  readonly isResearch: boolean;
  /** By the patient's own signature; otherwise the clinic recorded their word. */
  readonly isConfirmed: boolean;
  /** SHA-256 of the text, hexadecimal. */
  readonly hash: string;
}

export class OwnRecords {
  readonly #parts: OwnRecordsParts;
  /** Who has opened them. */
  readonly log: OwnReadings;

  constructor(parts: OwnRecordsParts) {
    const { reader, row, opened } = parts;
    this.#parts = parts;
    this.log = new OwnReadings({ reader, row, boxKey: opened.boxKey, filed: async () => (await this.file()).file.readings });
  }

  /** @throws {Failure} `patient.no-file` before the clinic's file has arrived here. */
  async file(): Promise<OpenedFile> {
    const { reader, row, opened } = this.#parts;
    const box = toHex(row.box);
    const key = sealingKey(opened.boxKey);
    const prefix = recordKey(box, '');
    const found: OpenedFile[] = [];
    for (const { key: name, value } of await listState(reader, prefix)) {
      const { version, document } = decode(recordRow, value);
      const stored = await readDocument(reader, document);
      if (!stored) continue;
      const place = { handle: row.box, recordId: Buffer.from(name.slice(prefix.length), 'hex'), version };
      const envelope = openDocument({ ...place, sealed: stored.sealed, wrap: stored.wrap }, (_handle, epoch) =>
        epoch === row.boxEpoch ? key : undefined,
      );
      if (envelope.kind !== PATIENT_FILE_KIND) continue;
      found.push({ file: JSON.parse(fromUtf8(envelope.content)) as PatientFile, time: envelope.time });
    }
    const newest = found.sort((one, other) => other.time - one.time)[0];
    if (newest) return newest;
    throw new Failure(
      'patient.no-file',
      'Your papers have not arrived at this kiosk yet. Try again in a few minutes, or ask at the desk.',
      { retry: true },
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

  async consents(): Promise<StandingOwnConsent[]> {
    const { reader } = this.#parts;
    const { file } = await this.file();
    const keys = file.consents.flatMap(({ grants }) => grants.flatMap(({ grant }) => [grantKey(grant), confirmedKey(grant)]));
    const [here, region] = await Promise.all([loadOverlaid(reader, keys), loadState(reader, keys)]);
    const time = await this.#parts.time();
    const research = new Set((await this.recipients()).filter(({ research: is }) => is).map(({ chain }) => chain));
    const standing = file.consents.map((consent): StandingOwnConsent => {
      const rowsOf = (rows: ReadonlyMap<string, Uint8Array | undefined>): Array<GrantRow | undefined> =>
        consent.grants.map(({ grant }) => {
          const row = rows.get(grantKey(grant));
          return row && decode(grantRow, row);
        });
      const confirmed = (rows: ReadonlyMap<string, Uint8Array | undefined>): boolean =>
        consent.grants.some(({ grant }) => rows.get(confirmedKey(grant)) !== undefined);
      const own = rowsOf(here);
      const ended = (rows: ReadonlyArray<GrantRow | undefined>) => rows.every((row) => row?.withdrawn ?? false);
      const isOver = ended(own) || consent.withdrawnAt !== undefined;
      return {
        consent,
        state: isOver ? 'WITHDRAWN' : stateOf(consent, time),
        inRegion:
          rowsOf(region).every((row) => row !== undefined) &&
          ended(rowsOf(region)) === isOver &&
          confirmed(region) === confirmed(here),
        isResearch: research.has(consent.recipient),
        isConfirmed: confirmed(here),
        hash: sha256Hex(utf8(consent.text)),
      };
    });
    const rank = { IN_FORCE: 0, FUTURE: 1, EXPIRED: 2, WITHDRAWN: 2 } as const;
    return standing.sort(
      (one, other) => rank[one.state] - rank[other.state] || other.consent.recordedAt - one.consent.recordedAt,
    );
  }

  /**
   * Ends a consent by the patient's own signature, every part of it in one durable act.
   * @throws {Failure} `consent.unknown`, `consent.withdrawn-already`; `ledger.refused`; storage failures.
   */
  async end(id: string): Promise<StandingOwnConsent> {
    const { row, opened } = this.#parts;
    const before = await this.#consent(id);
    if (before.state === 'WITHDRAWN')
      throw new Failure('consent.withdrawn-already', 'This consent is withdrawn already. Nothing more needs to be done.');
    const identity = this.#identityPart(before);
    const acts = before.consent.grants.map(({ grant, handle }) => {
      const proof = sign(opened.signing, endingMessage(row.custodian, fromHex(grant), row.card));
      const body = { grant: fromHex(grant), identity: fromHex(identity.grant), card: row.card, proof };
      return { type: 'consent.ended' as const, handle: fromHex(handle), body: encode(consentEndedBody, body) };
    });
    await this.#parts.record(acts);
    return this.#consent(id);
  }

  /**
   * Confirms a consent that staff recorded, by the patient's own signature over its exact text.
   * @param hash SHA-256 of the text that was read, hexadecimal
   * @throws {Failure} `consent.unknown`, `consent.over`, `consent.confirmed-already`, `consent.text-changed`; `ledger.refused`; storage
   * failures.
   */
  async confirm(id: string, hash: string): Promise<StandingOwnConsent> {
    const { row, opened, reader } = this.#parts;
    const before = await this.#consent(id);
    if (before.state === 'WITHDRAWN' || before.state === 'EXPIRED')
      throw new Failure('consent.over', 'This consent has ended. There is nothing to confirm.');
    if (before.isConfirmed)
      throw new Failure('consent.confirmed-already', 'You have confirmed this consent already. Nothing more needs to be done.');
    const { grant, handle } = this.#identityPart(before);
    const stored = (await loadOverlaid(reader, [grantKey(grant)])).get(grantKey(grant));
    const agreement = sha256(utf8(before.consent.text));
    // What the clinic laid into the box counts only where it is what the ledger says was signed.
    if (!stored || !equalBytes(decode(grantRow, stored).agreement, agreement) || hash !== before.hash)
      throw new Failure(
        'consent.text-changed',
        'These are not the words that were recorded. Nothing was signed; ask at the desk.',
      );
    const signed = { grant: fromHex(grant), agreement, card: row.card };
    const proof = sign(opened.signing, confirmationMessage(row.custodian, signed));
    const body = encode(consentConfirmedBody, { ...signed, proof });
    await this.#parts.record([{ type: 'consent.confirmed', handle: fromHex(handle), body }]);
    return this.#consent(id);
  }

  /** The part that ties a consent to this card's patient. */
  #identityPart({ consent }: StandingOwnConsent): FiledConsent['grants'][number] {
    const identity = consent.grants.find(({ handle }) => handle === toHex(this.#parts.row.handle));
    if (identity) return identity;
    throw new Failure('consent.unknown', 'This consent is of another record than this card’s. Ask at the desk.');
  }

  async #consent(id: string): Promise<StandingOwnConsent> {
    const found = (await this.consents()).find(({ consent }) => consent.id === id);
    if (found) return found;
    throw new Failure('consent.unknown', 'There is no such consent. Open the list again.');
  }

  /** Clinics and research organisations of the region but the patient's own. */
  async recipients(): Promise<Array<{ chain: string; name: string; research: boolean }>> {
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

  async offers() {
    const { reader } = this.#parts;
    const [time, consents, recipients] = await Promise.all([this.#parts.time(), this.consents(), this.recipients()]);
    const names = new Map(recipients.map(({ chain, name }) => [chain, name]));
    const research = consents.filter(({ consent, state }) => consent.purpose === 'HRESCH' && state === 'IN_FORCE');
    const grants = new Map(research.flatMap(({ consent }) => consent.grants.map((each) => [each.handle, { ...each, consent }])));
    const offers = (await listOverlaid(reader, 'offer/')).map(({ key, value }) => ({
      id: key.slice('offer/'.length),
      terms: decode(offerRow, value),
    }));
    const standing = await Promise.all(
      offers.map(async ({ id, terms }) => {
        const publisher = toHex(terms.publisher);
        const keys = [...grants.keys()].map((handle) => participationKey(id, handle));
        const [here, region] = await Promise.all([loadOverlaid(reader, keys), loadState(reader, keys)]);
        const joined = await this.#takesPart(here, time);
        return {
          id,
          title: terms.title,
          buyer: names.get(publisher) ?? '',
          purpose: terms.description,
          reward: terms.reward,
          opens: terms.opens,
          expires: terms.expires,
          minimumGroup: terms.minimumGroup,
          categories: [...terms.categories],
          open: offerState(terms, time) === 'OPEN',
          joined,
          reach: joined === (await this.#takesPart(region, time)) ? ('REGION' as const) : ('HERE' as const),
          needsConsent: !research.some(({ consent }) => consent.recipient === publisher),
          publisher,
        };
      }),
    );
    return standing.filter(({ open, joined }) => open || joined).sort((one, other) => one.expires - other.expires);
  }

  async #takesPart(rows: ReadonlyMap<string, Uint8Array | undefined>, time: number): Promise<boolean> {
    for (const value of rows.values()) {
      if (!value) continue;
      const row = decode(participationRow, value);
      const key = grantKey(toHex(row.grant));
      const grant = (await loadOverlaid(this.#parts.reader, [key])).get(key);
      if (takesPart(row, grant && decode(grantRow, grant), time)) return true;
    }
    return false;
  }
}

function stateOf({ starts, ends }: FiledConsent, time: number): StandingOwnConsent['state'] {
  if (time < starts) return 'FUTURE';
  return ends !== 0 && time >= ends ? 'EXPIRED' : 'IN_FORCE';
}
