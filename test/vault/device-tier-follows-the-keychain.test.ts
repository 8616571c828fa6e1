import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, describe, expect, test } from 'vitest';
import { type Keychain, type KeychainRequest, messagePortKeychain, noKeychain } from '../../server/identity/keychain.ts';
import {
  deviceTierKey,
  deviceTierLayer,
  newDeviceSecrets,
  readDeviceTier,
  writeDeviceTier,
} from '../../server/vault/device-tier.ts';
import { chooseSecret, keychainSecrets, secretId, settleSecret, stageSecret } from '../../server/vault/keychain-secrets.ts';
import { randomBytes } from '../../server/vault/primitives.ts';
import { toHex } from '../../shared/encoding/bytes.ts';

const folder = mkdtempSync(join(tmpdir(), 'device-tier-'));
const path = join(folder, 'device.sealed');
afterAll(() => rmSync(folder, { recursive: true }));

const failing = (code: string): unknown => expect.objectContaining({ code });

function memoryKeychain(): Keychain {
  let held: Uint8Array | undefined;
  return {
    available: true,
    get: async () => held?.slice(),
    set: async (secret) => {
      held = secret.slice();
    },
  };
}

describe('the file of device keys', () => {
  const secret = randomBytes(32);
  const secrets = {
    ...newDeviceSecrets(),
    tlsKey: '-----BEGIN PRIVATE KEY-----\nMII',
    tlsCertificate: '-----BEGIN CERTIFICATE-----\nMII',
  };

  test('opens with the keychain, holds nothing readable, and says which layer it is under', async () => {
    expect(await deviceTierLayer(path)).toBeUndefined();
    await writeDeviceTier(path, secrets, { keychain: secret });
    expect(await deviceTierLayer(path)).toBe('keychain');
    expect(await readDeviceTier(path, { secrets: [secret] })).toEqual(secrets);
    const bytes = readFileSync(path);
    for (const hidden of [secrets.signingSeed, secrets.agreementSecret, secrets.cosignSeed, Buffer.from('PRIVATE KEY'), secret]) {
      expect(bytes.includes(Buffer.from(hidden))).toBe(false);
    }
  });

  test('does not open without that keychain, nor altered anywhere', async () => {
    await writeDeviceTier(path, secrets, { keychain: secret });
    await expect(readDeviceTier(path, { secrets: [] })).rejects.toThrow(failing('vault.keychain-missing'));
    await expect(readDeviceTier(path, { secrets: [randomBytes(32)] })).rejects.toThrow(failing('vault.keychain-missing'));
    const bytes = readFileSync(path);
    for (let at = 0; at < bytes.length; at++) {
      const altered = Buffer.from(bytes);
      altered[at] = (altered[at] as number) ^ 0x10;
      writeFileSync(path, altered);
      await expect(readDeviceTier(path, { secrets: [secret] })).rejects.toThrow(/altered|keychain|suite/);
    }
    writeFileSync(path, bytes.subarray(0, 40));
    await expect(readDeviceTier(path, { secrets: [secret] })).rejects.toThrow(failing('vault.device-tier-damaged'));
  });

  test('without a keychain it waits for the first unlock', async () => {
    const half = deviceTierKey(randomBytes(32));
    await writeDeviceTier(path, secrets, { half });
    expect(await deviceTierLayer(path)).toBe('half');
    await expect(readDeviceTier(path, { secrets: [] })).rejects.toThrow(failing('vault.device-tier-locked'));
    expect(await readDeviceTier(path, { secrets: [], half })).toEqual(secrets);
    await expect(readDeviceTier(path, { secrets: [], half: deviceTierKey(randomBytes(32)) })).rejects.toThrow(
      failing('vault.device-tier-damaged'),
    );
  });
});

describe('replacing the keychain secret', () => {
  test('a crash between any two steps leaves a secret that opens what is on disk', async () => {
    const keychain = memoryKeychain();
    const [first] = (await keychainSecrets(keychain, true)) as [Uint8Array];
    const keys = newDeviceSecrets();
    await writeDeviceTier(path, keys, { keychain: first });

    const next = await stageSecret(keychain);
    expect(await readDeviceTier(path, { secrets: await keychainSecrets(keychain, false) })).toEqual(keys);
    expect(toHex(await stageSecret(keychain))).toBe(toHex(next));
    await writeDeviceTier(path, keys, { keychain: next });
    expect(await readDeviceTier(path, { secrets: await keychainSecrets(keychain, false) })).toEqual(keys);
    await settleSecret(keychain, next);
    expect(await readDeviceTier(path, { secrets: await keychainSecrets(keychain, false) })).toEqual(keys);
    expect(() => chooseSecret([next], secretId(first))).toThrow(failing('vault.keychain-missing'));
  });

  test('nothing is made up where there is no keychain, or something else in it', async () => {
    expect(await keychainSecrets(noKeychain, true)).toEqual([]);
    await expect(stageSecret(noKeychain)).rejects.toThrow(failing('vault.keychain-missing'));
    await expect(noKeychain.set(randomBytes(32))).rejects.toThrow(failing('identity.no-keychain'));
    const keychain = memoryKeychain();
    expect(await keychainSecrets(keychain, false)).toEqual([]);
    await keychain.set(randomBytes(31));
    await expect(keychainSecrets(keychain, true)).rejects.toThrow(failing('vault.keychain-damaged'));
  });
});

describe('the keychain behind a message port', () => {
  function pair(answer: (request: KeychainRequest) => unknown, patience?: number) {
    const { port1, port2 } = new MessageChannel();
    port2.on('message', (request: KeychainRequest) => {
      const reply = answer(request);
      if (reply !== undefined) port2.postMessage(reply);
    });
    return { keychain: messagePortKeychain(port1, patience), close: () => port1.close() };
  }

  test('keeps and gives back a secret, several questions at a time', async () => {
    let held: string | null = null;
    const { keychain: asked, close } = pair((request) => {
      if (request.action === 'set') held = request.value;
      return { kind: 'keychain', id: request.id, available: true, value: held };
    });
    const keychain = await asked;
    expect(await keychain.get()).toBeUndefined();
    const secret = randomBytes(32);
    await keychain.set(secret);
    expect(await Promise.all([keychain.get(), keychain.get()])).toEqual([secret, secret]);
    close();
  });

  test('a machine without a keychain has none, aloud', async () => {
    const { keychain, close } = pair(({ id }) => ({ kind: 'keychain', id, available: false, backend: 'basic_text' }));
    expect(await keychain).toBe(noKeychain);
    close();
  });

  test('a refusal or silence is a failure that says what to do', async () => {
    const failure = { code: 'keychain.unusable', message: 'Unlock the keychain.', retry: true };
    const locked = pair(({ id }) => ({ kind: 'keychain', id, available: true, failure }));
    await expect(locked.keychain).rejects.toThrow(failing('keychain.unusable'));
    locked.close();
    const silent = pair(() => undefined, 20);
    await expect(silent.keychain).rejects.toThrow(/did not answer/);
    silent.close();
  });

  test('does not listen to other messages', async () => {
    let listener: (message: unknown) => void = () => undefined;
    const keychain = await messagePortKeychain({
      on: (_, listen) => {
        listener = listen;
      },
      postMessage: ({ id }) => {
        for (const noise of [undefined, 'text', { kind: 'other', id }]) listener(noise);
        listener({ kind: 'keychain', id, available: true, value: 'AQID' });
      },
    });
    expect(await keychain.get()).toEqual(new Uint8Array([1, 2, 3]));
  });
});
