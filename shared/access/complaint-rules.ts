/**
 * Rules of complaints about an access: that one was made, and that it was answered by who may. What it is about and what was
 * answered is in the clinic's vault; the ledger keeps both from being lost or exchanged.
 */
import { fromHex, toHex } from '../encoding/bytes.ts';
import { type Decoded, fixed, opaque, struct, u64 } from '../encoding/codec.ts';
import { type Role, staffRow } from '../ledger/rows.ts';
import { accepted, disputed, type EventRule, putRow, readRow, staffKey } from '../ledger/rules.ts';

const MAY_ANSWER: ReadonlySet<Role> = new Set(['administrator', 'privacy-officer']);
const NOTHING = new Uint8Array(0);

/** `content`: H(tag('complaint') ‖ the text, which begins with its salt), see complaint-text.ts. */
export const complaintOpenedBody = struct({ complaint: fixed(16), content: fixed(32) });
type ComplaintOpened = Decoded<typeof complaintOpenedBody>;
export const complaintAnsweredBody = struct({ complaint: fixed(16), answer: fixed(32) });
type ComplaintAnswered = Decoded<typeof complaintAnsweredBody>;

/** Key `complaint/<complaint>`. Times are the events'; `answer` empty and `answered` 0 while nobody has answered. */
export const complaintRow = struct({ clinic: fixed(32), content: fixed(32), opened: u64, answer: opaque(32), answered: u64 });
export const complaintKey = (complaint: string): string => `complaint/${complaint}`;

/** A desk writes it for a patient, or a kiosk for who is checked in there: a person signs or the device alone. */
const complaintOpened: EventRule<ComplaintOpened> = {
  type: 'complaint.opened',
  kind: 'fact',
  body: complaintOpenedBody,
  personal: 'optional',
  handle: 'none',
  reads: ({ body }) => [complaintKey(toHex(body.complaint))],
  judge: (view, { body, event }, writer) => {
    const key = complaintKey(toHex(body.complaint));
    if (view.get(key)) return disputed('complaint-id-used-before');
    const row = { clinic: fromHex(writer.chain), content: body.content, opened: event.time, answer: NOTHING, answered: 0 };
    return accepted(putRow(key, complaintRow, row));
  },
};

const complaintAnswered: EventRule<ComplaintAnswered> = {
  type: 'complaint.answered',
  kind: 'fact',
  body: complaintAnsweredBody,
  personal: 'required',
  handle: 'none',
  reads: ({ body, author }) => [complaintKey(toHex(body.complaint)), staffKey(author)],
  judge: (view, { body, event, author }, writer) => {
    const staff = readRow(view, staffKey(author), staffRow);
    if (!staff || !MAY_ANSWER.has(staff.role)) return disputed('not-a-privacy-officer');
    const key = complaintKey(toHex(body.complaint));
    const row = readRow(view, key, complaintRow);
    if (!row || toHex(row.clinic) !== writer.chain) return disputed('complaint-unknown');
    if (row.answered > 0) return disputed('complaint-answered-already');
    return accepted(putRow(key, complaintRow, { ...row, answer: body.answer, answered: event.time }));
  },
};

export const complaintRules: ReadonlyArray<EventRule<unknown>> = [complaintOpened, complaintAnswered];
