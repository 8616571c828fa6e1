import { expect, test } from 'vitest';
import { buildGraphql } from '../../server/graphql/apollo.ts';
import { vaultDomains } from '../../server/graphql/domains.ts';
import { vaultSchema } from '../../server/graphql/vault-schema.ts';
import { type BenchClinic, PASSPHRASE } from '../consent/bench-clinic.ts';
import { RegionBench } from '../consent/region-bench.ts';
import { MORNING } from '../support/ledger-builder.ts';

const DAY = 86_400_000;
const FIELDS = '{ id title own publisherName purposes categories minimumGroup state participants progress }';

type Answer = { data: Record<string, never>; code: string | undefined; reason: string | undefined };

async function ask(clinic: BenchClinic, query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
  const service = await buildGraphql({
    ...vaultSchema(vaultDomains),
    limits: { tokens: 2000, depth: 12, aliases: 20, cost: 100_000, characters: 20_000 },
    report: (incident) => {
      throw new Error(`${incident.name} ${incident.at.join(' ')}`);
    },
  });
  const { data, errors } = await service.execute({ query, variables }, clinic.vault);
  await service.stop();
  const extensions = errors?.[0]?.extensions as { code?: string; details?: { reason?: string } } | undefined;
  return { data: data as Answer['data'], code: extensions?.code, reason: extensions?.details?.reason };
}

const offer = {
  title: 'Sleep and asthma',
  description: 'A cohort.',
  purposes: ['DUO:0000042'],
  categories: ['CLINICAL'],
  criteria: 'adults with asthma',
  reward: 'none',
  minimumGroup: 5,
  opens: MORNING + DAY,
  expires: MORNING + 10 * DAY,
};

test('an offer is published, joined under a matching consent only, left, and withdrawn', async () => {
  const { bench, clinics } = await RegionBench.found(['Institute', 'A']);
  const [institute, a] = clinics as [BenchClinic, BenchClinic];
  const publish = (input: object, passphrase = PASSPHRASE) =>
    ask(
      institute,
      `mutation($input: OfferInput!, $passphrase: String!) { publishOffer(input: $input, passphrase: $passphrase) ${FIELDS} }`,
      {
        input,
        passphrase,
      },
    );
  expect((await publish(offer, 'wrong passphrase')).code).toBe('vault.passphrase-wrong');
  for (const change of [
    { minimumGroup: 4 },
    { purposes: ['profit'] },
    { purposes: [] },
    { expires: offer.opens },
    { title: ' ' },
  ])
    expect((await publish({ ...offer, ...change })).code).toBe('marketplace.terms');
  const published = await publish(offer);
  expect(published.data.publishOffer).toMatchObject({ own: true, state: 'FUTURE', participants: null, progress: 'SAVED' });
  const { id } = published.data.publishOffer as unknown as { id: string };
  await bench.sync();
  const [seen] = (await ask(a, `{ offers ${FIELDS} }`)).data.offers as unknown as object[];
  expect(seen).toMatchObject({
    id,
    own: false,
    publisherName: 'Clinic Institute',
    categories: ['CLINICAL'],
    state: 'FUTURE',
    progress: 'ACCEPTED',
  });

  const patients: string[] = [];
  for (let at = 0; at < 5; at++) patients.push(await a.register(`Bird${at}`));
  const patient = patients[0] as string;
  const act = (field: 'joinOffer' | 'leaveOffer', who: string) =>
    ask(
      a,
      `mutation($patient: ID!, $offer: ID!, $passphrase: String!) { ${field}(patient: $patient, offer: $offer, passphrase: $passphrase) { active since offer { id participants } } }`,
      {
        patient: who,
        offer: id,
        passphrase: PASSPHRASE,
      },
    );

  // No consent; consent for another purpose; a matching one, but before the opening.
  expect((await act('joinOffer', patient)).code).toBe('marketplace.no-matching-consent');
  await a.share({ patient, recipient: institute.id, categories: ['clinical'] });
  expect((await act('joinOffer', patient)).code).toBe('marketplace.no-matching-consent');
  const research = await a.share({ patient, recipient: institute.id, categories: ['clinical'], purpose: 'HRESCH' });
  expect(await act('joinOffer', patient)).toMatchObject({ code: 'ledger.refused' });
  bench.time = offer.opens;

  const joined = await act('joinOffer', patient);
  expect(joined.data.joinOffer).toMatchObject({ active: true, since: bench.time, offer: { participants: null } });
  expect((await act('joinOffer', patient)).code).toBe('marketplace.joined-already');
  expect((await act('leaveOffer', patient)).data.leaveOffer).toMatchObject({ active: false });
  expect((await act('leaveOffer', patient)).code).toBe('marketplace.not-joined');
  expect((await act('joinOffer', patient)).data.joinOffer).toMatchObject({ active: true });

  // The number shows from the smallest group on, over the whole region, and a withdrawn consent counts no more.
  for (const other of patients.slice(1)) {
    await a.share({ patient: other, recipient: institute.id, categories: ['clinical'], purpose: 'HRESCH' });
    await act('joinOffer', other);
  }
  await bench.sync();
  const count = async () =>
    ((await ask(institute, '{ offers { participants } }')).data.offers as unknown as Array<{ participants: number | null }>)[0]
      ?.participants;
  expect(await count()).toBe(5);
  await a.withdraw(research.record.id);
  await bench.sync();
  expect(await count()).toBe(null);
  const listed = (await ask(a, 'query($patient: ID!) { participations(patient: $patient) { active offer { id } } }', { patient }))
    .data;
  expect(listed.participations).toEqual([{ active: false, offer: { id } }]);

  const withdraw = (who: BenchClinic) =>
    ask(who, 'mutation($id: ID!, $passphrase: String!) { withdrawOffer(id: $id, passphrase: $passphrase) { state } }', {
      id,
      passphrase: PASSPHRASE,
    });
  expect((await withdraw(a)).code).toBe('ledger.refused');
  expect((await withdraw(institute)).data.withdrawOffer).toEqual({ state: 'WITHDRAWN' });
  expect((await withdraw(institute)).code).toBe('marketplace.withdrawn-already');
  await bench.sync();
  await a.share({ patient, recipient: institute.id, categories: ['clinical'], purpose: 'HRESCH', starts: bench.time });
  expect((await act('joinOffer', patient)).code).toBe('ledger.refused');
});
