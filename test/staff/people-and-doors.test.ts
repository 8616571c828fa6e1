import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { KeyStore } from '../../server/vault/key-store.ts';
import { hmacSha1, sign } from '../../server/vault/primitives.ts';
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { admissionMessage } from '../../shared/ledger/enrolment-rules.ts';
import type { Failure } from '../../shared/outcome/failure.ts';
import { encodeAdmissionRequest } from '../../shared/sync/wire.ts';
import { codeOf, stepAt, stepMessage } from '../../shared/vault/time-code.ts';
import { type BenchClinic, PASSPHRASE } from '../consent/bench-clinic.ts';
import { RegionBench } from '../consent/region-bench.ts';
import { foundClinic, signingKeyFor, type TestClinic } from '../support/ledger-builder.ts';
import { byKey } from '../support/second-factor.ts';

const NEXT = 'violet harbour seventeen kites';

async function one(): Promise<{ bench: RegionBench; a: BenchClinic }> {
  const { bench, clinics } = await RegionBench.found(['A']);
  return { bench, a: clinics[0] as BenchClinic };
}

describe('people', () => {
  test('are enrolled with a key of their own, and their names stay in the vault', async () => {
    const { bench, a } = await one();
    const { staff } = a.vault;
    expect(await staff.me()).toMatchObject({ name: 'Dr. A', role: 'administrator', revoked: false });
    const nurse = await staff.enrol({ name: 'Nora Canarybird', role: 'nurse', passphrase: NEXT });
    expect(nurse).toMatchObject({ name: 'Nora Canarybird', role: 'nurse', revoked: false });
    expect((await staff.members()).map(({ name }) => name)).toEqual(['Dr. A', 'Nora Canarybird']);
    await bench.sync();
    const replica = await a.database.read.all<{ bytes: Buffer }>('SELECT bytes FROM block');
    expect(Buffer.concat(replica.map(({ bytes }) => bytes)).toString('latin1')).not.toContain('Canarybird');
    // The key file's labels are bare only where there is no keychain, as here; the sign-in screen says so.
    expect(readFileSync(join(await a.copy(), 'clinic.db')).toString('latin1')).not.toContain('Canarybird');
  });

  test('leave, and their key counts no more', async () => {
    const { bench, a } = await one();
    const { staff } = a.vault;
    const nurse = await staff.enrol({ name: 'Nora', role: 'nurse', passphrase: NEXT });
    await expect(staff.revoke(nurse.id)).rejects.toMatchObject({ code: 'vault.second-factor-needed' });
    await byKey(a.context.keyStore, () => staff.revoke(nurse.id));
    expect((await staff.members()).find(({ id }) => id === nurse.id)).toMatchObject({ revoked: true });
    await bench.sync();
    await byKey(a.context.keyStore, () => staff.revoke(nurse.id));
    const me = await staff.me();
    await expect(staff.revoke(me.id)).rejects.toMatchObject({ code: 'staff.not-yourself' });
    await expect(staff.revoke('00'.repeat(32))).rejects.toMatchObject({ code: 'staff.unknown' });
  });

  test.each([
    ['staff.role-unknown', { role: 'king' }],
    ['staff.role-unknown', { role: '__proto__' }],
    ['staff.name', { name: ' ' }],
    ['vault.passphrase-weak', { passphrase: 'password1234' }],
    ['vault.passphrase-weak', { name: 'Harbour Kites' }],
  ])('are not enrolled like this: %s', async (code, change) => {
    const { a } = await one();
    await expect(a.vault.staff.enrol({ name: 'Nora', role: 'nurse', passphrase: NEXT, ...change })).rejects.toMatchObject({
      code,
    });
    expect(await a.vault.staff.members()).toHaveLength(1);
  });

  test('renew their key: what the old one signed stays, nothing more is taken from it, and the same passphrase opens the new one', async () => {
    const { bench, a } = await one();
    const { staff } = a.vault;
    const before = await staff.me();
    const patient = await a.register('Oldkeybird');
    await bench.sync();
    const { secret } = await staff.secondFactors.offer(PASSPHRASE);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const offered = await a.context.keyStore.secondFactor.offer();
    const first = codeOf(hmacSha1(offered, stepMessage(stepAt(bench.time))));
    expect(await staff.secondFactors.enrol(first)).toMatchObject({ hasSecondFactor: true });
    await expect(staff.renewOwnKey(NEXT)).rejects.toMatchObject({ code: 'vault.passphrase-wrong' });
    expect(await staff.members()).toHaveLength(1);
    const refused = (await staff.renewOwnKey(PASSPHRASE).catch((error: unknown) => error)) as Failure;
    expect(refused).toMatchObject({ code: 'vault.code-needed', details: { act: 'renew-own-key' } });
    await expect(staff.rollClinicKeys(PASSPHRASE)).rejects.toMatchObject({ code: 'vault.code-needed' });
    await expect(staff.approveAdmission(a.id)).rejects.toMatchObject({ code: 'vault.code-needed' });
    await expect(staff.approvePolicy(a.id)).rejects.toMatchObject({ code: 'vault.code-needed' });
    await expect(staff.proposeRules()).rejects.toMatchObject({ code: 'vault.code-needed' });
    await expect(staff.proposeHubKey()).rejects.toMatchObject({ code: 'vault.code-needed' });
    await expect(staff.proposeWitnesses([])).rejects.toMatchObject({ code: 'vault.code-needed' });
    // Nobody adds a key of their own, or takes the code away, by the passphrase alone.
    await expect(staff.secondFactors.addPasskey(PASSPHRASE, 'blue key')).rejects.toMatchObject({ code: 'vault.code-needed' });
    await expect(staff.secondFactors.remove(PASSPHRASE)).rejects.toMatchObject({ code: 'vault.code-needed' });
    await expect(staff.secondFactors.removePasskey(PASSPHRASE, 'ab')).rejects.toMatchObject({ code: 'vault.code-needed' });
    bench.time += 60_000;
    await staff.secondFactors.show(codeOf(hmacSha1(offered, stepMessage(stepAt(bench.time)))), String(refused.details.ceremony));
    const renewed = await staff.renewOwnKey(PASSPHRASE);
    await bench.sync();
    expect(await staff.members()).toEqual(
      expect.arrayContaining([
        { id: before.id, name: 'Dr. A', role: 'administrator', revoked: true, hasSecondFactor: false },
        { id: renewed, name: 'Dr. A', role: 'administrator', revoked: false, hasSecondFactor: true },
      ]),
    );
    // Whoever has the old key is cut off at once; its acts are still where they were.
    expect(a.vault.patients.known(patient).summary.family).toBe('Oldkeybird');
    await expect(staff.enrol({ name: 'Nora', role: 'nurse', passphrase: NEXT })).rejects.toMatchObject({
      code: 'ledger.refused',
      details: { reason: 'author-revoked' },
    });
    const store = await KeyStore.open(join(await a.copy(), 'keys.db'), () => bench.time);
    expect((await store.slots([])).map(({ staff: id }) => toHex(id))).toEqual([renewed]);
    expect(toHex((await store.unlock(fromHex(renewed), PASSPHRASE, [])).staff)).toBe(renewed);
    await store.close();
  });

  test('change their passphrase by knowing the old one', async () => {
    const { a } = await one();
    const { staff } = a.vault;
    await expect(staff.changePassphrase('not it at all, no', NEXT)).rejects.toMatchObject({ code: 'vault.passphrase-wrong' });
    await expect(staff.changePassphrase(PASSPHRASE, 'short')).rejects.toMatchObject({ code: 'vault.passphrase-weak' });
    await staff.changePassphrase(PASSPHRASE, NEXT);
    await a.context.keyStore.confirm(NEXT);
    await expect(a.context.keyStore.confirm(PASSPHRASE)).rejects.toMatchObject({ code: 'vault.passphrase-wrong' });
  });
});

