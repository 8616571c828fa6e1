/**
 * The patient's SMART Health Links: made, listed and ended by themselves. The file is encrypted here; the hub keeps ciphertext, and the key
 * stands in the QR code and, for showing it again, in the patient's own box.
 */
import { CompactEncrypt } from 'jose';
import type { LinkLetter } from '../../../shared/care-card/patient-letter.ts';
import { fromHex, fromUtf8, toHex, utf8 } from '../../../shared/encoding/bytes.ts';
import { internationalSummary } from '../../../shared/fhir/international-summary.ts';
import type { PatientFile } from '../../../shared/kiosk/patient-file.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { LINK_HOURS, MOST_LINK_BODY, manifestUrl, passcodeHash, shlink } from '../../../shared/sync/health-link.ts';
import type { OutgoingDocument } from '../../sync/gateway.ts';
import { putPatientLink } from '../../sync/put-patient-link.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { randomBytes } from '../../vault/primitives.ts';
import type { OwnLetters } from './own-letters.ts';
import type { KioskVerbs, PatientAct } from './session-verbs.ts';

/** Parts of the summary that are chosen one by one, and the sections of the chart that each has. */
const LINK_PARTS: Readonly<Record<string, readonly string[]>> = {
  problems: ['problem'],
  allergies: ['allergy'],
  medications: ['medication'],
  immunizations: ['immunization'],
  results: ['result', 'vital'],
  procedures: ['procedure'],
};
const LABEL = 'International Patient Summary';
const DIGITS = 6;

/** Of who makes links for somebody: the link ends with it. */
interface Office {
  /** Their own compartment of identity, hexadecimal. */
  readonly guardian: string;
  /** Milliseconds; `ends` 0: until somebody ends it. */
  readonly since: number;
  readonly ends: number;
}

interface OwnLinksParts {
  readonly letters: OwnLetters;
  /** Compartment of identity, hexadecimal. */
  readonly patient: string;
  /** Left out: it is the patient. */
  readonly office?: Office;
  /** Who acts for the patient, by their compartments of identity, with their names. */
  guardians(): Promise<ReadonlyMap<string, string>>;
  file(): Promise<PatientFile>;
  time(): Promise<number>;
  /** Durable when it resolves. */
  record(acts: readonly PatientAct[], documents: readonly OutgoingDocument[]): Promise<void>;
  askLinks: KioskVerbs['askLinks'];
}

export interface OwnLink extends LinkLetter {
  /** Undefined: who is checked in. Otherwise who acts or has acted for them; '' when the clinic does not name them any more. */
  readonly madeBy: string | undefined;
  /** What the QR code says. */
  readonly code: string;
  /** `UNKNOWN`: the hub cannot be asked now. */
  readonly state: 'OPEN' | 'ENDED' | 'UNKNOWN';
  readonly opened: number;
  /** Milliseconds; undefined when nobody has. */
  readonly lastOpened: number | undefined;
  readonly recipient: string;
  readonly triesLeft: number;
}

interface HubStates {
  readonly healthLinks: {
    readonly address: string;
    readonly links: ReadonlyArray<Pick<OwnLink, 'link' | 'opened' | 'recipient' | 'triesLeft'> & { readonly lastOpened: number }>;
  };
}

export class OwnLinks {
  readonly #parts: OwnLinksParts;

  constructor(parts: OwnLinksParts) {
    this.#parts = parts;
  }

