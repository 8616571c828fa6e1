/** Failures that GraphQL shows as part of a state: why nothing syncs, why a backup is not good, why an import stopped. */
import type { Failure } from '../../../shared/outcome/failure.ts';

/** What of a failure is kept where a state is, on the disk too; earlier programs kept no details. */
export interface KeptProblem {
  readonly code: string;
  readonly message: string;
  readonly details?: Failure['details'];
}

/** @param problem of a running part, or one that was kept, which says nothing of trying again */
export const problemOf = ({ code, message, details = {}, retry = false }: KeptProblem & { readonly retry?: boolean }) => ({
  code,
  message,
  details: Object.entries(details).map(([name, value]) => ({ name, value: String(value) })),
  retry,
});
