/** A clinic without a program: admitted like any other, its devices are driven from here. */
import { randomBytes, sha256, type sign, verifySignature } from '../../server/vault/primitives.ts';
import { fromBase64, fromHex, toBase64, toHex } from '../../shared/encoding/bytes.ts';
import { openGenesis, type Region } from '../../shared/ledger/founding.ts';
import type { SubmissionAnswer } from '../../shared/sync/submission.ts';
import { encodeAdmissionRequest, readInvitation } from '../../shared/sync/wire.ts';
import { desksOf, enrolments } from '../bench/generated-blocks.ts';
import { enrolVariables, Line, testTlsKey } from '../hub/hub-bench.ts';
import type { Certificate, DeskPaper } from '../load/loaded-region.ts';
import type { HubPlace } from '../load/loading-desk.ts';
import { admissionOf, foundClinic, hash, type TestClinic } from '../support/ledger-builder.ts';

const AN_HOUR_MS = 3_600_000;

export class DrivenClinic {
  readonly clinic: TestClinic;
  readonly #port: number;
  #authority = '';
  #hubKey: Uint8Array = new Uint8Array(0);
  readonly #papers: DeskPaper[] = [];
  #certificate: Certificate | undefined;

  /** @param label the region calls it "Clinic" and this */
  constructor(label: string, port: number) {
    this.clinic = foundClinic(label);
    this.#port = port;
  }

  get chain(): string {
    return this.clinic.id;
  }

  /** As the region and the console call it. */
  get name(): string {
    return this.clinic.founding.statement.name;
  }

  get place(): HubPlace {
    return { ports: [this.#port], authority: this.#authority, hubKey: this.#hubKey };
  }

  /** One of its further desks; the first one is asked through `submit`. */
  paper(number: number): DeskPaper {
    const found = this.#papers.find((paper) => paper.number === number);
    if (!found) throw new TypeError(`${this.name} has no desk ${number}`);
    return found;
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

  /** Once it is admitted: its further desks. */
  async settle(): Promise<void> {
    const desks = desksOf(this.clinic);
    await this.submit(...enrolments(desks));
    for (const [number, { device }] of desks.entries()) {
      if (number === 0) continue;
      const secret = randomBytes(16);
      await this.#with((line) =>
        line.ask('InviteDevice', { secretHash: toHex(sha256(secret)), expires: Date.now() + AN_HOUR_MS }),
      );
      const certificate = await this.#certify(device.key, { secret, chain: this.chain });
      this.#papers.push({ clinic: this.clinic.label, number, position: device.position, certificate });
    }
  }

  /** What the hub said of each block of its first desk. */
  async submit(...blocks: Uint8Array[]): Promise<string> {
    const { submit } = await this.#with((line) =>
      line.ask<{ submit: SubmissionAnswer }>('Submit', { blocks: blocks.map(toBase64) }),
    );
    return blocks.map((_, at) => submit.refusals.find((refusal) => refusal.at === at)?.code ?? 'accepted').join(', ');
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

  async #with<T>(ask: (line: Line) => Promise<T>): Promise<T> {
    const line = new Line(this.#port, this.#authority, this.#certificate);
    try {
      return await ask(line);
    } finally {
      line.close();
    }
  }
}
