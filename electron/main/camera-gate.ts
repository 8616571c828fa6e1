/**
 * The camera, for a page of ours that says so, and no longer than it takes to begin: a kiosk or a desk that reads a care card, or a desk
 * or kiosk that holds a video visit. With sound for a visit alone: who reads a card asks for none.
 */
import type { WebContents } from 'electron';
import { isOwnPage } from './page-scheme.ts';

/** Milliseconds: a reading ends after thirty seconds (renderer/parts/camera/read-camera.ts), and a camera takes a few to start. */
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
  readonly #wanted = new WeakMap<object, { readonly until: number; readonly withSound: boolean }>();
  readonly #now: () => number;

  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  tell(page: WebContents, wanted: boolean, withSound = false): undefined {
    if (wanted) this.#wanted.set(page, { until: this.#now() + LASTS, withSound });
    else this.#wanted.delete(page);
  }

  /** Whether a request of the page is granted. */
  grants(page: object | null, { mediaTypes = [], ...details }: MediaDetails): boolean {
    return mediaTypes.length > 0 && mediaTypes.every((type) => this.allows(page, { ...details, mediaType: type }));
  }

  /** Whether a page that looks finds it allowed. */
  allows(page: object | null, { mediaType, ...details }: MediaDetails): boolean {
    if (mediaType === 'video') return this.#isOpen(page, details);
    return mediaType === 'audio' && hasVisits(details.requestingUrl) && this.#isOpen(page, details, true);
  }

  #isOpen(page: object | null, { requestingUrl = '', isMainFrame }: MediaDetails, withSound = false): boolean {
    if (page === null || isMainFrame !== true || !isOwnPage(requestingUrl)) return false;
    const wanted = this.#wanted.get(page);
    return wanted !== undefined && wanted.until > this.#now() && (wanted.withSound || !withSound);
  }
}

const hasVisits = (address = ''): boolean => /^\/(?:index\.html|kiosk\.html)?$/.test(URL.parse(address)?.pathname ?? '');
