/**
 * The matrix’s cells of the hub: what it serves of a compartment, and whose key it hands on, against the decision that every desk makes
 * with the same rows of the ledger; a real relay over a real database.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hubMigrations } from '../../server/hub/hub.ts';
import { Relay } from '../../server/hub/relay/relay.ts';
import { writeState } from '../../server/ledger/state-rows.store.ts';
import { openDatabase } from '../../server/storage/database.ts';
import { sha256 } from '../../server/vault/primitives.ts';
import { CATEGORIES } from '../../shared/consent/category.ts';
import { type GrantRow, grantKey, grantRow } from '../../shared/consent/consent-rules.ts';
import { decide, mayReleaseKey } from '../../shared/consent/decision.ts';
import { GRANT_MESSAGE } from '../../shared/consent/grant-message.ts';
import { PURPOSES } from '../../shared/consent/purpose.ts';
import { toBase64, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { encode } from '../../shared/encoding/codec.ts';
import { chainRow, compartmentKey, compartmentRow, NO_CUSTODIAN, ROLES } from '../../shared/ledger/rows.ts';
import { chainKey } from '../../shared/ledger/rules.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { bytesFor } from '../support/ledger-builder.ts';

const NOW = 1_000;
const [keeper, recipient, stranger] = ['keeper', 'recipient', 'stranger'].map((label) => bytesFor(label)) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
];
const CLINICS = { keeper, recipient, stranger };
/** Who the ledger says keeps the compartment. */
const CUSTODIANS = { kept: keeper, 'with another': stranger, erased: NO_CUSTODIAN };
const GRANTS: Readonly<Record<string, ReadonlyArray<Partial<GrantRow>>>> = {
  none: [],
  'not begun': [{ starts: NOW + 1 }],
  'in force': [{ ends: NOW + 1 }],
  'for good': [{ ends: 0 }],
  over: [{ ends: NOW }],
  withdrawn: [{ withdrawn: true }],
  'one over, one not': [{ ends: NOW }, { ends: 0 }],
};

const row = {
  custodian: keeper,
  recipient,
  purpose: 'TREAT',
  starts: 0,
  ends: 0,
  agreement: keeper,
  withdrawn: false,
} as const;

