/** Electron's binary: a separate download of about 120 MB, which its npm package does not bring along. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const packageFolder = (project: string): string => join(project, 'node_modules', 'electron');

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** The path of the installed binary; undefined when there is none, or one of another version. */
export function findElectron(project: string): string | undefined {
  const folder = packageFolder(project);
  const manifest = read(join(folder, 'package.json'));
  const program = read(join(folder, 'path.txt'));
  const installed = read(join(folder, 'dist', 'version'))?.replace(/^v/, '');
  if (!manifest || !program || installed !== JSON.parse(manifest).version) return undefined;
  const path = join(folder, 'dist', program);
  return existsSync(path) ? path : undefined;
}

interface InstallOptions {
  project: string;
  /** Gives up after this many milliseconds in which not a byte arrived. */
  patience: number;
  /** Looks at what has arrived this often, in milliseconds. */
  interval: number;
  /** Told the bytes that have arrived, whenever there are more. */
  onProgress(bytes: number): void;
}

/** Runs Electron's own `install-electron`. Answers why it did not work; undefined when the binary is there. */
export async function installElectron({ project, patience, interval, onProgress }: InstallOptions): Promise<string | undefined> {
  const folder = packageFolder(project);
  const installer = join(folder, 'install.js');
  if (!existsSync(installer)) return 'the package electron is not installed: run npm ci';
  // Its temporary files go to a folder of our own, where their size tells how far the download has come.
  const temporary = mkdtempSync(join(tmpdir(), 'careledger-electron-'));
  const env = { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary, ELECTRON_GET_NO_PROGRESS: '1' };
  const child = spawn(process.execPath, [installer], { stdio: ['ignore', 'ignore', 'pipe'], env });
  const arrived = (): number => sizeOf(temporary) + sizeOf(join(folder, 'dist'));
  try {
    const trouble = await watch(child, { arrived, patience, interval, onProgress });
    return trouble ?? (findElectron(project) ? undefined : 'its installer ended without installing it');
  } finally {
    child.kill('SIGKILL');
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
  }
}

interface Watch extends Omit<InstallOptions, 'project'> {
  arrived(): number;
}

/** Resolves when the installer ends, or has shown no progress for too long. */
function watch(child: ChildProcess, { arrived, patience, interval, onProgress }: Watch): Promise<string | undefined> {
  return new Promise((resolve) => {
    let bytes = arrived();
    let lastGrowth = Date.now();
    let said = '';
    const timer = setInterval(() => {
      const now = arrived();
      if (now !== bytes) {
        lastGrowth = Date.now();
        if (now > bytes) onProgress(now);
        bytes = now;
      } else if (Date.now() - lastGrowth >= patience) {
        end(`nothing arrived for ${Math.round(patience / 1000)} s`);
      }
    }, interval);
    const end = (trouble: string | undefined): void => {
      clearInterval(timer);
      resolve(trouble);
    };
    child.stderr?.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(0, 4000);
    });
    child.once('error', (error) => end(error.message));
    child.once('close', (code) => end(code === 0 ? undefined : reasonIn(said)));
  });
}

/** What the installer said of its failure, without the stack. */
function reasonIn(said: string): string {
  return /^\w*Error: (.+)$/m.exec(said)?.[1] ?? 'its installer failed';
}

function sizeOf(folder: string): number {
  let bytes = 0;
  for (const path of globSync('**/*', { cwd: folder }))
    bytes += statSync(join(folder, path), { throwIfNoEntry: false })?.size ?? 0;
  return bytes;
}
