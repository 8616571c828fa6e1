/** utilityProcess.fork: a Node child process whose `process.parentPort` and ports are relayed over Node's own channel. */

import { type ChildProcess, fork as forkNode } from 'node:child_process';
import type { ForkOptions } from 'electron';
import type { MessagePortMain } from './message-ports.ts';
import { Emulated, onlyEmulated } from './not-emulated.ts';
import { makePortRelay, type PortFrame, type PortRelay } from './port-relay.ts';

/** What travels between the two processes. */
export type UtilityFrame = { kind: 'message'; data: unknown; ports: string[] } | { kind: 'port'; frame: PortFrame };

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

class UtilityProcess extends Emulated {
  readonly #child: ChildProcess;
  readonly #relay: PortRelay;

  constructor(modulePath: string, args: string[], options: ForkOptions) {
    super('UtilityProcess');
    const output = options.stdio === 'pipe' ? 'pipe' : options.stdio === 'ignore' ? 'ignore' : 'inherit';
    const child = forkNode(modulePath, args, {
      execArgv: ['--import', new URL('./utility-entry.ts', import.meta.url).href, ...(options.execArgv ?? [])],
      env: (options.env as NodeJS.ProcessEnv | undefined) ?? process.env,
      cwd: options.cwd,
      stdio: ['ignore', output, output, 'ipc'],
      serialization: 'advanced',
    });
    this.#child = child;
    this.#relay = makePortRelay('main-', (frame) => this.#send({ kind: 'port', frame }));
    running.add(child);
    child.on('spawn', () => this.emit('spawn'));
    child.on('message', (frame) => this.#receive(frame as UtilityFrame));
    child.on('exit', (code) => {
      running.delete(child);
      this.#relay.closeAll();
      this.emit('exit', code ?? 0);
    });
  }

  get pid(): number | undefined {
    return this.#child.exitCode === null && this.#child.signalCode === null ? this.#child.pid : undefined;
  }

  get stdout(): ChildProcess['stdout'] {
    return this.#child.stdout;
  }

  get stderr(): ChildProcess['stderr'] {
    return this.#child.stderr;
  }

  postMessage(message: unknown, transfer: MessagePortMain[] = []): void {
    const ports = transfer.map((port) => this.#relay.give(port.detach()));
    this.#send({ kind: 'message', data: message, ports });
  }

  kill(): boolean {
    return this.#child.kill();
  }

  #send(frame: UtilityFrame): void {
    if (this.#child.connected) this.#child.send(frame);
  }

  #receive(frame: UtilityFrame): void {
    if (frame.kind === 'port') this.#relay.receive(frame.frame);
    else this.emit('message', frame.data);
  }
}

export const utilityProcess = onlyEmulated('utilityProcess', {
  fork: (modulePath: string, args: string[] = [], options: ForkOptions = {}) => new UtilityProcess(modulePath, args, options),
});
