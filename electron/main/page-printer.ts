/**
 * Paper from a kiosk's window: the page as it stands, without a dialog, on the one printer that the kiosk was given. A session that ends
 * takes its page along, and with it a job that the system has not taken yet.
 */
import type { WebContents } from 'electron';
import { Failure } from '../../shared/outcome/failure.ts';

/** Milliseconds after which a printer that says nothing is given up. */
const PATIENCE = 60_000;

type PrintedPage = Pick<WebContents, 'print' | 'once' | 'off'>;

export class PagePrinter {
  /** As the system names it; undefined: nothing is printed. */
  readonly #printer: string | undefined;
  readonly #patience: number;
  #isPrinting = false;

  constructor(printer: string | undefined, patience = PATIENCE) {
    this.#printer = printer;
    this.#patience = patience;
  }

  get isOffered(): boolean {
    return this.#printer !== undefined;
  }

  /**
   * Resolves when the system has taken the job: what its queue keeps is the system's.
   * @throws {Failure} `shell.no-printer`, `shell.printing-already`, `shell.not-printed`.
   */
  async print(page: PrintedPage): Promise<undefined> {
    const deviceName = this.#printer;
    if (deviceName === undefined) throw new Failure('shell.no-printer', 'This kiosk was given no printer.');
    if (this.#isPrinting)
      throw new Failure('shell.printing-already', 'A page is being printed. Wait until it has come out.', { retry: true });
    this.#isPrinting = true;
    try {
      await this.#hand(page, deviceName);
      return undefined;
    } finally {
      this.#isPrinting = false;
    }
  }

  #hand(page: PrintedPage, deviceName: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (trouble?: string): void => {
        clearTimeout(timer);
        page.off('destroyed', gone);
        if (trouble === undefined) resolve();
        else reject(new Failure('shell.not-printed', `The page was not printed: ${trouble}.`, { retry: true }));
      };
      const gone = (): void => end('the session has ended');
      const timer = setTimeout(() => end('the printer does not answer'), this.#patience);
      page.once('destroyed', gone);
      page.print({ silent: true, deviceName, usePrinterDefaultPageSize: true }, (isPrinted, reason) =>
        end(isPrinted ? undefined : reason || 'the printer refused it'),
      );
    });
  }
}
