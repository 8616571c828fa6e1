/** The audit that runs behind the rounds: begun again whenever there is more to check, and never twice at once. */
import { asFailure, type Failure } from '../../../shared/outcome/failure.ts';
import { type AuditOptions, audit } from './audit.ts';

interface AuditBehindOptions extends Pick<AuditOptions, 'database' | 'pool'> {
  /** How much is here, and how much of it was checked. */
  readonly size: () => number;
  readonly audited: () => number;
  readonly signal: () => AbortSignal;
  onProgress(audited: number): void;
  onDone(): void;
  /** The hub was caught: gives what that is called when it is kept. */
  onCaught(failure: Failure): Promise<Failure>;
}

export class AuditBehind {
  readonly #options: AuditBehindOptions;
  #running: Promise<void> | undefined;
  #caught: Failure | undefined;

  constructor(options: AuditBehindOptions) {
    this.#options = options;
  }

  /** Harmless while it runs, or when all is checked. */
  start(): void {
    const { database, pool, size, audited, signal, onProgress, onDone, onCaught } = this.#options;
    const end = size();
    if (this.#running || audited() >= end) return;
    this.#caught = undefined;
    this.#running = audit({ database, pool, onProgress, signal: signal() }, end)
      .catch(async (error: unknown) => {
        this.#caught = await onCaught(asFailure(error));
      })
      .finally(() => {
        this.#running = undefined;
        onDone();
      });
  }

  /** Ends when nothing runs any more. */
  async ended(): Promise<void> {
    await this.#running?.catch(() => undefined);
  }

  /** Until it has reached what is here. @throws {Failure} what the hub was caught at. */
  async finished(): Promise<void> {
    while (this.#running) {
      await this.#running;
      if (this.#caught) throw this.#caught;
      if (!this.#options.signal().aborted) this.start();
    }
  }
}
