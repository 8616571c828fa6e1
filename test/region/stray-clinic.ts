/** The clinic that means no good: admitted like any other, its devices are driven from here. They write one history twice, flood and attack. */
import { randomBytes, sha256, type sign, verifySignature } from '../../server/vault/primitives.ts';
import { fromBase64, fromHex, toBase64, toHex } from '../../shared/encoding/bytes.ts';
import { openGenesis, type Region } from '../../shared/ledger/founding.ts';
import type { SubmissionAnswer } from '../../shared/sync/submission.ts';
import { encodeAdmissionRequest, readInvitation } from '../../shared/sync/wire.ts';
import { desksOf, enrolments } from '../bench/generated-blocks.ts';
import { type Role, startRole } from '../bench/role.ts';
import { enrolVariables, Line, testTlsKey } from '../hub/hub-bench.ts';
import type { HostileFigures, HostileOrder } from '../load/hostile-role.ts';
import { type Certificate, type DeskPaper, nextBlock } from '../load/loaded-region.ts';
import { admissionOf, foundClinic, hash } from '../support/ledger-builder.ts';

const LABEL = 'Stray';
const AN_HOUR_MS = 3_600_000;
/** Its first desk lies, its second attacks, the others flood, each once: nobody knows where the chain of a flooder ends. */
const ATTACKING = 1;
const FLOODING = [2, 3];

export class StrayClinic {
  readonly clinic = foundClinic(LABEL);
  readonly #port: number;
  #authority = '';
  #hubKey: Uint8Array = new Uint8Array(0);
  readonly #papers: DeskPaper[] = [];
  #certificate: Certificate | undefined;
  #floods = 0;
  #lies = 0;
  #flooding: Role | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  get chain(): string {
    return this.clinic.id;
  }

  /** The device of its desk that lies, in hexadecimal. */
  get liar(): string {
    return this.clinic.desk.id;
  }

  get canFlood(): boolean {
    return this.#floods < FLOODING.length;
  }

  /** Asks the region to be let in. */
  async knock(invitation: string): Promise<void> {
    const first = new Line(this.#port, '');
    first.agent.options.rejectUnauthorized = false;
    const { hub } = await first.enrolment<{ hub: { authority: string; hubKey: string; genesis: string } }>('Hub');
    first.close();
    this.#authority = hub.authority;
    this.#hubKey = fromHex(hub.hubKey);
    const { secret } = readInvitation(invitation);
    this.#certificate = await this.#certify(this.clinic.desk.key, { secret, founding: this.clinic.founding.bytes });
    const region: Region = openGenesis(hash, verifySignature, fromBase64(hub.genesis));
    const request = toBase64(encodeAdmissionRequest(admissionOf(region, this.clinic, [])));
    await this.#with((line) => line.ask('RequestAdmission', { request }));
  }

  /** Once it is admitted: its further devices. */
  async settle(): Promise<void> {
    const desks = desksOf(this.clinic);
    await this.#submit(...enrolments(desks));
    for (const [number, { device }] of desks.entries()) {
      if (number === 0) continue;
      const secret = randomBytes(16);
      await this.#with((line) =>
        line.ask('InviteDevice', { secretHash: toHex(sha256(secret)), expires: Date.now() + AN_HOUR_MS }),
      );
      const certificate = await this.#certify(device.key, { secret, chain: this.chain });
      this.#papers.push({ clinic: LABEL, number, position: device.position, certificate });
    }
  }

  /** Its first desk seals two blocks at one height and hands in both. Gives what the hub said of the second. */
  async lie(): Promise<string> {
    const [desk] = desksOf(this.clinic);
    if (!desk) return '';
    const before = desk.device.position;
    const one = nextBlock(desk, `one story ${this.#lies}`);
    const after = desk.device.position;
    desk.device.position = before;
    const other = nextBlock(desk, `another story ${this.#lies++}`);
    desk.device.position = after;
    await this.#submit(one);
    return this.#submit(other);
  }

  /** Floods and attacks for so long; what became of it. */
  async flood(ms: number): Promise<HostileFigures> {
    const flooder = FLOODING[this.#floods++];
    const paper = (number: number | undefined): DeskPaper | undefined => this.#papers.find((each) => each.number === number);
    this.#flooding = startRole('../load/hostile-role.ts');
    try {
      return await this.#flooding.ask<HostileFigures>('act', {
        place: { ports: [this.#port], authority: this.#authority, hubKey: this.#hubKey },
        flooding: [paper(flooder)].filter((each) => each !== undefined),
        attacking: paper(ATTACKING),
        ms,
      } satisfies HostileOrder);
    } finally {
      await this.#flooding.end();
    }
  }

  async #certify(key: Parameters<typeof sign>[0], with_: Parameters<typeof enrolVariables>[2]): Promise<Certificate> {
    const privateKey = await testTlsKey();
    const line = new Line(this.#port, this.#authority);
    const { enroll } = await line.enrolment<{ enroll: { certificate: string } }>(
      'Enroll',
      enrolVariables(key, privateKey, with_),
    );
    line.close();
    return { privateKey, certificate: enroll.certificate };
  }

  async #submit(...blocks: Uint8Array[]): Promise<string> {
    const { submit } = await this.#with((line) =>
      line.ask<{ submit: SubmissionAnswer }>('Submit', { blocks: blocks.map(toBase64) }),
    );
    return blocks.map((_, at) => submit.refusals.find((refusal) => refusal.at === at)?.code ?? 'accepted').join(', ');
  }

  async #with<T>(ask: (line: Line) => Promise<T>): Promise<T> {
    const line = new Line(this.#port, this.#authority, this.#certificate);
    try {
      return await ask(line);
    } finally {
      line.close();
    }
  }
}
