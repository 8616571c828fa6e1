/** Consents at a kiosk: what staff recorded is confirmed, a new one is given and ended. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { hashParts } from '../../../server/vault/hash-parts.ts';
import { verifySignature } from '../../../server/vault/primitives.ts';
import { verify } from '../../../server/workstation/commands/verify.ts';
import { until } from '../../../server/workstation/demo/desk.ts';
import type { ConsentProof } from '../../../shared/consent/consent-proof.ts';
import { verifyConsentProof } from '../../../shared/kiosk/verify-consent-proof.ts';
import type { SessionStage } from './session-stage.ts';

/** Confirmed with the patient’s own key, seen at the desk, and proved to who has nothing but the file. */
export async function confirmsWhatStaffRecorded({ ask, bench, patients }: SessionStage): Promise<void> {
  const mine = () =>
    ask<{ consents: Array<{ id: string; text: string; hash: string; signedBy: string }> }>(
      '{ consents { id text hash signedBy } }',
    ).then(({ consents }) => consents[0]);
  const { id, text, hash, signedBy } = await until('the consent arrives', mine);
  expect(signedBy).toBe('CLINIC');
  expect(text).toContain('Mountain Clinic');
  const confirm = (read: string) =>
    ask<unknown>('mutation ($id: ID!, $hash: ID!) { confirmConsent(id: $id, hash: $hash) { signedBy state } }', {
      id,
      hash: read,
    });
  await expect(confirm('00'.repeat(32))).rejects.toMatchObject({ code: 'consent.text-changed' });
  expect((await mine())?.signedBy).toBe('CLINIC');
  expect(await confirm(hash)).toEqual({ confirmConsent: { signedBy: 'PATIENT', state: 'IN_FORCE' } });
  await expect(confirm(hash)).rejects.toMatchObject({ code: 'consent.confirmed-already' });
  const atTheDesk = async () => {
    const { consents } = await bench.first.ask<{ consents: Array<{ confirmedAt: number | null; resource: string }> }>(
      'query ($patient: ID!) { consents(patient: $patient) { confirmedAt resource } }',
      { patient: patients[0] },
    );
    return consents[0]?.confirmedAt ? consents[0] : undefined;
  };
  const { resource } = await until('the desk hears of it', atTheDesk);
  // The proof of it, to take home: from the kiosk, checked with nothing but the file.
  const proofAt = () =>
    ask<{ consentProof: string }>('query ($id: ID!) { consentProof(id: $id) }', { id }).catch(() => undefined);
  const signed = await until('the region has it', async () => {
    const json = (await proofAt())?.consentProof;
    const proof = json && verifyConsentProof(hashParts, verifySignature, JSON.parse(json));
    return proof && proof.signedByCard !== undefined ? { json, proof } : undefined;
  });
  expect(signed.proof).toMatchObject({ text, endedAt: undefined });
  expect(signed.proof.acts.map(({ type }) => type).sort()).toEqual(['card.issued', 'consent.confirmed', 'consent.granted']);
  expect(signed.json.length).toBeLessThan(12_000);
  const told: string[] = [];
  writeFileSync(join(bench.folder, 'proof.json'), signed.json);
  await verify([join(bench.folder, 'proof.json')], { out: (line) => told.push(line), err: () => undefined });
  expect(told.join('')).toMatch(/^[\s\S]*Mountain Clinic[\s\S]*They were signed with the care card [0-9a-f]{16}\.\n/);
  const other = { ...(JSON.parse(signed.json) as ConsentProof), text: text.replace('Mountain', 'Valley') };
  expect(() => verifyConsentProof(hashParts, verifySignature, other)).toThrow('These are not the words that were signed');
  const { verification } = JSON.parse(resource) as { verification: Array<{ extension: Array<{ valueString: string }> }> };
  expect(verification.map(({ extension }) => extension[0]?.valueString)).toEqual(['in-person', 'patient-confirmed']);
}

