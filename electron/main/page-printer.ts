/**
 * Paper from a kiosk's window: the page as it stands, without a dialog, on the one printer that the kiosk was given. A session that ends
 * takes its page along, and with it a job that the system has not taken yet; what has not come out of the printer after a while, for
 * want of paper, is taken back from the system's queue, so that it comes out before nobody else.
 */
import type { WebContents } from 'electron';
import { Failure } from '../../shared/outcome/failure.ts';
import { recallOwnJobs } from './print-queue.ts';

/** Milliseconds after which a printer that says nothing is given up. */
const PATIENCE = 60_000;
/** Milliseconds in which a page that the system has taken comes out of any printer that works. */
const COMES_OUT = 120_000;

type PrintedPage = Pick<WebContents, 'print' | 'once' | 'off'>;

interface PrinterTimes {
  readonly patience?: number;
  readonly comesOut?: number;
}

export class PagePrinter {
  /** As the system names it; undefined: nothing is printed. */
  readonly #printer: string | undefined;
  readonly #patience: number;
  readonly #comesOut: number;
  readonly #recall: (printer: string) => unknown;
  #isPrinting = false;
  #recalling: NodeJS.Timeout | undefined;

  /** @param recall as `recallOwnJobs` */
  constructor(printer: string | undefined, times: PrinterTimes = {}, recall: (printer: string) => unknown = recallOwnJobs) {
    this.#printer = printer;
    this.#patience = times.patience ?? PATIENCE;
    this.#comesOut = times.comesOut ?? COMES_OUT;
    this.#recall = recall;
  }

  get isOffered(): boolean {
    return this.#printer !== undefined;
  }

  /** At the start: a kiosk that ended without a word may have left a page in the queue. */
  recall(): void {
    clearTimeout(this.#recalling);
    if (this.#printer !== undefined) this.#recall(this.#printer);
  }

  /**
   * Resolves when the system has taken the job.
   * @throws {Failure} `shell.no-printer`, `shell.printing-already`, `shell.not-printed`.
   */
  async print(page: PrintedPage): Promise<undefined> {
    const deviceName = this.#printer;
    if (deviceName === undefined) throw new Failure('shell.no-printer', 'This kiosk was given no printer.');
    if (this.#isPrinting)
      throw new Failure('shell.printing-already', 'A page is being printed. Wait until it has come out.', { retry: true });
    this.#isPrinting = true;
    clearTimeout(this.#recalling);
    try {
      await this.#hand(page, deviceName);
      return undefined;
    } finally {
      this.#isPrinting = false;
      this.#recalling = setTimeout(() => this.recall(), this.#comesOut);
      this.#recalling.unref();
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
