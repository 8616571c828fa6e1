/** What the page knows of the shell that its preload offers; undefined in a browser. The whole of it: electron/shell-calls.ts. */
import type { CallAttention } from '../parts/attention.ts';
import type { CameraGate } from '../parts/camera/camera-gate.ts';
import type { FilePicker } from '../parts/fields/file-picker.ts';
import type { PasskeyOpener } from '../parts/passkey-opener.ts';
import { ServiceError } from '../parts/words/service-error.ts';

type Outcome<T> = { ok: true; value: T } | { ok: false; failure: { code: string; message: string; retry: boolean } };

interface Shell {
  connect(): Promise<Outcome<undefined>>;
  chooseFiles(request: { folders?: boolean }): Promise<Outcome<{ paths: string[] }>>;
  useCamera(request: { wanted: boolean; sound?: boolean }): Promise<Outcome<undefined>>;
  callAttention(request: { title: string; text: string }): Promise<Outcome<undefined>>;
  openPasskeyPage(request: { port: number; ticket: string }): Promise<Outcome<undefined>>;
  kioskPrinter(): Promise<Outcome<{ offered: boolean }>>;
  printPage(): Promise<Outcome<undefined>>;
  onLock(listener: (notice: { reason: string }) => void): () => void;
  onRestarted(listener: () => void): () => void;
}

declare global {
  interface Window {
    readonly careledger?: Shell;
  }
}

export const shell: Shell | undefined = window.careledger;

/** The system's browser, in which keys work; the window of the program asks none. */
export const shellPasskeyOpener: PasskeyOpener | undefined =
  shell &&
  (async (port, ticket) => {
    const outcome = await shell.openPasskeyPage({ port, ticket });
    if (!outcome.ok) throw new ServiceError(outcome.failure.code, outcome.failure.message);
  });

/** The system's own notice, and the window's mark in its bar. */
export const shellAttention: CallAttention | undefined =
  shell && (({ title, text }) => void shell.callAttention({ title, text }));

/** The shell lets the page have the camera while it wants it. */
export const shellCameraGate: CameraGate | undefined =
  shell &&
  (async (wanted, sound) => {
    const outcome = await shell.useCamera(sound === undefined ? { wanted } : { wanted, sound });
    if (!outcome.ok) throw new ServiceError(outcome.failure.code, outcome.failure.message);
  });

/** Paper from the kiosk's own window: undefined where it was given no printer. */
export async function shellPrinter({ kioskPrinter, printPage }: Shell): Promise<(() => Promise<void>) | undefined> {
  const printer = await kioskPrinter();
  if (!printer.ok || !printer.value.offered) return undefined;
  return async () => {
    const outcome = await printPage();
    if (!outcome.ok) throw new ServiceError(outcome.failure.code, outcome.failure.message);
  };
}

/** The shell's own dialog for files and folders; it answers paths, which only the services may read. */
export const shellFilePicker: FilePicker | undefined = shell && {
  async choose(folders) {
    const outcome = await shell.chooseFiles({ folders });
    if (!outcome.ok) throw Object.assign(new Error(outcome.failure.message), { code: outcome.failure.code });
    return outcome.value.paths;
  },
};