/** Nobody reads by it before a desk has added the keys; ended before that it is never given. */
export async function givesAndEnds({ ask, bench, patients }: SessionStage): Promise<void> {
  const fields = 'id state reach signedBy categories text';
  interface Mine {
    readonly id: string;
    readonly state: string;
    readonly reach: string;
    readonly signedBy: string;
    readonly categories: string[];
    readonly text: string;
  }
  const { recipients } = await ask<{ recipients: Array<{ chain: string; name: string }> }>('{ recipients { chain name } }');
  const chain = recipients.find(({ name }) => name === 'Mountain Clinic')?.chain;
  const wish = { recipient: chain, categories: ['medication'], purpose: 'TREAT', ends: null, language: 'en' };
  const { consentText } = await ask<{ consentText: { text: string; hash: string } }>(
    'query ($wish: OwnConsentWish!) { consentText(wish: $wish) { text hash } }',
    { wish },
  );
  expect(consentText.text).toContain('signed by the patient with care card and PIN');
  const give = (hash: string) =>
    ask<{ giveConsent: Mine }>(
      `mutation ($wish: OwnConsentWish!, $hash: ID!) { giveConsent(wish: $wish, hash: $hash) { ${fields} } }`,
      { wish, hash },
    );
  await expect(give('00'.repeat(32))).rejects.toMatchObject({ code: 'consent.text-changed' });
  await expect(
    ask('query ($wish: OwnConsentWish!) { consentText(wish: $wish) { hash } }', { wish: { ...wish, purpose: 'HRESCH' } }),
  ).rejects.toMatchObject({ code: 'consent.purpose-not-theirs' });
  const given = (await give(consentText.hash)).giveConsent;
  // Nobody reads by it yet, and the screen does not say that it holds.
  expect(given).toMatchObject({ state: 'WAITING', signedBy: 'PATIENT', categories: ['identity', 'medication'] });
  const mine = async (id: string) =>
    (await ask<{ consents: Mine[] }>(`{ consents { ${fields} } }`)).consents.find((one) => one.id === id);
  await until('a desk has added the keys', async () => ((await mine(given.id))?.reach === 'REGION' ? true : undefined), 60_000);
  expect(await mine(given.id)).toMatchObject({ state: 'IN_FORCE', text: consentText.text });
  interface AtTheDesk {
    readonly consents: Array<{ readonly id: string; readonly confirmedAt: number | null; readonly state: string }>;
  }
  const atTheDesk = async () =>
    (
      await bench.first.ask<AtTheDesk>('query ($patient: ID!) { consents(patient: $patient) { id confirmedAt state } }', {
        patient: patients[0],
      })
    ).consents.find(({ id }) => id === given.id);
  expect(await atTheDesk()).toMatchObject({ confirmedAt: expect.any(Number), state: 'ACTIVE' });
  await ask('mutation ($id: ID!) { withdrawConsent(id: $id) { state } }', { id: given.id });
  expect((await mine(given.id))?.state).toBe('WITHDRAWN');
  await until('the desk hears of it', async () => ((await atTheDesk())?.state === 'WITHDRAWN' ? true : undefined));

  // What is taken back before a desk has seen it is never given.
  const other = { ...wish, categories: ['clinical'] };
  const read = await ask<{ consentText: { hash: string } }>(
    'query ($wish: OwnConsentWish!) { consentText(wish: $wish) { hash } }',
    {
      wish: other,
    },
  );
  await bench.first.service.close();
  const early = await ask<{ giveConsent: Mine }>(
    `mutation ($wish: OwnConsentWish!, $hash: ID!) { giveConsent(wish: $wish, hash: $hash) { ${fields} } }`,
    { wish: other, hash: read.consentText.hash },
  );
  expect(early.giveConsent.reach).toBe('SIGNED');
  await ask('mutation ($id: ID!) { withdrawConsent(id: $id) { state } }', { id: early.giveConsent.id });
  expect((await mine(early.giveConsent.id))?.state).toBe('WITHDRAWN');
  await bench.first.start();
}
