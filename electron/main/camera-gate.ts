/** The camera, for a page of ours that reads a care card: while it says so and no longer than a reading lasts. Never with sound. */
import type { WebContents } from 'electron';
import { isOwnPage } from './page-scheme.ts';

/** Milliseconds: a reading ends after thirty seconds (renderer/parts/read-camera.ts), and a camera takes a few to start. */
const LASTS = 40_000;

/** What Electron tells of a request and of a check; either names the page in its own way. */
export interface MediaDetails {
  readonly requestingUrl?: string;
  readonly isMainFrame?: boolean;
  /** Of a request. */
  readonly mediaTypes?: readonly string[];
  /** Of a check. */
  readonly mediaType?: string;
}

export class CameraGate {
  /** Until when, by a clock that nobody sets. */
  readonly #wanted = new WeakMap<object, number>();
  readonly #now: () => number;

  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  tell(page: WebContents, wanted: boolean): undefined {
    if (wanted) this.#wanted.set(page, this.#now() + LASTS);
    else this.#wanted.delete(page);
  }

  /** Whether a request of the page is granted: pictures alone. */
  grants(page: object | null, { mediaTypes, ...details }: MediaDetails): boolean {
    return mediaTypes?.length === 1 && mediaTypes[0] === 'video' && this.#isOpen(page, details);
  }

  /** Whether a page that looks finds it allowed. */
  allows(page: object | null, { mediaType, ...details }: MediaDetails): boolean {
    return mediaType === 'video' && this.#isOpen(page, details);
  }

  #isOpen(page: object | null, { requestingUrl = '', isMainFrame }: MediaDetails): boolean {
    return page !== null && isMainFrame === true && isOwnPage(requestingUrl) && (this.#wanted.get(page) ?? 0) > this.#now();
  }
}
