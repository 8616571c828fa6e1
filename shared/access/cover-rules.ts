/**
 * Rules of cover: who stands in for whom at a clinic, from when until when. It says whose visits, tasks and inbox a colleague looks
 * after; what that colleague may read or write stays what their own role says.
 */
import { toHex } from '../encoding/bytes.ts';
import { type Decoded, fixed, struct, u64 } from '../encoding/codec.ts';
import { isAdministrator } from '../ledger/enrolment-rules.ts';
import { type Role, staffRow } from '../ledger/rows.ts';
import { accepted, type EventRule, putRow, readRow, refused, type StateView, staffKey } from '../ledger/rules.ts';

/** Longer than any leave: cover that nobody ends must end by itself. */
export const LONGEST_COVER = 92 * 86_400_000;

/** Roles with patients of their own: they alone are covered, and cover. */
export const COVERING_ROLES: ReadonlySet<Role> = new Set(['administrator', 'clinician', 'nurse']);

/** `from` and `until` in milliseconds; `until` is not part of the time. */
export const coverNamedBody = struct({ cover: fixed(16), covered: fixed(32), covering: fixed(32), from: u64, until: u64 });
type CoverNamed = Decoded<typeof coverNamedBody>;
export const coverWithdrawnBody = struct({ cover: fixed(16) });
type CoverWithdrawn = Decoded<typeof coverWithdrawnBody>;

/** Key `cover/<chain>/<cover>`. `withdrawn`: the event's time, 0 while it stands. */
export const coverRow = struct({ covered: fixed(32), covering: fixed(32), from: u64, until: u64, withdrawn: u64 });
type CoverRow = Decoded<typeof coverRow>;
/** @param chain, cover hexadecimal; without a cover the prefix of the clinic's */
export const coverKey = (chain: string, cover = ''): string => `cover/${chain}/${cover}`;

/** @param time judged time, milliseconds: the later of the clock and the newest witnessed checkpoint */
export const coverHolds = ({ from, until, withdrawn }: CoverRow, time: number): boolean =>
  withdrawn === 0 && from <= time && time < until;

const hasPatients = (view: StateView, staff: string, chain: string): boolean => {
  const row = readRow(view, staffKey(staff), staffRow);
  return row !== undefined && !row.revoked && toHex(row.chain) === chain && COVERING_ROLES.has(row.role);
};

const coverNamed: EventRule<CoverNamed> = {
  type: 'cover.named',
  kind: 'right',
  body: coverNamedBody,
  personal: 'required',
  handle: 'none',
  reads: ({ body, author }, { chain }) => [
    coverKey(chain, toHex(body.cover)),
    staffKey(toHex(body.covered)),
    staffKey(toHex(body.covering)),
    staffKey(author),
  ],
  judge: (view, { body, author }, writer) => {
    const [covered, covering] = [toHex(body.covered), toHex(body.covering)];
    if (author !== covered && !isAdministrator(view, author, writer)) return refused('not-theirs-to-hand-over');
    if (covered === covering) return refused('cover-of-oneself');
    if (!hasPatients(view, covered, writer.chain) || !hasPatients(view, covering, writer.chain))
      return refused('cover-without-patients');
    if (body.until <= body.from || body.until - body.from > LONGEST_COVER) return refused('cover-period');
    const key = coverKey(writer.chain, toHex(body.cover));
    if (view.get(key)) return refused('cover-id-used-before');
    return accepted(putRow(key, coverRow, { ...body, withdrawn: 0 }));
  },
};

const coverWithdrawn: EventRule<CoverWithdrawn> = {
  type: 'cover.withdrawn',
  kind: 'right',
  body: coverWithdrawnBody,
  personal: 'required',
  handle: 'none',
  reads: ({ body, author }, { chain }) => [coverKey(chain, toHex(body.cover)), staffKey(author)],
  judge: (view, { body, author, event }, writer) => {
    const key = coverKey(writer.chain, toHex(body.cover));
    const row = readRow(view, key, coverRow);
    if (!row) return refused('cover-unknown');
    const isTheirs = author === toHex(row.covered) || author === toHex(row.covering);
    if (!isTheirs && !isAdministrator(view, author, writer)) return refused('not-theirs-to-withdraw');
    if (row.withdrawn > 0) return refused('cover-withdrawn-before');
    return accepted(putRow(key, coverRow, { ...row, withdrawn: Math.max(1, event.time) }));
  },
};

export const coverRules: ReadonlyArray<EventRule<unknown>> = [coverNamed, coverWithdrawn];
