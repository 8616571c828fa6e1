import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { STANDING } from '../../server/hub/callers.ts';
import { makeAuthority, makeRequest, signRequest } from '../../server/identity/certificates.ts';
import { newAgreementKey, randomBytes, sha256, sign } from '../../server/vault/primitives.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { deviceMessage } from '../../shared/ledger/enrolment-rules.ts';
import { HUB_OPERATIONS } from '../../shared/sync/operations.ts';
import { act, signingKeyFor } from '../support/ledger-builder.ts';
import { subscribeToHead } from './head-subscription.ts';
import { HubBench, type Line, testTlsKey } from './hub-bench.ts';

describe('only devices with a certificate of this hub are answered', () => {
  let bench: HubBench;
  let north: Line;

  beforeAll(async () => {
    bench = await HubBench.open();
    north = await bench.join(bench.founder);
  });
  afterAll(() => bench.close());

  test('no certificate, and one of another authority for a device that is enrolled, are refused', async () => {
    const refused = { status: 403, body: { errors: [{ extensions: { code: 'hub.certificate-required' } }] } };
    expect(await bench.line().graphql(HUB_OPERATIONS.Checkpoint)).toMatchObject(refused);
    const privateKey = await testTlsKey();
    const foreign = signRequest(await makeAuthority(), makeRequest(privateKey, bench.founder.desk.id), bench.founder.desk.id);
    expect(await bench.line({ privateKey, certificate: foreign.certificate }).graphql(HUB_OPERATIONS.Checkpoint)).toMatchObject(
      refused,
    );
  });

  test('every field of the schema has a standing, and none is named that is not there', () => {
    const schema = buildSchema(readFileSync(new URL('../../shared/sync/hub.graphql', import.meta.url), 'utf8'));
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    expect(Object.keys(STANDING).sort()).toEqual(roots.flatMap((root) => Object.keys(root?.getFields() ?? {})).sort());
  });

  test('a revoked device loses its sockets and subscriptions at once, and is refused by name afterwards', async () => {
    const { founder } = bench;
    const key = signingKeyFor('to be revoked');
    const encryptionKey = newAgreementKey().publicKey;
    const clinicSignature = sign(founder.clinicKey, deviceMessage(founder.chain, { device: key.publicKey, encryptionKey }));
    const enrolled = { device: key.publicKey, encryptionKey, kind: 'workstation', clinicSignature };
    await bench.submit(north, founder.desk.write(act(founder, 'device.enrolled', enrolled, { signer: founder.administrator })));
    const secret = randomBytes(16);
    await north.ask('InviteDevice', { secretHash: toHex(sha256(secret)), expires: Date.now() + 60_000 });
    const certificate = await bench.certify(key, { secret, chain: founder.id });
    const desk = bench.line(certificate);
    expect((await desk.ask<{ caller: { admitted: boolean } }>('Caller')).caller.admitted).toBe(true);
    const head = await subscribeToHead(bench, certificate);
    expect((await head.next()).checkpoint).toContain('careledger/');
    const inFlight = desk.http({ headers: { 'content-length': '100' }, body: '{' }).then(
      () => 'answered',
      () => 'cut',
    );
    await bench.submit(
      north,
      founder.desk.write(act(founder, 'device.revoked', { device: key.publicKey }, { signer: founder.administrator })),
    );
    await head.closed;
    expect(await inFlight).toBe('cut');
    expect(await desk.graphql(HUB_OPERATIONS.Checkpoint)).toMatchObject({
      status: 403,
      body: { errors: [{ extensions: { code: 'hub.device-revoked' } }] },
    });
    await expect(subscribeToHead(bench, certificate).then((again) => again.next())).rejects.toThrow();
  });
});
