/** Whom a computer of a clinic answers in FHIR: said by an administrator of that clinic, on the ledger, for each computer. */
import { toHex } from '../encoding/bytes.ts';
import { choice, type Decoded, fixed, struct } from '../encoding/codec.ts';
import { isAdministrator } from '../ledger/enrolment-rules.ts';
import { deviceRow } from '../ledger/rows.ts';
import { accepted, deviceKey, type EventRule, putRow, readRow, refused, staffKey } from '../ledger/rules.ts';

/** `computer`: programs on it alone. `network`: those of the clinic's own network as well, for which the hub certifies it. */
const FACADE_REACHES = ['nobody', 'computer', 'network'] as const;
export type FacadeReach = (typeof FACADE_REACHES)[number];

export const facadeReachBody = struct({ device: fixed(32), reach: choice(...FACADE_REACHES) });
type FacadeReachSaid = Decoded<typeof facadeReachBody>;

/** Key `facade/<device>`: its reach; nobody said anything where there is no row. */
export const facadeRow = struct({ reach: choice(...FACADE_REACHES) });
export const facadeKey = (device: string): string => `facade/${device}`;

const facadeReach: EventRule<FacadeReachSaid> = {
  type: 'facade.reach',
  kind: 'right',
  body: facadeReachBody,
  personal: 'required',
  handle: 'none',
  reads: ({ author, body }) => [staffKey(author), deviceKey(toHex(body.device))],
  judge: (view, { author, body }, writer) => {
    if (!isAdministrator(view, author, writer)) return refused('not-an-administrator');
    const device = readRow(view, deviceKey(toHex(body.device)), deviceRow);
    if (!device || toHex(device.chain) !== writer.chain) return refused('device-of-another-clinic');
    if (device.revoked || device.kind !== 'workstation') return refused('not-a-workstation');
    return accepted(putRow(facadeKey(toHex(body.device)), facadeRow, { reach: body.reach }));
  },
};

export const facadeRules: ReadonlyArray<EventRule<unknown>> = [facadeReach];
