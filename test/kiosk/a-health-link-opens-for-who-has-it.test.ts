/** SMART Health Links: made as a kiosk makes them, kept as the hub keeps them, read by a reader that was written from the specification. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compactDecrypt } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { hubMigrations } from '../../server/hub/hub.ts';
import type { Caller } from '../../server/hub/line/callers.ts';
import { LinkServer } from '../../server/hub/line/link-server.ts';
import { HealthLinks } from '../../server/hub/patients/health-links.ts';
import { type Database, openDatabase } from '../../server/storage/database.ts';
import { type OwnLink, OwnLinks } from '../../server/workstation/kiosk/own-links.ts';
import type { PatientLetter } from '../../shared/care-card/patient-letter.ts';
import type { PatientFile } from '../../shared/kiosk/patient-file.ts';
import { Failure } from '../../shared/outcome/failure.ts';

const HOUR = 3_600_000;
const folder = mkdtempSync(join(tmpdir(), 'careledger-links-'));
const ours = { chain: 'aa'.repeat(32) } as Caller;
let time = Date.UTC(2026, 10, 20);
/** Milliseconds by which the kiosk's clock is ahead of the hub's. */
let kioskAhead = 0;
let database: Database;
let hub: HealthLinks;
let server: LinkServer;
let port: number;
let isAway = false;
let letters: PatientLetter[] = [];
let mine: OwnLinks;
/** The hub is of before: its schema knows neither whom a link is about nor who made it. */
let isOlder = false;

const resource = (section: string, resourceType: string, title: string) => ({
  section,
  resourceType,
  id: title,
  title,
  json: `{"resourceType":"${resourceType}","id":"${title}","extension":[{"url":"urn:x","valueQuantity":{"value":37.50}}]}`,
});
const file = {
  international: {
    subject: { id: '0'.repeat(32), time, clinic: 'A', patient: { id: 'p', json: '{"resourceType":"Patient"}' } },
    resources: [resource('allergy', 'AllergyIntolerance', 'Penicillin'), resource('problem', 'Condition', 'Canarysecret')],
  },
} as unknown as PatientFile;

function startHub(): void {
  hub = new HealthLinks(database, () => time);
  hub.address = `http://127.0.0.1:${port}`;
}

const answers = {
  HealthLinks: async ({ links }: { links: string[] }) => ({
    healthLinks: { address: hub.address, links: await hub.states(ours, links) },
  }),
  PutHealthLink: ({ link }: { link: Parameters<HealthLinks['put']>[1] }) => {
    if (isOlder && ('patient' in link || 'guardian' in link)) throw new Failure('graphql.operation-refused', 'Malformed.');
    return hub.put(ours, link);
  },
  EndHealthLinks: ({ links }: { links: string[] }) => hub.end(ours, links),
};

beforeAll(async () => {
  database = await openDatabase({ path: join(folder, 'hub.db'), migrations: hubMigrations, mode: 'bulk' });
  server = new LinkServer(
    {
      open: (...asked) => hub.open(...asked),
      isThere: (link) => hub.isThere(link),
      get address() {
        return hub.address;
      },
    },
    () => time,
  );
  port = await server.listen(0, '127.0.0.1');
});
afterAll(async () => {
  await server.close();
  await database.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  startHub();
  letters = [];
  isAway = false;
  kioskAhead = 0;
  isOlder = false;
  mine = linksOf(undefined);
});

const PATIENT = 'cc'.repeat(16);
const GUARDIAN = 'dd'.repeat(16);

/** Of the patient, or of who acts for them: in the same box. */
const linksOf = (guardian: string | undefined): OwnLinks =>
  new OwnLinks({
    letters: {
      everybodys: async () => letters,
      seal: (subject: PatientLetter['subject'], content: Uint8Array) => ({ subject, content, holder: guardian ?? PATIENT }),
    } as never,
    patient: PATIENT,
    ...(guardian && { office: { guardian, since: time, ends: 0 } }),
    guardians: async () => new Map([[GUARDIAN, 'Hal Helper']]),
    file: async () => file,
    time: async () => time + kioskAhead,
    record: async (_, documents) => void letters.unshift(...(documents as never as PatientLetter[])),
    askLinks: async ({ operation, variables }) => {
      if (isAway) throw new Failure('sync.hub-unreachable', 'The hub is away.', { retry: true });
      return answers[operation](variables as never);
    },
  });

interface Manifest {
  readonly files: ReadonlyArray<{ readonly contentType: string; readonly embedded?: string; readonly location?: string }>;
}

