import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hubMigrations } from '../../server/hub/hub.ts';
import { Relay } from '../../server/hub/relay/relay.ts';
import { writeState } from '../../server/ledger/state-rows.store.ts';
import { openDatabase } from '../../server/storage/database.ts';
import { toBase64, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { encode } from '../../shared/encoding/codec.ts';
import { chainRow } from '../../shared/ledger/rows.ts';
import { chainKey } from '../../shared/ledger/rules.ts';
import { bytesFor } from '../support/ledger-builder.ts';

const chain = bytesFor('clinic');
const otherChain = bytesFor('another clinic');
const callerOf = (device: string, enrolled: boolean) => ({ chain: toHex(chain), device: toHex(bytesFor(device)), enrolled });

/** A hub's relay over a database of its own, with two clinics. */
async function withRelay(then: (relay: Relay) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'careledger-hub-quota-'));
  const database = await openDatabase({ path: join(folder, 'hub.db'), migrations: hubMigrations, mode: 'bulk' });
  try {
    const clinic = encode(chainRow, { kind: 'clinic', name: 'Clinic', clinicKey: chain, encryptionKey: chain });
    const rows = new Map([chain, otherChain].map((id) => [chainKey(toHex(id)), clinic]));
    await database.write((transaction) => writeState(transaction, rows));
    await then(new Relay(database, () => 0));
  } finally {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Letters to the clinic, no two alike. */
const mail = (label: string, count: number, bytes = 20) =>
  Array.from({ length: count }, (_, at) => {
    const body = new Uint8Array(bytes);
    body.set(utf8(`${label} ${at}`));
    return { recipientChain: toHex(chain), recipientDevice: '', kind: 'device-request', body: toBase64(body) };
  });

test('a device that is not enrolled yet fills no mailbox, and takes nobody else’s place', async () => {
  await withRelay(async (relay) => {
    const [joiner, large, desk] = [callerOf('joiner', false), callerOf('large', false), callerOf('desk', true)];
    expect(await relay.send(joiner, mail('request', 20))).toBe(20);
    await expect(relay.send(joiner, mail('more', 1))).rejects.toMatchObject({ code: 'relay.quota' });
    // Who did not hear the answer sends the same again, and is told that it is there.
    expect(await relay.send(joiner, mail('request', 20))).toBe(20);
    // All of a call or nothing of it.
    await expect(relay.send(large, mail('large', 5, 220_000))).rejects.toMatchObject({ code: 'relay.quota' });
    expect(await relay.send(desk, mail('desk', 200))).toBe(200);
    const first = await relay.messages(desk, 0, 200);
    const rest = await relay.messages(desk, first.at(-1)?.sequence ?? 0, 200);
    expect([...first, ...rest].map(({ senderDevice }) => senderDevice)).toEqual([
      ...Array.from({ length: 20 }, () => joiner.device),
      ...Array.from({ length: 200 }, () => desk.device),
    ]);
  });
});

test('a kiosk, which anybody may carry away, writes to no other clinic, and says little to its own', async () => {
  await withRelay(async (relay) => {
    const [kiosk, desk] = [{ ...callerOf('kiosk', true), isKiosk: true }, callerOf('desk', true)];
    const elsewhere = mail('elsewhere', 1).map((each) => ({ ...each, recipientChain: toHex(otherChain) }));
    await expect(relay.send(kiosk, elsewhere)).rejects.toMatchObject({ code: 'relay.recipient-unknown' });
    expect(await relay.send(desk, elsewhere)).toBe(1);
    expect(await relay.send(kiosk, mail('request', 20))).toBe(20);
    await expect(relay.send(kiosk, mail('more', 1))).rejects.toMatchObject({ code: 'relay.quota' });
  });
});

test('a desk fills a mailbox so far and no further, and another device’s mail still comes', async () => {
  await withRelay(async (relay) => {
    const [flooding, desk] = [callerOf('flooding', true), callerOf('desk', true)];
    for (let sent = 0; sent < 20_000; sent += 200) await relay.send(flooding, mail(`flood ${sent}`, 200));
    await expect(relay.send(flooding, mail('one more', 1))).rejects.toMatchObject({ code: 'relay.quota' });
    expect(await relay.send(desk, mail('desk', 1))).toBe(1);
  });
}, 120_000);
