/** Sessions with their permission handlers, request filters and schemes; each partition is a browser context of its own. */
import { app } from './app.ts';
import { Emulated, onlyEmulated } from './not-emulated.ts';
import { addScheme } from './schemes.ts';

type SchemeHandler = (request: Request) => Response | Promise<Response>;
type RequestFilter = (details: Record<string, unknown>, answer: (response: { cancel?: boolean }) => void) => void;
type PermissionRequestHandler = (
  contents: unknown,
  permission: string,
  answer: (granted: boolean) => void,
  details: Record<string, unknown>,
) => void;
type PermissionCheckHandler = (
  contents: unknown,
  permission: string,
  origin: string,
  details: Record<string, unknown>,
) => boolean;

/** Electron's names of permissions, each with Chromium's names for DevTools. */
const PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  geolocation: ['geolocation'],
  notifications: ['notifications'],
  midi: ['midi'],
  'clipboard-read': ['clipboard-read'],
  'clipboard-sanitized-write': ['clipboard-write'],
  'display-capture': ['display-capture'],
  'idle-detection': ['idle-detection'],
  'storage-access': ['storage-access'],
  'window-management': ['window-management'],
};

class Protocol extends Emulated {
  readonly #handlers = new Map<string, SchemeHandler>();

  constructor() {
    super('protocol');
  }

  registerSchemesAsPrivileged(schemes: { scheme: string }[]): void {
    if (app.isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme } of schemes) addScheme(scheme);
  }

  handle(scheme: string, handler: SchemeHandler): void {
    if (this.#handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    addScheme(scheme);
    this.#handlers.set(scheme, handler);
  }

  unhandle(scheme: string): void {
    this.#handlers.delete(scheme);
  }

  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme);
  }

  standInHandlerOf(scheme: string): SchemeHandler | undefined {
    return this.#handlers.get(scheme);
  }
}

class StandInSession extends Emulated {
  readonly protocol = new Protocol();
  readonly partition: string;
  #filter: RequestFilter | undefined;
  #permissionRequest: PermissionRequestHandler | undefined;
  #permissionCheck: PermissionCheckHandler | undefined;
  readonly webRequest = onlyEmulated('session.webRequest', {
    onBeforeRequest: (...args: unknown[]) => {
      if (args.length > 1) throw new Error('stand-in: session.webRequest.onBeforeRequest with a filter is not emulated');
      this.#filter = (args[0] as RequestFilter | null) ?? undefined;
    },
  });

  constructor(partition: string) {
    super('session');
    this.partition = partition;
  }

  isPersistent(): boolean {
    return this.partition === '' || this.partition.startsWith('persist:');
  }

  setPermissionRequestHandler(handler: PermissionRequestHandler | null): void {
    this.#permissionRequest = handler ?? undefined;
  }

  setPermissionCheckHandler(handler: PermissionCheckHandler | null): void {
    this.#permissionCheck = handler ?? undefined;
  }

  /** Pages of the stand-in are offered no devices, no screens to capture and no spelling dictionaries. */
  setDevicePermissionHandler(): void {}
  setSpellCheckerEnabled(): void {}

  async clearStorageData(): Promise<void> {
    throw new Error('stand-in: session.clearStorageData is not emulated');
  }

  /** Whether the filter lets a request through. */
  standInAllows(details: Record<string, unknown>): Promise<boolean> {
    const filter = this.#filter;
    if (!filter) return Promise.resolve(true);
    return new Promise((resolve) => filter(details, ({ cancel }) => resolve(!cancel)));
  }

  /** Chromium's permission names, granted or denied as the app's handlers answer for this page; Electron grants without them. */
  async standInPermissions(contents: unknown, url: string, origin: string): Promise<[name: string, granted: boolean][]> {
    const page = { requestingUrl: url, isMainFrame: true };
    const asks = async (permission: string, details: object): Promise<boolean> => {
      const request = this.#permissionRequest;
      const whole = { ...page, ...details };
      const checked = this.#permissionCheck?.(contents, permission, origin, whole) ?? true;
      return checked && (!request || (await new Promise<boolean>((answer) => request(contents, permission, answer, whole))));
    };
    const verdicts: [string, boolean][] = [];
    for (const [permission, names] of Object.entries(PERMISSIONS)) {
      const granted = await asks(permission, {});
      for (const name of names) verdicts.push([name, granted]);
    }
    // One permission of Electron's, told apart by what it is for; the check names one kind, the request all that are wanted.
    for (const [kind, name] of [
      ['video', 'camera'],
      ['audio', 'microphone'],
    ] as const)
      verdicts.push([name, await asks('media', { mediaType: kind, mediaTypes: [kind], securityOrigin: `${origin}/` })]);
    return verdicts;
  }
}

export type Session = StandInSession;

const sessions = new Map<string, StandInSession>();

function fromPartition(partition: string): StandInSession {
  const known = sessions.get(partition);
  if (known) return known;
  const made = new StandInSession(partition);
  sessions.set(partition, made);
  app.emit('session-created', made);
  return made;
}

export const session = onlyEmulated('session', {
  get defaultSession(): StandInSession {
    return fromPartition('');
  },
  fromPartition,
});

/** The default session's; made before `app` can have listeners for `session-created`, so only on use. */
export const protocol = new Proxy({} as Protocol, {
  get: (_target, key) => {
    const real = session.defaultSession.protocol;
    const member: unknown = Reflect.get(real, key, real);
    return typeof member === 'function' ? member.bind(real) : member;
  },
});
