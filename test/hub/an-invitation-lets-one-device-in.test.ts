import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeRequest, newTlsKey, requestBytes } from '../../server/identity/certificates.ts';
import { deviceOfCertificate } from '../../server/identity/peer-names.ts';
import { randomBytes, sha256, sign } from '../../server/vault/primitives.ts';
import { toBase64, toHex } from '../../shared/encoding/bytes.ts';
import { HUB_PATHS } from '../../shared/sync/operations.ts';
import { enrolmentProofMessage } from '../../shared/sync/wire.ts';
import { foundClinic, signingKeyFor } from '../support/ledger-builder.ts';
import { enrolVariables, HubBench, type Line, testTlsKey } from './hub-bench.ts';

describe('an invitation lets one device in', () => {
  let bench: HubBench;
  let north: Line;
  let now = Date.now();
  const enrol = (variables: object) => bench.line().enrolment<{ enroll: { certificate: string } }>('Enroll', variables);

  beforeAll(async () => {
    bench = await HubBench.open({ clock: () => now });
    north = await bench.join(bench.founder);
  });
  afterAll(() => bench.close());

  test('the certificate names the device, is short-lived, and is signed by the authority alone', async () => {
    const clinic = foundClinic('Certified');
    const { certificate } = await bench.certify(clinic.desk.key, {
      secret: await bench.invite(),
      founding: clinic.founding.bytes,
    });
    const read = new X509Certificate(certificate);
    expect(deviceOfCertificate({ subjectaltname: read.subjectAltName })).toBe(clinic.desk.id);
    expect(read.checkIssued(new X509Certificate(bench.authority))).toBe(true);
    expect(read.validToDate.getTime() - Date.now()).toBeLessThan(91 * 86_400_000);
    expect(read.ca).toBe(false);
    expect(read.serialNumber).toMatch(/^[4-7][0-9A-F]{31}$/);
    // At its clinic's host it stands on the other side of a line; it has no name, so it stands for no hub.
    expect(read.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2', '1.3.6.1.5.5.7.3.1']);
    expect([read.checkHost('localhost'), read.checkHost('hub.example'), read.checkIP('127.0.0.1')].every((name) => !name)).toBe(
      true,
    );
  });

  test('a second device with the same secret is refused; the same request again gets its lost answer', async () => {
    const secret = await bench.invite();
    const [first, second] = [foundClinic('First'), foundClinic('Second')];
    const request = enrolVariables(first.desk.key, await testTlsKey(), { secret, founding: first.founding.bytes });
    const answer = await enrol(request);
    expect(await enrol(request)).toEqual(answer);
    await expect(bench.enrol(second.desk.key, { secret, founding: second.founding.bytes })).rejects.toThrow(
      'hub.invitation-used',
    );
  });

  test('a device that lost its answer with its key gets another certificate; nobody else does in its name', async () => {
    const secret = await bench.invite();
    const [first, second] = [foundClinic('Cut off'), foundClinic('Taking')];
    const shown = { secret, founding: first.founding.bytes };
    const answer = await enrol(enrolVariables(first.desk.key, await testTlsKey(), shown));
    // As after a crash: the key that the first certificate is for was never kept.
    const again = enrolVariables(first.desk.key, await newTlsKey(), shown);
    expect(await enrol(again)).not.toEqual(answer);
    const stolen = enrolVariables(second.desk.key, await newTlsKey(), shown);
    await expect(enrol(stolen)).rejects.toThrow('hub.invitation-used');
    await expect(enrol({ ...stolen, device: again.device })).rejects.toThrow('hub.enrolment-proof');
  });

  test('of two that use one secret at once, one wins', async () => {
    const secret = await bench.invite();
    const clinics = [foundClinic('One'), foundClinic('Two'), foundClinic('Three')];
    const outcomes = await Promise.allSettled(
      clinics.map((clinic) => bench.enrol(clinic.desk.key, { secret, founding: clinic.founding.bytes })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason.message).toBe('hub.invitation-used');
  });

  test('an expired invitation and an invented one are refused', async () => {
    const clinic = foundClinic('Late');
    const secret = await bench.invite(now + 1000);
    now += 2000;
    await expect(bench.enrol(clinic.desk.key, { secret, founding: clinic.founding.bytes })).rejects.toThrow(
      'hub.invitation-expired',
    );
    await expect(bench.enrol(clinic.desk.key, { secret: randomBytes(16), founding: clinic.founding.bytes })).rejects.toThrow(
      'hub.invitation-unknown',
    );
  });

  test('nobody enrols a device key that is not theirs, or under a founding of another device', async () => {
    const [clinic, other] = [foundClinic('Claimed'), foundClinic('Claimant')];
    const secret = await bench.invite();
    const honest = enrolVariables(clinic.desk.key, await testTlsKey(), { secret, founding: clinic.founding.bytes });
    await expect(
      enrol({ ...honest, proof: toBase64(sign(other.desk.key, enrolmentProofMessage(requestBytes(honest.request)))) }),
    ).rejects.toThrow('hub.enrolment-proof');
    await expect(bench.enrol(other.desk.key, { secret, founding: clinic.founding.bytes })).rejects.toThrow(
      'hub.invitation-refused',
    );
    await enrol(honest);
  });

  test('a request with a weak, foreign or unproven key is refused', async () => {
    const { key } = foundClinic('Weak').desk;
    const founding = foundClinic('Weak').founding.bytes;
    const secret = await bench.invite();
    const signed = (request: string) => ({
      ...enrolVariables(key, '', { secret, founding }, request),
    });
    for (const way of [{ modulusLength: 2048 }, { modulusLength: 3072, publicExponent: 3 }]) {
      const weak = generateKeyPairSync('rsa', way).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
      await expect(enrol(signed(makeRequest(weak, toHex(key.publicKey))))).rejects.toThrow('identity.request-weak');
    }
    const good = Buffer.from(requestBytes(makeRequest(await newTlsKey(), toHex(key.publicKey))));
    good[good.length - 1] = (good[good.length - 1] as number) ^ 1;
    const pem = (der: Buffer) =>
      `-----BEGIN CERTIFICATE REQUEST-----\n${der.toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`;
    await expect(enrol(signed(pem(good)))).rejects.toThrow('identity.request-forged');
    await expect(enrol(signed(pem(Buffer.from('3003020101', 'hex'))))).rejects.toThrow('identity.request-malformed');
    await expect(enrol({ ...signed(pem(good)), request: 'x'.repeat(100_000) })).rejects.toThrow('identity.request-malformed');
  });

  test("a clinic invites one more device of its own, and no other clinic's", async () => {
    const secret = randomBytes(16);
    await north.ask('InviteDevice', { secretHash: toHex(sha256(secret)), expires: now + 3_600_000 });
    const key = signingKeyFor('second desk');
    await expect(bench.enrol(key, { secret, chain: foundClinic('Certified').id })).rejects.toThrow('hub.invitation-refused');
    const desk = await bench.enrol(key, { secret, chain: bench.founder.id });
    const { caller } = await desk.ask<{ caller: object }>('Caller');
    expect(caller).toEqual({ device: toHex(key.publicKey), chain: bench.founder.id, admitted: false, revoked: false });
    // Certified, and yet nothing in the ledger: it may listen, and speak to its own clinic.
    await expect(desk.ask('InviteDevice', { secretHash: toHex(sha256(secret)), expires: now + 1000 })).rejects.toThrow(
      'hub.not-allowed',
    );
    const message = {
      recipientChain: bench.founder.id,
      recipientDevice: '',
      kind: 'device.request',
      body: toBase64(randomBytes(40)),
    };
    await desk.ask('SendMessages', { messages: [message] });
    const { messages } = await north.ask<{ messages: Array<{ senderChain: string; senderDevice: string }> }>('Messages', {
      after: 0,
      limit: 10,
    });
    expect(messages).toMatchObject([{ senderChain: '', senderDevice: toHex(key.publicKey) }]);
  });

  test('a device of one clinic is let into no other, whoever invites it', async () => {
    const elsewhere = foundClinic('Elsewhere');
    await bench.join(elsewhere);
    const secret = randomBytes(16);
    await north.ask('InviteDevice', { secretHash: toHex(sha256(secret)), expires: now + 3_600_000 });
    await expect(bench.enrol(elsewhere.desk.key, { secret, chain: bench.founder.id })).rejects.toThrow(
      'hub.enrolment-device-elsewhere',
    );
  });

  test('by the invitation to found a region nobody comes in who is no founder of it', async () => {
    const fresh = await HubBench.open();
    try {
      const stranger = foundClinic('Stranger');
      const shown = { secret: fresh.founderSecret, founding: stranger.founding.bytes };
      await expect(fresh.enrol(stranger.desk.key, shown)).rejects.toThrow('hub.invitation-refused');
      await fresh.join(fresh.founder);
    } finally {
      await fresh.close();
    }
  });

  test('a region is founded once', async () => {
    const found = { secret: toBase64(bench.founderSecret), genesis: toBase64(bench.region.bytes) };
    // The founder's device has enrolled with it, so the secret is spent for everything.
    const answer = await bench.line().http({
      path: HUB_PATHS.enrolment,
      body: JSON.stringify({
        query: 'mutation Found($secret: String!, $genesis: String!) { found(secret: $secret, genesis: $genesis) }',
        variables: found,
      }),
    });
    expect(answer.body.errors?.[0]?.extensions.code).toBe('hub.invitation-used');
  });
});
