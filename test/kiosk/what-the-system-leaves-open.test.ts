import { expect, test } from 'vitest';
import { leftOpen } from '../../electron/main/self-test.ts';

const LOCKED = { platform: 'linux', environment: { XDG_CURRENT_DESKTOP: 'cage' }, userId: 1_001, packaged: true } as const;

test('a kiosk says at its start what it found open', () => {
  expect(leftOpen(LOCKED)).toEqual([]);
  expect(leftOpen({ ...LOCKED, environment: { XDG_CURRENT_DESKTOP: 'GNOME' } })).toEqual([expect.stringContaining('shortcuts')]);
  expect(leftOpen({ ...LOCKED, userId: 0, packaged: false })).toHaveLength(2);
  const windows = { ...LOCKED, platform: 'win32', environment: {}, userId: undefined } as const;
  expect(leftOpen(windows)).toEqual([expect.stringContaining('Ctrl+Alt+Del')]);
  expect(leftOpen({ ...windows, environment: { CARELEDGER_ASSIGNED_ACCESS: '1' } })).toEqual([]);
  expect(leftOpen({ ...LOCKED, platform: 'darwin' })).toHaveLength(1);
});