async function withRelay(use: (relay: Relay, write: (rows: ReadonlyMap<string, Uint8Array>) => Promise<void>) => Promise<void>) {
  const folder = mkdtempSync(join(tmpdir(), 'careledger-hub-cells-'));
  const database = await openDatabase({ path: join(folder, 'hub.db'), migrations: hubMigrations, mode: 'bulk' });
  try {
    const relay = new Relay(database, () => NOW);
    await use(relay, (rows) =>
      database.write(async (transaction) => {
        await writeState(transaction, rows);
        await relay.project(transaction, rows);
      }),
    );
  } finally {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every way in which a compartment can stand, each in a compartment of its own. */
const CASES = Object.entries(CUSTODIANS).flatMap(([custody, custodian]) =>
  Object.entries(GRANTS).map(([name, grants]) => {
    const label = `${custody}, ${name}`;
    const body = utf8(`the key of ${label}`);
    const handle = bytesFor(label, 16);
    const entries = grants.map((grant, at): [string, GrantRow] => [
      toHex(bytesFor(`${label} ${at}`, 16)),
      { ...row, handle, wrap: sha256(body), ...grant },
    ]);
    return { label, handle, custodian, body, grants: new Map(entries) };
  }),
);

test('the hub gives what the decision can open and nothing else, and hands on no key of a grant that is over', async () => {
  const wrong: string[] = [];
  let cells = 0;
  const cell = (what: string, is: boolean): void => {
    cells++;
    if (!is) wrong.push(what);
  };
  await withRelay(async (relay, write) => {
    const chains = [keeper, recipient].map((chain): [string, Uint8Array] => [
      chainKey(toHex(chain)),
      encode(chainRow, { kind: 'clinic', name: 'Clinic', clinicKey: chain, encryptionKey: chain }),
    ]);
    await write(new Map(chains));
    const callerOf = (chain: Uint8Array) => ({ chain: toHex(chain), device: toHex(bytesFor('device')), enrolled: true });
    for (const { label, handle, custodian, body, grants } of CASES) {
      const rows = [...grants].map(([id, grant]): [string, Uint8Array] => [grantKey(id), encode(grantRow, grant)]);
      await write(new Map([[compartmentKey(toHex(handle)), encode(compartmentRow, { custodian })], ...rows]));
      const mail = { recipientChain: toHex(recipient), recipientDevice: '', kind: GRANT_MESSAGE, body: toBase64(body) };
      if (grants.size > 0) await relay.send(callerOf(keeper), [mail]);
      for (const [name, clinic] of Object.entries(CLINICS)) {
        const served = await relay.documents(callerOf(clinic), toHex(handle), 0, 1).then(
          () => true,
          (error) => {
            if (error instanceof Failure && error.code === 'relay.not-available') return false;
            throw error;
          },
        );
        const asked = { keeper: toHex(custodian), handle: toHex(handle), time: NOW, verb: 'access' } as const;
        let anybody = false;
        for (const role of ROLES) {
          for (const purpose of PURPOSES) {
            for (const category of CATEGORIES) {
              const caller = { clinic: toHex(clinic), person: 'aa', role };
              const { permit } = decide({ ...asked, caller, purpose, category }, { grants });
              anybody ||= permit;
              // What somebody there may read, their clinic can fetch.
              cell(`${label}: ${name} ${role} ${purpose} ${category}`, !permit || served);
            }
          }
        }
        cell(`${label}: ${name} is given what nobody there may read`, served === anybody);
      }
    }
    const mail = await relay.messages(callerOf(recipient), 0, 200);
    for (const { label, handle, custodian, body, grants } of CASES) {
      if (grants.size === 0) continue;
      const to = { chain: toHex(recipient), handle: toHex(handle) };
      const may = [...grants.values()].some((grant) => mayReleaseKey(grant, to, toHex(custodian), NOW));
      cell(`${label}: key`, mail.some((message) => message.body === toBase64(body)) === may);
    }
  });
  expect(wrong).toEqual([]);
  expect(cells).toBeGreaterThan(3_000);
}, 60_000);

test('mail that is held back hides nothing that lies behind it', async () => {
  await withRelay(async (relay, write) => {
    const clinic = { kind: 'clinic', name: 'Clinic', clinicKey: recipient, encryptionKey: recipient } as const;
    await write(new Map([[chainKey(toHex(recipient)), encode(chainRow, clinic)]]));
    const handle = bytesFor('many', 16);
    const over = [1, 2, 3].map((at) => utf8(`over ${at}`));
    const grants = over.map((body, at): [string, Uint8Array] => [
      grantKey(toHex(bytesFor(`over ${at}`, 16))),
      encode(grantRow, { ...row, handle, wrap: sha256(body), ends: NOW }),
    ]);
    await write(new Map([[compartmentKey(toHex(handle)), encode(compartmentRow, { custodian: keeper })], ...grants]));
    const caller = (chain: Uint8Array) => ({ chain: toHex(chain), device: toHex(bytesFor('device')), enrolled: true });
    const send = (kind: string, body: Uint8Array) =>
      relay.send(caller(keeper), [{ recipientChain: toHex(recipient), recipientDevice: '', kind, body: toBase64(body) }]);
    for (const body of over) await send(GRANT_MESSAGE, body);
    await send('consult', utf8('a question'));
    // Less than a page at a time, as two hundred of them are.
    const [message, ...more] = await relay.messages(caller(recipient), 0, 2);
    expect(message).toMatchObject({ kind: 'consult', body: toBase64(utf8('a question')) });
    expect(more).toEqual([]);
    expect(await relay.messages(caller(recipient), message?.sequence ?? 0, 2)).toEqual([]);
  });
});
