/** A patient's consents at a kiosk: how each stands on the ledger, and confirming, ending and giving one by the patient's own signature. */
import { cardKey, cardRow } from '../../../shared/care-card/card-rules.ts';
import type { ConsentLetter } from '../../../shared/care-card/patient-letter.ts';
import { askedKey, askedRow } from '../../../shared/consent/asked-rules.ts';
import { makeConsentProof } from '../../../shared/consent/consent-proof.ts';
import { confirmedKey, confirmedRow, type GrantRow, grantKey, grantRow } from '../../../shared/consent/consent-rules.ts';
import { consentState, isEndedOnLedger } from '../../../shared/consent/consent-state.ts';
import { equalBytes, fromHex, fromUtf8, toHex, utf8 } from '../../../shared/encoding/bytes.ts';
import { decode, encode } from '../../../shared/encoding/codec.ts';
import {
  confirmationMessage,
  consentConfirmedBody,
  consentEndedBody,
  endingMessage,
} from '../../../shared/kiosk/patient-act-rules.ts';
import type { FiledConsent, PatientFile } from '../../../shared/kiosk/patient-file.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { loadState } from '../../ledger/state-rows.store.ts';
import { loadOverlaid } from '../../sync/own-acts/pending.ts';
import { sha256, sha256Hex, sign } from '../../vault/primitives.ts';
import { nobodyGives, type OwnGiving, type OwnWish } from './own-giving.ts';
import type { OwnLetters } from './own-letters.ts';
import type { OwnRecordsParts, Recipient } from './own-records.ts';

interface OwnConsentsParts extends Pick<OwnRecordsParts, 'opened' | 'row' | 'reader' | 'time' | 'record' | 'receipts'> {
  readonly letters: OwnLetters;
  readonly giving: OwnGiving;
  file(): Promise<PatientFile>;
  recipients(): Promise<readonly Recipient[]>;
}

/** A consent in its own words, and how it stands on the ledger. */
export interface StandingOwnConsent {
  readonly consent: FiledConsent;
  /** `WAITING`: nobody can read by it yet. */
  readonly state: 'WAITING' | 'FUTURE' | 'IN_FORCE' | 'EXPIRED' | 'WITHDRAWN';
  /**
   * `SIGNED`: by the patient, `RECORDED`: by the clinic on their word; no desk has added the keys, or they have not arrived here. `HERE`: the
   * region's ledger does not say it yet.
   */
  readonly reach: 'SIGNED' | 'RECORDED' | 'HERE' | 'REGION';
  readonly isResearch: boolean;
  /** With whose card it was given or confirmed; `CLINIC`: with none, it recorded the patient's word. */
  readonly signedBy: 'PATIENT' | 'GUARDIAN' | 'CLINIC';
  /** SHA-256 of the text, hexadecimal. */
  readonly hash: string;
}

/** As the kiosk's schema names them. */
const ownState = {
  NOT_IN_LEDGER: 'WAITING',
  FUTURE: 'FUTURE',
  ACTIVE: 'IN_FORCE',
  EXPIRED: 'EXPIRED',
  WITHDRAWN: 'WITHDRAWN',
} as const;

export class OwnConsents {
  readonly #parts: OwnConsentsParts;

  constructor(parts: OwnConsentsParts) {
    this.#parts = parts;
  }

