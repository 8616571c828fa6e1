/** What an unlocked desk looks at when it may have changed, and each minute: what other clinics and desks sent and took back, what is due. */
import { mayDo } from '../../../shared/access/permissions.ts';
import { asFailure, type Failure } from '../../../shared/outcome/failure.ts';
import { type Incident, incidentOf } from '../../graphql/apollo.ts';
import type { VaultRequest } from '../../graphql/domains.ts';
import type { Waiting } from '../device/device-verbs.ts';
import { refuseOtherRole } from './standing.ts';

type Look = readonly [name: string, look: () => Promise<unknown>];

export interface RoundEdges {
  report(incident: Incident): void;
  /** What the ledger says of who is signed in, now. @throws {Failure} `vault.staff-revoked`. */
  role(): Promise<string>;
  /** What waits, for the locked door: told each minute and before it closes. */
  tellWaiting(waiting: Waiting): Promise<void>;
}

/** In this order: what arrived by clinic mail is what the others look at. */
export const looksOf = (request: VaultRequest, edges: RoundEdges, readMail: () => Promise<unknown>): readonly Look[] => [
  ['clinic-mail', readMail],
  ['erasures', () => request.erasures.refresh()],
  ['consents', () => request.consents.refresh()],
  ['care-cards', () => request.careCards.refresh()],
  ['clinic-keys', () => request.staff.refreshKeys()],
  ['attachments', () => request.attachments.collect()],
  ['imports', () => request.imports.collect()],
  ['conflicts', () => request.conflicts.look()],
  ['benefits', () => request.marketplace.benefits.look()],
  ['readings', () => request.readingFolder.look()],
  ['monitoring', () => request.monitoring.look()],
  ['waiting', () => tellWaiting(request, edges)],
  ['consults', () => request.consultLetters.refresh()],
  ['patient-files', () => request.patientFiles.refresh()],
];

/** Rounds of looks, one after the other. */
export class SessionRounds {
  readonly #edges: RoundEdges;
  readonly #role: string;
  readonly #looks: readonly Look[];
  #barred: Failure | undefined;
  #isClosing = false;
  #last: Promise<void> = Promise.resolve();
  /** Called after each round that was gone through. */
  onEnd: () => void = () => undefined;
  /** Called once who is signed in may not go on: what works for them behind the screens has to stop. */
  onBarred: () => Promise<void> = async () => undefined;

  /** @param role of who is signed in, as it was at the unlock */
  constructor(edges: RoundEdges, role: string, looks: readonly Look[]) {
    this.#edges = edges;
    this.#role = role;
    this.#looks = looks;
  }

  /** Why who is signed in may not go on, by the last round. */
  get barred(): Failure | undefined {
    return this.#barred;
  }

  /** What who is signed in asks for: its answer leaves when they still may go on once it is there. @param refuse the answer when not */
  async answered<Answer>(refuse: (failure: Failure) => Answer, work: () => Promise<Answer>): Promise<Answer> {
    if (this.#barred) return refuse(this.#barred);
    const answer = await work();
    return this.#barred ? refuse(this.#barred) : answer;
  }

  /** Ends with the round; none begins while the session is being closed. */
  look(): Promise<void> {
    this.#last = this.#last.then(() => (this.#isClosing ? undefined : this.#round()));
    return this.#last;
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#last;
  }

  /** A fault in one look, such as in what others sent, keeps neither the others nor the desk shut: it is tried again. */
  async #round(): Promise<void> {
    const wasBarred = this.#barred !== undefined;
    this.#barred = await standing(this.#edges, this.#role);
    if (this.#barred) {
      if (!wasBarred) await this.onBarred().catch((error: unknown) => this.#edges.report(incidentOf('barred', error)));
      return;
    }
    for (const [name, look] of this.#looks)
      try {
        await look();
      } catch (error) {
        this.#edges.report(incidentOf(name, error));
      }
    this.onEnd();
  }
}

/** Whoever sees neither alerts nor charts says nothing of them: what was told before stands, with its time. */
export async function tellWaiting({ vault, monitoring, tasks }: VaultRequest, edges: RoundEdges): Promise<void> {
  const { role } = vault.staff;
  if (!mayDo(role, 'monitoring.read') || !mayDo(role, 'chart.read')) return;
  await edges.tellWaiting({ ...(await monitoring.forTheDoor()), tasks: await tasks.openCount() });
}

/** Why who is signed in may not go on: the ledger has taken their key back, or given them another role. */
async function standing(edges: RoundEdges, role: string): Promise<Failure | undefined> {
  try {
    refuseOtherRole(await edges.role(), role);
    return undefined;
  } catch (error) {
    return asFailure(error);
  }
}
