import { Failure } from '../../shared/outcome/failure.ts';

/** What the hub did that it must not do: kept, shown, and syncing stops. */
export function caught(code: string, message: string, details: Record<string, string | number> = {}): Failure {
  return new Failure(code, `${message} Syncing has stopped; nothing of it was used. Tell your region's administrators.`, {
    details,
  });
}
