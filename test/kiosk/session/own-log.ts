/** Who has read at a kiosk: the own copy of the log and its proof, what was not right, and words beside a record. */
import { expect } from 'vitest';
import { hashParts } from '../../../server/vault/hash-parts.ts';
import { verifySignature } from '../../../server/vault/primitives.ts';
import { until } from '../../../server/workstation/demo/desk.ts';
import { verifyAccessReceipt } from '../../../shared/access/access-receipt.ts';
import type { SessionStage } from './session-stage.ts';

interface OwnLogAnswer {
  readonly readings: { readonly provedUntil: number | null; readonly readings: ReadonlyArray<Record<string, unknown>> };
  readonly readingsProof: {
    readonly verdict: string;
    readonly provedUntil: number | null;
    readonly proved: number;
    readonly logs: ReadonlyArray<{ readonly entries: number; readonly counted: number }>;
  };
}

/** The copy of the log arrives, and what this kiosk replicated proves it, here and taken home. */
export async function holdsTheirLog({ ask, bench }: SessionStage): Promise<void> {
  const asked = `{
    readings { provedUntil readings { who onWordOf givenTo purpose machine emergency proved } }
    readingsProof { verdict provedUntil proved unproved logs { clinic standing entries counted missing { from to } altered { number } } }
  }`;
  // A desk that is left has its lines counted.
  await bench.first.restart();
  const { readings, readingsProof } = await until(
    'the ledger proves it',
    async () => {
      const answer = await ask<OwnLogAnswer>(asked);
      return answer.readingsProof.verdict === 'HOLDS' ? answer : undefined;
    },
    60_000,
  );
  expect(readings.readings).toContainEqual({
    who: 'Ana Ferreira',
    onWordOf: '',
    givenTo: '',
    purpose: 'TREAT',
    machine: false,
    emergency: false,
    proved: true,
  });
  expect(readings.provedUntil).toBe(readingsProof.provedUntil);
  const [log] = readingsProof.logs;
  expect(log).toMatchObject({ clinic: 'Harbour Clinic', missing: [], altered: [] });
  expect(log?.entries).toBe(readingsProof.proved);
  // The desk counts lines about others too.
  expect(log?.counted).toBeGreaterThan(log?.entries as number);
  // Taken home it shows the same, to who has nothing else.
  const { readingsReceipt } = await ask<{ readingsReceipt: string }>('{ readingsReceipt }');
  const shown = verifyAccessReceipt(hashParts, verifySignature, JSON.parse(readingsReceipt));
  expect(shown.logs.flatMap(({ lines }) => lines)).toHaveLength(readingsProof.proved);
  expect(shown.logs.flatMap(({ missing }) => missing)).toEqual([]);
  expect(shown.logs[0]?.count).toBeLessThanOrEqual(log?.counted as number);
}

/** A complaint with its entry reaches the privacy officer, and the answer stands at the next session. */
export async function objects({ ask, bench, again }: SessionStage): Promise<void> {
  interface Request {
    readonly words: string;
    readonly entry: string | null;
    readonly received: boolean;
    readonly answer: { readonly words: string } | null;
  }
  const mine = async () =>
    (await ask<{ requests: Request[] }>('{ requests { words entry received answer { words } } }')).requests;
  const { readings } = await ask<{ readings: { readings: Array<{ id: string; copied: boolean }> } }>(
    '{ readings { readings { id copied } } }',
  );
  const entry = readings.readings.find(({ copied }) => copied)?.id;
  const send = (about: string, words: string, of: string | null = null) =>
    ask(
      'mutation ($about: RequestSubject!, $words: String!, $entry: ID) { sendRequest(about: $about, words: $words, entry: $entry) { received } }',
      { about, words, entry: of },
    );
  await expect(send('ACCESS', 'Not right.', 'nowhere-1')).rejects.toMatchObject({ code: 'access.line-unknown' });
  await expect(send('ACCESS', ' ', entry)).rejects.toMatchObject({ code: 'access.no-words' });
  expect(await send('ACCESS', 'I was not there: Canarycomplaint.', entry)).toEqual({ sendRequest: { received: false } });
  await send('CORRECTION', 'My address is wrong.');
  await send('COPY', 'All of it in one file.');
  expect((await mine()).map(({ words }) => words).toSorted()).toEqual([
    'All of it in one file.',
    'I was not there: Canarycomplaint.',
    'My address is wrong.',
  ]);
  interface Queue {
    readonly accessComplaints: ReadonlyArray<{
      readonly id: string;
      readonly about: string;
      readonly by: string;
      readonly words: string;
      readonly line: { readonly who: string } | null;
      readonly isAsAnchored: boolean;
    }>;
  }
  const queue = await until('the privacy officer has them', async () => {
    const { accessComplaints } = await bench.first.ask<Queue>(
      '{ accessComplaints { id about by words line { who } isAsAnchored } }',
    );
    return accessComplaints.length === 3 ? accessComplaints : undefined;
  });
  const complaint = queue.find(({ about }) => about === 'ACCESS');
  expect(complaint).toMatchObject({
    by: '',
    words: 'I was not there: Canarycomplaint.',
    line: { who: 'Ana Ferreira' },
    isAsAnchored: true,
  });
  expect(queue.find(({ about }) => about === 'CORRECTION')).toMatchObject({ by: '', line: null, isAsAnchored: true });
  expect(queue.find(({ about }) => about === 'COPY')).toMatchObject({ by: '', line: null, isAsAnchored: true });
  await bench.first.ask('mutation ($id: ID!) { answerComplaint(id: $id, words: "A result came that day.") { id } }', {
    id: complaint?.id,
  });
  await again();
  const answered = async () => (await mine()).find(({ answer }) => answer !== null);
  expect(await until('the answer arrives', answered, 60_000)).toMatchObject({
    entry,
    received: true,
    answer: { words: 'A result came that day.' },
  });
}

/** Their words stand at the record in the chart, and in what they take along. */
export async function disagrees({ ask, bench, patients }: SessionStage): Promise<void> {
  interface Line {
    readonly record: string;
    readonly text: string;
    readonly disagreements: ReadonlyArray<{ readonly words: string }>;
  }
  interface Papers {
    readonly papers: { readonly summary: ReadonlyArray<{ readonly lines: readonly Line[] }>; readonly export: string };
  }
  const papers = () => ask<Papers>('{ papers { export summary { lines { record text disagreements { words } } } } }');
  const lines = async () => (await papers()).papers.summary.flatMap((section) => section.lines);
  const [line] = await lines();
  const send = (record: string) =>
    ask('mutation ($record: ID) { sendRequest(about: DISAGREEMENT, words: "Canarydissent", record: $record) { received } }', {
      record,
    });
  await expect(send('ab'.repeat(16))).rejects.toMatchObject({ code: 'records.unknown' });
  await send(line?.record as string);
  const said = await until(
    'it is laid beside the record',
    async () => (await lines()).find(({ disagreements }) => disagreements.length > 0),
    60_000,
  );
  expect(said).toMatchObject({ record: line?.record, disagreements: [{ words: 'Canarydissent' }] });
  expect((await papers()).papers.export).toContain('Canarydissent');
  await bench.first.open(patients[0] as string);
  const { record } = await bench.first.ask<{ record: { item: { disagreements: Array<{ words: string }> } } }>(
    'query ($patient: ID!, $id: ID!) { record(patient: $patient, id: $id) { item { disagreements { words } } } }',
    { patient: patients[0], id: line?.record },
  );
  expect(record.item.disagreements).toEqual([{ words: 'Canarydissent' }]);
}