  /** Of the clinic's file, and what was signed at a kiosk since; what holds first. @throws {Failure} `patient.no-file`. */
  async list(): Promise<StandingOwnConsent[]> {
    const { reader } = this.#parts;
    const file = await this.#parts.file();
    const filed = new Set(file.consents.map(({ id }) => id));
    const fresh = (await this.#signed()).filter(({ id }) => !filed.has(id));
    const consents = [...file.consents, ...fresh];
    const keys = consents.flatMap(({ grants }) =>
      grants.flatMap(({ grant }) => [grantKey(grant), confirmedKey(grant), askedKey(grant)]),
    );
    const [here, region] = await Promise.all([loadOverlaid(reader, keys), loadState(reader, keys)]);
    const time = await this.#parts.time();
    const research = new Set((await this.#parts.recipients()).filter(({ research: is }) => is).map(({ chain }) => chain));
    const signers = await this.#signers(consents, here);
    const standing = consents.map((consent): StandingOwnConsent => {
      const signedBy = signers.get(consent.id) ?? 'CLINIC';
      const partsOf = (rows: ReadonlyMap<string, Uint8Array | undefined>): GrantRow[] =>
        consent.grants.flatMap(({ grant }) => {
          const row = rows.get(grantKey(grant));
          return row ? [decode(grantRow, row)] : [];
        });
      const confirmed = (rows: ReadonlyMap<string, Uint8Array | undefined>): boolean =>
        consent.grants.some(({ grant }) => rows.get(confirmedKey(grant)) !== undefined);
      const endedBefore = (rows: ReadonlyMap<string, Uint8Array | undefined>): boolean =>
        consent.grants.some(({ grant }) => {
          const row = rows.get(askedKey(grant));
          return row !== undefined && decode(askedRow, row).ended;
        });
      const ended = (rows: ReadonlyMap<string, Uint8Array | undefined>): boolean =>
        endedBefore(rows) || isEndedOnLedger(partsOf(rows));
      const isOver = ended(here) || consent.withdrawnAt !== undefined;
      const isWhole = (rows: ReadonlyMap<string, Uint8Array | undefined>): boolean =>
        partsOf(rows).length === consent.grants.length;
      const inRegion = ended(region) === isOver && confirmed(region) === confirmed(here);
      const isKnown = isWhole(region) || endedBefore(region);
      const state = ownState[consentState(consent, { isEnded: isOver, isWhole: isWhole(here) }, time)];
      const reach = inRegion && isKnown ? 'REGION' : 'HERE';
      return {
        consent,
        state,
        reach: state === 'WAITING' ? (signedBy === 'CLINIC' ? 'RECORDED' : 'SIGNED') : reach,
        isResearch: research.has(consent.recipient),
        signedBy,
        hash: sha256Hex(utf8(consent.text)),
      };
    });
    const rank = { WAITING: 0, IN_FORCE: 0, FUTURE: 1, EXPIRED: 2, WITHDRAWN: 2 } as const;
    return standing.sort(
      (one, other) => rank[one.state] - rank[other.state] || other.consent.recordedAt - one.consent.recordedAt,
    );
  }

  /** Of those that were given or confirmed with a card: whether it is one of the patient's own, or of who acts or acted for them. */
  async #signers(
    consents: readonly FiledConsent[],
    rows: ReadonlyMap<string, Uint8Array | undefined>,
  ): Promise<Map<string, 'PATIENT' | 'GUARDIAN'>> {
    const signed = consents.flatMap(({ id, grants }): [string, string][] => {
      const cards = grants.flatMap(({ grant }) => {
        const [confirmed, asked] = [rows.get(confirmedKey(grant)), rows.get(askedKey(grant))];
        return confirmed ? [decode(confirmedRow, confirmed).card] : asked ? [decode(askedRow, asked).card] : [];
      });
      return cards.slice(0, 1).map((card) => [id, cardKey(toHex(card))]);
    });
    const cards = await loadOverlaid(
      this.#parts.reader,
      signed.map(([, card]) => card),
    );
    return new Map(
      signed.map(([id, card]) => {
        const row = cards.get(card);
        const isOwn = row !== undefined && equalBytes(decode(cardRow, row).handle, this.#parts.row.handle);
        return [id, isOwn ? 'PATIENT' : 'GUARDIAN'];
      }),
    );
  }

  /**
   * Ends a consent by the patient's own signature, every part of it in one durable act.
   * @throws {Failure} `consent.unknown`, `consent.withdrawn-already`, `consent.on-its-way`; `ledger.refused`; storage failures.
   */
  async end(id: string): Promise<StandingOwnConsent> {
    const { row, opened } = this.#parts;
    const before = await this.#consent(id);
    if (before.state === 'WITHDRAWN')
      throw new Failure('consent.withdrawn-already', 'This consent is withdrawn already. Nothing more needs to be done.');
    if (before.reach === 'RECORDED') throw onItsWay();
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
   * @throws {Failure} `consent.deceased`, `consent.unknown`, `consent.over`, `consent.confirmed-already`, `consent.on-its-way`,
   * `consent.text-changed`; `ledger.refused`; storage failures.
   */
  async confirm(id: string, hash: string): Promise<StandingOwnConsent> {
    const { row, opened, reader } = this.#parts;
    if ((await this.#parts.file()).deceased) throw nobodyGives();
    const before = await this.#consent(id);
    if (before.state === 'WITHDRAWN' || before.state === 'EXPIRED')
      throw new Failure('consent.over', 'This consent has ended. There is nothing to confirm.');
    if (before.signedBy !== 'CLINIC')
      throw new Failure('consent.confirmed-already', 'You have confirmed this consent already. Nothing more needs to be done.');
    if (before.reach === 'RECORDED') throw onItsWay();
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

  /**
   * Gives a consent by the patient's own signature; a desk adds the keys.
   * @throws {Failure} as `OwnGiving.give`.
   */
  async give(wish: OwnWish, hash: string): Promise<StandingOwnConsent> {
    const signed = await this.#parts.giving.give(wish, hash);
    const found = (await this.list()).find(({ consent }) => consent.grants.some(({ grant }) => grant === signed));
    if (found) return found;
    throw new Failure('consent.unknown', 'There is no such consent. Open the list again.');
  }

  /** See shared/consent/consent-proof.ts. @throws {Failure} `consent.unknown`, `ledger.pending`. */
  async proof(id: string): Promise<string> {
    const { reader } = this.#parts;
    const standing = await this.#consent(id);
    const { grant, handle } = this.#identityPart(standing);
    const { text } = standing.consent;
    return makeConsentProof(
      { text, agreement: sha256(utf8(text)), grant: fromHex(grant), handle: fromHex(handle) },
      {
        receipts: (wanted) => this.#parts.receipts(wanted),
        state: async (keys) => {
          const rows = await loadOverlaid(reader, keys);
          return keys.map((key) => rows.get(key));
        },
      },
    );
  }

  /** What was signed at a kiosk by the patient or for them, whether a desk has given it yet or not; as letters say it and the ledger confirms. */
  async #signed(): Promise<FiledConsent[]> {
    const letters = (await this.#parts.letters.everybodys()).filter(({ subject }) => subject === 'consent');
    const said = letters.map(({ content }) => JSON.parse(fromUtf8(content)) as ConsentLetter);
    const rows = await loadOverlaid(
      this.#parts.reader,
      said.map(({ grant }) => askedKey(grant)),
    );
    const consents: FiledConsent[] = [];
    for (const letter of said) {
      const stored = rows.get(askedKey(letter.grant));
      const text = stored && (await this.#parts.giving.textOf(letter));
      if (!stored || !text || !equalBytes(sha256(utf8(text.text)), decode(askedRow, stored).agreement)) continue;
      consents.push({
        ...letter,
        recipientName: text.recipientName,
        categories: text.categories,
        text: text.text,
        recordedAt: decode(askedRow, stored).time,
        withdrawnAt: undefined,
        grants: [{ grant: letter.grant, handle: toHex(this.#parts.row.handle) }],
      });
    }
    return consents;
  }

  /** The part that ties a consent to this card's patient. */
  #identityPart({ consent }: StandingOwnConsent): FiledConsent['grants'][number] {
    const identity = consent.grants.find(({ handle }) => handle === toHex(this.#parts.row.handle));
    if (identity) return identity;
    throw new Failure('consent.unknown', 'This consent is of another record than this card’s. Ask at the desk.');
  }

  async #consent(id: string): Promise<StandingOwnConsent> {
    const found = (await this.list()).find(({ consent }) => consent.id === id);
    if (found) return found;
    throw new Failure('consent.unknown', 'There is no such consent. Open the list again.');
  }
}

/** Of words whose parts the ledger lacks nothing can be signed. */
const onItsWay = (): Failure =>
  new Failure(
    'consent.on-its-way',
    'The clinic’s computers have not added the keys of this consent yet: nobody can read by it. Try again in a few minutes, or ask at the desk.',
    { retry: true },
  );
