import { expect, test } from 'vitest';
import { openSealed } from '../../server/ledger/fold.ts';
import { readDocument } from '../../server/sync/clinic.store.ts';
import { unsettledBlocks } from '../../server/sync/clinic-writes.store.ts';
import { verifySignature } from '../../server/vault/primitives.ts';
import { commitmentOf, openDocument } from '../../server/vault/sealing.ts';
import { equalBytes, fromHex } from '../../shared/encoding/bytes.ts';
import { eventMessage } from '../../shared/ledger/event.ts';
import type { RecordPut } from '../../shared/records/record-rules.ts';
import { type BenchClinic, PASSPHRASE } from '../consent/bench-clinic.ts';
import { RegionBench } from '../consent/region-bench.ts';
import { everyRule, hash } from '../support/ledger-builder.ts';

const visit = {
  participants: ['Dr. A', 'Patient'],
  modality: 'video',
  place: 'At home',
  consentToTreatment: true,
  assessment: 'Mild cough.',
  plan: 'Rest.',
  startedAt: '2026-01-05T08:00:00Z',
};

test('a note is signed by its author, kept when it is amended, and shared as signed', async () => {
  const { bench, clinics } = await RegionBench.found(['A', 'B']);
  const [a, b] = clinics as [BenchClinic, BenchClinic];
  const patient = await a.register('Canarybird');
  const form = { patient, ...visit };
  const { teleNotes, charts } = a.vault;
  const text = teleNotes.text(form);
  expect(text).toContain('Patient: Test Canarybird, born 1980-02-29');
  await expect(teleNotes.sign(form, 'not the passphrase')).rejects.toMatchObject({ code: 'vault.passphrase-wrong' });
  await expect(teleNotes.sign({ ...form, plan: '' }, PASSPHRASE)).rejects.toMatchObject({ code: 'telemedicine.incomplete' });
  await expect(teleNotes.list(patient)).rejects.toMatchObject({ code: 'access.chart-not-open' });
  await charts.open(patient, 'TREAT');
  expect(await teleNotes.list(patient)).toEqual([]);

  const signed = await teleNotes.sign(form, PASSPHRASE);
  expect(signed.note.text).toBe(text);
  expect(signed.version).toMatchObject({ version: 1, authorName: 'Dr. A' });
  const { record } = signed.entry;

  // The event carries the author's own signature over the commitment to exactly these words.
  const blocks = (await unsettledBlocks(a.database.read)).map(({ bytes }) => openSealed(hash, everyRule, bytes));
  const { block, at } = blocks
    .flatMap((each) => each.events.map((event, index) => ({ block: each.block.events[index], at: event.typed })))
    .find(({ at: typed }) => typed.event.type === 'note.signed') as never;
  expect(
    verifySignature(
      a.context.staff.id,
      eventMessage(a.clinic.chain, (block as { event: Uint8Array }).event),
      (block as { signature: Uint8Array }).signature,
    ),
  ).toBe(true);
  const typed = at as { event: { commitment: Uint8Array; handle: Uint8Array }; body: RecordPut };
  const stored = await readDocument(a.database.read, typed.body.document);
  const place = { handle: typed.event.handle, recordId: fromHex(record), version: 1 };
  const envelope = openDocument(
    { ...place, sealed: stored?.sealed as Uint8Array, wrap: stored?.wrap as Uint8Array },
    a.context.keyStore.compartmentKeys,
  );
  expect(equalBytes(commitmentOf(envelope), typed.event.commitment)).toBe(true);
  const content = envelope.content.slice();
  content[content.length - 3] = (content.at(-3) as number) ^ 1;
  expect(equalBytes(commitmentOf({ ...envelope, content }), typed.event.commitment)).toBe(false);

  await expect(teleNotes.sign({ ...form, record }, PASSPHRASE)).rejects.toMatchObject({ code: 'telemedicine.reason-missing' });
  await expect(teleNotes.sign({ ...form, amendmentReason: 'why' }, PASSPHRASE)).rejects.toMatchObject({
    code: 'telemedicine.reason-missing',
  });
  await expect(teleNotes.sign({ ...form, record: '00'.repeat(16), amendmentReason: 'why' }, PASSPHRASE)).rejects.toMatchObject({
    code: 'telemedicine.no-such-note',
  });
  await teleNotes.sign({ ...form, record, plan: 'Rest and tea.', amendmentReason: 'tea forgotten' }, PASSPHRASE);
  const [newest] = await teleNotes.list(patient);
  expect(newest).toMatchObject({ version: { version: 2 }, note: { plan: 'Rest and tea.', amendmentReason: 'tea forgotten' } });
  const history = await teleNotes.history(patient, record);
  expect(history.map(({ note }) => note.plan)).toEqual(['Rest and tea.', 'Rest.']);
  expect(history[1]?.note.text).toBe(text);

  // At a clinic with which it is shared, it reads as it was signed.
  await a.share({ patient, recipient: b.id, categories: ['telemedicine'] });
  await bench.sync();
  await b.vault.charts.open(patient, 'TREAT');
  expect((await b.vault.teleNotes.list(patient)).map(({ note }) => note.text)).toEqual([newest?.note.text]);
  await expect(b.vault.teleNotes.sign(form, PASSPHRASE)).rejects.toMatchObject({ code: 'telemedicine.not-ours' });
});

test('a note that was altered on the disk does not open', async () => {
  const { clinics } = await RegionBench.found(['A']);
  const [a] = clinics as [BenchClinic];
  const patient = await a.register('Canarybird');
  await a.vault.charts.open(patient, 'TREAT');
  const { entry } = await a.vault.teleNotes.sign({ patient, ...visit }, PASSPHRASE);
  const stored = await readDocument(a.database.read, fromHex(entry.document));
  const sealed = new Uint8Array(stored?.sealed as Uint8Array);
  sealed[100] = (sealed[100] as number) ^ 1;
  await a.database.write((transaction) =>
    transaction.run('UPDATE document SET sealed = ? WHERE name = ?', [sealed, fromHex(entry.document)]),
  );
  await expect(a.vault.teleNotes.list(patient)).rejects.toMatchObject({ code: 'vault.not-this-document' });
});
