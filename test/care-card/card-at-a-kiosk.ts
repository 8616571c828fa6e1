/** What a kiosk does with a card, in this process: acts go into the clinic's ledger as its device writes them. */
import { type ShownCard, withCard } from '../../server/care-card/card-at-desk.ts';
import { OwnRecords, type OwnRecordsParts } from '../../server/workstation/kiosk/own-records.ts';
import { OwnWards } from '../../server/workstation/kiosk/own-wards.ts';
import { encodeEvent } from '../../shared/ledger/event.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { BenchClinic } from '../consent/bench-clinic.ts';

const NOTHING = new Uint8Array(0);

interface Around extends Partial<Pick<OwnRecordsParts, 'askCalls' | 'askLinks'>> {
  readonly isDiskFull?: boolean;
}
const nobody = async (): Promise<undefined> => undefined;

export const atKiosk = <T>(
  clinic: BenchClinic,
  card: ShownCard,
  look: (wards: OwnWards, own: OwnRecords) => Promise<T>,
  { isDiskFull = false, askCalls = nobody, askLinks = nobody }: Around = {},
): Promise<T> =>
  withCard(clinic.context, card, async (opened, row) => {
    const { reader, gateway, device, clock } = clinic.context;
    const parts: OwnRecordsParts = {
      opened,
      row,
      reader,
      time: () => gateway.time(),
      askLinks,
      askCalls,
      receipts: async () => [],
      anchorReceipts: async () => [],
      record: async (acts, documents = []) => {
        if (isDiskFull) throw new Failure('storage.full', 'The disk is full.');
        const events = acts.map(({ type, handle, body }) => ({
          event: encodeEvent({ type, handle, body, author: device, time: clock(), commitment: NOTHING }),
          signature: NOTHING,
        }));
        await gateway.commit({ events, documents });
      },
    };
    const own = new OwnRecords(parts);
    return look(new OwnWards(parts, own), own);
  });
