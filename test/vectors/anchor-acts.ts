/** Anchors in the history of wire-1.json: another region's checkpoint that grows, one that shrank, one with another root, and one that is none. */
import { REGION_ANCHORED } from '../../shared/ledger/anchor-rules.ts';
import { checkpointText } from '../../shared/ledger/checkpoint.ts';
import type { SignedEvent } from '../../shared/ledger/event.ts';
import { act, bytesFor, type TestClinic, type TestDevice } from '../support/ledger-builder.ts';

const REGION = bytesFor('an anchored region');

/** Signed by nobody: a parent's rules know no region's keys. */
const note = (size: number, label: string, region = REGION): string => {
  const head = { size, root: bytesFor(`anchored root ${label}`), effects: bytesFor(`anchored effects ${label}`) };
  return `${checkpointText(region, head)}\n— careledger/anchored AAAAAAAA\n`;
};

export function* anchored(clinic: TestClinic): Generator<[TestDevice, SignedEvent[]]> {
  const anchor = (checkpoint: string) => act(clinic, REGION_ANCHORED, { region: REGION, checkpoint });
  yield [clinic.desk, [anchor(note(5, 'five')), anchor(note(9, 'nine'))]];
  yield [
    clinic.desk,
    [
      anchor(note(5, 'five')),
      anchor(note(9, 'another nine')),
      anchor(note(12, 'twelve', bytesFor('another region'))),
      anchor('12 blocks'),
    ],
  ];
}
