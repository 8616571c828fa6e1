/** An offer is joined, left and joined again at a kiosk whose time stands still: judged time never goes back, so it waits for a clock that was ahead. */
import { expect, test } from 'vitest';
import { atKiosk } from '../care-card/card-at-a-kiosk.ts';
import { type BenchClinic, PASSPHRASE } from '../consent/bench-clinic.ts';
import { RegionBench } from '../consent/region-bench.ts';
import { MORNING } from '../support/ledger-builder.ts';
import '../support/quick-passphrases.ts';

test('each word counts, the later one last', async () => {
  const { bench, clinics } = await RegionBench.found(['Institute', 'Home']);
  const [institute, home] = clinics as [BenchClinic, BenchClinic];
  const terms = {
    title: 'Sleep',
    description: '',
    purposes: ['DUO:0000042'],
    categories: ['clinical'],
    criteria: '',
    reward: '',
  };
  const period = { minimumGroup: 5, opens: MORNING, expires: MORNING + 86_400_000 };
  const offer = await institute.vault.marketplace.publish({ ...terms, ...period }, PASSPHRASE);
  const patient = await home.register('Bird');
  const card = await home.issueCard(patient);
  const settle = async () => {
    await home.vault.careCards.refresh();
    await home.vault.patientFiles.refresh();
    await bench.sync();
  };
  await settle();
  await home.share({ patient, recipient: institute.id, categories: ['clinical'], purpose: 'HRESCH' }, card);
  await settle();
  await settle();
  await atKiosk(home, card, async (_, { offers }) => {
    expect((await offers.join(offer.id)).joined).toBe(true);
    expect((await offers.leave(offer.id)).joined).toBe(false);
    expect((await offers.join(offer.id)).joined).toBe(true);
    await expect(offers.join(offer.id)).rejects.toMatchObject({ code: 'marketplace.joined-already' });
  });
  await settle();
  expect(await institute.vault.marketplace.participantsOf(offer.id)).toMatchObject([{ active: true }]);
});
