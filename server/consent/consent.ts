/**
 * Consent: what is shared with whom. This is the front door: giving and withdrawing at the clinic that keeps the records,
 * receiving and purging at the one that may read them, and the answer to every reading in between.
 */

import type { ConsentException, ConsentWish } from '../../shared/consent/consent-choices.ts';
import { makeConsentProof } from '../../shared/consent/consent-proof.ts';
import { type GrantRow, grantHolds } from '../../shared/consent/consent-rules.ts';
import { type ConsentState, consentState } from '../../shared/consent/consent-state.ts';
import { purposesOfRole } from '../../shared/consent/decision.ts';
import { type ConsentRecord, confirmedFhirConsent, readFhirConsent } from '../../shared/consent/fhir-consent.ts';
import type { GlassVerdict } from '../../shared/consent/glass-rules.ts';
import { equalBytes, fromHex, fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { Turns } from '../../shared/outcome/turns.ts';
import type { ShownCard } from '../care-card/card-at-desk.ts';
import { forgettingGuardians } from '../care-card/guardian-rows.ts';
import type { VaultRow } from '../sync/gateway.ts';
import { desksOf } from '../sync/vault-context/clinic-people.ts';
import type { PatientEntry } from '../sync/vault-context/vault-context.ts';
import { sha256 } from '../vault/primitives.ts';
import { accessLineMessages } from './access-lines.ts';
import { takeInArrived } from './arrived-records.ts';
import { attestAnew } from './attest-anew.ts';
import { BreakGlass } from './break-glass.ts';
import { type CardNews, cardNews, meetCards, noteCardNews } from './card-news.ts';
import { CardVisits, forgetBoxes } from './card-visits.ts';
import { endForeignGrants, takeCarried } from './carried-consents.ts';
import { consentResolvers } from './consent.resolvers.ts';
import { exceptionsOffered } from './consent-exceptions.ts';
import type { ConsentParts } from './consent-parts.ts';
import { CONSENT_KIND, consentById, consentsOf, type FoundConsent, noPointer } from './consent-records.ts';
import { type EndedGrants, endGrants } from './end-grants.ts';
import { type ForeignConsent, foreignConsents } from './foreign-consents.ts';
import { type AskedWish, giveAsked } from './give-asked.ts';
import { type ConsentToSign, giveConsent, textToSign } from './give-consent.ts';
import { glassResolvers } from './glass.resolvers.ts';
import { forgettingUses, type GlassUse, glassUses, notePatientTold, reviewUse } from './glass-uses.ts';
import { heldGrants } from './grant-keys.ts';
import { confirmedAt, grantsAs, grantsById, isCarried, onLedger } from './grant-rows.ts';
import { type SentWhole, settleEpochs } from './key-epochs.ts';
import { type PossibleReader, possibleReaders } from './possible-readers.ts';
import { areOver, type Purged, purgeEnded, purgesOf, sayPurged } from './purge-grants.ts';
import { Readings } from './readings.ts';
import { receiveMessages } from './receive-grants.ts';
import { Restrictions } from './restrictions.ts';
import { rollForRevoked, settleEndings } from './roll-keys.ts';
import { settleDoubled, settleFurtherParts } from './settle-doubled.ts';
import { TakeOver } from './take-over.ts';
import { endUnended } from './unended-grants.ts';
import { withdrawConsent } from './withdraw-consent.ts';

/** A consent as it stands now. */
export interface StandingConsent {
  readonly record: ConsentRecord;
  readonly state: ConsentState;
  /** Name of the staff member; of the clinic, for a consent that another one recorded. */
  readonly recordedBy: string;
  /** Name of the newest sealed version, hexadecimal; undefined when another clinic keeps it. */
  readonly document: string | undefined;
  /** FHIR R4 Consent, as it was written; with the patient's own verification once they have confirmed it. */
  readonly resource: string;
  /** When the patient confirmed it with their own key, milliseconds; until then it is staff's word. */
  readonly confirmedAt: number | undefined;
  /** Of a consent that has ended: what desks of its recipient have said of destroying what they held. */
  readonly purges: readonly Purged[];
  /** How many desks the recipient has that could say so. */
  readonly recipientDesks: number;
}

export class Consents {
  readonly #parts: ConsentParts;
  /** Of who is signed in, until the vault locks. */
  readonly glass: BreakGlass;
  readonly #readings: Readings;
  readonly #takeOver: TakeOver;
  readonly restrictions: Restrictions;
  /** Of who is signed in, until the vault locks. */
  readonly visits: CardVisits;
  /** Documents that need not be looked at again in this session. */
  readonly #known = new Set<string>();
  /** Grants of which the same holds. */
  readonly #unended = new Set<string>();
  readonly #sentWhole: SentWhole = new Map();
  readonly #turns = new Turns();

  /** From here on readings of other clinics' patients are decided here, and told to who keeps them. */
  constructor(parts: ConsentParts) {
    this.#parts = parts;
    this.restrictions = new Restrictions(parts);
    this.visits = new CardVisits(parts);
    this.#readings = new Readings(parts, this.restrictions);
    this.#takeOver = new TakeOver(parts);
    this.glass = new BreakGlass(parts);
    const { hooks } = parts.context;
    hooks.reading = (...asked) => this.#readings.of(...asked);
    hooks.keptCategories = (patient) => this.#readings.keptCategories(patient);
    hooks.onAccessLine = (line, patient) => accessLineMessages(parts, line, patient);
  }

  /** See glass-uses.ts for these. */
  glassUses(): Promise<GlassUse[]> {
    return glassUses(this.#parts);
  }

  reviewGlass(use: string, verdict: GlassVerdict, words: string): Promise<GlassUse> {
    return this.#turns.take(() => reviewUse(this.#parts, use, verdict, words));
  }

  noteGlassTold(use: string): Promise<GlassUse> {
    return notePatientTold(this.#parts, use);
  }

  /** See give-consent.ts. */
  text(wish: ConsentWish): Promise<ConsentToSign> {
    return textToSign(this.#parts, wish);
  }

  /** What a consent about this patient can leave out by name. @throws {Failure} `patients.unknown`. */
  exceptionsOffered(patient: string): Promise<ConsentException[]> {
    return exceptionsOffered(this.#parts, this.#parts.directory.known(patient));
  }

  /** See foreign-consents.ts: those that who is signed in may read. @throws {Failure} `patients.unknown`. */
  async foreign(patient: string): Promise<ForeignConsent[]> {
    const { context, directory } = this.#parts;
    const entry = directory.known(patient);
    const { opens } = await context.hooks.reading(entry, purposesOfRole(context.staff.role)[0] ?? '');
    return foreignConsents(this.#parts, entry, opens);
  }

  /** See possible-readers.ts. */
  possibleReaders(patient: string): Promise<PossibleReader[]> {
    return possibleReaders(this.#parts, this.restrictions, this.#parts.directory.known(patient));
  }

  /** See card-news.ts for these. */
  cardNews(): Promise<CardNews[]> {
    return cardNews(this.#parts);
  }

  noteCardNews(id: string): Promise<void> {
    return this.#turns.take(() => noteCardNews(this.#parts, id));
  }

  async give(wish: ConsentWish, textHash: string, passphrase: string, card?: ShownCard): Promise<StandingConsent> {
    const given = await this.#turns.take(async () => {
      const found = await giveConsent(this.#parts, wish, textHash, passphrase, card);
      await settleFurtherParts(this.#parts, found.patient);
      return consentById(this.#parts, found.record.id);
    });
    return this.#standing(given);
  }

  /** See give-asked.ts. */
  giveAsked(signed: AskedWish): Promise<void> {
    return this.#turns.take(() => giveAsked(this.#parts, signed));
  }

  async withdraw(id: string, passphrase: string): Promise<StandingConsent> {
    return this.#standing(await this.#turns.take(() => withdrawConsent(this.#parts, id, passphrase)));
  }

  /** A patient's consents, newest first; of another clinic's patient those that open something here. @throws {Failure} `patients.unknown`. */
  async list(id: string): Promise<StandingConsent[]> {
    const { context, directory } = this.#parts;
    const patient = directory.known(id);
    if (patient.custodian !== toHex(context.chain)) return this.#received(patient);
    const found = await consentsOf(this.#parts, patient);
    return Promise.all(found.map((consent) => this.#standing(consent)));
  }

  /** See shared/consent/consent-proof.ts. @throws {Failure} `patients.unknown`, `consent.unknown`, `ledger.pending`. */
  async proof(patient: string, id: string): Promise<string> {
    const { gateway } = this.#parts.context;
    const { record } = (await this.list(patient)).find((each) => each.record.id === id) ?? {};
    const identity = record?.grants.find(({ category }) => category === 'identity');
    if (!record || !identity)
      throw new Failure('consent.unknown', 'There is no such consent of this patient. Load the list again.');
    return makeConsentProof(
      {
        text: record.text,
        agreement: sha256(utf8(record.text)),
        grant: fromHex(identity.grant),
        handle: fromHex(identity.handle),
      },
      { receipts: (wanted) => gateway.eventReceipts(wanted), state: (keys) => gateway.state(keys) },
    );
  }

  /** As `purge-grants.ts`. */
  areOver(grants: readonly string[]): Promise<boolean> {
    return areOver(this.#parts, grants);
  }

  /** The next refresh takes in what is shared and in no chart, whether or not it was taken in before. */
  lookAnew(): void {
    this.#known.clear();
  }

  /**
   * What unlocking and every notice of the device service ask for: opens messages, purges grants that are over, gives grants
   * in force the keys they lack, and takes in documents.
   */
  refresh(): Promise<void> {
    return this.#turns.take(async () => {
      const { gateway, chain } = this.#parts.context;
      // None of the steps that ask for them changes them: thousands are listed once.
      let listed: ReturnType<typeof grantsAs> | undefined;
      const given = () => (listed ??= grantsAs(gateway, 'custodian', chain));
      const steps: Array<() => Promise<unknown>> = [
        // What is over goes first: nothing of it is taken in any more.
        async () => {
          // What was taken in and is gone is taken in anew when it is shared anew.
          if (await purgeEnded(this.#parts)) this.lookAnew();
          await sayPurged(this.#parts);
        },
        () => endForeignGrants(this.#parts),
        () => forgetBoxes(this.#parts),
        () => attestAnew(this.#parts),
        () => takeCarried(this.#parts),
        () => receiveMessages(this.#parts),
        () => meetCards(this.#parts),
        () => takeInArrived(this.#parts, this.#known),
        () => settleDoubled(this.#parts),
        () => rollForRevoked(this.#parts),
        async () => settleEndings(this.#parts, await given()),
        async () => settleEpochs(this.#parts, await given(), this.#sentWhole),
        async () => endUnended(this.#parts, await given(), this.#unended),
        // Behind all that shuts a revoked desk out.
        () => this.#takeOver.look(),
      ];
      const failures: unknown[] = [];
      // What fails in one does not hold up the others.
      for (const step of steps) await step().catch((error: unknown) => failures.push(error));
      if (failures.length > 0) throw failures[0];
    });
  }

  /** What ends the grants on these compartments (hexadecimal handles) of ours, to be committed with what ends them. */
  endingOn(handles: ReadonlySet<string>): Promise<EndedGrants> {
    return endGrants(this.#parts, handles);
  }

  /** Rows that forget which patient the consents of this one are about, and what was said in emergencies and of guardians; for an erasure. */
  async pointersOf(patient: PatientEntry): Promise<VaultRow[]> {
    const entries = (await this.#parts.records.entries(patient)).filter(({ kind }) => kind === CONSENT_KIND);
    const pointers = entries.map(({ fhirId }) => noPointer(this.#parts, fhirId));
    const guardians = await forgettingGuardians(this.#parts.context, patient.id);
    return [...pointers, ...guardians, ...(await forgettingUses(this.#parts, patient.id))];
  }

  #grants(ids: readonly string[]): Promise<Map<string, GrantRow>> {
    return grantsById(this.#parts.context.gateway, ids);
  }

  async #standing({ record, entry, versions }: FoundConsent): Promise<StandingConsent> {
    const state = await this.#state(record);
    const isOver = state === 'WITHDRAWN' || state === 'EXPIRED';
    const { gateway } = this.#parts.context;
    const grants = record.grants.map(({ grant }) => grant);
    const resource = fromUtf8(versions[0]?.content ?? new Uint8Array(0));
    return {
      ...(await this.#confirmation(record, resource)),
      record,
      state,
      purges: isOver ? await purgesOf(this.#parts, grants) : [],
      recipientDesks: (await desksOf(gateway, record.choices.recipient)).length,
      // What a patient gave elsewhere was written down there; here somebody was merely signed in.
      recordedBy: (await isCarried(gateway, grants)) ? record.recipientName : (versions.at(-1)?.authorName ?? ''),
      document: entry.document,
    };
  }

  /** The terms that came with grants, where their text is the one that the ledger says was signed. */
  async #received(patient: PatientEntry): Promise<StandingConsent[]> {
    const rows = await this.#grants(patient.shared);
    const time = await this.#parts.context.gateway.time();
    const consents: StandingConsent[] = [];
    for (const [id, { resource }] of await heldGrants(this.#parts.context.keyStore, rows.keys())) {
      const row = rows.get(id);
      if (resource.length === 0 || !row || !grantHolds(row, time)) continue;
      const text = fromUtf8(resource);
      const record = readFhirConsent(JSON.parse(text));
      if (!equalBytes(sha256(utf8(record.text)), row.agreement)) continue;
      const state = await this.#state(record);
      consents.push({
        ...(await this.#confirmation(record, text)),
        record,
        state,
        recordedBy: record.custodianName,
        document: undefined,
        purges: [],
        recipientDesks: 0,
      });
    }
    return consents.sort((a, b) => b.record.recordedAt - a.record.recordedAt);
  }

  async #confirmation({ grants }: ConsentRecord, resource: string): Promise<Pick<StandingConsent, 'resource' | 'confirmedAt'>> {
    const time = await confirmedAt(
      this.#parts.context.gateway,
      grants.map(({ grant }) => grant),
    );
    return { confirmedAt: time, resource: time === undefined ? resource : confirmedFhirConsent(resource, time) };
  }

  async #state(record: ConsentRecord): Promise<ConsentState> {
    const { gateway } = this.#parts.context;
    return consentState(record.choices, await onLedger(gateway, record), await gateway.time());
  }
}

/** What the registry of domains needs of this one. */
export const consentDomain = { name: 'consent', sdl: 'shared/consent/consent.graphql', resolvers: consentResolvers };

export const glassDomain = { name: 'glass', sdl: 'shared/consent/glass.graphql', resolvers: glassResolvers };
