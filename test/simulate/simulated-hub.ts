/** The region's hub, the real one: its database on a virtual disk, its resolvers asked by operation, its process killed now and then. */

import { errorOf } from '../../server/graphql/apollo.ts';
import { type HubContext, hubResolvers } from '../../server/hub/hub.resolvers.ts';
import { addInvitation } from '../../server/hub/hub.store.ts';
import { Hub, hubMigrations } from '../../server/hub/hub.ts';
import type { HubKeys } from '../../server/hub/hub-keys.ts';
import type { SignatureWork } from '../../server/hub/sequencer/signature-pool.ts';
import type { Database } from '../../server/storage/database.ts';
import { sha256 } from '../../server/vault/primitives.ts';
import { toBase64 } from '../../shared/encoding/bytes.ts';
import type { SignatureClaim } from '../../shared/ledger/rules.ts';
import { asFailure, type Failure } from '../../shared/outcome/failure.ts';
import type { Check } from './slow-ledger.ts';
import type { Storage } from './storage.ts';
import type { World } from './world.ts';

/** Verifies in this thread, at once. */
const signaturesHere = (check: Check): SignatureWork => ({
  verify: async (_: string, claims: readonly SignatureClaim[]) =>
    claims.map(({ key, message, signature }) => check(key, message, signature)),
  close: async () => undefined,
});

export interface Asked {
  readonly operation: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What the hub would send: the data of one root field, or a refusal. */
export type HubAnswer = { readonly data: Readonly<Record<string, unknown>> } | { readonly failure: Failure };

export interface SimulatedHubOptions {
  readonly world: World;
  readonly storage: Storage;
  readonly keys: HubKeys;
  readonly check: Check;
  /** Milliseconds by which its clock is wrong. */
  readonly skew: () => number;
  /** The region's genesis as it travels. */
  readonly genesis: Uint8Array;
  onHead(): void;
}

const SECRET = new Uint8Array(16);

export class SimulatedHub {
  readonly storage: Storage;
  readonly #options: SimulatedHubOptions;
  #hub: Hub | undefined;
  /** Rises with each process. */
  #process = 0;

  constructor(options: SimulatedHubOptions) {
    this.#options = options;
    this.storage = options.storage;
  }

  get isUp(): boolean {
    return this.#hub !== undefined;
  }

  /** Blocks in its ledger as it says; of what was there before while it is down. */
  get size(): number {
    return this.#hub?.founded?.sequencer.checkpoint.size ?? -1;
  }

  get checkpoint() {
    return this.#hub?.founded?.sequencer.checkpoint;
  }

  clock = (): number => this.#options.world.now + this.#options.skew();

  async start(): Promise<void> {
    const process = ++this.#process;
    const { keys, check, genesis, onHead } = this.#options;
    const database = await this.storage.open(hubMigrations);
    const hub = await Hub.open(database, keys, { clock: this.clock, signatures: signaturesHere(check) });
    if (!hub.founded) {
      await invite(database, this.clock());
      await hub.enrolment.found(toBase64(SECRET), toBase64(genesis));
    }
    if (process !== this.#process) return;
    this.#hub = hub;
    hub.heads.add(() => {
      if (process === this.#process) onHead();
    });
    onHead();
  }

  /** The process ends here and now. */
  crash(): void {
    this.#process += 1;
    this.#hub = undefined;
    this.storage.crash();
  }

  /** The answer to one request, or undefined while nobody is there. One that was asked of a process that ended never comes. */
  ask(device: string, asked: Asked): Promise<HubAnswer> | undefined {
    const hub = this.#hub;
    if (!hub) return undefined;
    const process = this.#process;
    return new Promise((resolve) => {
      answerOf(hub, device, asked).then((answer) => {
        if (process === this.#process) resolve(answer);
      });
    });
  }
}

const invite = (database: Database, now: number): Promise<void> =>
  database.write((transaction) => addInvitation(transaction, sha256(SECRET), 'found', null, now + 86_400_000));

type Resolver = (parent: unknown, variables: unknown, context: HubContext) => unknown;

async function answerOf(hub: Hub, device: string, { operation, variables }: Asked): Promise<HubAnswer> {
  const field = operation.charAt(0).toLowerCase() + operation.slice(1);
  const { Query = {}, Mutation = {} } = hubResolvers as Record<string, Record<string, Resolver> | undefined>;
  try {
    const caller = await hub.callers.identify(device);
    const resolve = Query[field] ?? Mutation[field];
    if (!resolve) throw new RangeError(`the hub has no operation ${operation}`);
    return { data: { [field]: await resolve(undefined, variables, { hub, caller }) } };
  } catch (error) {
    return { failure: asFailure(error) };
  }
}

/** An answer as it goes over the wire. */
export const bytesOfAnswer = (answer: HubAnswer): Buffer =>
  Buffer.from(JSON.stringify('data' in answer ? answer : { errors: [errorOf(answer.failure)] }));
