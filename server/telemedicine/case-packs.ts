/**
 * Second opinions: a case for a clinician outside of the region, made of chosen parts of a record. Encrypted here under a key that stands in
 * the link alone; the hub keeps it until it was opened, once, with the code that is told apart from the link.
 */
import { CompactEncrypt } from 'jose';
import { fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { MOST_LINK_BODY, passcodeHash } from '../../shared/sync/health-link.ts';
import { checkedHours, checkedRecipient, packUrl } from '../../shared/telemedicine/case-pack.ts';
import { putPatientLink } from '../sync/put-patient-link.ts';
import { clinicNames } from '../sync/vault-context/clinic-names.ts';
import type { AccessGate, PatientDirectory, VaultContext } from '../sync/vault-context/vault-context.ts';
import { rowsOfTag } from '../sync/vault-context/vault-rows.store.ts';
import { hashParts } from '../vault/hash-parts.ts';
import type { ConsultLetters, ConsultWish } from './consult-letters.ts';
import type { OpenedCharts } from './telemedicine.ts';

const KIND = 'case-pack';
const HOUR_MS = 3_600_000;

interface PackWish extends Omit<ConsultWish, 'clinic'> {
  readonly recipient: string;
  readonly hours: number;
}

interface StoredPack {
  /** Hexadecimal: the name at the hub. */
  readonly link: string;
  readonly recipient: string;
  readonly at: number;
  readonly expires: number;
  readonly by: string;
}

interface PackState extends StoredPack {
  /** `UNKNOWN`: the hub cannot be asked now. */
  readonly state: 'OPEN' | 'OPENED' | 'ENDED' | 'UNKNOWN';
  readonly openedAt: number | undefined;
  /** As who opened it called themselves. */
  readonly openedBy: string;
}

interface HubStates {
  readonly healthLinks: {
    readonly address: string;
    readonly links: ReadonlyArray<{ link: string; opened: number; lastOpened: number; recipient: string }>;
  };
}

export class CasePacks {
  readonly #context: VaultContext;
  readonly #directory: PatientDirectory;
  readonly #charts: OpenedCharts;
  readonly #access: AccessGate;
  readonly #letters: ConsultLetters;

  constructor(
    context: VaultContext,
    directory: PatientDirectory,
    charts: OpenedCharts,
    access: AccessGate,
    letters: ConsultLetters,
  ) {
    this.#context = context;
    this.#directory = directory;
    this.#charts = charts;
    this.#access = access;
    this.#letters = letters;
    context.hooks.alsoErased.push(async (patient) =>
      (await rowsOfTag(context.reader, KIND, this.#tag(patient))).map(({ key, tag }) => ({
        kind: KIND,
        key: key.slice(),
        tag: tag.slice(),
        sealed: null,
      })),
    );
  }

  /**
   * Link and code are answered once and kept nowhere. The access line is durable before anything leaves.
   * @throws {Failure} `telemedicine.not-ours`, `pack.*`, `consult.*`, `hub.links-not-offered`, `sync.hub-unreachable`, `vault.passphrase-wrong`.
   */
  async make(
    wish: PackWish,
    passphrase: string,
  ): Promise<{ readonly url: string; readonly code: string; readonly pack: StoredPack }> {
    const { keyStore, gateway, random, clock, chain, staff } = this.#context;
    const patient = this.#directory.known(wish.patient);
    const recipient = checkedRecipient(wish.recipient);
    const expires = clock() + checkedHours(wish.hours) * HOUR_MS;
    const content = await this.#letters.caseOf(patient, wish);
    const { address } = (await this.#states([])).healthLinks;
    if (address === '')
      throw new Failure(
        'hub.links-not-offered',
        'This region’s hub serves no pages outside, so nobody could open it. Whoever runs the hub switches them on (docs/administrators.md).',
      );
    await keyStore.confirm(passphrase);
    const [link, key] = [random(32), random(32)];
    const own = toHex(chain);
    const clinic = (await clinicNames(gateway, [own])).get(own) ?? '';
    const body = await new CompactEncrypt(utf8(JSON.stringify({ ...content, recipient, clinic, expires })))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .encrypt(key);
    if (body.length > MOST_LINK_BODY)
      throw new Failure(
        'consult.too-large',
        'That is too much for one case. Choose fewer pictures or fewer parts of the record.',
      );
    const code = this.#code();
    await this.#access.note(patient, 'second-opinion', 'TREAT', { detail: recipient, categories: ['identity', 'clinical'] });
    const hash = toHex(passcodeHash(hashParts, link, code));
    const upload = { link: toHex(link), expires, passcode: hash, body, once: true };
    await putPatientLink((put) => gateway.askHubPages('PutHealthLink', { link: put }), upload, patient.handles.identity ?? null);
    const pack: StoredPack = { link: upload.link, recipient, at: clock(), expires, by: staff.name };
    const { rows } = this.#context;
    const row = rows.seal(KIND, rows.name(KIND, link), this.#tag(patient.id), utf8(JSON.stringify(pack)));
    await gateway.commit({ rows: [row] });
    this.#context.notify({ patients: [patient.id] });
    return { url: packUrl(address, { link, key }), code, pack };
  }

  /** Of a patient whose chart is open, the newest first. @throws {Failure} `access.chart-not-open`. */
  async of(patient: string): Promise<PackState[]> {
    await this.#charts.chart(patient);
    const rows = await rowsOfTag(this.#context.reader, KIND, this.#tag(patient));
    const packs = rows.map((row) => JSON.parse(fromUtf8(this.#context.rows.open(KIND, row))) as StoredPack);
    const answer = packs.length > 0 ? await this.#states(packs.map(({ link }) => link)).catch(() => undefined) : undefined;
    const found = new Map(answer?.healthLinks.links.map((each) => [each.link, each]));
    return packs
      .sort((one, other) => other.at - one.at)
      .map((pack) => {
        const known = found.get(pack.link);
        const isOver = pack.expires <= this.#context.clock();
        const state = known ? (known.opened > 0 ? 'OPENED' : 'OPEN') : answer || isOver ? 'ENDED' : 'UNKNOWN';
        return { ...pack, state, openedAt: known?.lastOpened || undefined, openedBy: known?.recipient ?? '' } as const;
      });
  }

  /** From then on it opens to nobody. @throws {Failure} `consult.unknown`, `sync.hub-unreachable`. */
  async end(patient: string, link: string): Promise<void> {
    if (!(await this.of(patient)).some((pack) => pack.link === link))
      throw new Failure('consult.unknown', 'There is no such case here. Load the list again.');
    await this.#context.gateway.askHubPages('EndHealthLinks', { links: [link] });
    this.#context.notify({ patients: [patient] });
  }

  #states(links: readonly string[]): Promise<HubStates> {
    return this.#context.gateway.askHubPages<HubStates>('HealthLinks', { links: links.slice(0, 200) });
  }

  /** Eight digits, each as likely as every other. */
  #code(): string {
    for (;;) {
      const drawn = Buffer.from(this.#context.random(4)).readUInt32BE();
      if (drawn < 42 * 10 ** 8) return String(drawn % 10 ** 8).padStart(8, '0');
    }
  }

  #tag(patient: string): Uint8Array {
    return this.#context.rows.name('case-packs-of', utf8(patient));
  }
}
