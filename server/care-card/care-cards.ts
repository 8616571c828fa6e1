/**
 * Care cards at the clinic that issues them. This is the front door of the vault's side: issuing, ending, how a card stands, and keeping the
 * patient's list of keys current. Opening a card is another process's work: open-card.ts.
 */

import { cardCodeGroups, cardQrText } from '../../shared/care-card/card-code.ts';
import { decodeEnvelope } from '../../shared/care-card/card-envelope.ts';
import {
  type CardRow,
  cardEmergencyKey,
  cardEndedBody,
  cardIssuedBody,
  cardKey,
  cardRow,
  patientCardKey,
  patientCardRow,
} from '../../shared/care-card/card-rules.ts';
import { type CardAsk, cardAnswerCodec, cardAskCodec } from '../../shared/care-card/card-tries.ts';
import { pinDigits, refuseWeakPin } from '../../shared/care-card/pin.ts';
import { equalBytes, fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { decode, encode } from '../../shared/encoding/codec.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { Turns } from '../../shared/outcome/turns.ts';
import { loadState } from '../ledger/state-rows.store.ts';
import type { ClinicPepper } from '../sync/gateway.ts';
import { beginKeyEpochs } from '../sync/vault-context/compartment-epochs.ts';
import { personalAct } from '../sync/vault-context/personal-act.ts';
import type { Progress } from '../sync/vault-context/progress.ts';
import type {
  AccessGate,
  PatientDirectory,
  PatientEntry,
  RecordStore,
  VaultContext,
} from '../sync/vault-context/vault-context.ts';
import { careCardResolvers } from './care-card.resolvers.ts';
import { EmergencyExtracts } from './emergency-extracts.ts';
import { guardianResolvers } from './guardian.resolvers.ts';
import { Guardians } from './guardians.ts';
import { makeCard } from './make-card.ts';
import { type BoxKey, newestKey, PatientKeyRecords } from './patient-key-records.ts';

const NOTHING = new Uint8Array(0);

export interface CareCardParts {
  readonly context: VaultContext;
  readonly directory: PatientDirectory;
  readonly records: RecordStore;
  readonly access: AccessGate;
}

/** A living card as it stands. */
export interface StandingCard {
  /** Hexadecimal. */
  readonly id: string;
  readonly issuedAt: number;
  readonly opensInRegion: boolean;
  /** There is an extract that it opens without the PIN. */
  readonly hasEmergency: boolean;
  /** Undefined for another clinic's patient. */
  readonly triesLeft: number | undefined;
  readonly progress: Progress;
}

/** What is printed once, and kept nowhere. */
interface PrintedCard {
  readonly card: StandingCard;
  readonly qr: string;
  readonly groups: readonly string[];
  readonly patientName: string;
}

export class CareCards {
  readonly #parts: CareCardParts;
  readonly #keys: PatientKeyRecords;
  readonly #extracts: EmergencyExtracts;
  /** Who acts for whom. */
  readonly guardians: Guardians;
  readonly #turns = new Turns();

  constructor(parts: CareCardParts) {
    this.#parts = parts;
    this.guardians = new Guardians(parts, this);
    this.#keys = new PatientKeyRecords(parts);
    this.#extracts = new EmergencyExtracts(parts);
  }

  /** @throws {Failure} `patients.unknown`. */
  async card(patient: string): Promise<StandingCard | undefined> {
    const entry = this.#parts.directory.known(patient);
    const row = await this.#living(entry);
    return row && this.#standing(entry, row);
  }

  /**
   * A new card for a patient of this clinic; the one before is dead with it. The patient's new keys are forgotten before this resolves. Whoever
   * makes a card and types its PIN could read with it what their role does not show: it stands in the patient's log, before there is a card.
   * @param withEmergency the patient wants an extract that the card opens without the PIN
   * @throws {Failure} `patients.unknown`, `card.not-the-custodian`, `card.no-records`, `card.deceased`, `card.pin-weak`; `vault.passphrase-wrong`;
   * `access.line-not-durable`, `ledger.refused`; storage failures.
   */
  issue(patient: string, pin: string, passphrase: string, withEmergency = false): Promise<PrintedCard> {
    return this.#turns.take(async () => {
      const { context, access } = this.#parts;
      const entry = this.#ours(patient);
      if (entry.summary.deceased)
        throw new Failure(
          'card.deceased',
          'This patient has died. Name who represents them; that person uses a card of their own.',
        );
      const digits = pinDigits(pin);
      refuseWeakPin(digits, entry.summary.birthDate);
      await context.keyStore.confirm(passphrase);
      const handle = identityOf(entry);
      await access.note(entry, 'card', 'PATRQT');
      const before = await this.#living(entry);
      // A new card opens a box of a new epoch: what is put there from now on is closed to the keys of the card before.
      if (before) await beginKeyEpochs(context, [before.box]);
      const box = await this.#keys.write(patient);
      const made = await makeCard({
        chain: context.chain,
        handle,
        box,
        pin: digits,
        pepper: await this.#pepper(),
        hub: (ask) => this.#askHub(ask),
        replaces: before?.card ?? NOTHING,
      });
      const issued = personalAct(context, { type: 'card.issued', handle, codec: cardIssuedBody, body: made.body });
      const emergency = withEmergency ? [this.#extracts.opening(made, await this.#extracts.write(patient))] : [];
      const events = [issued, ...emergency.map(({ event }) => event)];
      await context.gateway.commit({ events, rows: emergency.map(({ row }) => row) });
      const printed = { qr: cardQrText(made.secret), groups: cardCodeGroups(made.secret), patientName: entry.summary.fullName };
      made.secret.fill(0);
      context.notify({ patients: [patient], topics: ['cards'] });
      return { ...printed, card: (await this.card(patient)) as StandingCard };
    });
  }

  /** @throws {Failure} `patients.unknown`, `card.not-the-custodian`, `card.none`; `vault.passphrase-wrong`; `ledger.refused`. */
  end(patient: string, passphrase: string): Promise<void> {
    return this.#turns.take(async () => {
      const { context } = this.#parts;
      const entry = this.#ours(patient);
      const row = await this.#living(entry);
      if (!row)
        throw new Failure(
          'card.none',
          'This patient has no care card that could be ended. It was ended before, or none was ever made.',
        );
      await context.keyStore.confirm(passphrase);
      const body = { card: row.card };
      const event = personalAct(context, { type: 'card.ended', handle: identityOf(entry), codec: cardEndedBody, body });
      await context.gateway.commit({ events: [event] });
      context.notify({ patients: [patient], topics: ['cards'] });
    });
  }

  /** The box of a patient of this clinic, with or without a card, and its newest key; made where there is none. */
  boxOf(patient: string): Promise<BoxKey> {
    return this.#turns.take(async () => {
      const box = this.#ours(patient).handles.card;
      return box === undefined ? this.#keys.write(patient) : newestKey(this.#parts.context.keyStore, fromHex(box));
    });
  }

  /** What unlocking and every notice ask for: this desk answers about cards, and patients' lists of keys are whole. */
  refresh(): Promise<void> {
    return this.#turns.take(async () => {
      const { keyStore, gateway } = this.#parts.context;
      const peppers = (await keyStore.getAll('card-pepper')).map(({ id, value }) => ({ id, key: value }));
      if (peppers.length > 0) await gateway.cards.keep(peppers);
      await this.guardians.endByItself();
      await this.guardians.settleEnded();
      await this.#keys.settle();
      await this.guardians.rekey();
      await this.#extracts.settle();
    });
  }

  #ours(patient: string): PatientEntry {
    const entry = this.#parts.directory.known(patient);
    if (entry.custodian === toHex(this.#parts.context.chain)) return entry;
    throw new Failure(
      'card.not-the-custodian',
      'Another clinic keeps this patient’s records: only that clinic issues or ends a care card.',
    );
  }

  async #living({ handles }: PatientEntry): Promise<CardRow | undefined> {
    const { gateway } = this.#parts.context;
    if (handles.identity === undefined) return undefined;
    const [current] = await gateway.state([patientCardKey(handles.identity)]);
    if (!current) return undefined;
    const [row] = await gateway.state([cardKey(toHex(decode(patientCardRow, current).card))]);
    return row && decode(cardRow, row);
  }

  async #standing({ custodian }: PatientEntry, row: CardRow): Promise<StandingCard> {
    const { gateway, reader, chain } = this.#parts.context;
    const id = toHex(row.card);
    const accepted = (await loadState(reader, [cardKey(id)])).get(cardKey(id));
    return {
      id,
      issuedAt: row.issued,
      opensInRegion: decodeEnvelope(row.envelope).hub.length > 0,
      hasEmergency: (await gateway.state([cardEmergencyKey(id)]))[0] !== undefined,
      triesLeft: custodian === toHex(chain) ? await gateway.cards.left(row.card) : undefined,
      progress: accepted && equalBytes(accepted, encode(cardRow, row)) ? 'ACCEPTED' : 'SAVED',
    };
  }

  /** The clinic's newest pepper; made, and sealed where this desk answers from, when there is none. */
  async #pepper(): Promise<ClinicPepper> {
    const { keyStore, gateway, random } = this.#parts.context;
    const known = (await keyStore.getAll('card-pepper')).at(-1);
    const pepper = known ? { id: known.id, key: known.value } : { id: random(16), key: random(32) };
    if (!known) await keyStore.putKeys([{ kind: 'card-pepper', id: pepper.id, epoch: 0, value: pepper.key }]);
    await gateway.cards.keep([pepper]);
    return pepper;
  }

  /** The hub's value; a card that is made while it is out of reach opens at this clinic only, and the screen says so. */
  async #askHub(ask: CardAsk): Promise<Uint8Array | undefined> {
    const answer = await this.#parts.context.gateway.cards.ask('hub', encode(cardAskCodec, ask)).catch(() => undefined);
    return answer && decode(cardAnswerCodec, answer).value;
  }
}

/** @throws {Failure} `card.no-records`. */
function identityOf({ handles }: PatientEntry): Uint8Array {
  if (handles.identity !== undefined) return fromHex(handles.identity);
  throw new Failure('card.no-records', 'This patient is not registered completely yet: there is nothing a card could open.');
}

/** What the registry of domains needs of this one. */
export const careCardDomain = { name: 'care-card', sdl: 'shared/care-card/care-card.graphql', resolvers: careCardResolvers };

export const guardianDomain = { name: 'guardian', sdl: 'shared/care-card/guardian.graphql', resolvers: guardianResolvers };