/** As the specification says: decode the payload, ask for the manifest, decrypt each file with the key of the payload. */
async function read(code: string, passcode?: string, embeddedLengthMax?: number): Promise<{ status: number; text: string }> {
  expect(code).toMatch(/^shlink:\/[\w-]+$/);
  const payload = JSON.parse(Buffer.from(code.slice('shlink:/'.length), 'base64url').toString()) as Record<string, string>;
  expect(payload.url?.length).toBeLessThanOrEqual(128);
  expect(payload.key).toHaveLength(43);
  expect(payload.flag).toBe(passcode === undefined ? undefined : 'P');
  const response = await fetch(payload.url as string, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ recipient: 'Dr. Elsewhere', passcode, embeddedLengthMax }),
  });
  if (response.status !== 200) return { status: response.status, text: await response.text() };
  const [entry] = ((await response.json()) as Manifest).files;
  expect(entry?.contentType).toBe('application/fhir+json');
  const jwe = entry?.embedded ?? (await (await fetch(entry?.location as string)).text());
  if (entry?.location) expect((await fetch(entry.location)).status).toBe(404);
  const opened = await compactDecrypt(jwe, Buffer.from(payload.key as string, 'base64url'));
  expect(opened.protectedHeader).toMatchObject({ alg: 'dir', enc: 'A256GCM', cty: 'application/fhir+json' });
  return { status: 200, text: Buffer.from(opened.plaintext).toString() };
}

const wish = { parts: ['allergies'], hours: 1, withPasscode: false };
const stateOf = async ({ link }: OwnLink) => (await mine.list()).links.find((each) => each.link === link);

test('it shows what was chosen, digit by digit, to who has it, and the patient sees that it was opened', async () => {
  const { link, passcode } = await mine.make(wish);
  expect(passcode).toBe('');
  const { text } = await read(link.code);
  expect(text).toContain('"value":37.50');
  expect(text).toContain('Penicillin');
  expect(text).not.toContain('Canarysecret');
  expect(text).toContain('"code":"withheld"');
  expect((await read(link.code, undefined, 10)).text).toBe(text);
  expect(await stateOf(link)).toMatchObject({ state: 'OPEN', opened: 2, recipient: 'Dr. Elsewhere', lastOpened: time });
  const kept =
    readFileSync(join(folder, 'hub.db')).toString('latin1') + readFileSync(join(folder, 'hub.db-wal')).toString('latin1');
  expect(kept).toContain(link.link.length > 0 ? 'Dr. Elsewhere' : '');
  for (const secret of [
    'Penicillin',
    Buffer.from(link.key, 'hex').toString('base64url'),
    Buffer.from(link.key, 'hex').toString('latin1'),
  ])
    expect(kept.includes(secret)).toBe(false);
});

test('after the patient’s end, and after its time, it is gone', async () => {
  const { link } = await mine.make(wish);
  expect(await hub.end({ ...ours, chain: 'bb'.repeat(32) }, [link.link])).toBe(0);
  await mine.end(link.link);
  expect((await read(link.code)).status).toBe(404);
  expect(await stateOf(link)).toMatchObject({ state: 'ENDED' });
  const { link: other } = await mine.make(wish);
  time += HOUR + 1;
  expect((await read(other.code)).status).toBe(404);
  expect(await stateOf(other)).toBeUndefined();
  await hub.expire();
  expect((await mine.list()).links).toEqual([]);
});

/** Asks for a file that is too long to stand in the manifest, and gives where it waits. */
async function placeOf(code: string): Promise<string> {
  const { url } = JSON.parse(Buffer.from(code.slice('shlink:/'.length), 'base64url').toString()) as { url: string };
  const body = JSON.stringify({ recipient: 'Dr. Elsewhere', embeddedLengthMax: 10 });
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return ((await answer.json()) as Manifest).files[0]?.location ?? '';
}
const fetched = async (place: string): Promise<number> => (await fetch(place)).status;

test('a file that waits to be fetched goes with the patient’s end, with its link’s time and after five minutes', async () => {
  const { link } = await mine.make(wish);
  const [first, second, third] = [await placeOf(link.code), await placeOf(link.code), await placeOf(link.code)];
  expect(await fetched(first)).toBe(200);
  expect(await fetched(first)).toBe(404);
  time += 5 * 60_000;
  expect(await fetched(second)).toBe(404);
  const fourth = await placeOf(link.code);
  await mine.end(link.link);
  expect([await fetched(third), await fetched(fourth)]).toEqual([404, 404]);
  const { link: other } = await mine.make(wish);
  time += HOUR - 1;
  const last = await placeOf(other.code);
  time += 1;
  expect(await fetched(last)).toBe(404);
});

test('who has one link and asks for its file again and again takes no other reader’s', async () => {
  const [{ link }, { link: other }] = [await mine.make(wish), await mine.make(wish)];
  const place = await placeOf(other.code);
  for (let asked = 0; asked < 110; asked++) await placeOf(link.code);
  expect(await fetched(place)).toBe(200);
});

