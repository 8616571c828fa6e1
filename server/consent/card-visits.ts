/**
 * Patients of other clinics who are here with their care card: the card lets this desk fetch its box, and the patient's key then opens to
 * this clinic what they choose. The clinic that keeps the records may be closed; it is told by message and sees it on the ledger.
 */

import { readCardCode } from '../../shared/care-card/card-code.ts';
import { type CardRow, cardEmergencyKey, cardEmergencyRow, cardKey, cardRow } from '../../shared/care-card/card-rules.ts';
import { CARD_TAG } from '../../shared/care-card/card-tags.ts';
import { EMERGENCY_KIND, type EmergencyExtract, emergencyRecord } from '../../shared/care-card/emergency-extract.ts';
import {
  cardShownBody,
  carriedMessage,
  consentCarriedBody,
  LONGEST_VISIT,
  NO_HASH,
  shownMessage,
} from '../../shared/consent/card-visit-rules.ts';
import { CARRIED_CONTEXT, CARRIED_MESSAGE, CARRIED_SUITE, carriedConsent } from '../../shared/consent/carried-message.ts';
import { CATEGORIES } from '../../shared/consent/category.ts';
import { type ConsentChoices, chosen } from '../../shared/consent/consent-choices.ts';
import { grantHolds } from '../../shared/consent/consent-rules.ts';
import { consentText } from '../../shared/consent/consent-text.ts';
import { type ConsentRecord, writeFhirConsent } from '../../shared/consent/fhir-consent.ts';
import type { HeldGrant } from '../../shared/consent/grant-message.ts';
import { equalBytes, fromHex, fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode, encode } from '../../shared/encoding/codec.ts';
import type { RecordCategory } from '../../shared/fhir/patient-compartment.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { type ShownCard, withCard } from '../care-card/card-at-desk.ts';
import { cardKeyOf, emergencyKeyOf } from '../care-card/card-secrets.ts';
import { boxContext } from '../care-card/make-card.ts';
import { cardHolderOf, contentInBox, keysOfList, patientKeyList } from '../care-card/open-box.ts';
import type { OpenedCard } from '../care-card/open-card.ts';
import { cardEnded, unknownCard } from '../care-card/try-counter.ts';
import { ownSealingPair } from '../sync/clinic-mail/clinic-key-book.ts';
import type { OutgoingEvent, OutgoingMessage } from '../sync/gateway.ts';
import { followedHandles } from '../sync/transfer.store.ts';
import { joinedCompartments } from '../sync/vault-context/patient-compartments.ts';
import { personalAct } from '../sync/vault-context/personal-act.ts';
import { NOBODY, type PatientEntry } from '../sync/vault-context/vault-context.ts';
import { hpkeOpen } from '../vault/hpke.ts';
import { sealMessage } from '../vault/messages.ts';
import { sha256, sha256Hex, sign } from '../vault/primitives.ts';
import { meetCards } from './card-news.ts';
import type { ConsentParts } from './consent-parts.ts';
import type { ConsentToSign } from './give-consent.ts';
import { dropGrants, type EpochKey, keepGrants } from './grant-keys.ts';
import { admittedClinic, grantsAs, sealingKeyOf } from './grant-rows.ts';
import { openCompartment } from './receive-grants.ts';

/** Who is here, as far as their card's box says. */
interface CardVisitor {
  /** The card, hexadecimal. */
  readonly card: string;
  readonly name: string;
  /** FHIR date; '' when it is not known. */
  readonly birthDate: string;
  /** Of the clinic that keeps the records. */
  readonly clinicName: string;
  /** What there is to share. */
  readonly categories: readonly RecordCategory[];
}

/** What the patient chooses. */
export interface CardShare {
  readonly card: string;
  readonly categories: readonly string[];
  /** Milliseconds. */
  readonly starts: number;
  readonly ends: number;
  readonly language: string;
}

interface Known extends CardVisitor {
  readonly patient: string;
  readonly row: CardRow;
}

interface Prepared {
  readonly visitor: Known;
  readonly record: ConsentRecord;
  readonly agreement: Uint8Array;
}

/** One part of what is shared: what the ledger is told, and what this clinic keeps of it. */
interface Part {
  readonly grant: string;
  readonly held: HeldGrant;
  readonly event: OutgoingEvent;
}

export class CardVisits {
  readonly #parts: ConsentParts;
  /** By card: names and categories, no keys. Until the vault locks. */
  readonly #visitors = new Map<string, Known>();

