/** The check of the disk of a desk or kiosk: its replica, its documents, and how far its own acts have got. */
import { utf8 } from '../../../shared/encoding/bytes.ts';
import type { Rules } from '../../../shared/ledger/rules.ts';
import { firstBlock } from '../../ledger/disk-check/disk-check.store.ts';
import { DiskCheck, type Look } from '../../ledger/disk-check/disk-check.ts';
import { type LedgerPart, ledgerParts, lookAtTables } from '../../ledger/disk-check/ledger-parts.ts';
import { readSetting } from '../../sync/clinic.store.ts';
import { writeSetting } from '../../sync/clinic-writes.store.ts';
import { makeAnew } from '../../sync/download/go-back.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { verifySignature } from '../../vault/primitives.ts';
import type { Installation } from '../folder/installation.ts';
import { verifyOwnActs } from './verify-own-acts.ts';

const SETTING = 'disk-check';

export type DeskPart = 'FILE' | LedgerPart | 'ACTS';

interface DeskDiskOptions {
  readonly installation: Installation;
  readonly rules: Rules;
  readonly clock: () => number;
  onChange(): void;
}

export function deskDiskCheck({ installation, rules, clock, onChange }: DeskDiskOptions): DiskCheck<DeskPart> {
  return new DiskCheck<DeskPart>({
    database: () => installation.database,
    parts: { FILE: lookAtTables, ...ledgerParts(hashParts), ACTS: lookAtActs(installation) },
    notes: {
      read: async (connection) => (await readSetting(connection, SETTING))?.toString('utf8'),
      write: (transaction, note) => writeSetting(transaction, SETTING, utf8(note)),
    },
    mend: {
      parts: ['STATE', 'TREE'],
      async run(transaction) {
        const { region } = installation;
        if (region) await makeAnew(transaction, { hash: hashParts, verify: verifySignature, rules, region });
      },
    },
    clock,
    onChange,
  });
}

/** What this device wrote and how far it has got, in one look: the columns of each act are compared with the ledger. */
const lookAtActs =
  (installation: Installation): Look =>
  async (read) => {
    const faults: string[] = [];
    await verifyOwnActs(read, installation.founding, (await firstBlock(read)) ?? 0, faults);
    return { faults: faults.length, next: undefined };
  };
