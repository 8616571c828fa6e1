/** What the acts of the demo look at: how far a desk has got, and whether what was expected holds. */
import { Failure } from '../../../shared/outcome/failure.ts';
import { type Desk, until } from './desk.ts';

const SYNC =
  '{ syncState { connection pendingEvents pendingDocuments replicaSize hubSize auditedSize witnessedSize problem { code message } } }';
interface Sync {
  readonly connection: string;
  readonly pendingEvents: number;
  readonly pendingDocuments: number;
  readonly replicaSize: number;
  readonly hubSize: number;
  readonly auditedSize: number;
  readonly witnessedSize: number;
  readonly problem: { readonly code: string; readonly message: string } | null;
}

export const syncOf = async (desk: Desk): Promise<Sync> => (await desk.device<{ syncState: Sync }>(SYNC)).syncState;

/** Waits until nothing of this desk waits and everything under the newest checkpoint is witnessed. */
export async function settled(desk: Desk): Promise<Sync> {
  return until(
    'the desk is in step with its hub',
    async () => {
      const state = await syncOf(desk);
      if (state.connection === 'STOPPED')
        throw new Failure(state.problem?.code ?? 'sync.stopped', state.problem?.message ?? 'Syncing stopped.');
      const done =
        state.connection === 'UP_TO_DATE' &&
        state.pendingEvents + state.pendingDocuments === 0 &&
        state.replicaSize === state.hubSize;
      return done && state.witnessedSize === state.replicaSize ? state : undefined;
    },
    60_000,
  );
}

export function expectThat(holds: boolean, otherwise: string): void {
  if (!holds) throw new Failure('demo.proof', `The demo expected something else: ${otherwise}.`);
}

/** The code with which a call is refused; '' when it is not. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => '',
    (error: unknown) => (error instanceof Failure ? error.code : 'unknown'),
  );
}

export interface FoundPatient {
  readonly id: string;
  readonly name: string;
}
