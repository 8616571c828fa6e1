/**
 * What the app asks of the desktop: dialogs, other programs, notifications, the clipboard. Nothing is shown; each question
 * is kept for the test to read in `standIn.asked`, and answered with what the test put under its name in `standIn.answers`.
 */
import { Emulated, onlyEmulated } from './not-emulated.ts';

export const standIn = {
  asked: [] as { name: string; options: unknown }[],
  answers: new Map<string, unknown[]>(),
};

function ask(name: string, fallback: unknown): (...args: unknown[]) => Promise<unknown> {
  return async (...args) => {
    standIn.asked.push({ name, options: args.at(-1) });
    return standIn.answers.get(name)?.shift() ?? fallback;
  };
}

export const dialog = onlyEmulated('dialog', {
  showMessageBox: ask('showMessageBox', { response: 0, checkboxChecked: false }),
  showOpenDialog: ask('showOpenDialog', { canceled: true, filePaths: [] }),
  showSaveDialog: ask('showSaveDialog', { canceled: true, filePath: '' }),
  showErrorBox: (title: string, content: string) => {
    standIn.asked.push({ name: 'showErrorBox', options: { title, content } });
  },
});

export const shell = onlyEmulated('shell', {
  openExternal: ask('openExternal', undefined),
  openPath: ask('openPath', ''),
  beep: () => undefined,
});

let clipped = '';
export const clipboard = onlyEmulated('clipboard', {
  writeText: (text: string) => {
    clipped = text;
  },
  readText: () => clipped,
  clear: () => {
    clipped = '';
  },
});

export class Notification extends Emulated {
  readonly #options: unknown;

  constructor(options: unknown) {
    super('Notification');
    this.#options = options;
  }

  static isSupported(): boolean {
    return true;
  }

  show(): void {
    standIn.asked.push({ name: 'notification', options: this.#options });
  }

  close(): void {}
}

/** Its events are emitted by the test. */
class PowerMonitor extends Emulated {
  constructor() {
    super('powerMonitor');
  }

  getSystemIdleTime(): number {
    return 0;
  }

  getSystemIdleState(): string {
    return 'active';
  }
}

class NativeTheme extends Emulated {
  themeSource = 'system';

  constructor() {
    super('nativeTheme');
  }

  get shouldUseDarkColors(): boolean {
    return this.themeSource === 'dark';
  }
}

export const powerMonitor = new PowerMonitor();
export const nativeTheme = new NativeTheme();
