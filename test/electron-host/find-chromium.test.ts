import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findChromium } from './find-chromium.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'find-chromium-'));
  writeFileSync(join(folder, 'chromium-browser'), '');
  chmodSync(join(folder, 'chromium-browser'), 0o755);
  writeFileSync(join(folder, 'not-a-program'), '');
});

afterAll(() => rmSync(folder, { recursive: true }));

test('finds a browser on PATH', () => {
  expect(findChromium({ PATH: `/nowhere:${folder}` })).toBe(join(folder, 'chromium-browser'));
});

test('takes what CHROMIUM_PATH names, and nothing else', () => {
  expect(findChromium({ PATH: '', CHROMIUM_PATH: join(folder, 'chromium-browser') })).toBe(join(folder, 'chromium-browser'));
  expect(findChromium({ PATH: folder, CHROMIUM_PATH: join(folder, 'not-a-program') })).toBeUndefined();
});

test('answers undefined when there is none', () => {
  expect(findChromium({ PATH: '/nowhere' })).toBeUndefined();
});