test('a kiosk whose clock is ahead of the hub’s makes one for thirty days; the hub’s clock ends it', async () => {
  kioskAhead = 60_000;
  const { link } = await mine.make({ ...wish, hours: 720 });
  expect(link.ends).toBe(time + 60_000 + 720 * HOUR);
  time += 720 * HOUR - 1;
  expect((await read(link.code)).status).toBe(200);
  time += 1;
  expect((await read(link.code)).status).toBe(404);
});

test('nine wrong passcodes leave one try, over restarts; the tenth destroys the file', async () => {
  const { link, passcode } = await mine.make({ ...wish, withPasscode: true });
  expect(passcode).toMatch(/^\d{6}$/);
  const wrong = passcode === '111111' ? '222222' : '111111';
  for (let left = 9; left >= 1; left--) {
    if (left === 5) startHub();
    expect(await read(link.code, wrong)).toEqual({ status: 401, text: JSON.stringify({ remainingAttempts: left }) });
  }
  expect((await read(link.code, passcode)).status).toBe(200);
  expect((await stateOf(link))?.triesLeft).toBe(1);
  expect(await read(link.code, wrong)).toEqual({ status: 401, text: JSON.stringify({ remainingAttempts: 0 }) });
  expect((await read(link.code, passcode)).status).toBe(404);
  expect(await stateOf(link)).toMatchObject({ state: 'ENDED' });
});

test('nothing is made while the hub is away, or by a wish that chooses nothing; what there is can be shown all the same', async () => {
  await expect(mine.make({ ...wish, parts: [] })).rejects.toMatchObject({ code: 'link.wish' });
  await expect(mine.make({ ...wish, parts: ['allergies', 'secrets'] })).rejects.toMatchObject({ code: 'link.wish' });
  const { link } = await mine.make(wish);
  isAway = true;
  expect(await mine.list()).toMatchObject({ isOffered: false, links: [{ code: link.code, state: 'UNKNOWN' }] });
  await expect(mine.make(wish)).rejects.toMatchObject({ code: 'hub.links-not-offered' });
  await expect(mine.end(link.link)).rejects.toMatchObject({ code: 'sync.hub-unreachable' });
});

test('the patient sees and ends what somebody made who acts for them; they see their own alone', async () => {
  const theirs = linksOf(GUARDIAN);
  const { link } = await theirs.make(wish);
  const { link: own } = await mine.make(wish);
  const stranger = linksOf('ee'.repeat(16));
  const { link: former } = await stranger.make(wish);
  expect((await mine.list()).links.map(({ link: id, madeBy }) => [id, madeBy])).toEqual([
    [former.link, ''],
    [own.link, undefined],
    [link.link, 'Hal Helper'],
  ]);
  expect((await theirs.list()).links).toMatchObject([{ link: link.link, madeBy: undefined }]);
  await expect(theirs.end(own.link)).rejects.toMatchObject({ code: 'link.unknown' });
  await mine.end(link.link);
  expect((await read(link.code)).status).toBe(404);
});

test('an older hub keeps a patient’s link as it did, and none that it could not end with an office', async () => {
  isOlder = true;
  const { link } = await mine.make(wish);
  expect((await read(link.code)).status).toBe(200);
  await expect(linksOf(GUARDIAN).make(wish)).rejects.toMatchObject({ code: 'link.hub-older' });
  expect((await mine.list()).links).toHaveLength(1);
});

test('whoever has no link is answered nothing', async () => {
  const at = (path: string, init: RequestInit = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, init).then(({ status }) => status);
  const unknown = `/m/${Buffer.alloc(32).toString('base64url')}`;
  expect(await at('/')).toBe(404);
  expect(await at(unknown)).toBe(405);
  expect(await at(unknown, { method: 'POST', body: '{}' })).toBe(400);
  expect(await at(unknown, { method: 'POST', body: `{"recipient":"${'x'.repeat(9_000)}"}` })).toBe(400);
  expect(await at(unknown, { method: 'POST', body: '{"recipient":"x"}' })).toBe(404);
  expect(await at(unknown, { method: 'OPTIONS' })).toBe(204);
});

test('who asks for links that are not there is answered while others write, and holds up nobody', async () => {
  const { promise: written, resolve: end } = Promise.withResolvers<void>();
  const writing = database.write(() => written);
  const asked = Array.from({ length: 20 }, (_, at) => hub.open(new Uint8Array(32).fill(at), 'A stranger', ''));
  expect(await Promise.all(asked)).toEqual(asked.map(() => undefined));
  end();
  await writing;
}, 10_000);