  constructor(parts: ConsentParts) {
    this.#parts = parts;
  }

  /**
   * Undefined while what lies in the card's box is on its way here: ask again.
   * @throws {Failure} as `withCard`; `card.at-home`; `ledger.refused`.
   */
  async show(shown: ShownCard): Promise<CardVisitor | undefined> {
    const { context } = this.#parts;
    return withCard(context, shown, async (opened, row) => {
      if (equalBytes(row.custodian, context.chain))
        throw new Failure('card.at-home', 'This clinic keeps the records of this patient itself. Search for the name.');
      await this.#askForBox(shown, row.card, row.box);
      const visitor = await this.#visitor(opened, row).catch(onItsWay);
      if (visitor) this.#visitors.set(visitor.card, visitor);
      return visitor;
    });
  }

  /**
   * The extract that a card opens by itself. Undefined while it is on its way here: ask again. Whoever shows it notes that first.
   * @param code as a scanner or a person typed it
   * @throws {Failure} `card.code-unreadable`, `card.unknown`, `card.ended`, `card.no-emergency`; `ledger.refused`.
   */
  async emergency(code: string): Promise<{ extract: EmergencyExtract; custodian: string } | undefined> {
    const { context } = this.#parts;
    const secret = readCardCode(code);
    const id = toHex(cardKeyOf(secret).publicKey);
    const [card, open] = await context.gateway.state([cardKey(id), cardEmergencyKey(id)]);
    if (!card) throw unknownCard();
    const { ended, custodian, handle } = decode(cardRow, card);
    if (ended !== 0) throw cardEnded();
    if (!open)
      throw new Failure('card.no-emergency', 'This card opens nothing without its PIN: its patient did not want an extract.');
    const row = decode(cardEmergencyRow, open);
    if (!equalBytes(custodian, context.chain)) await this.#askForBox({ code }, fromHex(id), row.box);
    const { boxKey, box, boxEpoch } = row;
    const from = { recipient: emergencyKeyOf(secret), info: CARD_TAG.emergencyKey };
    const key = hpkeOpen(from, boxKey.subarray(0, 32), boxContext(fromHex(id), box, boxEpoch), boxKey.subarray(32));
    const record = { id: emergencyRecord(sha256, handle), kind: EMERGENCY_KIND };
    const content = await contentInBox(context.reader, row, keysOfList([], row, key), record).catch(onItsWay);
    return content && { extract: JSON.parse(fromUtf8(content)) as EmergencyExtract, custodian: toHex(custodian) };
  }

  /** The exact text for these choices. @throws {Failure} `card.show-first`; what `chosen` throws; `consent.period-not-short`. */
  async text(share: CardShare): Promise<ConsentToSign> {
    const { record } = await this.#prepare(share);
    return { language: share.language, text: record.text, hash: sha256Hex(utf8(record.text)), needsCard: true };
  }

