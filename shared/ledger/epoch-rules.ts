/** Retiring one of two epochs of a device whose data is in use twice: an administrator of its clinic says which. */
import { equalBytes, toHex } from '../encoding/bytes.ts';
import { type Decoded, fixed, struct, u64 } from '../encoding/codec.ts';
import { isAdministrator } from './enrolment-rules.ts';
import { epochsKey, epochsRow, isRetired, MOST_RETIRED, withRetired } from './epochs.ts';
import { deviceRow, headRow } from './rows.ts';
import { accepted, deviceKey, type EventRule, headKey, putRow, readRow, refused } from './rules.ts';

/** `height` and `head` say which block of the epoch was the newest that its administrator saw. */
export const epochRetiredBody = struct({ device: fixed(32), epoch: fixed(8), height: u64, head: fixed(32) });
type EpochRetired = Decoded<typeof epochRetiredBody>;

const epochRetired: EventRule<EpochRetired> = {
  type: 'epoch.retired',
  kind: 'right',
  body: epochRetiredBody,
  personal: 'required',
  handle: 'none',
  reads: ({ body }) => {
    const device = toHex(body.device);
    return [deviceKey(device), epochsKey(device), headKey(device, body)];
  },
  judge: (view, { body, author }, writer) => {
    if (!isAdministrator(view, author, writer)) return refused('not-an-administrator');
    const id = toHex(body.device);
    const device = readRow(view, deviceKey(id), deviceRow);
    if (!device || toHex(device.chain) !== writer.chain) return refused('device-of-another-clinic');
    const epochs = readRow(view, epochsKey(id), epochsRow);
    const head = readRow(view, headKey(id, body), headRow);
    // What came between the administrator's look and this place stays; a block that nobody has seen retires nothing.
    const isKnown = head && (body.height < head.height || (body.height === head.height && equalBytes(body.head, head.hash)));
    if (!epochs || !isKnown) return refused('epoch-unknown');
    if (isRetired(epochs, body.epoch)) return refused('epoch-retired-already');
    if (epochs.retired.length === MOST_RETIRED) return refused('epochs-too-many');
    return accepted(putRow(epochsKey(id), epochsRow, withRetired(epochs, body.epoch, head.height)));
  },
};

export const epochRules: ReadonlyArray<EventRule<unknown>> = [epochRetired];
