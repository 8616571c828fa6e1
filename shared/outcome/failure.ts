/**
 * The one error value of Careledger. Every refusal that a person, a script or a peer may meet carries a stable code
 * (`domain.reason`), a sentence that says what is wrong and what to do, and whether trying again may help.
 */
export class Failure extends Error {
  /** Stable, dotted, machine-readable: `vault.passphrase-wrong`. */
  readonly code: string;
  /** True when the same call may succeed later without anybody changing anything. */
  readonly retry: boolean;
  /** Facts that help to find the place: file, line, path, position. Never personal data, never a secret. */
  readonly details: Readonly<Record<string, string | number>>;

  constructor(
    code: string,
    message: string,
    options: { retry?: boolean; details?: Record<string, string | number>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Failure';
    this.code = code;
    this.retry = options.retry ?? false;
    this.details = options.details ?? {};
  }

  toJSON(): { code: string; message: string; retry: boolean; details: Readonly<Record<string, string | number>> } {
    return { code: this.code, message: this.message, retry: this.retry, details: this.details };
  }
}

/** The `Failure` that `error` is, or the masked one that an unforeseen error becomes; its own text goes no further. */
export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  return new Failure('internal.unexpected', 'Something went wrong inside the program. Nothing was changed; try again.', {
    cause: error,
  });
}
