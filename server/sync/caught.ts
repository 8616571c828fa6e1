import { Failure } from '../../shared/outcome/failure.ts';

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
