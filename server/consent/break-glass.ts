/**
 * Breaking the glass: for one patient and a short time who is signed in reads what decisions withhold, says why, and shows once
 * more who they are. Decisions are overridden, not arithmetic: what opens is what this clinic's key store holds; another
 * clinic is asked for the rest. Nothing here waits for a hub or for a review.
 */
import { isCategory } from '../../shared/consent/category.ts';
import {
  GLASS_MESSAGE,
  GLASS_SUITE,
  GLASS_TAG,
  type GlassDetails,
  type GlassReason,
  glassDetails,
  SAID_REASONS,
} from '../../shared/consent/glass-details.ts';
import { glassBrokenBody, LONGEST_GLASS } from '../../shared/consent/glass-rules.ts';
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { encode } from '../../shared/encoding/codec.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { ownSealingPair } from '../sync/clinic-mail/clinic-key-book.ts';
import type { OutgoingMessage } from '../sync/gateway.ts';
import { clinicNames } from '../sync/vault-context/clinic-names.ts';
import { personalAct } from '../sync/vault-context/personal-act.ts';
import type { PatientEntry } from '../sync/vault-context/vault-context.ts';
import { sealMessage } from '../vault/messages.ts';
import type { ConsentParts } from './consent-parts.ts';
import { glassUseRow, hashOfDetails } from './glass-uses.ts';
import { glassGrantsAmong, sealingKeyOf } from './grant-rows.ts';

/** How long a glass stays broken: an hour. */
const GLASS_TIME = 3_600_000;

interface GlassWish {
  /** Hexadecimal. */
  readonly patient: string;
  readonly reason: string;
  readonly words: string;
  /** What is asked of the clinic that keeps the records; of no account for a patient of one's own. */
  readonly categories: readonly string[];
}

export interface BrokenGlass {
  readonly use: string;
  readonly patient: string;
  readonly began: number;
  readonly ends: number;
  readonly reason: string;
  /** The clinic that was asked; undefined for a patient of one's own. */
  readonly askedOf: string | undefined;
  /** Whether that clinic has answered. */
  readonly isAnswered: boolean;
}

interface Session extends Omit<BrokenGlass, 'isAnswered'> {
  /** By a clock that nobody sets. */
  readonly endsAtUptime: number;
}

export class BreakGlass {
  readonly #parts: ConsentParts;
  readonly #sessions = new Map<string, Session>();

  constructor(parts: ConsentParts) {
    this.#parts = parts;
    parts.context.hooks.brokenUntil = async (patient) => (await this.#session(patient))?.ends;
  }

  /**
   * Durable when it resolves: the act in the ledger, its words in the vault, and the message to the clinic that keeps the records.
   * Open the chart next.
   * @throws {Failure} `patients.unknown`, `glass.no-reason`, `glass.nothing-asked`; as `SecondFactor.requireShown` does.
   */
  async break({ patient: id, reason: coded, words, categories }: GlassWish): Promise<BrokenGlass> {
    const { context, directory } = this.#parts;
    const patient = directory.known(id);
    const reason = SAID_REASONS.find((known) => known === coded);
    const said = words.trim();
    if (!reason || said === '' || said.length > 500)
      throw new Failure('glass.no-reason', 'Choose a reason and say in a few words what happened; at most 500 characters.');
    const asked = categories.filter(isCategory);
    const isOwn = patient.custodian === toHex(context.chain);
    if (!isOwn && asked.length === 0)
      throw new Failure('glass.nothing-asked', 'Choose what you need from the clinic that keeps the records.');
    const askedFor = isOwn ? [] : [...new Set(asked)];
    const proof = await context.keyStore.secondFactor.requireShown({
      act: 'break-glass',
      about: [id, reason, said, ...askedFor],
    });
    const { use, began, ends } = await this.#tell(patient, { reason, words: said, proof, categories: askedFor });
    const askedOf = isOwn ? undefined : (await clinicNames(context.gateway, [patient.custodian])).get(patient.custodian);
    const session = { use, patient: id, began, ends, reason, askedOf, endsAtUptime: uptime() + GLASS_TIME };
    this.#sessions.set(id, session);
    context.notify({ patients: [id], topics: ['glass'] });
    return this.#shown(session);
  }

  /**
   * Notes that a care card was opened without its PIN, for the privacy officers of both clinics. It opens no chart. Durable when it resolves.
   * @param patient the id in the clinic `custodian` (chain), both hexadecimal; `name` as the card's extract has it
   */
  async openedByCard(opened: { readonly patient: string; readonly custodian: string; readonly name: string }): Promise<void> {
    await this.#tell(
      { id: opened.patient, custodian: opened.custodian },
      { reason: 'care-card', words: opened.name, proof: 'care-card', categories: [] },
    );
    this.#parts.context.notify({ topics: ['glass'] });
  }

