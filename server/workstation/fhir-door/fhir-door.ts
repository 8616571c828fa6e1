/**
 * Whether this computer answers programs in FHIR, and whom: an administrator's choice, off until it is made; open only while the vault is.
 * The clinic's network is answered while the ledger says so of this computer, wherever that was said.
 */

import type { FhirAnswer, FhirRequest } from '../../../shared/fhir-api/exchange.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { Turns } from '../../../shared/outcome/turns.ts';
import type { Installation } from '../folder/installation.ts';
import { FhirCallers } from './fhir-callers.ts';
import type { FhirGround } from './fhir-ground.ts';
import { type FhirHost, startFhirHost } from './fhir-host.ts';
import { checkNetwork, type FhirCaller, type NetworkChoice, type NetworkHost, startNetworkHost } from './fhir-network.ts';

interface FhirDoorState {
  /** Where it answers while somebody is signed in; undefined when it is switched off. */
  readonly port: number | undefined;
  /** `http://127.0.0.1:7460/fhir` while it is open. */
  readonly address: string | undefined;
  readonly problem: Failure | undefined;
  /** What was chosen for the clinic's network; undefined: nothing is answered there. */
  readonly network: NetworkChoice | undefined;
  /** `https://192.168.1.20:7461/fhir`, while it is open there. */
  readonly networkAddresses: readonly string[];
  /** Who asked over the network, the last one first. */
  readonly callers: readonly FhirCaller[];
}

interface FhirDoorParts extends FhirGround {
  readonly installation: Installation;
  readonly clock: () => number;
  /** Asks the vault. */
  answer(request: FhirRequest): Promise<FhirAnswer>;
}

const PORT = 'fhir-port';
const NETWORK = 'fhir-network';
const CALLERS = 'fhir-callers';
/** The hub may not have the administrator's act yet, or be away. */
const AGAIN_MS = 3_000;

export class FhirDoor {
  readonly #parts: FhirDoorParts;
  #host: FhirHost | undefined;
  #network: NetworkHost | undefined;
  #problem: Failure | undefined;
  #isOpen = false;
  #again: NodeJS.Timeout | undefined;
  readonly #callers: FhirCallers;
  /** Opening, closing and choosing take turns. */
  readonly #turns = new Turns();

  constructor(parts: FhirDoorParts) {
    this.#parts = parts;
    const { installation } = parts;
    this.#callers = new FhirCallers({
      text: () => installation.text(CALLERS),
      remember: (text) => installation.remember({ [CALLERS]: text }),
    });
  }

  async state(): Promise<FhirDoorState> {
    return {
      port: await this.#port(),
      address: this.#host?.address,
      problem: this.#problem,
      network: await this.#choice(),
      networkAddresses: this.#network?.addresses ?? [],
      callers: await this.#callers.list(),
    };
  }

  /** Somebody has unlocked. A port that is taken keeps nobody from working: the state says so. */
  open(): Promise<void> {
    return this.#turns.take(async () => {
      this.#isOpen = true;
      await this.#begin();
    });
  }

  close(): Promise<void> {
    return this.#turns.take(async () => {
      this.#isOpen = false;
      await this.#end();
    });
  }

  /** The ledger has moved: it may say something else of this computer. */
  look(): void {
    if (this.#isOpen) void this.#turns.take(() => this.#lookAtNetwork()).catch(() => undefined);
  }

  /**
   * What would be refused before anything is said on the ledger.
   * @throws {Failure} `fhir-api.port`, `clinic-host.address`, `lan.names`, `fhir-api.no-region`.
   */
  async check(port: number | undefined, network: NetworkChoice | undefined): Promise<void> {
    checkPort(port);
    if (!network) return;
    checkNetwork(network);
    await this.#parts.ground();
  }

  /**
   * @param port undefined: off, on the network as well @param isUnlocked whether it opens at once
   * @throws {Failure} `fhir-api.port`; `host.port-taken`, then it stays chosen and is tried again at the next unlock.
   */
  choose(port: number | undefined, isUnlocked: boolean): Promise<void> {
    return this.#turns.take(async () => {
      checkPort(port);
      await this.#parts.installation.remember({ [PORT]: port === undefined ? '' : String(port) });
      await this.#end();
      this.#isOpen = isUnlocked;
      if (!isUnlocked) return;
      await this.#begin();
      if (!this.#host && this.#problem) throw this.#problem;
    });
  }

  /** What is in the way of the network is in the state, and is tried again. @param network undefined: this computer alone */
  chooseNetwork(network: NetworkChoice | undefined): Promise<void> {
    return this.#turns.take(async () => {
      await this.#parts.installation.remember({ [NETWORK]: network ? JSON.stringify(network) : '' });
      await this.#endNetwork();
      this.#problem = undefined;
      if (this.#isOpen) await this.#begin();
    });
  }

  async #begin(): Promise<void> {
    const port = await this.#port();
    if (port === undefined) return;
    try {
      this.#host ??= await startFhirHost((request) => this.#parts.answer(request), port);
      this.#problem = undefined;
    } catch (error) {
      this.#problem = asFailure(error);
    }
    await this.#lookAtNetwork();
  }

  /** Opens or closes the network, as choice and ledger say. */
  async #lookAtNetwork(): Promise<void> {
    clearTimeout(this.#again);
    const choice = await this.#choice();
    const isWanted = this.#isOpen && choice !== undefined && (await this.#port()) !== undefined;
    if (!isWanted || !(await this.#parts.isNetworkSaid())) return this.#endNetwork();
    if (this.#network) return;
    try {
      this.#network = await startNetworkHost(await this.#parts.ground(), choice, {
        clock: this.#parts.clock,
        answer: (request) => this.#parts.answer(request),
        asked: (caller) => void this.#callers.note(caller).catch(() => undefined),
        report: (problem) => {
          this.#problem = asFailure(problem);
        },
      });
      if (this.#host) this.#problem = undefined;
    } catch (error) {
      this.#problem = asFailure(error);
      this.#again = setTimeout(() => this.look(), AGAIN_MS).unref();
    }
  }

  async #end(): Promise<void> {
    const host = this.#host;
    this.#host = undefined;
    this.#problem = undefined;
    await host?.close();
    await this.#endNetwork();
  }

  async #endNetwork(): Promise<void> {
    clearTimeout(this.#again);
    const network = this.#network;
    this.#network = undefined;
    if (!network) return;
    await network.close();
    await this.#callers.write();
  }

  async #port(): Promise<number | undefined> {
    const text = await this.#parts.installation.text(PORT);
    return text ? Number(text) : undefined;
  }

  async #choice(): Promise<NetworkChoice | undefined> {
    const text = await this.#parts.installation.text(NETWORK);
    return text ? (JSON.parse(text) as NetworkChoice) : undefined;
  }
}

function checkPort(port: number | undefined): void {
  if (port === undefined || (Number.isInteger(port) && port >= 1_024 && port <= 65_535)) return;
  throw new Failure('fhir-api.port', 'Choose a port from 1024 to 65535.');
}
