/**
 * SMART Health Links of patients, as the hub keeps them (HL7 SMART Health Cards and Links, STU 1): an encrypted file under an id that
 * nobody guesses. The key stands in the QR code alone. Wrong passcodes are counted before they are answered; the tenth destroys the file.
 */
import { equalBytes, fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { LONGEST_LINK_MS, MOST_LINK_BODY, MOST_PASSCODE_TRIES, passcodeHash } from '../../../shared/sync/health-link.ts';
import { checkpointAfterErasure, type Database } from '../../storage/database.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { atMost, hexBytes, wholeNumber } from '../line/arguments.ts';
import type { Caller } from '../line/callers.ts';
import {
  bodyOfLink,
  countOfLinks,
  countOpened,
  countWrong,
  deleteExpiredLinks,
  deleteLink,
  emptyLink,
  linkOf,
  linksOf,
  writeLink,
} from './health-links.store.ts';
import { isOfficeOver } from './link-offices.ts';

/** Living links of one clinic. */
const LINKS_PER_CLINIC = 5_000;
/** A kiosk's clock may be ahead of the hub's, whose own thirty days count. */
const CLOCKS_APART_MS = 86_400_000;
const ASKED_AT_ONCE = 200;
const MOST_RECIPIENT = 120;
const JWE = /^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/;

export interface LinkUpload {
  readonly link: string;
  readonly expires: number;
  readonly passcode: string;
  readonly body: string;
  /** Off the disk as soon as it was opened. */
  readonly once?: boolean | null | undefined;
  /** Compartment of identity, hexadecimal. */
  readonly patient?: string | null | undefined;
  /** That of who made it for them, and since when they act, in milliseconds. */
  readonly guardian?: string | null | undefined;
  readonly since?: number | null | undefined;
}

interface LinkState {
  readonly link: string;
  readonly opened: number;
  readonly lastOpened: number;
  readonly recipient: string;
  readonly triesLeft: number;
}

/** What a reader gets: the file, or why not. */
type LinkAnswer = { readonly body: string } | { readonly triesLeft: number } | undefined;

export class HealthLinks {
  readonly #database: Database;
  readonly #clock: () => number;
  /** Where readers ask, as the administrator of this hub made it known; '' where nobody outside can. */
  address = '';

  constructor(database: Database, clock: () => number) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Durable when it resolves. @throws {Failure} `hub.links-not-offered`, `hub.argument`, `hub.too-many`, `guardian.over`. */
  async put(caller: Caller, { link, expires, passcode, body, once, ...about }: LinkUpload): Promise<boolean> {
    if (this.address === '')
      throw new Failure('hub.links-not-offered', 'This region’s hub offers no links to read from outside. Nothing was stored.');
    const now = this.#clock();
    if (
      wholeNumber(expires, 'expires') > now + LONGEST_LINK_MS + CLOCKS_APART_MS ||
      body.length > MOST_LINK_BODY ||
      !JWE.test(body)
    )
      throw new Failure(
        'hub.argument',
        'A link’s file is one JWE of limited size, kept for at most 30 days. Nothing was stored.',
      );
    const row = {
      link: hexBytes(link, 32, 'link'),
      chain: fromHex(caller.chain),
      expires: Math.min(expires, now + LONGEST_LINK_MS),
      passcode: passcode === '' ? new Uint8Array(0) : hexBytes(passcode, 32, 'passcode'),
      once: once ? 1 : 0,
      ...officeIn(about),
    };
    return this.#database.write(async (transaction) => {
      const { patient, guardian, since } = row;
      if (patient && guardian && (await isOfficeOver(transaction, { patient, guardian, since: since ?? 0 })))
        throw new Failure('guardian.over', 'You do not act for this person any more. Nothing was made.');
      if ((await countOfLinks(transaction, row.chain)) >= LINKS_PER_CLINIC)
        throw new Failure('hub.too-many', `At most ${LINKS_PER_CLINIC} links of one clinic are kept. Let some end first.`);
      return writeLink(transaction, row, body);
    });
  }

  /** Those of the caller's clinic that are there. */
  async states(caller: Caller, links: readonly string[]): Promise<LinkState[]> {
    const rows = await linksOf(this.#database.read, fromHex(caller.chain), namesOf(links), this.#clock());
    return rows.map(({ link, opened, lastOpened, recipient, wrong }) => ({
      link: toHex(link),
      opened,
      lastOpened,
      recipient,
      triesLeft: MOST_PASSCODE_TRIES - wrong,
    }));
  }

  /** Off the disk when it resolves. Answers how many were there. */
  async end(caller: Caller, links: readonly string[]): Promise<number> {
    const rows = await linksOf(this.#database.read, fromHex(caller.chain), namesOf(links), 0);
    return this.#erasing(async (transaction) => {
      let ended = 0;
      for (const { link } of rows) ended += await deleteLink(transaction, link);
      return ended;
    });
  }

  /** For whoever has the link. What is over, ended or never was gives the same nothing. */
  async open(link: Uint8Array, recipient: string, passcode: string): Promise<LinkAnswer> {
    const now = this.#clock();
    // Strangers may ask for any name: what is not there takes no turn among those who write.
    if (!(await linkOf(this.#database.read, link, now))) return undefined;
    const name = recipient.slice(0, MOST_RECIPIENT);
    let isLast = false;
    const answer = await this.#database.write(async (transaction): Promise<LinkAnswer> => {
      const row = await linkOf(transaction, link, now);
      if (!row || (row.once === 1 && row.opened > 0)) return undefined;
      if (row.passcode.length > 0 && !equalBytes(passcodeHash(hashParts, link, passcode), row.passcode)) {
        const triesLeft = MOST_PASSCODE_TRIES - row.wrong - 1;
        isLast = triesLeft <= 0;
        if (isLast) await deleteLink(transaction, link);
        else await countWrong(transaction, link);
        return { triesLeft };
      }
      await countOpened(transaction, link, now, name);
      const body = await bodyOfLink(transaction, link);
      isLast = row.once === 1;
      if (isLast) await emptyLink(transaction, link);
      return { body };
    });
    if (isLast) await checkpointAfterErasure(this.#database);
    return answer;
  }

  /** Whether it has neither run out nor been ended; one that opens once is there until its end, opened or not. */
  async isThere(link: Uint8Array): Promise<boolean> {
    return (await linkOf(this.#database.read, link, this.#clock())) !== undefined;
  }

  /** Destroys what is over: called now and then. */
  expire(): Promise<number> {
    return this.#erasing((transaction) => deleteExpiredLinks(transaction, this.#clock()));
  }

  async #erasing(body: (transaction: Parameters<typeof deleteLink>[0]) => Promise<number>): Promise<number> {
    const done = await this.#database.write(body);
    if (done > 0) await checkpointAfterErasure(this.#database);
    return done;
  }
}

/** @throws {Failure} `hub.argument`. */
function officeIn({ patient, guardian, since }: Pick<LinkUpload, 'patient' | 'guardian' | 'since'>) {
  const handle = (text: string | null | undefined, name: string) => (text ? hexBytes(text, 16, name) : null);
  return {
    patient: handle(patient, 'patient'),
    guardian: handle(guardian, 'guardian'),
    since: guardian ? wholeNumber(since ?? 0, 'since') : null,
  };
}

const namesOf = (links: readonly string[]): readonly string[] => {
  const names = atMost(links, ASKED_AT_ONCE, 'links');
  for (const name of names) hexBytes(name, 32, 'links');
  return names;
};
