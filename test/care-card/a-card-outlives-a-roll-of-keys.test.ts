/** Keys roll while a card is in somebody's pocket, and the hub is away while one is made: both cards go on opening what they should. */
import { expect, test } from 'vitest';
import { type ShownCard, withCard } from '../../server/care-card/card-at-desk.ts';
import { sealLetter } from '../../server/care-card/patient-letters.ts';
import { documentsOf } from '../../server/sync/clinic.store.ts';
import { personalAct } from '../../server/sync/vault-context/personal-act.ts';
import { sealingKey, sign } from '../../server/vault/primitives.ts';
import { openWrap } from '../../server/vault/sealing.ts';
import { OwnRecords } from '../../server/workstation/kiosk/own-records.ts';
import { fromHex, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { deviceEnrolledBody, deviceMessage, deviceRevokedBody } from '../../shared/ledger/enrolment-rules.ts';
import type { BenchClinic } from '../consent/bench-clinic.ts';
import { RegionBench } from '../consent/region-bench.ts';
import { agreementKeyFor, signingKeyFor } from '../support/ledger-builder.ts';

/** What a kiosk of this clinic opens with the card. */
const atKiosk = <T>(clinic: BenchClinic, card: ShownCard, look: (own: OwnRecords) => Promise<T>): Promise<T> =>
  withCard(clinic.context, card, async (opened, row) => {
    const { reader, gateway } = clinic.context;
    const edges = {
      time: () => gateway.time(),
      record: async () => undefined,
      askLinks: async () => undefined,
      askCalls: async () => undefined,
      receipts: async () => [],
      anchorReceipts: async () => [],
    };
    return look(new OwnRecords({ opened, row, reader, ...edges }));
  });

/** A desk of the clinic is lost: its keys of that day, by compartment and epoch. */
async function loseDesk(bench: RegionBench, clinic: BenchClinic) {
  const key = signingKeyFor('lost desk');
  const device = { device: key.publicKey, encryptionKey: agreementKeyFor('lost desk').publicKey };
  const clinicSignature = sign(clinic.clinic.clinicKey, deviceMessage(clinic.clinic.chain, device));
  const enrolled = { ...device, kind: 'workstation' as const, clinicSignature };
  const act = (type: string, codec: typeof deviceEnrolledBody | typeof deviceRevokedBody, body: object) =>
    clinic.context.gateway.commit({
      events: [personalAct(clinic.context, { type, codec, body } as Parameters<typeof personalAct>[1])],
    });
  await act('device.enrolled', deviceEnrolledBody, enrolled);
  const taken = await clinic.context.keyStore.getAll('compartment');
  await act('device.revoked', deviceRevokedBody, { device: device.device });
  await bench.sync();
  return (handle: Uint8Array, epoch: number) => {
    const found = taken.find(({ id, epoch: of }) => toHex(id) === toHex(handle) && of === epoch);
    return found && sealingKey(found.value);
  };
}

test('after a desk was lost the card opens what is written since and what was there; the lost desk opens nothing new', async () => {
  const { bench, clinics } = await RegionBench.found(['Home', 'Visited']);
  const [home, visited] = clinics as [BenchClinic, BenchClinic];
  const patient = await home.register('Birch');
  await home.write(patient, 'clinical', 'beforeword');
  const card = await home.issueCard(patient, true);
  const settle = async () => {
    await home.vault.careCards.refresh();
    await home.vault.patientFiles.refresh();
    await bench.sync();
  };
  await settle();
  await withCard(home.context, card, async ({ boxKey, signing }, row) => {
    const key = { epoch: row.boxEpoch, key: sealingKey(boxKey) };
    const said = { subject: 'request' as const, content: utf8('letterword'), time: bench.time };
    await home.context.gateway.commit({ documents: [sealLetter({ row, key, signing }, said)] });
  });
  const known = () => home.vault.patients.known(patient).handles;
  const box = fromHex(known().card!);
  const extract = fromHex(known()['card-emergency']!);
  const namesIn = async (handle: Uint8Array) => (await documentsOf(home.database.read, handle)).map(({ name }) => toHex(name));
  const before = new Set([...(await namesIn(box)), ...(await namesIn(extract))]);

  const thief = await loseDesk(bench, home);
  const condition = { resourceType: 'Condition', code: { text: 'Laterword' }, status: undefined, valueString: undefined };
  await home.write(patient, 'clinical', '', undefined, condition);
  await settle();

  await atKiosk(home, card, async (own) => {
    expect(JSON.stringify((await own.file()).file.summary)).toContain('Laterword');
    expect((await own.letters.list()).map(({ content }) => Buffer.from(content).toString())).toEqual(['letterword']);
  });
  for (const handle of [box, extract]) {
    const later = (await documentsOf(home.database.read, handle)).filter(({ name }) => !before.has(toHex(name)));
    expect(later.length).toBeGreaterThan(0);
    for (const { wrap, name } of later)
      expect(() => openWrap(wrap, handle, name, thief)).toThrow(expect.objectContaining({ code: 'vault.key-missing' }));
  }
  const { visits } = visited.vault.consents;
  expect(await visits.emergency(card.code)).toBeUndefined();
  await bench.sync();
  expect(JSON.stringify((await visits.emergency(card.code))?.extract)).toContain('Laterword');
  expect(await visits.show(card)).toBeUndefined();
  await bench.sync();
  expect(await visits.show(card)).toMatchObject({ name: 'Test Birch' });
  // Nothing is done twice.
  const written = (await namesIn(box)).length;
  await settle();
  expect(await namesIn(box)).toHaveLength(written);
});

test('a card that was made while the hub was away opens elsewhere once its patient has opened it at home', async () => {
  const { bench, clinics } = await RegionBench.found(['Home', 'Visited']);
  const [home, visited] = clinics as [BenchClinic, BenchClinic];
  const patient = await home.register('Birch');
  bench.isHubHere = false;
  const card = await home.issueCard(patient);
  await bench.sync();
  const opensInRegion = async () => (await home.vault.careCards.card(patient))?.opensInRegion;
  await withCard(home.context, card, async () => undefined);
  expect(await opensInRegion()).toBe(false);
  await expect(visited.vault.consents.visits.show(card)).rejects.toMatchObject({ code: 'card.no-hub-copy' });
  bench.isHubHere = true;
  await expect(withCard(home.context, { ...card, pin: '481517' }, async () => undefined)).rejects.toMatchObject({
    code: 'card.pin-wrong',
  });
  expect(await opensInRegion()).toBe(false);
  await withCard(home.context, card, async () => undefined);
  expect(await opensInRegion()).toBe(true);
  await bench.sync();
  expect(await visited.vault.consents.visits.show(card)).toBeUndefined();
  await bench.sync();
  expect(await visited.vault.consents.visits.show(card)).toMatchObject({ name: 'Test Birch' });
});
