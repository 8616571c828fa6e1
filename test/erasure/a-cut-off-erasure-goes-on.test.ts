/** The power goes at each step of an erasure: nothing acknowledged is lost, and the next unlock brings it to its end. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { VaultRequest } from '../../server/graphql/domains.ts';
import { fromHex } from '../../shared/encoding/bytes.ts';
import { ClinicDesk, PASSPHRASE } from '../support/clinic-desk.ts';
import { folderOf, patient as patientLine } from '../support/fhir-files.ts';

let cut: ((kinds: readonly string[], events: number) => boolean) | undefined;
let desk: ClinicDesk;
let request: VaultRequest;
let patient: string;
let handles: Uint8Array[];

beforeEach(async () => {
  cut = undefined;
  desk = await ClinicDesk.open({
    staff: { role: 'administrator' },
    beforeCommit: ({ events, rows }) => {
      if (
        cut?.(
          (rows ?? []).map(({ kind }) => kind),
          events?.length ?? 0,
        )
      )
        throw new Error('power cut');
    },
  });
  ({ request } = await desk.unlock());
  const { id: job } = await request.imports.startPaths([folderOf({ 'Patient.ndjson': patientLine('p1') })]);
  await request.imports.settled(job);
  const found = await request.patients.find('', 1, undefined);
  patient = found.patients[0]!.patient.id;
  handles = Object.values(request.patients.known(patient).handles).map(fromHex);
  await request.erasures.setRetention('NONE', 0, PASSPHRASE);
});

const wish = () => ({ patient, categories: [], ground: 'objection' as const });
const powerCut = async (): Promise<never> => {
  throw new Error('power cut');
};

/** What the next start does before anybody can ask anything. */
async function again(): Promise<VaultRequest> {
  cut = undefined;
  await desk.crash();
  const { request } = await desk.unlock();
  await request.erasures.refresh();
  return request;
}

async function expectDone(request: VaultRequest): Promise<void> {
  expect((await request.patients.find('', 9, undefined)).patients).toEqual([]);
  expect(await request.vault.keyStore.getKeys('compartment', handles)).toEqual([]);
  expect(await request.vault.gateway.stateList('erased/')).toHaveLength(handles.length);
  expect(await request.vault.gateway.stateList('purged/')).toHaveLength(handles.length);
  const [erasure] = await request.erasures.list();
  expect(erasure?.confirmations.filter(({ party }) => party === 'DESK')).toMatchObject([{ here: true, at: expect.any(Number) }]);
}

describe('cut off', () => {
  test('in the commit, nothing of it has happened', async () => {
    cut = (kinds) => kinds.includes('erasure');
    await expect(request.erasures.erase(wish(), PASSPHRASE)).rejects.toThrow('power cut');
    const next = await again();
    expect((await next.patients.find('', 9, undefined)).patients).toHaveLength(1);
    expect(await next.vault.keyStore.getKeys('compartment', handles)).toHaveLength(handles.length);
    expect(await next.vault.gateway.stateList('erased/')).toEqual([]);
    expect(await next.erasures.list()).toEqual([]);
  });

  test('before the keys are destroyed, it is acknowledged and the next unlock destroys them', async () => {
    request.vault.keyStore.destroyCompartmentKeys = powerCut;
    const { confirmations } = await request.erasures.erase(wish(), PASSPHRASE);
    expect(confirmations).toMatchObject([
      { party: 'DESK', at: null },
      { party: 'HUB', at: null },
    ]);
    expect(await request.vault.keyStore.getKeys('compartment', handles)).toHaveLength(handles.length);
    await expectDone(await again());
  });

  test('before older copies of the key file are dead, the desk does not say that it is done', async () => {
    request.vault.hooks.keysDestroyed = powerCut;
    await request.erasures.erase(wish(), PASSPHRASE);
    expect(await request.vault.gateway.stateList('purged/')).toEqual([]);
    await expectDone(await again());
  });

  test('before it has said so, it says so once', async () => {
    cut = (_, events) => events > 0 && events === handles.length && isSaying;
    let isSaying = false;
    request.vault.hooks.keysDestroyed = async () => {
      isSaying = true;
    };
    await request.erasures.erase(wish(), PASSPHRASE);
    expect(await request.vault.gateway.stateList('purged/')).toEqual([]);
    const next = await again();
    await next.erasures.refresh();
    await expectDone(next);
  });
});

test('a desk that hears of the tombstones first confirms when it hears that a word of it is expected', async () => {
  request.vault.hooks.keysDestroyed = powerCut;
  await request.erasures.erase(wish(), PASSPHRASE);
  // As at a desk that never had keys or documents of the patient, before the erasing desk's mail is opened.
  await desk.database.write((transaction) => transaction.run('UPDATE erased_handle SET documents = 0'));
  const [record] = await desk.database.read.all<{ kind: string; key: Buffer; tag: Buffer; sealed: Buffer }>(
    "SELECT kind, key, tag, sealed FROM vault_row WHERE kind = 'erasure'",
  );
  await request.vault.gateway.commit({ rows: [{ ...record!, sealed: null }] });
  const next = await again();
  expect(await next.vault.gateway.stateList('purged/')).toEqual([]);
  await next.vault.gateway.commit({ rows: [record!] });
  await next.erasures.refresh();
  await expectDone(next);
});
