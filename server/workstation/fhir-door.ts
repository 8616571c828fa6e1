/** Whether this computer answers programs in FHIR: an administrator's choice, off until it is made; open only while the vault is. */

import type { FhirAnswer, FhirRequest } from '../../shared/fhir-api/exchange.ts';
import { asFailure, Failure } from '../../shared/outcome/failure.ts';
import { type FhirHost, startFhirHost } from './fhir-host.ts';
import type { Installation } from './installation.ts';

export interface FhirDoorState {
  /** Where it answers while somebody is signed in; undefined when it is switched off. */
  readonly port: number | undefined;
  /** `http://127.0.0.1:7460/fhir` while it is open. */
  readonly address: string | undefined;
  readonly problem: Failure | undefined;
}

const SETTING = 'fhir-port';

export class FhirDoor {
  readonly #installation: Installation;
  readonly #answer: (request: FhirRequest) => Promise<FhirAnswer>;
  #host: FhirHost | undefined;
  #problem: Failure | undefined;
  /** Opening, closing and choosing take turns. */
  #turn: Promise<unknown> = Promise.resolve();

  /** @param answer asks the vault */
  constructor(installation: Installation, answer: (request: FhirRequest) => Promise<FhirAnswer>) {
    this.#installation = installation;
    this.#answer = answer;
  }

  async state(): Promise<FhirDoorState> {
    return { port: await this.#port(), address: this.#host?.address, problem: this.#problem };
  }

  /** Somebody has unlocked. A port that is taken keeps nobody from working: the state says so. */
  open(): Promise<void> {
    return this.#inTurn(async () => {
      const port = await this.#port();
      if (port !== undefined && !this.#host) await this.#begin(port);
    });
  }

  close(): Promise<void> {
    return this.#inTurn(() => this.#end());
  }

  /**
   * @param port undefined: off @param isUnlocked whether it opens at once
   * @throws {Failure} `fhir-api.port`; `host.port-taken`, then it stays chosen and is tried again at the next unlock.
   */
  choose(port: number | undefined, isUnlocked: boolean): Promise<void> {
    return this.#inTurn(async () => {
      if (port !== undefined && !(Number.isInteger(port) && port >= 1_024 && port <= 65_535))
        throw new Failure('fhir-api.port', 'Choose a port from 1024 to 65535.');
      await this.#installation.remember({ [SETTING]: port === undefined ? '' : String(port) });
      await this.#end();
      if (port === undefined || !isUnlocked) return;
      await this.#begin(port);
      if (this.#problem) throw this.#problem;
    });
  }

  async #begin(port: number): Promise<void> {
    try {
      this.#host = await startFhirHost(this.#answer, port);
      this.#problem = undefined;
    } catch (error) {
      this.#problem = asFailure(error);
    }
  }

  async #end(): Promise<void> {
    const host = this.#host;
    this.#host = undefined;
    this.#problem = undefined;
    await host?.close();
  }

  async #port(): Promise<number | undefined> {
    const text = await this.#installation.text(SETTING);
    return text ? Number(text) : undefined;
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(act);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