  /**
   * Opens the chosen categories to this clinic by the patient's key. Gives the patient's id.
   * @param textHash of the text that the patient read, hexadecimal
   * @throws {Failure} as `text` and `withCard`; `consent.text-changed`, `consent.card-of-another`; `vault.passphrase-wrong`;
   * `ledger.refused`; storage failures.
   */
  async share(share: CardShare, textHash: string, shown: ShownCard, passphrase: string): Promise<string> {
    const { context } = this.#parts;
    const prepared = await this.#prepare(share);
    const { visitor, agreement } = prepared;
    if (toHex(agreement) !== textHash)
      throw new Failure(
        'consent.text-changed',
        'The text that was read is not the text of these choices. Show it again before signing.',
      );
    await context.keyStore.confirm(passphrase);
    const parts = await withCard(context, shown, (opened, row) => this.#signed(prepared, opened, row));
    // Between reading the directory and writing it nobody else does: a purge would leave these grants without their patient.
    const entry = await context.inTurn(() => this.#taken(prepared, parts));
    this.#visitors.delete(visitor.card);
    context.notify({ patients: [entry.id], topics: ['patients', 'consents'] });
    return entry.id;
  }

  /** Keys, act, mail and the patient's row, in one turn of the directory. */
  async #taken(prepared: Prepared, parts: readonly Part[]): Promise<PatientEntry> {
    const { context, directory } = this.#parts;
    const { visitor } = prepared;
    const entry = entryOf(directory.get(visitor.patient), visitor, parts);
    await keepGrants(context.keyStore, new Map(parts.map(({ grant, held }) => [grant, held])));
    try {
      await context.gateway.commit({
        events: parts.map(({ event }) => event),
        messages: [await this.#message(prepared, parts)],
        followHandles: parts.map(({ held }) => held.handle),
        forgetHandles: [visitor.row.box],
        rows: [directory.row(entry)],
      });
    } catch (error) {
      await dropGrants(
        context.keyStore,
        parts.map(({ grant }) => grant),
      );
      throw error;
    }
    for (const { held } of parts) await openCompartment(this.#parts, held.handle, held.keys);
    // The card that was here is the one that counts as known, whatever home binds a moment later.
    await meetCards(this.#parts);
    await directory.applied([entry]);
    return entry;
  }

  /** Has the hub serve a box of the card to this clinic for an hour, where it does not already. */
  async #askForBox({ code }: Pick<ShownCard, 'code'>, card: Uint8Array, box: Uint8Array): Promise<void> {
    const { context } = this.#parts;
    const time = await context.gateway.time();
    const grants = [...(await grantsAs(context.gateway, 'recipient', context.chain)).values()];
    if (grants.some((grant) => equalBytes(grant.handle, box) && grantHolds(grant, time))) return;
    const said = { grant: context.random(16), card };
    const body = { ...said, proof: sign(cardKeyOf(readCardCode(code)), shownMessage(context.chain, said)) };
    const event = personalAct(context, { type: 'card.shown', handle: box, codec: cardShownBody, body });
    await context.gateway.commit({ events: [event], followHandles: [box] });
  }

  async #visitor({ boxKey }: OpenedCard, row: CardRow): Promise<Known> {
    const { context } = this.#parts;
    const [list, holder, clinic] = await Promise.all([
      patientKeyList(context.reader, row, boxKey),
      cardHolderOf(context.reader, row, boxKey),
      admittedClinic(context.gateway, toHex(row.custodian)),
    ]);
    const there = new Set(list.map(({ category }) => category));
    return {
      card: toHex(row.card),
      row,
      patient: toHex(holder.patient),
      name: holder.name,
      birthDate: holder.birthDate,
      clinicName: clinic?.name ?? '',
      categories: CATEGORIES.filter((category) => there.has(category)),
    };
  }

  async #prepare({ card, ...share }: CardShare): Promise<Prepared> {
    const { context } = this.#parts;
    const visitor = this.#visitors.get(card);
    if (!visitor) throw new Failure('card.show-first', 'Hold the card again: this desk does not know yet whose it is.');
    const own = toHex(context.chain);
    const choices: ConsentChoices = chosen({
      ...share,
      patient: visitor.patient,
      recipient: own,
      purpose: 'TREAT',
      verification: BY_CARD[share.language] ?? '',
    });
    if (choices.ends === 0 || choices.ends > context.clock() + LONGEST_VISIT)
      throw new Failure(
        'consent.period-not-short',
        'With the card a patient shares for thirty days at most. For longer, they give a consent where the records are kept.',
      );
    const id = toHex(context.rows.name('consent-number', utf8(JSON.stringify(choices))));
    const recipientName = (await admittedClinic(context.gateway, own))?.name ?? '';
    const text = consentText(choices, {
      patientName: visitor.name,
      birthDate: visitor.birthDate || undefined,
      custodianName: visitor.clinicName,
      recipientName,
      consent: id,
    });
    const record: ConsentRecord = {
      id,
      choices,
      custodian: toHex(visitor.row.custodian),
      custodianName: visitor.clinicName,
      recipientName,
      text,
      recordedAt: context.clock(),
      withdrawnAt: undefined,
      grants: [],
    };
    return { visitor, record, agreement: sha256(utf8(text)) };
  }

  /** What the patient's key opens and signs. */
  async #signed({ visitor, record, agreement }: Prepared, { boxKey, signing }: OpenedCard, row: CardRow): Promise<Part[]> {
    const { context } = this.#parts;
    if (toHex(row.card) !== visitor.card)
      throw new Failure('consent.card-of-another', 'This is the care card of somebody else. Nothing was signed.');
    const { starts, ends, categories } = record.choices;
    const list = await patientKeyList(context.reader, row, boxKey);
    const keys = Map.groupBy(list, ({ category }) => category);
    const grants = categories.flatMap((category) => {
      const handle = keys.get(category)?.[0]?.handle;
      return handle ? [{ grant: toHex(context.random(16)), category, handle: toHex(handle) }] : [];
    });
    const resource = utf8(JSON.stringify(writeFhirConsent({ ...record, grants })));
    return grants.map(({ grant, category, handle }): Part => {
      const body = { grant: fromHex(grant), starts, ends, agreement, card: row.card };
      const proof = sign(signing, carriedMessage(context.chain, fromHex(handle), body));
      const held: HeldGrant = {
        consent: fromHex(record.id),
        handle: fromHex(handle),
        category,
        patient: fromHex(visitor.patient),
        other: row.custodian,
        grantKey: context.random(32),
        keys: (keys.get(category) ?? []).map(({ epoch, key }): EpochKey => ({ epoch, key })),
        resource: category === 'identity' ? resource : new Uint8Array(0),
      };
      const event = personalAct(context, {
        type: 'consent.carried',
        handle: held.handle,
        codec: consentCarriedBody,
        body: { ...body, proof },
      });
      return { grant, held, event };
    });
  }