describe('a clinic that asks to join', () => {
  const request = (joiner: TestClinic, region: Uint8Array, signer = joiner.clinicKey) => {
    const { epoch, height, previous: head } = joiner.desk.position;
    return encodeAdmissionRequest({
      founding: joiner.founding.bytes,
      region,
      epoch,
      height,
      head,
      clinicSignature: sign(signer, admissionMessage({ region, head }, joiner.chain)),
    });
  };

  test('is let in by its id, once founding statement and signature hold', async () => {
    const { bench, a } = await one();
    const approve = (id: string) => byKey(a.context.keyStore, () => a.vault.staff.approveAdmission(id));
    const [joiner, forged, elsewhere] = ['J', 'F', 'E'].map((label) => foundClinic(label)) as [
      TestClinic,
      TestClinic,
      TestClinic,
    ];
    const region = bench.region.region.id;
    bench.requests.push(
      new Uint8Array([1, 2, 3]),
      request(forged, region, signingKeyFor('somebody')),
      request(elsewhere, new Uint8Array(32)),
      request(joiner, region),
    );
    await expect(approve('00'.repeat(32))).rejects.toMatchObject({ code: 'staff.no-admission-request' });
    await expect(approve(forged.id)).rejects.toMatchObject({ code: 'staff.admission-forged' });
    await expect(approve(elsewhere.id)).rejects.toMatchObject({ code: 'staff.admission-of-another-region' });
    await approve(joiner.id);
    await bench.sync();
    const chains = (await a.context.gateway.stateList('chain/')).map(({ key }) => key.slice('chain/'.length));
    expect(chains.sort()).toEqual([a.id, toHex(joiner.chain)].sort());
    await expect(approve(joiner.id)).rejects.toMatchObject({ code: 'ledger.refused' });
  });
});
