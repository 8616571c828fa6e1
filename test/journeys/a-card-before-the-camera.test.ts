/** A kiosk's camera reads a care card: seen by Chromium's own camera, which plays a film of QR codes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { create } from 'qrcode';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kioskWords } from '../../renderer/language/kiosk-words.ts';
import { cardQrText } from '../../shared/care-card/card-code.ts';
import { settledPage, violationsOf } from '../screens/accessibility.ts';
import { keepPicture } from '../screens/keep-picture.ts';
import { type KioskStand, startKioskStand } from '../screens/kiosk-stand.ts';
import { ensureChromium } from '../support/ensure-chromium.ts';

const folder = mkdtempSync(join(tmpdir(), 'careledger-camera-'));
const SANDBOX = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const { language, card, camera, pin, frame } = kioskWords.en;
const [WIDTH, HEIGHT] = [320, 240];
let browser: Browser;
let context: BrowserContext;
let page: Page;
let stand: KioskStand;

beforeAll(async () => {
  const path = join(folder, 'codes.y4m');
  const seen = [...showing('https://elsewhere.example/menu', 10), ...showing(cardQrText(new Uint8Array(16).fill(7)), 20)];
  writeFileSync(path, Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F5:1 Ip A1:1 C420\n`), ...seen]));
  const args = [...SANDBOX, '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${path}`];
  browser = await chromium.launch({ executablePath: ensureChromium(), args });
  stand = await startKioskStand();
  context = await browser.newContext({ viewport: { width: 1080, height: 1920 }, locale: 'en-GB', reducedMotion: 'reduce' });
  page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.addInitScript(keepStreams);
  await page.goto(stand.host.address);
  await page.getByLabel('Code from the terminal').fill(stand.host.code);
  await page.keyboard.press('Enter');
});
afterAll(async () => {
  await browser?.close();
  await stand?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** So many pictures of a QR code (YUV4MPEG2, 4:2:0), on white paper in a grey room. */
function showing(text: string, count: number): Buffer[] {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const scale = Math.floor(HEIGHT / (modules.size + 10));
  const [left, top] = [WIDTH, HEIGHT].map((side) => Math.floor((side - modules.size * scale) / 2)) as [number, number];
  const light = Buffer.alloc(WIDTH * HEIGHT, 170);
  for (let y = -4 * scale; y < (modules.size + 4) * scale; y += 1)
    for (let x = -4 * scale; x < (modules.size + 4) * scale; x += 1) {
      const [row, column] = [Math.floor(y / scale), Math.floor(x / scale)];
      const isInside = Math.min(row, column) >= 0 && Math.max(row, column) < modules.size;
      light[(top + y) * WIDTH + left + x] = isInside && modules.get(row, column) ? 30 : 230;
    }
  return Array.from({ length: count }, () =>
    Buffer.concat([Buffer.from('FRAME\n'), light, Buffer.alloc((WIDTH * HEIGHT) / 2, 128)]),
  );
}

/** In the page: every stream that it was given, and a fault instead of one when the test says so. */
function keepStreams(): void {
  const kept: MediaStream[] = [];
  const given = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  Object.assign(window, { kept, fault: '' });
  navigator.mediaDevices.getUserMedia = async (wish) => {
    const { fault } = window as unknown as { fault: string };
    if (fault) throw new DOMException('', fault);
    if (wish?.audio) throw new Error('the page wants sound');
    const stream = await given(wish);
    kept.push(stream);
    return stream;
  };
}

const tracks = (): Promise<string[]> =>
  page.evaluate(() =>
    (window as unknown as { kept: MediaStream[] }).kept.flatMap((stream) =>
      stream.getTracks().map(({ readyState }) => readyState),
    ),
  );
const button = (name: string) => page.getByRole('button', { name, exact: true });
const status = (text: string) => page.getByRole('status').filter({ hasText: text });

test('given a kiosk, when there is no camera or it may not be used, then it says what to do instead', async () => {
  await page.getByRole('button', { name: new RegExp(language.choose) }).click();
  for (const [fault, words] of [
    ['NotFoundError', camera.absent],
    ['NotReadableError', camera.busy],
    ['NotAllowedError', camera.refused],
  ] as const) {
    await page.evaluate((name) => Object.assign(window, { fault: name }), fault);
    await button(camera.start).click();
    await status(words).waitFor();
  }
  await page.evaluate(() => Object.assign(window, { fault: '' }));
  // A browser that nobody has asked yet lets no page have it.
  await button(camera.start).click();
  await status(camera.refused).waitFor();
  expect(await tracks()).toEqual([]);
});

test('when it is on, then everybody sees that, it passes over other codes, and it is off as soon as the card was read', async () => {
  await context.grantPermissions(['camera'], { origin: new URL(stand.host.address).origin });
  await button(camera.start).focus();
  await page.keyboard.press('Enter');
  await button(camera.stop).waitFor();
  await status(camera.other).waitFor();
  await settledPage(page);
  await keepPicture(page, 'kiosk/en-camera');
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole('heading', { name: pin.title }).waitFor();
  expect(await tracks()).toEqual(['ended']);
});

test('when somebody ends it, or leaves, then it is off', async () => {
  await button(frame.back).click();
  await button(camera.start).click();
  await button(camera.stop).click();
  await button(camera.start).waitFor();
  await expect.poll(tracks).toSatisfy((all: string[]) => all.every((state) => state === 'ended'));
  await button(camera.start).click();
  await button(camera.stop).waitFor();
  await button(card.type).click();
  await page.getByLabel(card.code).waitFor();
  await expect.poll(tracks).toSatisfy((all: string[]) => all.every((state) => state === 'ended'));
});
