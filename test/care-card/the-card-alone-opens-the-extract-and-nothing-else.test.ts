import { expect, test } from 'vitest';
import { emergencyKeyOf } from '../../server/care-card/card-secrets.ts';
import { boxContext } from '../../server/care-card/make-card.ts';
import { buildGraphql } from '../../server/graphql/apollo.ts';
import { vaultDomains } from '../../server/graphql/domains.ts';
import { vaultSchema } from '../../server/graphql/vault-schema.ts';
import { hpkeOpen } from '../../server/vault/hpke.ts';
import { readCardCode } from '../../shared/care-card/card-code.ts';
import { CARD_EMERGENCY_ROWS, cardEmergencyRow } from '../../shared/care-card/card-rules.ts';
import { CARD_TAG } from '../../shared/care-card/card-tags.ts';
import { BOX_OPEN } from '../../shared/consent/card-visit-rules.ts';
import { fromHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import type { BenchClinic } from '../consent/bench-clinic.ts';
import { RegionBench } from '../consent/region-bench.ts';

const OPEN =
  'mutation($code: String!) { openCardEmergency(code: $code) { name birthDate sections { name lines { text disagreements } } } }';

interface Opened {
  readonly name: string;
  readonly sections: ReadonlyArray<{ readonly name: string; readonly lines: ReadonlyArray<object> }>;
}

async function open(clinic: BenchClinic, code: string): Promise<Opened | null> {
  const service = await buildGraphql({
    ...vaultSchema(vaultDomains),
    limits: { tokens: 2000, depth: 12, aliases: 20, cost: 100_000, characters: 20_000 },
    report: (incident) => {
      throw new Error(`${incident.name} ${incident.at.join(' ')}`);
    },
  });
  const { data, errors } = await service.execute({ query: OPEN, variables: { code } }, clinic.vault);
  await service.stop();
  if (errors?.[0]) throw Object.assign(new Error(errors[0].message), { code: errors[0].extensions?.code });
  return (data as { openCardEmergency: Opened | null }).openCardEmergency;
}

const condition = (text: string) => ({ resourceType: 'Condition', code: { text }, status: undefined, valueString: undefined });

test('in another clinic, without PIN and hub’s pepper; it is logged first, follows the chart, and ends with the card', async () => {
  const { bench, clinics } = await RegionBench.found(['Home', 'Visited']);
  const [home, visited] = clinics as [BenchClinic, BenchClinic];
  const patient = await home.register('Birch');
  await home.write(patient, 'clinical', '', undefined, condition('Asthmaword'));
  await home.write(patient, 'sensitive', '', undefined, condition('Secretword'));
  const plain = await home.issueCard(patient);
  await bench.sync();
  await expect(open(visited, plain.code)).rejects.toMatchObject({ code: 'card.no-emergency' });

  const card = await home.issueCard(patient, true);
  bench.isHubHere = false;
  await bench.sync();
  expect(await open(visited, card.code)).toBeNull();
  const lines = async () =>
    (await home.vault.access.linesOf(patient))
      .filter(({ action }) => action !== 'card')
      .sort((one, other) => one.process.localeCompare(other.process));
  expect(await lines()).toEqual([]);
  await bench.sync();
  const opened = await open(visited, card.code);
  expect(opened).toMatchObject({ name: 'Test Birch', sections: [{ name: 'problems', lines: [{ text: 'Asthmaword' }] }] });
  expect(JSON.stringify(opened)).not.toContain('Secretword');
  await bench.sync();
  expect(await lines()).toMatchObject([
    { who: 'Dr. Visited', action: 'break-glass', purpose: 'ETREAT' },
    // And by the word of their own clinic, for a reader who tells nothing.
    { process: 'sharing', action: 'break-glass', purpose: 'ETREAT' },
  ]);
  // It waits for the privacy officers of both clinics, and opens no chart.
  for (const clinic of [home, visited])
    expect(await clinic.vault.consents.glassUses()).toMatchObject([
      { patientName: 'Test Birch', details: { reason: 'care-card', who: 'Dr. Visited' }, review: undefined },
    ]);
  expect(await visited.vault.consents.glass.of(patient)).toBeUndefined();
  // Nothing else of the patient is here: no entry in the directory, no chart, no key.
  expect(visited.vault.patients.get(patient)).toBeUndefined();

  await home.write(patient, 'clinical', '', undefined, condition('Laterword'));
  // What the patient says against a line stands with it, and nothing of what is not in the extract.
  await home.disagree(patient, 'Asthmaword', 'I never had it.');
  await home.disagree(patient, 'Secretword', 'Nor that.');
  await home.vault.careCards.refresh();
  await bench.sync();
  const later = await open(visited, card.code);
  expect(JSON.stringify(later)).toContain('Laterword');
  expect(later?.sections[0]?.lines).toContainEqual({ text: 'Asthmaword', disagreements: ['I never had it.'] });
  expect(JSON.stringify(later)).not.toContain('Nor that.');

  // A lost card: the next one opens, the lost one neither there nor with all that it was ever sealed.
  const next = await home.issueCard(patient, true);
  await bench.sync();
  await expect(open(visited, card.code)).rejects.toMatchObject({ code: 'card.ended' });
  const rows = await visited.context.gateway.stateList(CARD_EMERGENCY_ROWS);
  expect(rows).toHaveLength(2);
  const opensWith = (code: string): number =>
    rows.filter(({ key, value }) => {
      const { box, boxEpoch, boxKey } = decode(cardEmergencyRow, value);
      const from = { recipient: emergencyKeyOf(readCardCode(code)), info: CARD_TAG.emergencyKey };
      const bound = boxContext(fromHex(key.slice(CARD_EMERGENCY_ROWS.length)), box, boxEpoch);
      try {
        return hpkeOpen(from, boxKey.subarray(0, 32), bound, boxKey.subarray(32)).length === 32;
      } catch {
        return false;
      }
    }).length;
  expect([opensWith(card.code), opensWith(next.code), opensWith(plain.code)]).toEqual([1, 1, 0]);
  const epochs = rows.map(({ value }) => decode(cardEmergencyRow, value).boxEpoch);
  expect(new Set(epochs).size).toBe(2);
  // What was fetched stays for its hour; what is new needs the new card.
  await open(visited, next.code);
  await bench.sync();
  expect(await open(visited, next.code)).toMatchObject({ name: 'Test Birch' });
  const left = () =>
    visited.database.read.all('SELECT 1 FROM document WHERE handle = ?', [decode(cardEmergencyRow, rows[0]!.value).box]);
  expect(await left()).not.toEqual([]);
  bench.time += 2 * BOX_OPEN;
  await bench.sync();
  expect(await left()).toEqual([]);
});

test('an extract is not shown where its line cannot be written', async () => {
  const { bench, clinics } = await RegionBench.found(['Home']);
  const [home] = clinics as [BenchClinic];
  const patient = await home.register('Birch');
  const card = await home.issueCard(patient, true);
  await bench.sync();
  home.vault.access.note = async () => Promise.reject(new Error('the disk is full'));
  await expect(open(home, card.code)).rejects.toThrow();
});
