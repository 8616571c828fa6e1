import { expect, test } from 'vitest';
import { documentsOf } from '../../server/sync/clinic.store.ts';
import { personalAct } from '../../server/sync/vault-context/personal-act.ts';
import { sealingKey, sign } from '../../server/vault/primitives.ts';
import { openWrap } from '../../server/vault/sealing.ts';
import { fromHex } from '../../shared/encoding/bytes.ts';
import { deviceEnrolledBody, deviceMessage, deviceRevokedBody } from '../../shared/ledger/enrolment-rules.ts';
import { agreementKeyFor, signingKeyFor } from '../support/ledger-builder.ts';
import type { BenchClinic } from './bench-clinic.ts';
import { RegionBench } from './region-bench.ts';

test('what is written after a desk was revoked does not open with the keys that it took along', async () => {
  const { bench, clinics } = await RegionBench.found(['A', 'B']);
  const [a, b] = clinics as [BenchClinic, BenchClinic];
  const patient = await a.register('Okonkwo');
  await a.write(patient, 'clinical', 'before');
  await a.share({ patient, recipient: b.id, categories: ['clinical'] });
  const device = { device: signingKeyFor('A lost desk').publicKey, encryptionKey: agreementKeyFor('A lost desk').publicKey };
  const clinicSignature = sign(a.clinic.clinicKey, deviceMessage(a.clinic.chain, device));
  const enrolled = { ...device, kind: 'workstation' as const, clinicSignature };
  await a.context.gateway.commit({
    events: [personalAct(a.context, { type: 'device.enrolled', codec: deviceEnrolledBody, body: enrolled })],
  });
  await bench.sync();
  const handle = fromHex(a.vault.patients.known(patient).handles.clinical!);
  const taken = await a.context.keyStore.getKeys('compartment', [handle]);
  const thief = (_: Uint8Array, epoch: number) => {
    const key = taken.find((each) => each.epoch === epoch);
    return key && sealingKey(key.value);
  };
  const opens = async () =>
    (await documentsOf(a.database.read, handle)).map(({ name, wrap }) => {
      try {
        return openWrap(wrap, handle, name, thief) !== undefined;
      } catch {
        return false;
      }
    });
  expect(await opens()).toEqual([true]);

  await a.context.gateway.commit({
    events: [personalAct(a.context, { type: 'device.revoked', codec: deviceRevokedBody, body: { device: device.device } })],
  });
  await bench.sync();
  await a.write(patient, 'clinical', 'after');
  await bench.sync();

  expect((await opens()).sort()).toEqual([false, true]);
  expect(await b.read(patient)).toEqual(expect.arrayContaining(['before', 'after']));
  const epochs = (await a.context.keyStore.getKeys('compartment', [handle])).length;
  await bench.sync();
  expect(await a.context.keyStore.getKeys('compartment', [handle])).toHaveLength(epochs);
});
