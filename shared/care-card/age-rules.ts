/** From which age on somebody is of age at a clinic, and their specially protected records are their own: said by an administrator, on the ledger. */
import { type Decoded, struct, u8 } from '../encoding/codec.ts';
import { isAdministrator } from '../ledger/enrolment-rules.ts';
import { accepted, type EventRule, putRow, refused, staffKey } from '../ledger/rules.ts';

/** Years. `privateFrom`: mental health, addiction, sexual health … are kept from a child's guardians from then on. */
export const guardianAgesBody = struct({ majority: u8, privateFrom: u8 });
export type GuardianAges = Decoded<typeof guardianAgesBody>;

/** Where a clinic has said nothing. */
export const USUAL_AGES: GuardianAges = { majority: 18, privateFrom: 14 };

/** Key `guardian-ages/<chain>`: as the body. */
export const guardianAgesKey = (chain: string): string => `guardian-ages/${chain}`;

export const mayBeAges = ({ majority, privateFrom }: GuardianAges): boolean =>
  majority >= 12 && majority <= 25 && privateFrom >= 10 && privateFrom <= majority;

const guardianAges: EventRule<GuardianAges> = {
  type: 'guardian.ages',
  kind: 'right',
  body: guardianAgesBody,
  personal: 'required',
  handle: 'none',
  reads: ({ author }) => [staffKey(author)],
  judge: (view, { author, body }, writer) => {
    if (!isAdministrator(view, author, writer)) return refused('not-an-administrator');
    if (!mayBeAges(body)) return refused('ages-out-of-bounds');
    return accepted(putRow(guardianAgesKey(writer.chain), guardianAgesBody, body));
  },
};

export const ageRules: ReadonlyArray<EventRule<unknown>> = [guardianAges];
