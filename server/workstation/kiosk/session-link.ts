/** The process of the patient's session as the kiosk holds it: one at a time, and each ends before another begins. */
import { Failure } from '../../../shared/outcome/failure.ts';
import { Turns } from '../../../shared/outcome/turns.ts';
import type { GraphqlAnswer, GraphqlRequest } from '../../graphql/apollo.ts';
import { RemoteCalls } from '../vault-process/remote-calls.ts';
import type { VaultProcess } from '../vault-process/vault-link.ts';
import type { CardToCheck, KioskVerbs, SessionVerbs } from './session-verbs.ts';

interface SessionEdges {
  start(): Promise<VaultProcess>;
  readonly verbs: KioskVerbs;
  /** The state has changed. */
  changed(): void;
  /** Milliseconds without a touch after which a session ends, whatever the page does. */
  readonly longestMs: number;
}

type SessionState = 'READY' | 'CHECKING' | 'OPEN';

interface Session {
  readonly process: VaultProcess;
  readonly calls: RemoteCalls<SessionVerbs>;
}

export class SessionLink {
  readonly #edges: SessionEdges;
  #session: Session | undefined;
  #state: SessionState = 'READY';
  #untouched: NodeJS.Timeout | undefined;
  readonly #turns = new Turns();

  constructor(edges: SessionEdges) {
    this.#edges = edges;
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Starts the process of the next session, so that nobody waits for it. It has nobody's keys, and ends when nobody comes. */
  prepare(): Promise<void> {
    return this.#turns.take(async () => {
      if (this.#session) return;
      await this.#start();
      this.#endUntouched();
    });
  }

  /** @throws {Failure} as `openCard`; then nothing is left of the try. */
  checkIn(card: CardToCheck): Promise<void> {
    return this.#turns.take(async () => {
      // Nobody gets the process of somebody else.
      if (this.#state !== 'READY') await this.#end();
      clearTimeout(this.#untouched);
      this.#become('CHECKING');
      try {
        const session = this.#session ?? (await this.#start());
        await session.calls.call('checkIn', card);
        this.#endUntouched();
        this.#become('OPEN');
      } catch (error) {
        await this.#end();
        throw error;
      }
    });
  }

  /** Somebody is there. False when there is no session. */
  touch(): boolean {
    if (this.#state !== 'OPEN') return false;
    this.#endUntouched();
    return true;
  }

  /** @throws {Failure} `patient.no-session`. */
  execute(request: GraphqlRequest): Promise<GraphqlAnswer> {
    const session = this.#session;
    if (this.#state !== 'OPEN' || !session)
      throw new Failure('patient.no-session', 'Nobody is checked in. Hold the card under the scanner.');
    return session.calls.call('execute', request).then((answer) => {
      // Its keys go with it, and not only what it shows.
      const isCardOver = answer.errors?.some(({ extensions }) => extensions?.code === 'card.ended');
      if (isCardOver && this.#session === session) void this.end();
      return answer;
    });
  }

  /** The process has ended when this resolves. */
  end(): Promise<void> {
    return this.#turns.take(() => this.#end());
  }

  async #start(): Promise<Session> {
    const process = await this.#edges.start();
    const session = { process, calls: new RemoteCalls<SessionVerbs>(process.port, this.#edges.verbs) };
    this.#session = session;
    process.port.onClose(() => {
      if (this.#session === session) void this.end();
    });
    return session;
  }

  #endUntouched(): void {
    clearTimeout(this.#untouched);
    this.#untouched = setTimeout(() => void this.end(), this.#edges.longestMs);
  }

  async #end(): Promise<void> {
    clearTimeout(this.#untouched);
    const session = this.#session;
    this.#session = undefined;
    session?.calls.close();
    await session?.process.end();
    this.#become('READY');
  }

  #become(state: SessionState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#edges.changed();
  }
}