  /** The act in the ledger, its words in the vault, and the message to the clinic that keeps the records: one commit. */
  async #tell(
    { id, custodian }: Pick<PatientEntry, 'id' | 'custodian'>,
    said: Pick<GlassDetails, 'words' | 'proof' | 'categories'> & { readonly reason: GlassReason },
  ): Promise<{ use: string; began: number; ends: number }> {
    const { context } = this.#parts;
    const details: GlassDetails = {
      ...said,
      suite: GLASS_SUITE,
      salt: context.random(32),
      use: context.random(16),
      patient: fromHex(id),
      who: context.staff.name.slice(0, 100),
      role: context.staff.role,
    };
    const began = Math.max(await context.gateway.time(), context.clock());
    const ends = began + GLASS_TIME;
    // The ledger measures by the clock of who writes, which may be far behind.
    const told = Math.min(ends, context.clock() + LONGEST_GLASS);
    const body = { use: details.use, custodian: fromHex(custodian), ends: told, details: hashOfDetails(details) };
    await context.gateway.commit({
      events: [personalAct(context, { type: 'glass.broken', codec: glassBrokenBody, body })],
      rows: [glassUseRow(context, details)],
      messages: custodian === toHex(context.chain) ? [] : [await this.#request(custodian, details)],
    });
    return { use: toHex(details.use), began, ends };
  }

  /** Whether who is signed in has broken the glass of this patient, and it is still broken. */
  async of(patient: string): Promise<BrokenGlass | undefined> {
    const session = await this.#session(patient);
    return session && this.#shown(session);
  }

  /** Ends it before its time. */
  end(patient: string): boolean {
    const ended = this.#sessions.delete(patient);
    if (ended) this.#parts.context.notify({ patients: [patient], topics: ['glass'] });
    return ended;
  }

  /** The later of local clock and witnessed time ends it; so does the hour itself where a clock was set back. */
  async #session(patient: string): Promise<Session | undefined> {
    const session = this.#sessions.get(patient);
    if (!session) return undefined;
    if ((await this.#parts.context.gateway.time()) < session.ends && uptime() < session.endsAtUptime) return session;
    this.#sessions.delete(patient);
    return undefined;
  }

  async #shown({ endsAtUptime: _, ...session }: Session): Promise<BrokenGlass> {
    const { context, directory } = this.#parts;
    const grants = directory.get(session.patient)?.shared ?? [];
    return { ...session, isAnswered: (await glassGrantsAmong(context.gateway, grants, session.use)).size > 0 };
  }

  async #request(custodian: string, details: GlassDetails): Promise<OutgoingMessage> {
    const { context } = this.#parts;
    const recipientChain = fromHex(custodian);
    const parties = { kind: GLASS_MESSAGE, senderChain: context.chain, recipientChain, context: GLASS_TAG };
    const [key, to] = await Promise.all([ownSealingPair(context), sealingKeyOf(this.#parts, custodian)]);
    const body = sealMessage(parties, key, to, encode(glassDetails, details));
    return { recipientChain, recipientDevice: new Uint8Array(0), kind: GLASS_MESSAGE, body };
  }
}

const uptime = (): number => performance.now();