  /** For the clinic that keeps the records: the consent, and the keys under which later ones follow. */
  async #message({ visitor }: Prepared, parts: readonly Part[]): Promise<OutgoingMessage> {
    const { context } = this.#parts;
    const recipientChain = visitor.row.custodian;
    const [pair, to] = await Promise.all([ownSealingPair(context), sealingKeyOf(this.#parts, toHex(recipientChain))]);
    const inside = {
      suite: CARRIED_SUITE,
      patient: fromHex(visitor.patient),
      parts: parts.map(({ grant, held: { grantKey, keys } }) => ({
        grant: fromHex(grant),
        grantKey,
        epochs: keys.map(({ epoch }) => epoch),
      })),
      resource: parts.find(({ held }) => held.resource.length > 0)?.held.resource ?? new Uint8Array(0),
    };
    const parties = { kind: CARRIED_MESSAGE, senderChain: context.chain, recipientChain, context: CARRIED_CONTEXT };
    const body = sealMessage(parties, pair, to, encode(carriedConsent, inside));
    return { recipientChain, recipientDevice: new Uint8Array(0), kind: CARRIED_MESSAGE, body };
  }
}

/** What was fetched of a card that was shown here leaves the disk with its hour, whether anything was opened or not. */
export async function forgetBoxes({ context }: ConsentParts): Promise<void> {
  const followed = new Set((await followedHandles(context.reader)).map(({ handle }) => toHex(handle)));
  const time = await context.gateway.time();
  const grants = [...(await grantsAs(context.gateway, 'recipient', context.chain)).values()];
  const open = new Set(grants.filter((grant) => grantHolds(grant, time)).map(({ handle }) => toHex(handle)));
  const over = grants.filter(
    ({ agreement, handle }) => equalBytes(agreement, NO_HASH) && followed.has(toHex(handle)) && !open.has(toHex(handle)),
  );
  if (over.length > 0) await context.gateway.commit({ forgetHandles: over.map(({ handle }) => handle) });
}

/** What has not been fetched yet is no error. */
function onItsWay(error: unknown): undefined {
  if (error instanceof Failure && error.code === 'card.keys-missing') return undefined;
  throw error;
}

/** How the wish was established, for a person to read; another language is refused as unknown. */
const BY_CARD: Readonly<Record<string, string>> = {
  en: 'with the care card and PIN',
  de: 'mit Patientenkarte und PIN',
  es: 'con la tarjeta sanitaria y el PIN',
};

/** The directory's entry with these grants in it. @throws {Failure} `consent.message-refused` when another clinic keeps that patient. */
function entryOf(
  before: PatientEntry | undefined,
  { patient, name, birthDate, row }: Known,
  parts: readonly Part[],
): PatientEntry {
  const custodian = toHex(row.custodian);
  if (before && before.custodian !== custodian)
    throw new Failure(
      'consent.card-of-another',
      'What lies in this card’s box names a patient of another clinic. Nothing was opened.',
    );
  const summary = { ...NOBODY, fullName: name, birthDate };
  return {
    ...(before ?? { id: patient, custodian, record: '', summary, terms: name.toLowerCase() }),
    ...joinedCompartments(before ?? { handles: {} }, {
      handles: Object.fromEntries(parts.map(({ held }) => [held.category, toHex(held.handle)])),
    }),
    shared: [...new Set([...(before?.shared ?? []), ...parts.map(({ grant }) => grant)])],
  };
}
