/** Research at a kiosk: an offer is joined and left, and what it earned stays. */
import { expect } from 'vitest';
import { hashParts } from '../../../server/vault/hash-parts.ts';
import { verifySignature } from '../../../server/vault/primitives.ts';
import { until } from '../../../server/workstation/demo/desk.ts';
import { verifyReceipt } from '../../../shared/ledger/receipt.ts';
import { PASSPHRASE } from '../../workstation/further-device-bench.ts';
import { neighbour, reward } from '../around-a-kiosk.ts';
import type { SessionStage } from './session-stage.ts';

/** Joined under a consent of their own, left again; what was earned meanwhile stays, with its receipt. */
export async function takesPart({ ask, bench }: SessionStage): Promise<void> {
  const { other, chain } = await neighbour(bench, 'Institute', 'research');
  const input = {
    title: 'Asthma in the city',
    description: 'How often asthma is treated too late',
    purposes: ['DUO:0000042'],
    categories: ['IDENTITY'],
    criteria: '',
    reward: '20 euros',
    minimumGroup: 5,
    promised: { currency: 'EUR', amount: 2_000 },
    opens: Date.now() - 1000,
    expires: Date.now() + 86_400_000,
  };
  await other.ask(
    'mutation ($input: OfferInput!, $passphrase: String!) { publishOffer(input: $input, passphrase: $passphrase) { id } }',
    { input, passphrase: PASSPHRASE },
  );
  interface Offer {
    readonly id: string;
    readonly buyer: string;
    readonly joined: boolean;
    readonly reach: string;
    readonly needsConsent: boolean;
  }
  const offer = async () =>
    (await ask<{ offers: Offer[] }>('{ offers { id buyer joined reach needsConsent } }')).offers.find(
      ({ buyer }) => buyer === 'Institute',
    );
  const { id, needsConsent } = await until('the offer arrives', offer, 60_000);
  expect(needsConsent).toBe(true);
  const say = (word: 'joinOffer' | 'leaveOffer') =>
    ask<Record<string, Offer>>(`mutation ($offer: ID!) { ${word}(offer: $offer) { joined } }`, { offer: id });
  await expect(say('joinOffer')).rejects.toMatchObject({ code: 'marketplace.no-matching-consent' });
  const wish = { recipient: chain, categories: ['clinical'], purpose: 'HRESCH', ends: null, language: 'en' };
  const { consentText } = await ask<{ consentText: { hash: string } }>(
    'query ($wish: OwnConsentWish!) { consentText(wish: $wish) { hash } }',
    { wish },
  );
  await ask('mutation ($wish: OwnConsentWish!, $hash: ID!) { giveConsent(wish: $wish, hash: $hash) { id } }', {
    wish,
    hash: consentText.hash,
  });
  await until('a desk has added the keys', async () => ((await offer())?.needsConsent === false ? true : undefined), 60_000);
  expect(await say('joinOffer')).toEqual({ joinOffer: { joined: true } });
  await until('the region knows', async () => ((await offer())?.reach === 'REGION' ? true : undefined), 60_000);
  expect(await say('leaveOffer')).toEqual({ leaveOffer: { joined: false } });

  // What they earned meanwhile stays theirs: recorded by who promised it, with words for this clinic, and a receipt.
  interface Benefit {
    readonly id: string;
    readonly amount: number;
    readonly paidAt: number | null;
    readonly earnedFor: string;
    readonly paidBy: string;
  }
  const participant = await until('the institute sees who takes part', async () => {
    const { participants } = await other.ask<{ participants: Array<{ id: string }> }>(
      'query ($offer: ID!) { participants(offer: $offer) { id } }',
      { offer: id },
    );
    return participants[0]?.id;
  });
  const earned = await reward(other, id, participant, { earned: 'First visit', paid: 'Voucher Canaryvoucher' });
  const mine = await until(
    'the reward arrives with its words',
    async () => {
      const { offers } = await ask<{ offers: Array<{ benefits: Benefit[] }> }>(
        '{ offers { benefits { id amount paidAt earnedFor paidBy } } }',
      );
      return offers.flatMap(({ benefits }) => benefits).find(({ paidBy }) => paidBy !== '');
    },
    60_000,
  );
  expect(mine).toMatchObject({ id: earned, amount: 500, earnedFor: 'First visit', paidBy: 'Voucher Canaryvoucher' });
  const receipt = async () =>
    (await ask<{ benefitReceipt: string }>('query ($id: ID!) { benefitReceipt(id: $id) }', { id: mine.id })).benefitReceipt;
  const shown = verifyReceipt(
    hashParts,
    verifySignature,
    JSON.parse(await until('it is there', () => receipt().catch(() => undefined))),
  );
  expect(shown).toMatchObject({ personallySigned: true, event: { type: 'benefit.paid' } });
  expect(Buffer.from(shown.block.chain).toString('hex')).toBe(chain);
}