  /**
   * Those whose time is not over, newest first; and whether new ones can be made now. A patient sees all that show something of them, with
   * whichever card they were made; who acts for them sees their own.
   */
  async list(): Promise<{ readonly isOffered: boolean; readonly links: OwnLink[] }> {
    const { letters, time, patient, office } = this.#parts;
    const now = await time();
    const [written, names] = await Promise.all([letters.everybodys(), this.#parts.guardians()]);
    const said = written
      .filter(({ subject, holder }) => subject === 'link' && (!office || holder === office.guardian))
      .map(({ content, holder }) => ({ ...(JSON.parse(fromUtf8(content)) as LinkLetter), holder }))
      .filter(({ ends }) => ends > now);
    const answer = await this.#states(said.map(({ link }) => link));
    const byLink = new Map(answer?.links.map((state) => [state.link, state]));
    const links = said.map(({ holder, ...letter }): OwnLink => {
      const state = byLink.get(letter.link);
      return {
        ...letter,
        madeBy: holder === (office?.guardian ?? patient) ? undefined : (names.get(holder) ?? ''),
        code: shlink({ ...letter, key: fromHex(letter.key), label: LABEL }),
        state: state ? 'OPEN' : answer ? 'ENDED' : 'UNKNOWN',
        opened: state?.opened ?? 0,
        lastOpened: state?.lastOpened || undefined,
        recipient: state?.recipient ?? '',
        triesLeft: state?.triesLeft ?? 0,
      };
    });
    return { isOffered: (answer?.address ?? '') !== '', links };
  }

  /**
   * The passcode is answered once and kept nowhere.
   * @throws {Failure} `link.wish`, `link.too-large`, `link.hub-older`, `hub.links-not-offered`, `guardian.over`, `sync.hub-unreachable`;
   * storage failures.
   */
  async make(wish: {
    readonly parts: readonly string[];
    readonly hours: number;
    readonly withPasscode: boolean;
  }): Promise<{ readonly link: OwnLink; readonly passcode: string }> {
    const { letters, file, time, record, office } = this.#parts;
    const names = Object.keys(LINK_PARTS).filter((name) => wish.parts.includes(name));
    if (names.length === 0 || names.length < new Set(wish.parts).size || !LINK_HOURS.some((hours) => hours === wish.hours))
      throw new Failure('link.wish', 'Choose what the link shows and for how long. Nothing was made.');
    const answer = await this.#states([]);
    if (!answer?.address)
      throw new Failure('hub.links-not-offered', 'Links cannot be made here now: the region’s hub is away, or offers none.', {
        retry: true,
      });
    const withheld = new Set(Object.entries(LINK_PARTS).flatMap(([name, sections]) => (names.includes(name) ? [] : sections)));
    const { subject, resources } = (await file()).international;
    const [link, key] = [randomBytes(32), randomBytes(32)];
    const body = await new CompactEncrypt(utf8(internationalSummary(subject, resources, withheld)))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', cty: 'application/fhir+json' })
      .encrypt(key);
    if (body.length > MOST_LINK_BODY)
      throw new Failure('link.too-large', 'This is too much for one link. Choose fewer parts, or ask at the desk for a copy.');
    const now = await time();
    const wished = now + wish.hours * 3_600_000;
    const ends = office?.ends ? Math.min(wished, office.ends) : wished;
    const passcode = wish.withPasscode ? newPasscode() : '';
    const hash = passcode === '' ? '' : toHex(passcodeHash(hashParts, link, passcode));
    const upload = { link: toHex(link), expires: ends, passcode: hash, body };
    await this.#put(upload);
    const letter: LinkLetter = {
      link: upload.link,
      url: manifestUrl(answer.address, link),
      key: toHex(key),
      sections: names,
      ends,
      hasPasscode: passcode !== '',
    };
    await record([], [letters.seal('link', utf8(JSON.stringify(letter)), now)]);
    const shown = (await this.list()).links.find((each) => each.link === letter.link);
    if (shown) return { link: shown, passcode };
    throw new Failure('link.unknown', 'There is no such link. Open the list again.');
  }

  /** From then on the link opens nothing. @throws {Failure} `link.unknown`, `sync.hub-unreachable`. */
  async end(link: string): Promise<void> {
    const { links } = await this.list();
    if (!links.some((each) => each.link === link))
      throw new Failure('link.unknown', 'There is no such link. Open the list again.');
    await this.#parts.askLinks({ operation: 'EndHealthLinks', variables: { links: [link] } });
  }

  /** For who acts for somebody a hub of before, which could not end it with their office, keeps nothing. */
  async #put(upload: object): Promise<void> {
    const { askLinks, patient, office } = this.#parts;
    const put = (link: object) => askLinks({ operation: 'PutHealthLink', variables: { link } });
    if (!office) return putPatientLink(put, upload, patient);
    try {
      await put({ ...upload, patient, guardian: office.guardian, since: office.since });
    } catch (error) {
      if (asFailure(error).code !== 'graphql.operation-refused') throw error;
      throw new Failure(
        'link.hub-older',
        'The region’s hub is of an older version, which could not end this link when you no longer act for this person. Nothing was made; ask at the desk.',
        { cause: error },
      );
    }
  }

  /** Undefined while the hub cannot be asked. */
  async #states(links: readonly string[]): Promise<HubStates['healthLinks'] | undefined> {
    try {
      const answer = (await this.#parts.askLinks({
        operation: 'HealthLinks',
        variables: { links: links.slice(0, 200) },
      })) as HubStates;
      return answer.healthLinks;
    } catch (error) {
      if (error instanceof Failure && error.code === 'sync.hub-unreachable') return undefined;
      throw error;
    }
  }
}

/** Each as likely as every other. */
function newPasscode(): string {
  for (;;) {
    const drawn = Buffer.from(randomBytes(4)).readUInt32BE();
    const most = 10 ** DIGITS;
    if (drawn < Math.floor(2 ** 32 / most) * most) return String(drawn % most).padStart(DIGITS, '0');
  }
}
