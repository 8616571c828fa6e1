import { Failure } from '../../../shared/outcome/failure.ts';

/** What the hub did that it must not do: kept, shown, and syncing stops. */
export class Caught extends Failure {
  /** The checkpoint, signed by the hub, under which it happened. */
  shown: string | undefined;
}

export function caught(code: string, message: string, details: Record<string, string | number> = {}): Caught {
  return new Caught(code, `${message} Syncing has stopped; nothing of it was used. Tell your region's administrators.`, {
    details,
  });
}

/** Runs `follow` under a checkpoint that the hub has shown: what it is caught at carries that checkpoint. */
export async function under<T>(note: string, follow: () => Promise<T>): Promise<T> {
  try {
    return await follow();
  } catch (error) {
    if (error instanceof Caught) error.shown ??= note;
    throw error;
  }
}

/** Failures that mean a lying hub. */
const CAUGHT =
  /^sync\.(?:rollback|split-view|block-invalid|root-mismatch|effects-mismatch|state-mismatch|signature-invalid|receipt-forged|receipt-foreign|blocks-missing|snapshot-poisoned|hub-key-replaced|hub-restored|cosigned-otherwise)$/;

/** Whether a failure means that the hub, or who speaks for it, was caught at something. */
export const isCaught = ({ code }: Failure): boolean => CAUGHT.test(code);

/** Whether only a person can have sync go on: the hub was caught, or this copy of the data was retired. */
export const stopsSync = (failure: Failure): boolean => isCaught(failure) || failure.code === 'sync.epoch-retired';

/** Failures of a question to the hub on which nothing depends. */
const UNANSWERED = /^(?:sync|hub|graphql|http|ledger)\./;

/** Whether a question that may stay open did: the hub gave no answer, or none that helps. */
export const isUnanswered = ({ code }: Failure): boolean => UNANSWERED.test(code);
