/** What the page knows of the shell that its preload offers; undefined in a browser. The whole of it: electron/shell-calls.ts. */
import type { FilePicker } from '../parts/file-picker.ts';

type Outcome<T> = { ok: true; value: T } | { ok: false; failure: { code: string; message: string; retry: boolean } };

interface Shell {
  connect(): Promise<Outcome<undefined>>;
  chooseFiles(request: { folders?: boolean }): Promise<Outcome<{ paths: string[] }>>;
  onLock(listener: (notice: { reason: string }) => void): () => void;
  onRestarted(listener: () => void): () => void;
}

declare global {
  interface Window {
    readonly careledger?: Shell;
  }
}

export const shell: Shell | undefined = window.careledger;

/** The shell's own dialog for files and folders; it answers paths, which only the services may read. */
export const shellFilePicker: FilePicker | undefined = shell && {
  async choose(folders) {
    const outcome = await shell.chooseFiles({ folders });
    if (!outcome.ok) throw Object.assign(new Error(outcome.failure.message), { code: outcome.failure.code });
    return outcome.value.paths;
  },
};
