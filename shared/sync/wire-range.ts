/**
 * Which wire versions each side speaks, stated with every request and every answer. Where the ranges do not meet both sides refuse,
 * by name and with who has to update; who states nothing speaks version 1.
 */
import { Failure } from '../outcome/failure.ts';
import { WIRE_VERSION } from './wire.ts';

export interface WireRange {
  readonly oldest: number;
  readonly newest: number;
}

/** What this program speaks. */
export const WIRE_RANGE: WireRange = { oldest: 1, newest: WIRE_VERSION };

/** The header that carries it, as `1-2`. */
export const WIRE_HEADER = 'careledger-wire';

export const writeWireRange = ({ oldest, newest }: WireRange): string => `${oldest}-${newest}`;

/** @throws {Failure} `sync.wire-malformed`. */
export function readWireRange(text: string | undefined): WireRange {
  if (text === undefined) return { oldest: 1, newest: 1 };
  const [, oldest, newest] = /^([1-9][0-9]{0,2})-([1-9][0-9]{0,2})$/.exec(text) ?? [];
  const range = { oldest: Number(oldest), newest: Number(newest) };
  if (range.oldest <= range.newest) return range;
  throw new Failure(
    'sync.wire-malformed',
    'The other side does not say which wire versions it speaks. Nothing was exchanged; ask whether its Careledger is the newest.',
  );
}

const span = ({ oldest, newest }: WireRange): string => (oldest === newest ? `${oldest}` : `${oldest}–${newest}`);

const words = ({ oldest, newest }: WireRange): string =>
  oldest === newest ? `wire version ${oldest}` : `wire versions ${oldest} to ${newest}`;

/**
 * The newest version that both speak.
 * @throws {Failure} `sync.wire-version` naming who has to update.
 */
export function commonWire(desk: WireRange, hub: WireRange): number {
  const common = Math.min(desk.newest, hub.newest);
  if (common >= Math.max(desk.oldest, hub.oldest)) return common;
  const who =
    desk.newest < hub.oldest
      ? 'Update Careledger on this computer; what waits here is kept and sent then.'
      : 'The hub is older than this program: its administrator has to update it. Work goes on here, and what waits is kept and sent then.';
  throw new Failure('sync.wire-version', `This computer speaks ${words(desk)}, the hub ${words(hub)}. ${who}`, {
    details: { here: span(desk), there: span(hub) },
  });
}
