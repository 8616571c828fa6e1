import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

const talker = `
import { fromParent } from '${new URL('../../server/workstation/vault-process/ports.ts', import.meta.url)}';
const port = fromParent();
port.on('message', () => undefined);
port.onClose(() => {
  port.postMessage('too late');
  setImmediate(() => process.exit(0));
});
port.postMessage('ready');
`;

test('a process that still speaks when its partner has died ends by itself, without a stack trace', async () => {
  const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', talker], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  let complaints = '';
  child.stderr?.on('data', (piece) => (complaints += String(piece)));
  expect((await once(child, 'message'))[0]).toBe('ready');
  child.disconnect();
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(complaints).toBe('');
});
